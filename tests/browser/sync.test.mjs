// Two profiles of one user: the second is set up with the first one's password, and both show one total. Each browser has its own
// real storage.sync, and the test carries the items from one to the other, as the browser's maker would.
import assert from "node:assert/strict";
import { ring, setClock } from "./clock.mjs";
import { KEY, PASSWORD, Scene, begin, connected, go, refresh, shows, test } from "./drive.mjs";

const AT = "2026-11-20T12:00:00Z";

const area = (page) => page.evaluate(() => chrome.storage.sync.get(null));
const carry = async (from, to) => to.evaluate((items) => chrome.storage.sync.set(items), await area(from));
const changed = (page, before) => page.waitForFunction(
  async (before) => JSON.stringify(await chrome.storage.sync.get(null)) !== before, JSON.stringify(before));

test("a second profile is set up from the first by one password and shows the same total", async (t) => {
  const scene = await begin(t, { at: AT });
  const first = await connected(scene.browser);
  scene.account.spend(250);
  await refresh(first);
  await go(first, "settings", "#sync");
  await shows(first, "#sync", "See the same accounts, spend and settings on each of your computers.");
  await first.click("#sync [data-do=sync_on] button");
  await shows(first, "#sync", "Now install Drawdown on your other computer");
  const items = await area(first);
  assert.equal(Object.keys(items).length, 3, Object.keys(items).join());
  const text = JSON.stringify(items);
  assert.ok(!text.includes(KEY) && !text.includes(PASSWORD) && !text.includes("deepseek"), "all of it is sealed");

  const other = await Scene.start({ account: scene.account, at: AT });
  t.after(() => other.end());
  const second = await other.browser.dashboard();
  assert.deepEqual(await area(second), {}, "a fresh browser writes nothing");
  await carry(first, second);
  await shows(second, "#join", "Drawdown is set up on another computer");
  await second.fill("#join-password", "not the password");
  await second.keyboard.press("Enter");
  await shows(second, "#join", "That's not the password of the other computer.");
  await second.fill("#join-password", PASSWORD);
  await second.keyboard.press("Enter");
  await shows(second, "#note", "Connected. 1 account is here now.");
  // The new browser has no permission yet to read the provider.
  await shows(second, "#attention", "Access blocked");
  await second.click("#attention form[data-origins] button");
  await go(second, "overview");
  await shows(second, "#overview", "$2.50");

  // The second's readings while the first is off count on both. A computer writes at most once a minute.
  scene.account.spend(125);
  await setClock(other.browser, "2026-11-20T12:10:00Z");
  const before = await area(second);
  await refresh(second);
  await shows(second, "#overview", "$3.75");
  await ring(other.browser);
  await changed(second, before);
  await setClock(scene.browser, "2026-11-20T12:11:00Z");
  await carry(second, first);
  await go(first, "overview");
  await shows(first, "#overview", "$3.75");

  await go(first, "settings", "#sync");
  await first.click("#sync details summary");
  await first.selectOption("#sync-clear", "all");
  await first.click("#sync [data-do=sync_off] button");
  await shows(first, "#sync", "Sync is off. Everything on this computer stays.");
  assert.deepEqual(await area(first), {});
});
