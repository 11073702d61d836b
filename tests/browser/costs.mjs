// Measures a month of a large organization's costs: the refresh, compared with fetching and JSON.parse of the same answers.
import { Scene, connect } from "./drive.mjs";
import { answered, quietPage, takeTurns } from "./measure.mjs";
import { DAY, dayOf } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";

const KEY = "sk-admin-00000000000000000000";
const LINES = 6_000, DAYS = 30;

const scene = await Scene.start({ isWithheld: true });
try {
  const { browser, simulator } = scene;
  const account = simulator.add(new OpenAIAccount(KEY));
  const today = Date.now();
  for (let line = 0; line < LINES; line += 1) account.spend(dayOf(today - (line % DAYS) * DAY), `model-${line}, input tokens`, 1_234_567 + line);
  await browser.grant(`https://${OpenAIAccount.host}`);
  const dashboard = await browser.dashboard();
  await connect(dashboard, KEY, "", "openai");
  await dashboard.waitForSelector("#seal form");
  const page = await quietPage(browser);
  const ask = (message) => answered(page, message);
  const before = simulator.requests.length;
  await ask({ page: "popup", do: "refresh" });
  const urls = simulator.requests.slice(before).filter(({ host }) => host === OpenAIAccount.host).map(({ host, path }) => `https://${host}${path}`);
  const bytes = simulator.requests.slice(before).reduce((sum, { bytes }) => sum + bytes, 0);
  const plain = () => page.evaluate(async ({ urls, key }) => {
    const start = performance.now();
    for (const url of urls) JSON.parse(await (await fetch(url, { headers: { Authorization: `Bearer ${key}` } })).text());
    return performance.now() - start;
  }, { urls, key: KEY });
  console.log(`a month of ${LINES} lines takes ${urls.length} requests and ${(bytes / 1e6).toFixed(1)} MB`);
  await takeTurns(`a month of ${LINES} lines of costs, over fetch and JSON.parse of the same`, [6, 3], () => ask({ page: "popup", do: "refresh" }), plain);
} finally {
  await scene.end();
}
