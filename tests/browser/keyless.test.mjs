// An account without a key in a real browser: it is added by hand, and a figure is typed on the dashboard and, after the
// reminder, in the popup; nothing is sent, and no password is asked for.
import assert from "node:assert/strict";
import { setClock } from "./clock.mjs";
import { CARD, begin, byHand, go, openAccount, shows, test } from "./drive.mjs";

test("an account kept by hand, from its first figure to a reminder answered in the popup", async (t) => {
  const { browser, simulator } = await begin(t, { at: "2026-11-04T12:00:00Z" });
  const dashboard = await browser.dashboard();
  await byHand(dashboard, "RunPod", "bill", "7");
  await shows(dashboard, "#accounts", "RunPod");
  await go(dashboard, "overview");
  await shows(dashboard, "#overview", "$7.00*");
  assert.equal((await browser.badge()).text, "$7.0");
  assert.equal(await dashboard.locator("#seal form").count(), 0, "there is nothing to seal");

  await setClock(browser, "2026-11-08T12:00:00Z");
  await openAccount(dashboard, "RunPod");
  await dashboard.fill(`${CARD} [data-do=figure] input[name=amount]`, "seventeen");
  await dashboard.click(`${CARD} [data-do=figure] button`);
  await shows(dashboard, CARD, "Enter a number, such as 12.50.");
  assert.equal(await dashboard.inputValue(`${CARD} [data-do=figure] input[name=amount]:focus`), "seventeen");
  await dashboard.fill(`${CARD} [data-do=figure] input[name=amount]`, "17");
  await dashboard.click(`${CARD} [data-do=figure] button`);
  await shows(dashboard, CARD, "Saved: $17.00.");
  await shows(dashboard, "#accounts", "$17.00*");

  await setClock(browser, "2026-11-16T12:00:00Z");
  const popup = await browser.popup();
  await shows(popup, "#accounts", "entered 8 days ago. Update bill");
  await popup.fill("#accounts [data-do=figure] input[name=amount]", "30");
  await popup.keyboard.press("Enter");
  await shows(popup, "#hero", "$30.00*");
  await popup.waitForSelector("#accounts [data-do=figure]", { state: "detached" });
  assert.equal(simulator.requests.length, 0, "nobody is asked");
  assert.deepEqual(browser.violations, []);
});

test("a provider without an API is found in the gallery, and its account by hand has its name", async (t) => {
  const { browser, simulator } = await begin(t, { at: "2026-11-04T12:00:00Z" });
  const dashboard = await browser.dashboard();
  await go(dashboard, "accounts/add", "#gallery");
  await dashboard.fill("#gallery-search", "perpl");
  assert.deepEqual(await dashboard.locator("#gallery li:visible b").allTextContents(), ["Perplexity"]);
  await dashboard.click("#gallery li:visible a");
  await shows(dashboard, "#connect", "Perplexity has no API for costs or balances.");
  assert.equal(await dashboard.inputValue("#hand-name"), "Perplexity");
  await dashboard.fill("#hand-amount", "25");
  await dashboard.click("[data-do=by_hand] button.go");
  await shows(dashboard, CARD, "Perplexity");
  await shows(dashboard, CARD, "$25.00");
  assert.equal(simulator.requests.length, 0, "nobody is asked");
  assert.deepEqual(browser.violations, []);
});
