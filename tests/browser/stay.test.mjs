// "Stay unlocked on this computer": a restarted browser refreshes without a click, and is locked again once the setting is off.
import assert from "node:assert/strict";
import { begin, connected, go, shows, test } from "./drive.mjs";

const SWITCH = "#password [data-do=stay_unlocked] [role=switch]";

// Waits until the provider received more requests than this.
const asksMoreThan = async (simulator, asked) => {
  while (simulator.requests.length <= asked) await new Promise((next) => setTimeout(next, 50));
};

// The device key, as a script of the extension finds it.
const deviceKey = (page) => page.evaluate(async () => {
  const ended = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === "device")) return undefined;
  const database = await ended(indexedDB.open("device"));
  const key = await ended(database.transaction("device").objectStore("device").get("device"));
  database.close();
  return { extractable: key.extractable, bits: key.algorithm.length, name: key.algorithm.name };
});

test("a browser that stays unlocked refreshes after a restart without a click", async (t) => {
  // An hour ago: after the restart, with the browser's own clock, the account is due.
  const scene = await begin(t, { at: Date.now() - 3_600_000 });
  const { simulator, account } = scene;
  let dashboard = await connected(scene.browser);
  await go(dashboard, "settings", SWITCH);
  assert.equal(await dashboard.getAttribute(SWITCH, "aria-checked"), "false", "it is off by default");
  assert.equal(await deviceKey(dashboard), undefined, "there is no device key");
  await dashboard.click(SWITCH);
  await dashboard.waitForSelector(`${SWITCH}[aria-checked=true]`);
  await shows(dashboard, "#password", "Anyone who copies this browser profile can use your keys.");
  assert.deepEqual(await deviceKey(dashboard), { extractable: false, bits: 256, name: "AES-GCM" });
  const stored = await dashboard.evaluate(async () => {
    const { "data-key": key } = await chrome.storage.session.get("data-key");
    return { key, local: JSON.stringify(await chrome.storage.local.get(null)) };
  });
  assert.ok(stored.key && !stored.local.includes(stored.key), "no file holds the data key in clear");

  account.spend(100);
  const asked = simulator.requests.length;
  await scene.restart();
  await asksMoreThan(simulator, asked);
  const popup = await scene.browser.popup();
  await shows(popup, "#hero", "$1.00*");
  assert.equal(await popup.locator("#unlock-password").count(), 0, "no password is asked for");
  assert.equal((await scene.browser.badge()).text, "$1.0");

  dashboard = await scene.browser.dashboard();
  await go(dashboard, "settings", SWITCH);
  await dashboard.click(SWITCH);
  await dashboard.waitForSelector(`${SWITCH}[aria-checked=false]`);
  assert.equal(await deviceKey(dashboard), undefined, "the device key is deleted");
  await scene.restart();
  const before = simulator.requests.length;
  const locked = await scene.browser.popup();
  await locked.waitForSelector("#unlock-password");
  await shows(locked, "#foot", "locked");
  assert.equal(simulator.requests.length, before, "locked, nothing is read");
  assert.deepEqual(scene.browser.violations, []);
});
