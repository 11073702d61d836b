// Values that the browser loses are recovered from the second copy, and the page says so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { KEY, PASSWORD, begin, connected, shows, test } from "./drive.mjs";

for (const lost of [["accounts"], ["vault"], ["settings"], ["meta"], ["accounts", "vault", "settings", "meta"]]) {
  test(`${lost.join(", ")} lost`, async (test) => {
    const scene = await begin(test);
    const dashboard = await connected(scene.browser);
    const kept = (page) => page.evaluate(() => chrome.storage.local.get(null));
    const before = await kept(dashboard);
    await dashboard.evaluate((keys) => chrome.storage.local.remove(keys), lost);
    await scene.restart();
    const again = await scene.browser.dashboard();
    for (const key of lost) await shows(again, "#note", `Your browser lost or damaged the stored "${key}". We restored it from a backup copy.`);
    const after = await kept(again);
    assert.equal(after.vault, before.vault);
    assert.equal(after.settings, before.settings);
    const account = (stored) => (id) => (({ credential, months }) => ({ id, credential, months }))(JSON.parse(stored[`account.${id}`]));
    const names = (stored) => JSON.parse(stored.accounts).map(account(stored));
    assert.deepEqual(names(after), names(before));
    await again.fill("#unlock input[type=password]", PASSWORD);
    await again.click("#unlock button.go");
    await shows(again, "#overview", "Up to date");
    await shows(again, "#balances", "$20.00 left");
  });
}

test("what is left can be saved as a file, without a key in it", async (t) => {
  const scene = await begin(t);
  const dashboard = await connected(scene.browser);
  await dashboard.evaluate(() => chrome.storage.local.set({ alerts: "{", settings: "[broken" }));
  await scene.restart();
  const again = await scene.browser.dashboard();
  await shows(again, "#note", 'lost or damaged the stored "settings"');
  const saving = again.waitForEvent("download");
  await again.click("#note [data-save]");
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), "drawdown-stored.json");
  const text = readFileSync(await saved.path(), "utf8");
  const stored = JSON.parse(text);
  assert.equal(stored["damaged.settings"], "[broken", "the damaged value is in it too");
  assert.equal(JSON.parse(stored.accounts).length, 1);
  assert.ok(!text.includes(KEY) && !text.includes(PASSWORD));
  assert.deepEqual(scene.browser.violations, []);
});
