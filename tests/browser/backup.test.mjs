// A backup restores into a fresh profile with every figure equal, and its password opens the keys there.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { setClock } from "./clock.mjs";
import { KEY, PASSWORD, Scene, allStorage, begin, byHand, connected, go, refresh, shows, test } from "./drive.mjs";

// The time at which both browsers are compared: a forecast changes with time, this one by a cent every six minutes, and this is
// just after a change.
const LOOKED_AT = "2026-11-20T12:21:00Z";

// Each figure of the overview, without the time of the last refresh and without the password prompt.
const figures = (page) => page.evaluate(() => {
  const shown = ["#overview", "#balances", "#accounts", "#models", "#year", "#attention", "#upcoming"];
  const found = shown.map((id) => document.querySelector(id)).filter((section) => section && !section.hidden);
  return found.map((section) => `${section.id}: ${section.innerText}`);
});

const restore = async (page, path, password) => {
  await go(page, "data", "#backup");
  await page.setInputFiles("#backup-file", path);
  if (password) await page.fill("#backup-password", password);
  await page.click("#backup [data-do=restore_backup] button");
};

test("a backup restores into a fresh profile with every figure equal", async (t) => {
  const scene = await begin(t, { at: "2026-11-20T12:00:00Z" });
  const dashboard = await connected(scene.browser);
  await byHand(dashboard, "Modal", "bill", "7");
  scene.account.spend(250);
  await refresh(dashboard);
  await go(dashboard, "data", "#backup");
  const saving = dashboard.waitForEvent("download");
  await dashboard.click("#backup [data-do=back_up] button");
  const saved = await saving;
  assert.match(saved.suggestedFilename(), /^drawdown-backup-\d{4}-\d\d-\d\d\.json$/);
  await shows(dashboard, "#backup", "Backup downloaded.");
  await shows(dashboard, "#backup", "Last backup:");
  const path = await saved.path();
  const text = readFileSync(path, "utf8");
  assert.equal(JSON.parse(text).format, "drawdown-backup");
  assert.ok(!text.includes(KEY) && !text.includes(PASSWORD), "no key in clear");

  await dashboard.click("#lock");
  await setClock(scene.browser, LOOKED_AT);
  await go(dashboard, "overview");
  await shows(dashboard, "#overview", "$9.50");
  const before = await figures(dashboard);
  assert.ok(before.length > 2, before.join("\n"));

  const other = await Scene.start({ account: scene.account, at: LOOKED_AT });
  t.after(() => other.end());
  const fresh = await other.browser.dashboard();
  const unread = `${path}.cut`;
  writeFileSync(unread, text.slice(0, -200));
  await restore(fresh, unread);
  await shows(fresh, "#backup", "This backup is damaged. Nothing was restored.");
  await restore(fresh, path);
  await shows(fresh, "#note", "Restored. 2 accounts added. Unlock with the password of the backup, then allow access");
  await shows(fresh, "#overview", "$9.50");
  assert.deepEqual(await figures(fresh), before);
  assert.equal((await other.browser.badge()).text, (await scene.browser.badge()).text);

  await fresh.fill("#unlock input[type=password]", PASSWORD);
  scene.account.spend(100);
  await fresh.click("#unlock button.go");
  // A fresh browser has no permission yet to read the provider.
  await shows(fresh, "#attention", "Access blocked");
  await fresh.click("#attention form[data-origins] button");
  await shows(fresh, "#overview", "$10.50");
  assert.ok(!(await allStorage(fresh)).includes(KEY), "the key is sealed there too");
  // The second time, nothing is new.
  await restore(fresh, path);
  await shows(fresh, "#note", "Combined with what was here:");
  await shows(fresh, "#overview", "$10.50");
  assert.deepEqual([...scene.browser.violations, ...other.browser.violations], []);
});
