// Credit that expires, auto-reload and peak hours, on the pages of two accounts.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { go, shows, test } from "./drive.mjs";
import { accountIds, startHousehold } from "./household.mjs";

let scene, deepseek, openai;
before(async () => {
  scene = await startHousehold();
  [deepseek, openai] = await accountIds(scene.dashboard);
}, { timeout: 120_000 });
after(() => scene?.end());

// Opens a form under "More" or next to it, by keyboard only.
async function open(page, form) {
  const summary = page.locator(`details:has(> form[data-do=${form}]) > summary`).first();
  const more = page.locator("details.more > summary");
  if (!(await summary.isVisible())) await more.focus(), await page.keyboard.press("Enter");
  await summary.focus();
  await page.keyboard.press("Enter");
}

test("a purchase gets its end date, and the run-out date and the question of auto-reload follow", async () => {
  const { dashboard, browser } = scene;
  const card = `#account-${openai}`;
  await go(dashboard, `accounts/${openai}`, card);
  await open(dashboard, "left");
  await dashboard.locator(`${card} form[data-do=left] [name=amount]`).focus();
  await dashboard.keyboard.type("400");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, card, "Saved: $400.00.");
  await shows(dashboard, card, "Is auto-reload on?");
  await open(dashboard, "credit");
  await dashboard.fill(`${card} form[data-do=credit] [name=amount]`, "500");
  await dashboard.fill(`${card} form[data-do=credit] [name=on]`, "2025-12-01");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, card, "$500.00 bought Dec 1, 2025 · expires Dec 1 · about $400.00 left");
  await shows(dashboard, card, "will expire unused");
  await shows(dashboard, card, "runs out around Dec 1");
  await dashboard.locator(`${card} .asks form[data-do=reloads] button`).first().focus();
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, card, "next automatic charge around Dec 1");
  await dashboard.click(`${card} form.undo button`);
  await shows(dashboard, card, "Is auto-reload on?");
  assert.deepEqual(browser.violations, []);
});

test("the page says whether it is peak now and until when", async () => {
  const { dashboard, browser } = scene;
  const card = `#account-${deepseek}`;
  await go(dashboard, `accounts/${deepseek}`, card);
  const until = dashboard.locator(`${card} time[data-until]`);
  assert.equal(await until.getAttribute("datetime"), "2026-11-24T01:00:00Z");
  await shows(dashboard, card, "Off-peak until");
  assert.deepEqual(browser.violations, []);
});
