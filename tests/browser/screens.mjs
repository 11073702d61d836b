// Takes a picture of every view and state, in light and dark and in both languages: the popup at its size, the full dashboard at
// 1280, 380 and 320 pixels (320 also stands for 640 at 200 % zoom). They go to target/screens/; the README's pictures go to
// tests/browser/pictures/, and the store's, 1280 × 800, are target/screens/store-*. Chinese text needs a Chinese font, such as
// the package fonts-noto-cjk.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./chromium.mjs";
import { setClock } from "./clock.mjs";
import { CARD, ORIGIN, PASSWORD, Scene, connect, go, importFiles, refresh, seal, shows } from "./drive.mjs";
import { NOW, accountIds, send, startHousehold } from "./household.mjs";
import { DAY } from "./simulated/days.mjs";

const folder = join(root, "target", "screens");
const ofReadme = join(root, "tests", "browser", "pictures");
for (const made of [folder, ofReadme]) mkdirSync(made, { recursive: true });

const WIDTHS = [1280, 380, 320];

// A picture in both themes.
async function shoot(name, page, { into = folder, ...options } = {}) {
  await page.bringToFront();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(into, `${name}-${colorScheme}.png`), ...options });
  }
  console.log(name);
}

// The open view of the full dashboard at each width.
async function shootView(name, page, widths = WIDTHS) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await shoot(`${name}-${width}`, page, { fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

// Opens a place, and the folded parts in `open`.
async function visit(page, place, section = "[data-open]", open = []) {
  await go(page, place, section);
  await page.waitForFunction((place) => location.hash.slice(1) === place, place);
  for (const summary of open) await page.locator(summary).first().click();
}

// An export of this number of days, as its two tables.
function exported(from, count) {
  const days = Array.from({ length: count }, (_, place) => new Date(Date.parse(from) + place * DAY).toISOString().slice(0, 10));
  // For each model: cache hits, misses, output and requests per day, and the price of one token of each.
  const models = [["deepseek-chat", [1_900_000, 3_100_000, 1_100_000, 84], ["0.000000028", "0.00000028", "0.00000042"]],
    ["deepseek-reasoner", [280_000, 170_000, 900_000, 36], ["0.00000014", "0.00000055", "0.00000219"]]];
  const cost = (amounts, prices) => prices.reduce((sum, price, place) => sum + price * amounts[place], 0).toFixed(6);
  const costs = days.flatMap((day) => models.map(([model, amounts, prices]) => `${day},${model},Paid,${cost(amounts, prices)},USD`));
  const types = ["input_cache_hit_tokens", "input_cache_miss_tokens", "output_tokens", "request_count"];
  const amounts = days.flatMap((day) => models.flatMap(([model, amounts, prices]) =>
    types.map((type, place) => `${day},${model},${type},${prices[place] ?? ""},${amounts[place]}`)));
  const file = (name, head, rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from([head, ...rows].join("\n")) });
  return [
    file("cost.csv", "utc_date,model,wallet_type,cost,currency", costs),
    file("amount.csv", "utc_date,model,type,price,amount", amounts),
  ];
}

// Every view of the household, in the current language.
async function shootHousehold(language, { browser, dashboard }) {
  const [deepseek, openai, runpod] = await accountIds(dashboard);
  for (const [name, place, section, open] of [
    ["overview", "overview", "#balances"],
    ["overview-sum", "overview?chart=sum&models=yesterday&year=account", "#balances"],
    ["overview-day", "overview/2026-11-20", "#day", ["#day summary"]],
    ["overview-closed", "overview/2026-10", "#overview"],
    ["statement", "statement/2026-10", "#statement"],
    ["accounts", "accounts", "#gallery"],
    ["account", `accounts/${deepseek}`, CARD],
    ["account-billed", `accounts/${openai}`, CARD, [`${CARD} details.more > summary`]],
    ["account-by-hand", `accounts/${runpod}`, CARD],
    ["add-deepseek", "accounts/add/deepseek", "#key-deepseek"],
    ["add-google", "accounts/add/google", "#key-google"],
    ["add-by-hand", "accounts/add/manual", "#hand-name"],
    ["add-by-file", "accounts/add/file", "#file-name"],
    ["budget", "budget", "#currencies", ["#subscriptions > details > summary"]],
    ["data", "data/requests", "#requests"],
    ["settings", "settings", "#password"],
  ]) {
    await visit(dashboard, place, section, open);
    await shootView(`${language}-${name}`, dashboard);
  }
  const popup = await browser.popup();
  await popup.waitForSelector("#accounts li");
  await shoot(`${language}-popup`, popup);
  await popup.click("#hero button.figure");
  await shoot(`${language}-popup-why`, popup);
  await popup.close();
}

// The pictures of the README and of the store.
async function shootForOthers({ browser, dashboard }) {
  const [deepseek] = await accountIds(dashboard);
  const popup = await browser.popup();
  await popup.waitForSelector("#accounts li");
  await shoot("popup", popup, { into: ofReadme });
  await popup.close();
  await visit(dashboard, "overview", "#balances");
  await shoot("dashboard", dashboard, { into: ofReadme });
  for (const [name, place, section] of [["overview", "overview", "#balances"], ["account", `accounts/${deepseek}`, CARD], ["add", "accounts/add", "#gallery"], ["budget", "budget", "#plans"]]) {
    await visit(dashboard, place, section);
    await shoot(`store-${name}`, dashboard);
  }
}

async function firstRun() {
  const scene = await Scene.start({ at: NOW });
  const { browser, account } = scene;
  try {
    const dashboard = await browser.dashboard();
    await dashboard.waitForSelector("#gallery");
    await shootView("first-run", dashboard);
    await shoot("popup-empty", await browser.popup());
    await connect(dashboard, "sk-ant-api03-0123456789");
    await dashboard.waitForSelector("#connect [aria-invalid]");
    await shootView("first-run-wrong-key", dashboard);
    await connect(dashboard, undefined, "main");
    await dashboard.waitForSelector("#seal form");
    await shootView("first-run-password", dashboard);
    await seal(dashboard);
    await shootView("first-minute", dashboard);
    await shoot("popup-first-minute", await browser.popup());
    await setClock(browser, NOW + 3 * 3_600_000);
    account.spend(87);
    const popup = await browser.popup();
    await refresh(popup);
    await shoot("popup-first-day", popup);
  } finally {
    await scene.end();
  }
}

async function household() {
  const scene = await startHousehold({ step: DAY / 4 });
  const { browser, simulator, dashboard } = scene;
  try {
    await dashboard.setViewportSize({ width: 1280, height: 800 });
    await shootForOthers(scene);
    await shootHousehold("en", scene);
    await send(dashboard, { do: "settings", language: "zh" });
    await dashboard.waitForFunction(() => document.documentElement.lang.startsWith("zh"));
    await shootHousehold("zh", scene);
    await send(dashboard, { do: "settings", language: "" });
    await dashboard.waitForFunction(() => document.documentElement.lang.startsWith("en"));

    await visit(dashboard, "overview", "#estimate", ["#estimate summary >> nth=0"]);
    await dashboard.fill("#estimate-text", "Summarise the following paragraphs in two sentences. 请用两句话概括。".repeat(300));
    for (const [field, value] of [["answer", "1200"], ["input", "0.28"], ["output", "0.42"]]) await dashboard.fill(`#estimate-${field}`, value);
    await dashboard.click("form[data-do=what_if_text] button.go");
    await dashboard.waitForSelector("#count .said");
    await shootView("estimate", dashboard);
    await visit(dashboard, "data", "#import");
    await dashboard.selectOption("#import-account", { index: 0 });
    await importFiles(dashboard, { name: "kosten.csv", mimeType: "text/csv", buffer: Buffer.from("Datum;Betrag;Produkt\n02.11.2026;1,250;chat\n") });
    await shows(dashboard, "#import", "Match columns");
    await shootView("columns", dashboard);
    await dashboard.click("#import button:has-text('Cancel')");
    await dashboard.waitForSelector("#import-file");
    await dashboard.selectOption("#import-account", { index: 0 });
    await importFiles(dashboard, ...exported("2026-11-01", 21));
    await shows(dashboard, "#import", "Imported");
    await shootView("imported", dashboard);

    const popup = await browser.popup();
    const state = async (name, change) => {
      await change();
      await shoot(`popup-${name}`, popup);
      await visit(dashboard, "overview", "#overview");
      await shootView(name, dashboard);
    };
    await state("hidden", () => send(popup, { do: "hide", hidden: "on" }));
    await send(popup, { do: "hide" });
    simulator.always = { status: 401, body: {} };
    await state("rejected", () => refresh(popup));
    simulator.always = "reset";
    await state("offline", () => refresh(popup));
    simulator.always = undefined;
    await browser.withhold(ORIGIN);
    await popup.bringToFront();
    await state("withheld", () => refresh(popup));
    await browser.grant(ORIGIN);
    await state("locked", async () => {
      await send(popup, { do: "lock" });
      await popup.waitForSelector("#unlock-password");
    });
    await send(popup, { do: "unlock", password: PASSWORD });
    await setClock(browser, "2026-12-01T08:00:00Z");
    await state("first-of-month", () => popup.reload());
  } finally {
    await scene.end();
  }
}

await firstRun();
await household();
