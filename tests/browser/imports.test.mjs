// Workbooks and FOCUS files before there is an account: their rows are shown before they are imported.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./chromium.mjs";
import { begin, go, importFiles, shows, test } from "./drive.mjs";

const workbook = (name) => {
  const buffer = readFileSync(join(root, "tests", "fixtures", "workbooks", name));
  return { name, mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer };
};

test("a workbook makes the first account, and its import is undone from the list", async (t) => {
  const { browser } = await begin(t, { at: "2026-08-31T12:00:00Z" });
  const dashboard = await browser.dashboard();
  await importFiles(dashboard, workbook("glm-changed-header.xlsx"));
  await shows(dashboard, "#import", "glm-changed-header.xlsx (账单明细), column 总消费金额: this column is missing or appears twice.");
  await importFiles(dashboard, workbook("kimi.xlsx"));
  await shows(dashboard, "#import", "Nothing has been imported yet.");
  await dashboard.click("#import form button.go");
  await shows(dashboard, "#import", "Enter a name for the new account.");
  await dashboard.fill("#preview-label", "Kimi");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, "#import", "Imported ¥100.00 for Aug 1–31.");
  await shows(dashboard, "#imports", "kimi.xlsx · Kimi · ¥100.00");
  const popup = await browser.popup();
  await shows(popup, "#hero", "¥100.00");
  await dashboard.bringToFront();
  await dashboard.click("#imports button");
  await dashboard.waitForSelector("#imports", { state: "hidden" });
  assert.deepEqual(browser.violations, []);
});

test("a FOCUS file goes into the account that is chosen, and says what it leaves out", async (t) => {
  const { browser } = await begin(t, { at: "2026-11-24T09:00:00Z" });
  const dashboard = await browser.dashboard();
  const head = "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName";
  const row = (cost, category, day) => `${cost},USD,${category},2026-11-${day}T00:00:00Z,2026-11-${day + 1}T00:00:00Z,Acme,Chat`;
  const file = (name, ...rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from([head, ...rows].join("\n")) });
  await importFiles(dashboard, file("paid.csv", row(50, "Purchase", 10)));
  await shows(dashboard, "#import", "This file has no usage.");
  await dashboard.click("#import form[data-do=answer_import] button");
  await importFiles(dashboard, file("focus.csv", row(1.25, "Usage", 10), row(50, "Purchase", 10)));
  await shows(dashboard, "#import", "focus.csv: 1 row read. Skipped: 1 row of purchases (50.00 USD).");
  await dashboard.fill("#preview-label", "Acme");
  await dashboard.click("#import form button.go");
  await shows(dashboard, "#import", "Imported $1.25 for Nov 10.");

  // The same days again: the account is proposed, and the page asks whether they replace or add.
  await importFiles(dashboard, file("focus-2.csv", row(2, "Usage", 10)));
  assert.equal(await dashboard.locator("#preview-account option:checked").innerText(), "Acme");
  await dashboard.click("#import form button.go");
  await shows(dashboard, "#import", "Replace or add?");
  await dashboard.click("#import button.go");
  await shows(dashboard, "#import", "Imported $2.00 for Nov 10.");
  await go(dashboard, "overview");
  await shows(dashboard, "#overview", "$2.00");
  assert.deepEqual(browser.violations, []);
});
