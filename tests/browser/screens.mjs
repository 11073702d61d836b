// Takes a picture of every state, in light and dark: popup at its size, dashboard in full. They go to target/screens/;
// the README's picture is one of them. Chinese text needs the package fonts-noto-cjk.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./chromium.mjs";
import { setClock } from "./clock.mjs";
import { ORIGIN, PASSWORD, Scene, account as makeAccount, byHand, connect, connected, refresh, seal, shows } from "./drive.mjs";

const folder = join(root, "target", "screens");
mkdirSync(folder, { recursive: true });

async function shoot(name, page, { fullPage = false, width } = {}) {
  const size = page.viewportSize();
  if (width) await page.setViewportSize({ width, height: size.height });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage });
  }
  await page.setViewportSize(size);
  console.log(name);
}

// A fresh browser and account for one story.
async function story(at, books, tell) {
  const scene = await Scene.start({ at, account: makeAccount(books) });
  try {
    await tell(scene);
  } finally {
    await scene.end();
  }
}

// Lets days pass, with a refresh every few hours; `cents` of an hour says what is spent in it.
async function live({ browser, account }, page, from, to, cents) {
  for (let now = Date.parse(from); now <= Date.parse(to); now += 4 * 3_600_000) {
    await setClock(browser, now);
    account.spend(cents(new Date(now)));
    await page.evaluate(() => chrome.runtime.sendMessage(JSON.stringify({ page: "popup", do: "refresh" })));
  }
}

// The export of so many days: what its two tables say.
function exported(from, count) {
  const days = Array.from({ length: count }, (_, place) => new Date(Date.parse(from) + place * 86_400_000).toISOString().slice(0, 10));
  // Of each model: cache hits, misses, output and requests in a day, and what one token of each costs.
  const models = [["deepseek-chat", [1_900_000, 3_100_000, 1_100_000, 84], ["0.000000028", "0.00000028", "0.00000042"]],
    ["deepseek-reasoner", [280_000, 170_000, 900_000, 36], ["0.00000014", "0.00000055", "0.00000219"]]];
  const cost = (amounts, prices) => prices.reduce((sum, price, place) => sum + price * amounts[place], 0).toFixed(6);
  const costs = days.flatMap((day) => models.map(([model, amounts, prices]) => `${day},${model},Paid,${cost(amounts, prices)},USD`));
  const types = ["input_cache_hit_tokens", "input_cache_miss_tokens", "output_tokens", "request_count"];
  const amounts = days.flatMap((day) => models.flatMap(([model, amounts, prices]) =>
    types.map((type, place) => `${day},${model},${type},${prices[place] ?? ""},${amounts[place]}`)));
  const file = (name, head, rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from([head, ...rows].join("\n")) });
  return {
    costs: file("cost.csv", "utc_date,model,wallet_type,cost,currency", costs),
    amounts: file("amount.csv", "utc_date,model,type,price,amount", amounts),
  };
}

const busy = (at) => [40, 90, 110, 130, 120, 70, 20][at.getUTCDay()] * (at.getUTCHours() >= 8 && at.getUTCHours() < 20 ? 1 : 0.2) | 0;

await story("2026-11-22T09:00:00Z", [{ currency: "USD", granted: 500, toppedUp: 1500 }], async ({ browser, account }) => {
  const dashboard = await browser.dashboard();
  await dashboard.waitForSelector("#connect summary");
  await shoot("first-run", dashboard, { fullPage: true });
  await shoot("empty", await browser.popup());
  await connect(dashboard, undefined, "main");
  await shows(dashboard, "#seal", "tracking starts now");
  await shoot("first-run-password", dashboard, { fullPage: true });
  await seal(dashboard);
  await shoot("baseline", await browser.popup());
  await setClock(browser, "2026-11-22T11:30:00Z");
  account.spend(87);
  const popup = await browser.popup();
  await refresh(popup);
  await shoot("first-day", popup);
});

await story("2026-11-01T00:00:00Z", [{ currency: "USD", granted: 0, toppedUp: 9000 }], async (scene) => {
  const { browser, account, simulator } = scene;
  const dashboard = await connected(browser);
  await live(scene, dashboard, "2026-11-01T04:00:00Z", "2026-11-22T12:00:00Z", busy);
  let popup = await browser.popup();
  await shoot("popup", popup);
  await popup.click("#hero button.figure");
  await shoot("why", popup);
  const full = await browser.dashboard();
  await shows(full, "#overview", "Daily spend");
  await shoot("dashboard", full, { fullPage: true });
  await shoot("dashboard-narrow", full, { fullPage: true, width: 380 });

  await setClock(browser, "2026-11-22T14:00:00Z");
  account.topUp(1000);
  account.spend(140);
  await refresh(popup);
  popup = await browser.popup();
  await shoot("top-up", popup);
  await full.bringToFront();
  await shows(full, "#accounts", "How much did you top up?");
  await shoot("dashboard-questions", full, { fullPage: true });
  const { costs, amounts } = exported("2026-11-01", 21);
  await full.setInputFiles("#import-file", [costs, amounts]);
  await full.click("#import button.go");
  await shows(full, "#import", "Imported ");
  await shoot("dashboard-imported", full, { fullPage: true });
  await full.click("#data button");
  await full.waitForSelector("#requests:not([hidden])");
  await shoot("dashboard-requests", full, { fullPage: true });
  await shoot("dashboard-imported-narrow", full, { fullPage: true, width: 380 });
  await full.click("#estimate summary >> nth=0");
  await full.click("#estimate summary >> nth=1");
  await full.fill("#estimate-text", "Summarise the following paragraphs in two sentences. 请用两句话概括。Привет. ".repeat(300));
  await full.fill("#estimate-answer", "1200");
  await full.click("form[data-do=what_if_text] button.go");
  await shows(full, "#estimate", "and 1,200 of output");
  await shoot("dashboard-estimate", full, { fullPage: true });
  await shoot("dashboard-estimate-narrow", full, { fullPage: true, width: 380 });

  simulator.always = { status: 401, body: {} };
  await refresh(popup);
  await shoot("refused", popup);
  simulator.always = "reset";
  await setClock(browser, "2026-11-22T19:00:00Z");
  popup = await browser.popup();
  await refresh(popup);
  await shoot("offline-stale", popup);
  simulator.always = undefined;
  await browser.withhold(ORIGIN);
  await refresh(popup);
  await shoot("withheld", popup);
  await shows(full, "#accounts", "Allow access");
  await shoot("dashboard-withheld", full, { fullPage: true });
  await browser.grant(ORIGIN);
  popup = await browser.popup();
  await popup.click("form[data-do=lock] button");
  await popup.waitForSelector("#unlock-password");
  await shoot("locked", popup);
  const lockedPage = await browser.dashboard();
  await lockedPage.waitForSelector("#unlock-password");
  await shoot("dashboard-locked", lockedPage, { fullPage: true });
  await popup.fill("#unlock-password", PASSWORD);
  await popup.keyboard.press("Enter");
  await popup.waitForSelector("#unlock", { state: "hidden" });
  await setClock(browser, "2026-12-01T08:00:00Z");
  await shoot("first-of-month", await browser.popup());
  await popup.close();
});

await story("2026-11-18T00:00:00Z", [{ currency: "USD", granted: 0, toppedUp: 4000 }, { currency: "CNY", granted: 1000, toppedUp: 30000 }], async (scene) => {
  const { browser } = scene;
  const dashboard = await connected(browser);
  await live({ browser, account: { spend: (cents) => { scene.account.spend(cents, "USD"); scene.account.spend(cents * 3, "CNY"); } } }, dashboard, "2026-11-18T04:00:00Z", "2026-11-22T12:00:00Z", busy);
  const popup = await browser.popup();
  await shoot("two-currencies", popup);
  await popup.click("form[data-do=hide] button");
  await shows(popup, "#hero", "•••");
  await shoot("hidden", popup);
});

await story("2026-11-10T00:00:00Z", [{ currency: "USD", granted: 0, toppedUp: 4000 }], async (scene) => {
  const { browser } = scene;
  const dashboard = await connected(browser);
  await byHand(dashboard, "RunPod", "balance", "50");
  await byHand(dashboard, "Lambda", "bill", "12.40");
  await live(scene, dashboard, "2026-11-10T04:00:00Z", "2026-11-18T08:00:00Z", busy);
  const figures = dashboard.locator("#accounts [data-do=figure]");
  await figures.first().locator("input[name=amount]").fill("41.70");
  await figures.first().locator("button").first().click();
  await shows(dashboard, "#accounts", "$41.70 left");
  await dashboard.locator("#connect summary", { hasText: "DeepSeek" }).click();
  await shoot("dashboard-ways", dashboard, { fullPage: true });
  await shoot("dashboard-ways-narrow", dashboard, { fullPage: true, width: 380 });
  await dashboard.locator("#connect summary", { hasText: "by hand" }).click();
  await shoot("dashboard-by-hand", dashboard, { fullPage: true });
  await shoot("by-hand-due", await browser.popup());
});
