// Top-ups, declarations and imports by a user in a real browser.
import assert from "node:assert/strict";
import { strToU8, zipSync } from "fflate";
import { setClock } from "./clock.mjs";
import { CARD, account as makeAccount, allStorage, begin, connected, go, importFiles, openAccount, refresh, shows, test } from "./drive.mjs";

const prepaid = () => makeAccount([{ currency: "USD", granted: 0, toppedUp: 500 }]);

test("a top-up is a question that one click answers and one takes back", async (t) => {
  const { browser, account } = await begin(t, { account: prepaid() });
  const dashboard = await connected(browser);
  const popup = await browser.popup();
  account.spend(200);
  await refresh(popup);
  await shows(popup, "#hero", "$2.00*");
  account.spend(140);
  account.topUp(1000);
  await refresh(popup);
  await shows(popup, "#hero", "≥ $2.00");
  await shows(popup, "#accounts", "I topped up $10.00 (so $1.40 was spent)");
  await popup.click("#hero h1 button.figure");
  await shows(popup, "#hero", "A top-up may hide some spend.");
  await popup.keyboard.press("Escape");

  await popup.click("#accounts .ask button");
  await shows(popup, "#hero", "$3.40*");
  await shows(popup, "#accounts", "Saved: $");
  assert.equal((await browser.badge()).text, "$3.4");
  await popup.click("#hero h1 button.figure");
  await shows(popup, "#hero", "Includes amounts you confirmed.");
  await shows(dashboard, "#overview", "$3.40*"); // pushed

  await openAccount(dashboard);
  await dashboard.click(`${CARD} summary:has-text("Your entries")`);
  await dashboard.click(`${CARD} .stated button`);
  await shows(dashboard, "#accounts", "≥ $2.00");
  await shows(popup, "#hero", "≥ $2.00");
  await shows(dashboard, CARD, "How much did you top up?");

  // Another amount is refused with its arithmetic, then accepted.
  const other = dashboard.locator(`${CARD} .ask details`).first();
  await other.locator("summary").click();
  await other.locator("input[name=amount]").fill("5");
  await other.locator("button").click();
  await shows(dashboard, CARD, "If $5.00 was added while the balance went up by $8.60, spend would be -$3.60.");
  await dashboard.locator(`${CARD} .ask details input[name=amount]`).first().fill("9.5");
  await dashboard.locator(`${CARD} .ask details button`).first().click();
  await shows(dashboard, "#accounts", "$2.90*");
  await go(dashboard, "overview");
  await shows(dashboard, "#overview", "$2.90*");
  assert.deepEqual(browser.violations, []);
});

test("the answer to the last question is said at the top, with its Undo", async (t) => {
  const { browser, account } = await begin(t, { account: prepaid() });
  const dashboard = await connected(browser);
  account.spend(200);
  await refresh(dashboard);
  account.topUp(1000);
  await refresh(dashboard);
  const answer = dashboard.locator("#attention .ask form[data-do=declare] button").first();
  await answer.waitFor();
  await dashboard.setViewportSize({ width: 900, height: 320 }); // the question is below, and the top is out of sight
  await answer.scrollIntoViewIfNeeded();
  await answer.press("Enter");
  await shows(dashboard, "#note", "Saved: $10.00.");
  await dashboard.waitForSelector("#attention", { state: "hidden" });
  const at = () => dashboard.evaluate(() => {
    const { activeElement: active } = document;
    const { top, bottom } = active.getBoundingClientRect();
    return [active.matches("#note .said"), top >= 0 && bottom <= innerHeight, document.getElementById("say").textContent];
  });
  assert.deepEqual(await at(), [true, true, "Saved: $10.00."]);
  await dashboard.keyboard.press("Tab");
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, "#attention", "How much did you top up?");
  await shows(dashboard, "#note", "Undone.");
  assert.deepEqual(await at(), [true, true, "Undone."]);
  assert.deepEqual(browser.violations, []);
});

test("a top-up is stated where no rise shows", async (t) => {
  const { browser, account } = await begin(t, { account: prepaid() });
  const dashboard = await connected(browser);
  await openAccount(dashboard);
  await dashboard.click(`${CARD} summary:has-text("I topped up")`);
  await dashboard.fill(`${CARD} form[data-do=declare] input[name=amount]`, "25");
  await dashboard.click(`${CARD} form[data-do=declare] button.go`);
  await shows(dashboard, CARD, "Saved: $");
  account.topUp(2500);
  account.spend(2600);
  const popup = await browser.popup();
  await refresh(popup);
  await shows(dashboard, "#accounts", "$26.00*");
  await shows(popup, "#accounts", "$4.00 left");
});

const KEY_IN_FILE = "sk-in-the-export-0123456789";
const days = Array.from({ length: 23 }, (_, place) => `202611${String(place + 1).padStart(2, "0")}`);
const costs = ["\ufeffuser_id,utc_date,model,wallet_type,cost,currency",
  ...days.flatMap((day) => [`u1,${day},chat,Paid,-1.25,USD`, `u1,${day},reasoner,Granted,-0.75,USD`])].join("\r\n");
const amounts = ["user_id,utc_date,model,api_key_name,api_key,type,price,amount",
  ...days.flatMap((day) => ["input_cache_hit_tokens", "input_cache_miss_tokens", "output_tokens"].map(
    (type, place) => `u1,${day},chat,"work, main",${KEY_IN_FILE},${type},0.1,${1000 * (place + 1)}`))].join("\n");
const file = (name, content) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

test("an export tells the month from the 1st, per model, and hides no key", async (t) => {
  const { browser, account } = await begin(t, { account: prepaid(), at: "2026-11-24T09:00:00Z" });
  const dashboard = await connected(browser);
  await setClock(browser, "2026-11-24T10:00:00Z");
  account.spend(50);
  const popup = await browser.popup();
  await refresh(popup);
  await shows(popup, "#hero", "$0.50*");

  const importing = (...files) => importFiles(dashboard, ...files);
  await importing(file("broken.csv", costs.replace("-1.25", "much")));
  await shows(dashboard, "#import", "broken.csv, row 2, column cost: we can't read this value.");
  await shows(popup, "#hero", "$0.50*");
  await importing(file("large.csv", Buffer.alloc(10 * 1024 * 1024 + 1, costs)));
  await shows(dashboard, "#import", "large.csv: this file is too large. The limits are 10 MB unpacked");
  await importing(file("amount-2026-11.csv", amounts));
  await shows(dashboard, "#import", "this file has tokens but no costs");

  const zip = zipSync({ "usage/cost-2026-11.csv": strToU8(costs), "usage/amount-2026-11.csv": strToU8(amounts) });
  await importing(file("export.zip", zip));
  await shows(dashboard, "#import", "Imported $46.00 for Nov 1–23.");
  await shows(popup, "#hero", "$46.50*");
  assert.ok(!(await popup.innerText("#hero")).includes("since"), "the whole month is known");
  await openAccount(dashboard);
  for (const told of ["chat", "23,000", "46,000", "69,000", "$28.75", "reasoner", "$17.25", "Not broken down", "$0.50"]) {
    await shows(dashboard, CARD, told);
  }
  await go(dashboard, "overview/2026-11-23", "#day");
  assert.equal((await dashboard.innerText("#day h2 .figure")).trim(), "$2.00", "a billed day is exact");

  await importing(file("cost.csv", costs), file("amount.csv", amounts));
  await shows(dashboard, "#import", "Imported $46.00");
  await shows(popup, "#hero", "$46.50*");
  for (const told of [await allStorage(dashboard), await dashboard.content(), await popup.content()]) {
    assert.ok(!told.includes(KEY_IN_FILE) && !told.includes("work, main"), "no key or name out of the file is kept");
  }
  assert.deepEqual(browser.violations, []);
});
