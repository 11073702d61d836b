// What the browser loses of its storage is recovered from the second copy, and said to be.
import assert from "node:assert/strict";
import { begin, connected, PASSWORD, shows, test } from "./drive.mjs";

for (const lost of [["accounts"], ["vault"], ["settings"], ["meta"], ["accounts", "vault", "settings", "meta"]]) {
  test(`${lost.join(", ")} lost`, async (test) => {
    const scene = await begin(test);
    const dashboard = await connected(scene.browser);
    const kept = (page) => page.evaluate(() => chrome.storage.local.get(["accounts", "vault", "settings"]));
    const before = await kept(dashboard);
    await dashboard.evaluate((keys) => chrome.storage.local.remove(keys), lost);
    await scene.restart();
    const again = await scene.browser.dashboard();
    for (const key of lost) await shows(again, "#note", `stored under "${key}". It was recovered`);
    const after = await kept(again);
    assert.equal(after.vault, before.vault);
    assert.equal(after.settings, before.settings);
    const names = (stored) => JSON.parse(stored.accounts).map(({ id, credential, months }) => ({ id, credential, months }));
    assert.deepEqual(names(after), names(before));
    await again.fill("#unlock input[type=password]", PASSWORD);
    await again.click("#unlock button.go");
    await shows(again, "#overview", "1 of 1 up to date");
    await shows(again, "#accounts", "$20.00 left");
  });
}
