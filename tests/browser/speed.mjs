// Compares the extension with the minimum that a browser needs for the same: an empty page, a worker that only loads the module,
// plain fetches, the browser's own PBKDF2. Each pair takes turns in one run, and only the ratio of their medians counts. Fails if
// a ratio is above its limit.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, launch, root } from "./chromium.mjs";
import { KEY, ORIGIN, PASSWORD, Scene, account, connected } from "./drive.mjs";
import { answered, drawnAt, memory, noteDrawn, quietPage, send, takeTurns, timed } from "./measure.mjs";
import { Simulator } from "./simulator.mjs";

// The accounts of each measure, with their present ratio, which leaves room for a busy machine, and their goal.
const POPUP = { 5: [3.3, 1.15], 20: [3.3, 1.25] };
const COLD = { 5: [2.6, 1.3], 20: [2.6, 1.5] };
const BADGE = { 5: [4, 1.5], 20: [4, 1.5] };
const REFRESH = { 10: [2.6, 1.1], 20: [2.6, 1.1], 50: [2.6, 1.2] };
const REFRESH_SEEN = { 10: [3, 1.2], 20: [3, 1.2], 50: [3, 1.2] };
const NEW_VAULT = [0.8, 1], OLDER_VAULT = [1.4, 1.1];
const MOST_MIB = 20;

const keyOf = (place) => (place ? KEY.slice(0, -2) + String(place).padStart(2, "0") : KEY);

// An extension of the same files, with an empty page and a worker that only loads the module.
function makeLeast() {
  const folder = join(root, "target/speed/least");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(dist, folder, { recursive: true });
  writeFileSync(join(folder, "empty.html"), "<!doctype html><title>empty</title><h1>0</h1>");
  writeFileSync(join(folder, "worker.js"), `import init from "./drawdown.js";
const ready = init();
chrome.runtime.onMessage.addListener((text, sender, answer) => {
  ready.then(() => answer("{}"));
  return true;
});
chrome.storage.sync.onChanged.addListener(() => ready.then(() => chrome.action.setBadgeText({ text: "0" })));
`);
  return folder;
}

// The milliseconds from opening a page until its first figure is laid out.
async function opens(browser, name, figure) {
  const page = await browser.context.newPage();
  await page.goto(browser.url(name));
  await page.waitForSelector(figure);
  const ms = await drawnAt(page);
  await page.close();
  assert.ok(ms > 0);
  return ms;
}

// The milliseconds from an event that wakes the worker until the badge is painted. The event is a change of the synced area, because
// an alarm rings only on the full second.
async function painted(browser, page) {
  await browser.killWorker();
  return page.evaluate(async () => {
    await chrome.action.setBadgeText({ text: "" });
    await chrome.storage.session.remove("badge"); // what the extension knows to be painted
    const start = performance.now();
    await chrome.storage.sync.set({ wakes: Math.random() });
    while (!(await chrome.action.getBadgeText({}))) continue;
    return performance.now() - start;
  });
}

const plainFetches = (page, keys) => page.evaluate(async ({ keys, url }) => {
  const start = performance.now();
  await Promise.all(keys.map(async (key) => (await fetch(url, { headers: { Authorization: `Bearer ${key}` } })).json()));
  return performance.now() - start;
}, { keys, url: `${ORIGIN}/user/balance` });

const pbkdf2 = (page) => page.evaluate(async (password) => {
  const start = performance.now();
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveBits"]);
  await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(16), iterations: 600_000 }, key, 256);
  return performance.now() - start;
}, PASSWORD);

// A stored vault of the previous version.
const STORED_BEFORE = JSON.stringify({
  version: 1,
  kdf: { name: "PBKDF2-HMAC-SHA-256", rounds: 600_000, salt: btoa("0123456789abcdef") },
  key: { version: 1, nonce: btoa("0123456789ab"), text: btoa("0".repeat(48)) },
});

const scene = await Scene.start({ account: account([{ currency: "USD", granted: 0, toppedUp: 50000 }]) });
const lesser = await launch({ simulator: await Simulator.start(), folder: makeLeast() });
try {
  const { browser, simulator } = scene;
  for (const context of [browser.context, lesser.context]) await noteDrawn(context, "h1");
  await connected(browser);
  const page = await quietPage(browser);
  const other = await lesser.open("empty.html");
  let connectedSoFar = 1;
  const connectUpTo = async (many) => {
    for (; connectedSoFar < many; connectedSoFar += 1) {
      const key = keyOf(connectedSoFar);
      simulator.add(account([{ currency: "USD", granted: 0, toppedUp: 50000 + connectedSoFar }], key));
      await answered(page, { page: "dashboard", do: "connect", provider: "deepseek", key, label: key.slice(-2) });
    }
  };
  const cold = async (which, page) => {
    await which.killWorker();
    return (await timed(page, { page: "popup", do: "show" })).ms;
  };
  const refresh = () => answered(page, { page: "popup", do: "refresh" });
  const compareWith = async (many) => {
    await connectUpTo(many);
    const compare = (what, limits, measure, base) => limits[many] && takeTurns(`${many} accounts: ${what}`, limits[many], measure, base);
    await compare("popup, over an empty page", POPUP, () => opens(browser, "popup.html", "#hero h1"), () => opens(lesser, "empty.html", "h1"));
    await compare("message to a cold worker, over one that only loads the module", COLD, () => cold(browser, page), () => cold(lesser, other));
    await compare("event to the badge of a cold worker, over one that only loads the module", BADGE, () => painted(browser, page), () => painted(lesser, other));
    const fetches = () => plainFetches(page, Array.from({ length: many }, (_, place) => keyOf(place)));
    await compare("refresh, over plain fetches", REFRESH, refresh, fetches);
    const dashboard = await browser.dashboard();
    await dashboard.waitForSelector("#overview b");
    await compare("refresh with a dashboard open, over plain fetches", REFRESH_SEEN, refresh, fetches);
    await dashboard.close();
  };
  // Tries a wrong password in the popup, then unlocks again.
  const comparePasswords = async () => {
    const ask = (password) => timed(page, { page: "popup", do: "unlock", password });
    const refused = async () => {
      const { ms, reply } = await ask("a wrong password");
      assert.equal(reply.ok, false);
      return ms;
    };
    const vault = await page.evaluate(async () => (await chrome.storage.local.get("vault")).vault);
    const store = (vault) => page.evaluate((vault) => chrome.storage.local.set({ vault }), vault);
    await send(page, { page: "popup", do: "lock" });
    await takeTurns("trying a password of a new vault, over PBKDF2 of the browser", NEW_VAULT, refused, () => pbkdf2(page));
    await store(STORED_BEFORE);
    await takeTurns("trying a password of an older vault, over PBKDF2 of the browser", OLDER_VAULT, refused, () => pbkdf2(page));
    await store(vault);
    assert.ok((await ask(PASSWORD)).reply.ok);
  };
  await compareWith(5);
  await comparePasswords();
  for (const many of [10, 20]) await compareWith(many);
  // A worker that wakes and refreshes, and one that wakes and only loads the module.
  const takes = async (which, page, message) => {
    await which.killWorker();
    const before = await memory(which);
    await timed(page, message);
    return (await memory(which)) - before;
  };
  const [ours, theirs] = [await takes(browser, page, { page: "popup", do: "refresh" }), await takes(lesser, other, {})];
  console.log(`a worker that wakes and refreshes 20 accounts takes ${ours.toFixed(1)} MiB, one that only loads the module ${theirs.toFixed(1)} MiB (limit ${MOST_MIB} MiB)`);
  if (ours > MOST_MIB) process.exitCode = 1;
  await compareWith(50);
} finally {
  await lesser.close();
  await lesser.simulator.stop();
  await scene.end();
}
