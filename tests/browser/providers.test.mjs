// Every provider in a real browser: its simulated account is connected, and the extension's figures are true.
import assert from "node:assert/strict";
import { setClock } from "./clock.mjs";
import { CARD, add, allStorage, begin, connect, connected, go, openAccount, refresh, shows, test } from "./drive.mjs";
import { Ai302Account } from "./simulated/ai302.mjs";
import { AiHubMixAccount } from "./simulated/aihubmix.mjs";
import { AnthropicAccount } from "./simulated/anthropic.mjs";
import { ACCOUNT, CloudflareAccount } from "./simulated/cloudflare.mjs";
import { DAY, dayOf, dollars } from "./simulated/days.mjs";
import { DeepgramAccount } from "./simulated/deepgram.mjs";
import { DeepInfraAccount } from "./simulated/deepinfra.mjs";
import { DigitalOceanAccount } from "./simulated/digitalocean.mjs";
import { ElevenLabsAccount } from "./simulated/elevenlabs.mjs";
import { FalAccount } from "./simulated/fal.mjs";
import { FeatherlessAccount } from "./simulated/featherless.mjs";
import { FireworksAccount } from "./simulated/fireworks.mjs";
import { GitHubAccount } from "./simulated/github.mjs";
import { GoogleAccount } from "./simulated/google.mjs";
import { MiniMaxAccount, MiniMaxMainlandAccount } from "./simulated/minimax.mjs";
import { MoonshotAccount, MoonshotMainlandAccount } from "./simulated/moonshot.mjs";
import { NanoGptAccount } from "./simulated/nanogpt.mjs";
import { NovitaAccount, PpioAccount } from "./simulated/novita.mjs";
import { OllamaAccount } from "./simulated/ollama.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { OpenRouterAccount } from "./simulated/openrouter.mjs";
import { PoeAccount } from "./simulated/poe.mjs";
import { RailwayAccount } from "./simulated/railway.mjs";
import { RunPodAccount } from "./simulated/runpod.mjs";
import { StepFunAccount, StepFunMainlandAccount } from "./simulated/stepfun.mjs";
import { TogetherAccount } from "./simulated/together.mjs";
import { VastAccount } from "./simulated/vast.mjs";
import { VeniceAccount } from "./simulated/venice.mjs";
import { VercelAccount } from "./simulated/vercel.mjs";
import { XaiAccount } from "./simulated/xai.mjs";
import { ZaiAccount, ZhipuAccount } from "./simulated/zhipu.mjs";

// Spends something on each of the last days of this month and the last: whole cents, so that no sum depends on rounding.
function live(spend) {
  for (let back = 0; back < 45; back += 1) {
    spend(dayOf(Date.now() - back * DAY), "model-a", 1_230_000 + back * 10_000);
    if (back % 3 === 0) spend(dayOf(Date.now() - back * DAY), "model-b", 20_000);
  }
}

test("every provider can be connected, and is asked to its last page", async (t) => {
  const { simulator, browser } = await begin(t, { at: Date.now() });
  await browser.grant(...simulator.hosts.map((host) => `https://${host}`));
  const openai = simulator.add(new OpenAIAccount("sk-admin-0123456789abcdef"));
  const anthropic = simulator.add(new AnthropicAccount("sk-ant-admin01-0123456789abcdef"));
  const old = simulator.add(new AnthropicAccount("sk-ant-admin01-fedcba9876543210", { hasAnalytics: false }));
  const shut = simulator.add(new AnthropicAccount("sk-ant-admin01-000000000000", { letsBrowsersIn: false }));
  const key = "sk-or-v1-0123456789abcdef";
  const openrouter = simulator.add(new OpenRouterAccount({ managementKey: "sk-or-v1-management", keys: [key], bought: 100_000_000 }));
  for (const account of [openai, anthropic, old]) live((day, line, millionths) => account.spend(day, line, millionths));
  live((day, line, millionths) => openrouter.spend(key, day, line, millionths));

  const dashboard = await connected(browser);
  await add(dashboard, "openrouter", key);
  const month = dollars(openrouter.sum(dayOf(Date.now()).slice(0, 7))).toFixed(2);
  await shows(dashboard, CARD, `$${month}`);

  const asked = (host) => simulator.requests.filter((request) => request.host === host).map(({ path }) => path);
  await add(dashboard, "openrouter", "sk-or-v1-management", { said: `Balance: $${(100 - dollars(openrouter.sum())).toFixed(2)}` });
  assert.ok(asked("openrouter.ai").includes(`/api/v1/activity?date=${dayOf(Date.now())}`));

  await add(dashboard, "openai", openai.key);
  const pages = asked("api.openai.com");
  assert.equal(pages.pop(), "/v1/organization/spend_limit");
  assert.ok(pages.length > 1 && pages.slice(1).every((path) => path.includes("&page=page_")), pages.join("\n"));

  await add(dashboard, "anthropic", anthropic.key);
  assert.ok(asked("api.anthropic.com").every((path) => path.startsWith("/v1/organizations/analytics/cost?")));
  await add(dashboard, "anthropic", old.key);
  assert.ok(asked("api.anthropic.com").at(-1).startsWith("/v1/organizations/cost_report?"));
  await connect(dashboard, shut.key, "", "anthropic");
  await shows(dashboard, "#connect", "This organization blocks calls from browsers");
  assert.deepEqual(browser.violations, []);
});

test("Google Cloud is read by a key file that signs in the browser", async (t) => {
  const { simulator, browser } = await begin(t, { at: Date.now() });
  await browser.grant(...simulator.hosts.map((host) => `https://${host}`));
  const google = simulator.add(new GoogleAccount());
  live((day, line, millionths) => google.spend(day, `${line} (Gemini API)`, millionths));
  google.spend(dayOf(Date.now()), "Core (Compute Engine)", 900_000_000);
  const dashboard = await connected(browser);

  // A wrong table is rejected, and the entered text stays, including the key.
  await connect(dashboard, google.file, "", "google", { table: "my table", scope: "all" });
  await shows(dashboard, "#connect", "It has three parts, project.dataset.table");
  assert.equal(await dashboard.inputValue("#google-table"), "my table");
  assert.equal(await dashboard.inputValue("#google-scope"), "all");
  assert.equal(await dashboard.inputValue("#key-google"), google.file);
  const asked = (host) => simulator.requests.filter((request) => request.host === host);
  assert.equal(asked("oauth2.googleapis.com").length, 0);
  await connect(dashboard, google.file, "", "google", { table: google.table.replace("v1", "v2"), scope: "all" });
  await shows(dashboard, "#connect", "has this dataset but not this table");

  // The file is chosen, not pasted.
  await connect(dashboard, "", "", "google", { table: google.table, scope: "gemini" });
  await shows(dashboard, "#connect", "Paste your Gemini and Google Cloud key.");
  await dashboard.setInputFiles("#key-google-file", { name: "acme-ai-1.json", mimeType: "application/json", buffer: Buffer.from(google.file) });
  await connect(dashboard, "", "", "google", { table: google.table, scope: "gemini" });
  await shows(dashboard, "#note", "Connected.");
  const month = dayOf(Date.now()).slice(0, 7);
  const spent = (dollars(google.days.sum(month)) - 900).toFixed(2);
  await shows(dashboard, CARD, `$${spent}`);
  const queries = asked("bigquery.googleapis.com").map(({ path }) => path);
  assert.ok(queries.at(-1).includes("pageToken=40"), queries.join("\n"));
  assert.ok(!queries.some((path) => path.includes("ya29")));

  // The token is used again; neither it nor the key is stored.
  const tokens = google.tokens.length;
  const popup = await browser.popup();
  await refresh(popup);
  assert.equal(google.tokens.length, tokens);
  const kept = await popup.evaluate(() => chrome.storage.local.get(null));
  const secrets = [google.tokens.at(-1), google.email, ...google.file.match(/MII[\w+/]{40}/)];
  for (const secret of secrets) assert.ok(!JSON.stringify(kept).includes(secret) && !(await dashboard.content()).includes(secret), secret);
  for (const secret of secrets.slice(1)) assert.ok(!(await allStorage(popup)).includes(secret), secret);

  // A wrong clock is reported as such.
  await setClock(browser, Date.now() + 6 * 3_600_000);
  simulator.now = Date.now;
  await refresh(popup);
  await openAccount(dashboard, "Gemini");
  await shows(dashboard, CARD, "Your computer's clock is wrong");
  assert.deepEqual(browser.violations, []);
});

// Prepaid accounts by card id, with the sign of their currency.
const PREPAID = {
  moonshot: [new MoonshotAccount("sk-moonshot-1", { granted: 300, toppedUp: 5000 }), "$"],
  "moonshot-cn": [new MoonshotMainlandAccount("sk-moonshot-2", { granted: 0, toppedUp: 9000 }), "¥"],
  zhipu: [new ZhipuAccount("0123.zhipu", { granted: 0, toppedUp: 7000 }), "¥"],
  zai: [new ZaiAccount("0123.zai", { granted: 0, toppedUp: 2000 }), "$"],
  minimax: [new MiniMaxAccount("sk-api-minimax-1", { granted: 700, toppedUp: 2800 }), "$"],
  "minimax-cn": [new MiniMaxMainlandAccount("sk-api-minimax-2", { granted: 0, toppedUp: 4000 }), "¥"],
  ollama: [new OllamaAccount("ollama-key-1", { toppedUp: 2500 }), "$"],
  vercel: [new VercelAccount("vck_0123456789", { toppedUp: 9550 }), "$"],
  novita: [new NovitaAccount("novita-key-1", { toppedUp: 8000 }), "$"],
  ppio: [new PpioAccount("ppio-key-1", { toppedUp: 6000 }), "¥"],
  stepfun: [new StepFunAccount("stepfun-key-1", { toppedUp: 1500 }), "$"],
  "stepfun-cn": [new StepFunMainlandAccount("stepfun-key-2", { toppedUp: 15_000 }), "¥"],
  nanogpt: [new NanoGptAccount("nano-key-1", { toppedUp: 12_946 }), "$"],
  deepinfra: [new DeepInfraAccount("deepinfra-key-1", { toppedUp: 9581 }), "$"],
  aihubmix: [new AiHubMixAccount("sk-aihubmix-1", { toppedUp: 4500 }), "$"],
  "aihubmix-account": [new AiHubMixAccount("fd0123456789", { toppedUp: 8750 }), "$"],
  ai302: [new Ai302Account("sk-302-1", { toppedUp: 3300 }), "$"],
  featherless: [new FeatherlessAccount("featherless-key-1", { toppedUp: 4250 }), "$"],
  digitalocean: [new DigitalOceanAccount("dop_v1_0123456789", { toppedUp: 5600 }), "$"],
  railway: [new RailwayAccount("railway-token-1", { toppedUp: 6400 }), "$"],
};

// Prepaid accounts of every host show the balance left, and the spend since they were connected.
async function prepaid(simulator, dashboard) {
  for (const [id, [account]] of Object.entries(PREPAID)) {
    simulator.add(account);
    await add(dashboard, id, account.key);
  }
  let cents = 101;
  for (const [account] of Object.values(PREPAID)) account.spend((cents += 11));
  await refresh(dashboard);
  for (const [id, [account, sign]] of Object.entries(PREPAID)) {
    const name = await dashboard.evaluate(async (id) => {
      const stored = await chrome.storage.local.get(null);
      return Object.values(stored).map((text) => { try { return JSON.parse(text); } catch { return {}; } }).find((value) => value?.provider === id).id;
    }, id);
    await go(dashboard, `accounts/${name}`, CARD);
    await shows(dashboard, CARD, `${sign}${(account.spent / 100).toFixed(2)}`);
    await shows(dashboard, CARD, `${sign}${((account.granted + account.toppedUp) / 100).toFixed(2)}`);
  }
}

// Bills are read, and the balance if there is one.
async function billed(simulator, dashboard) {
  const runpod = simulator.add(new RunPodAccount("rpa_0123456789", { left: 32.25 }));
  const xai = simulator.add(new XaiAccount("xai-token-0123456789", { boughtCents: 20_000 }));
  live((day, line, millionths) => runpod.spend(day, line === "model-a" ? "podGpuAmount" : "endpointAmount", millionths));
  live((day, line, millionths) => xai.spend(day, line, millionths));
  const month = (account) => dollars(account.days.sum(dayOf(Date.now()).slice(0, 7)));
  await add(dashboard, "runpod", runpod.key);
  await shows(dashboard, CARD, `$${month(runpod).toFixed(2)}`);
  await shows(dashboard, CARD, "$32.25");
  await add(dashboard, "xai", xai.key);
  await shows(dashboard, CARD, `$${month(xai).toFixed(2)}`);
  await shows(dashboard, CARD, `$${(200 - month(xai)).toFixed(2)}`);

  const github = simulator.add(new GitHubAccount("github_pat_0123456789"));
  live((day, line, millionths) => github.spend(day, line, millionths));
  await add(dashboard, "github", github.key);
  await shows(dashboard, CARD, `$${month(github).toFixed(2)}`);
  const fal = simulator.add(new FalAccount("fal-id:fal-secret", { left: 24.5 }));
  live((day, line, millionths) => fal.spend(day, line, millionths));
  await add(dashboard, "fal", "fal-id:fal-secret");
  await shows(dashboard, CARD, `$${month(fal).toFixed(2)}`);
  await shows(dashboard, CARD, "$24.50");
  const together = simulator.add(new TogetherAccount("together-key-1"));
  live((day, line, millionths) => together.spend(day, line, millionths));
  await add(dashboard, "together", together.key);
  const today = dollars(together.days.sum(dayOf(Date.now())));
  await shows(dashboard, CARD, `$${(month(together) - today).toFixed(2)}`);
  const fireworks = simulator.add(new FireworksAccount("fw_0123456789"));
  const user = simulator.add(new FireworksAccount("fw_9876543210", { isAdmin: false }));
  for (const account of [fireworks, user]) live((day, line, millionths) => account.spend(day, line, millionths));
  await add(dashboard, "fireworks", fireworks.key);
  await shows(dashboard, CARD, `$${month(fireworks).toFixed(2)}`);
  await add(dashboard, "fireworks", user.key);
  await shows(dashboard, CARD, "one user");
  const deepgram = simulator.add(new DeepgramAccount("deepgram-key-1", { left: [148.75, 50] }));
  live((day, line, millionths) => deepgram.spend(day, line, millionths));
  await add(dashboard, "deepgram", "deepgram-key-1");
  await shows(dashboard, CARD, `$${month(deepgram).toFixed(2)}`);
  await shows(dashboard, CARD, "$198.75");
  const cloudflare = simulator.add(new CloudflareAccount("cloudflare-token-1"));
  live((day, line, millionths) => cloudflare.spend(day, line, millionths));
  await connect(dashboard, cloudflare.key, "", "cloudflare", { account: ACCOUNT });
  await shows(dashboard, "#note", "Connected.");
  await shows(dashboard, CARD, `$${month(cloudflare).toFixed(2)}`);
  const gateway = simulator.add(new CloudflareAccount("cloudflare-token-2", { left: 910 }));
  await connect(dashboard, gateway.key, "", "cloudflare-gateway", { account: "not an ID" });
  await shows(dashboard, "#connect", "That isn't an account ID.");
  await connect(dashboard, gateway.key, "", "cloudflare-gateway", { account: ACCOUNT });
  await shows(dashboard, CARD, "$9.10");
  const elevenlabs = simulator.add(new ElevenLabsAccount("sk_0123456789"));
  await add(dashboard, "elevenlabs", elevenlabs.key);
  elevenlabs.spend(321);
  await refresh(dashboard);
  await shows(dashboard, CARD, "$3.21");
}

// Charges are read to their last page.
async function charged(simulator, dashboard) {
  const month = (account) => `$${dollars(account.days.sum(dayOf(Date.now()).slice(0, 7))).toFixed(2)}`;
  const asked = (host) => simulator.requests.filter((request) => request.host === host).map(({ path }) => path);
  const venice = simulator.add(new VeniceAccount({ adminKey: "venice-admin", key: "venice-key", left: 25.5 }));
  live((day, line, millionths) => venice.spend(day, line, millionths));
  await add(dashboard, "venice", venice.adminKey);
  await shows(dashboard, CARD, month(venice));
  await shows(dashboard, CARD, "$25.50");
  assert.ok(asked(VeniceAccount.host).some((path) => path.includes("?cursor=")));
  // An inference-only key shows the balance that it can spend.
  await add(dashboard, "venice", venice.key, { said: "Balance: $25.50" });
  assert.equal(asked(VeniceAccount.host).at(-1), "/api/v1/api_keys/rate_limits");
  const poe = simulator.add(new PoeAccount("poe-key-1"));
  live((day, line, millionths) => poe.spend(day, line, millionths));
  await add(dashboard, "poe", poe.key);
  assert.ok(asked(PoeAccount.host).at(-1).includes("starting_after="));
  // The history holds 30 days: on the last days of a long month, the first ones may be gone.
  const kept = [...poe.days.lines.keys()].filter((day) => day > dayOf(Date.now() - 30 * DAY) && day.startsWith(dayOf(Date.now()).slice(0, 7)));
  await shows(dashboard, CARD, `$${dollars(kept.reduce((sum, day) => sum + poe.days.sum(day), 0)).toFixed(2)}`);
  const vast = simulator.add(new VastAccount("vast-key-1", { left: 12.75 }));
  live((day, line, millionths) => vast.spend(day, line, millionths));
  await add(dashboard, "vast", vast.key);
  await shows(dashboard, CARD, month(vast));
  await shows(dashboard, CARD, "$12.75");
}

// The providers of the tests above, in short.
async function first(simulator, dashboard) {
  const month = ({ days }) => `$${dollars(days.sum(dayOf(Date.now()).slice(0, 7))).toFixed(2)}`;
  const openai = simulator.add(new OpenAIAccount("sk-admin-0123456789abcdef"));
  const anthropic = simulator.add(new AnthropicAccount("sk-ant-admin01-0123456789abcdef"));
  for (const [id, account] of Object.entries({ openai, anthropic })) {
    live((day, line, millionths) => account.spend(day, line, millionths));
    await add(dashboard, id, account.key);
    await shows(dashboard, CARD, month(account));
  }
  const openrouter = simulator.add(new OpenRouterAccount({ managementKey: "sk-or-v1-management", keys: ["sk-or-v1-1"], bought: 100_000_000 }));
  live((day, line, millionths) => openrouter.spend("sk-or-v1-1", day, line, millionths));
  await add(dashboard, "openrouter", "sk-or-v1-1");
  await shows(dashboard, CARD, `$${dollars(openrouter.sum(dayOf(Date.now()).slice(0, 7))).toFixed(2)}`);
  const google = simulator.add(new GoogleAccount());
  live((day, line, millionths) => google.spend(day, `${line} (Gemini API)`, millionths));
  await connect(dashboard, google.file, "", "google", { table: google.table, scope: "gemini" });
  await shows(dashboard, CARD, month(google));
}

test("all providers are connected at once, and each figure is the truth", async (t) => {
  const { simulator, browser } = await begin(t, { at: Date.now() });
  await browser.grant(...simulator.hosts.map((host) => `https://${host}`));
  const dashboard = await connected(browser);
  await first(simulator, dashboard);
  await prepaid(simulator, dashboard);
  await billed(simulator, dashboard);
  await charged(simulator, dashboard);
  await go(dashboard, "accounts");
  const named = await dashboard.locator("#account-list > li").count();
  assert.ok(named >= 40, `${named} accounts`);
  assert.deepEqual(browser.violations, []);
});
