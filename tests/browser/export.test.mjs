// Files that the page makes and saves: an export of one month, an export of all months in parts, and diagnostics.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before } from "node:test";
import { go, shows, test } from "./drive.mjs";
import { startHousehold } from "./household.mjs";

let scene;
before(async () => (scene = await startHousehold()), { timeout: 120_000 });
after(() => scene?.end());

// Fills in the form; returns the name and text of the saved file.
async function saved(month, format) {
  const { dashboard } = scene;
  await dashboard.selectOption("#export-month", month);
  await dashboard.selectOption("#export-format", format);
  const saving = dashboard.waitForEvent("download");
  await dashboard.click("#export button.go");
  const file = await saving;
  return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
}

test("a month and all months are saved as files, and nothing is sent", async () => {
  const { dashboard, browser } = scene;
  await go(dashboard, "data", "#export");
  const [name, month] = await saved("2026-11", "csv");
  assert.equal(name, "drawdown-2026-11.csv");
  await shows(dashboard, "#export", "Saved drawdown-2026-11.csv");
  const lines = month.trimEnd().split("\r\n");
  assert.ok(lines.length > 60 && lines.slice(1).every((line) => line.startsWith("2026-11-")), lines[1]);
  const [, all] = await saved("all", "csv");
  await shows(dashboard, "#export", "Saved drawdown-all.csv");
  assert.equal(all.match(/^date,/gm).length, 1);
  assert.ok(all.endsWith(month.slice(month.indexOf("\n") + 1)), "the present month is the last part");
  const months = [...new Set(all.match(/^\d{4}-\d\d/gm))];
  assert.deepEqual([months.length, months[0], months.at(-1)], [14, "2025-10", "2026-11"]);
  const [focus, text] = await saved("2026-11", "focus");
  assert.equal(focus, "drawdown-focus-1.2-2026-11.csv");
  assert.match(text, /^BilledCost,/);
  const [, json] = await saved("all", "json");
  assert.equal(JSON.parse(json).months.length, 14);
  assert.deepEqual(browser.violations, []);
});

test("diagnostics are shown before they are saved, and what is saved is what was shown", async () => {
  const { dashboard, browser } = scene;
  await go(dashboard, "data", "#diagnostics");
  const field = dashboard.locator("#diagnostics-text");
  assert.equal(await field.isVisible(), false);
  await dashboard.click("[data-do=diagnose] button");
  await shows(dashboard, "#diagnostics", "This is the whole file.");
  await field.waitFor({ state: "visible" });
  const shown = await field.inputValue();
  assert.ok(JSON.parse(shown).events.length > 100);
  const saving = dashboard.waitForEvent("download");
  await dashboard.click("[data-do=save_diagnostics] button");
  const file = await saving;
  assert.equal(readFileSync(await file.path(), "utf8"), shown);
  await shows(dashboard, "#diagnostics", `Saved as ${file.suggestedFilename()}.`);
  assert.deepEqual(browser.violations, []);
});
