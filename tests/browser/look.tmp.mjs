import { setClock } from "./clock.mjs";
import { PASSWORD, Scene, account, connected, go, shows, refresh } from "./drive.mjs";
const out = process.argv[2];
const scene = await Scene.start({ account: account(), at: "2026-11-20T12:00:00Z" });
const shot = async (page, name, section) => {
  for (const [scheme, width] of [["light", 380], ["dark", 1200]]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator(section).screenshot({ path: `${out}/${name}-${scheme}-${width}.png` });
  }
};
const page = await connected(scene.browser);
await go(page, "settings", "#sync");
await shot(page, "off", "#sync");
await page.click("#sync [data-do=sync_on] button");
await shows(page, "#sync", "Sync is on. Install");
await page.locator("#sync details summary").click();
await shot(page, "on", "#sync");
const other = await Scene.start({ account: scene.account, at: "2026-11-20T12:00:00Z" });
const second = await other.browser.dashboard();
const items = await page.evaluate(() => chrome.storage.sync.get(null));
await second.evaluate((items) => chrome.storage.sync.set(items), items);
await shows(second, "#join", "another computer");
await shot(second, "join", "main");
await page.selectOption("#language", "zh").catch(async () => {});
await scene.end(); await other.end();
