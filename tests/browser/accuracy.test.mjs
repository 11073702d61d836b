// Invoices and untracked services: an invoice is entered by keyboard, refused, corrected, compared and undone; a service is
// listed, and an account of the same name offers to remove it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { CARD, go, shows, test } from "./drive.mjs";
import { accountIds, startHousehold } from "./household.mjs";

let scene, dashboard, openai;
before(async () => {
  scene = await startHousehold();
  ({ dashboard } = scene);
  [, openai] = await accountIds(dashboard);
}, { timeout: 120_000 });
after(() => scene?.end());

const INVOICES = `${CARD} > details:has(> .invoices), ${CARD} > details:has([data-do=invoice])`;

test("an invoice is entered by keyboard, compared with its month, and undone", async () => {
  await go(dashboard, `accounts/${openai}`, CARD);
  await dashboard.focus(`${INVOICES} > summary`);
  await dashboard.keyboard.press("Enter");
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.press("Enter");
  const form = `${CARD} form[data-do=invoice]`;
  // The month is chosen already; the next field is the total.
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.type("-5");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, form, "Enter the invoice total, such as 42.50. It can be 0.");
  assert.equal(await dashboard.inputValue(`${form} [name=total]`), "-5", "what was typed is not lost");
  assert.equal(await dashboard.evaluate(() => document.activeElement.name), "total");
  await dashboard.fill(`${form} [name=total]`, "70");
  await dashboard.fill(`${form} [name=tax]`, "8");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, CARD, "Saved: $70.00.");
  await shows(dashboard, `${CARD} .invoices`, "in charges.");
  await shows(dashboard, `${CARD} .invoices`, "Possible causes:");
  await shows(dashboard, `${CARD} .four`, "Last invoice: within");
  await dashboard.click(`${CARD} .note button:has-text("Undo")`);
  await shows(dashboard, CARD, "Undone.");
  await dashboard.waitForSelector(`${CARD} .invoices`, { state: "detached" });
});

test("an invoice is read from a file, and one that cannot be read says why", async () => {
  await go(dashboard, `accounts/${openai}`, CARD);
  if (!(await dashboard.evaluate((section) => document.querySelector(section).open, `${CARD} > details:has([data-do=invoice])`))) {
    await dashboard.click(`${INVOICES} > summary`);
  }
  await dashboard.click(`${CARD} summary:has-text("Add from a file")`);
  const form = `${CARD} form[data-do=invoice_file]`;
  const choose = async (rows) => {
    const head = "ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ChargeCategory,ServiceName,ProviderName";
    await dashboard.setInputFiles(`${form} [name=file]`, { name: "october.csv", mimeType: "text/csv", buffer: Buffer.from([head, ...rows].join("\n")) });
    await dashboard.press(`${form} button.go`, "Enter");
  };
  const day = "2026-10-03T00:00:00Z,2026-10-04T00:00:00Z";
  await choose([`seventy,USD,Usage,Chat,OpenAI`].map((row) => `${day},${row}`));
  await shows(dashboard, form, "october.csv, row 2, column BilledCost: we can't read this value.");
  await choose(["70,USD,Usage,Chat,OpenAI", "8,USD,Tax,VAT,OpenAI", "-3,USD,Credit,Promotion,OpenAI"].map((row) => `${day},${row}`));
  await shows(dashboard, CARD, "Added October 2026 $75.00 (charges for Oct 3).");
  // The form is in a part that has closed; a keyboard user continues at the form's result.
  assert.match(await dashboard.evaluate(() => document.activeElement.textContent), /^Added October 2026/);
  await shows(dashboard, `${CARD} .invoices`, "October 2026 $75.00 · $3.00 in credits subtracted · $8.00 tax included · october.csv");
  await dashboard.click(`${CARD} .note button:has-text("Undo")`);
  await shows(dashboard, CARD, "Undone.");
  await dashboard.waitForSelector(`${CARD} .invoices`, { state: "detached" });
});

test("a service without a source is listed, and the page offers to remove it once it is tracked", async () => {
  await go(dashboard, "budget", "#untracked");
  await dashboard.click("#untracked > details > summary");
  for (const [name, amount] of [["Midjourney", "30"], ["OpenAI", "12.50"]]) {
    await dashboard.fill("#untracked-new-name", name);
    await dashboard.fill("#untracked-new-amount", amount);
    await dashboard.click("#untracked > details form button.go");
    await shows(dashboard, "#untracked .stated", name);
  }
  await shows(dashboard, "#untracked", "of the expected bill has a source");
  await go(dashboard, "overview", "#overview");
  await shows(dashboard, "#overview", "of the expected bill has a source");
  await go(dashboard, `accounts/${openai}`, CARD);
  await shows(dashboard, "#accounts", "Not tracked");
  await shows(dashboard, CARD, "You still list OpenAI as not tracked.");
  await dashboard.click(`${CARD} [data-do=drop_untracked] button`);
  await shows(dashboard, "#note", "Removed.");
  assert.equal(await dashboard.locator("#account-list li:has-text('Not tracked')").count(), 1);
  await dashboard.click("#note button:has-text('Undo')");
  await shows(dashboard, CARD, "You still list OpenAI as not tracked.");
  assert.deepEqual(scene.browser.violations, []);
});
