// A real notification: crossing a budget alerts once, and hidden amounts are not in it.
import assert from "node:assert/strict";
import { setClock } from "./clock.mjs";
import { account as makeAccount, begin, connected, go, shows, test } from "./drive.mjs";

test("a budget that is crossed is a notification, once, that leads to its place", async (t) => {
  const { browser, account } = await begin(t, { account: makeAccount([{ currency: "USD", granted: 0, toppedUp: 90000 }]), at: "2026-11-02T00:00:00Z" });
  const dashboard = await connected(browser);
  const shown = () => dashboard.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
  const popup = await browser.popup();
  const spend = async (at, cents) => {
    await setClock(browser, at);
    account.spend(cents);
    // Its reply comes after the notification.
    await popup.evaluate(() => chrome.runtime.sendMessage(JSON.stringify({ page: "popup", do: "refresh" })));
  };
  await spend("2026-11-03T00:00:00Z", 200);
  await go(dashboard, "budget", "#plans");
  await dashboard.fill("#budget", "80");
  await dashboard.click("form[data-do=budget] button.go");
  await shows(dashboard, "#plans", "2% of your $80 budget");
  await popup.bringToFront();
  await spend("2026-11-04T00:00:00Z", 100);
  assert.deepEqual(await shown(), [], "a first look is silent");
  await spend("2026-11-05T00:00:00Z", 6400);
  assert.deepEqual(await shown(), ["budget"]);
  await shows(popup, "#hero", "83% of your $80 budget · likely over around Nov");

  // Once dismissed, it does not return while the condition lasts.
  await dashboard.evaluate(() => chrome.notifications.clear("budget"));
  await spend("2026-11-05T06:00:00Z", 100);
  assert.deepEqual(await shown(), []);
  await spend("2026-11-06T00:00:00Z", 1300);
  assert.deepEqual(await shown(), ["budget"], "spent is another crossing");

  // A click opens the place concerned.
  const opened = browser.context.waitForEvent("page");
  await (await browser.worker()).evaluate(() => chrome.notifications.onClicked.dispatch("budget"));
  assert.ok((await opened).url().endsWith("/dashboard.html#budget"));
  assert.deepEqual(browser.violations, []);
});
