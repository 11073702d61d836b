// An update keeps everything: an older build is installed and filled, its files are replaced by those of dist/, and the browser
// reloads the extension, as for a new version in a store.
//
// OLD_BUILD names the folder of an older build (`./build.sh update COMMIT`). Without it, this build under an older version number
// replaces it: the browser does the same, and ../fixtures/stored has the stored data of older versions.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, makeProfile, removeProfile, root } from "./chromium.mjs";
import { PASSWORD, begin, byHand, connected, go, refresh, shows, test } from "./drive.mjs";

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

// A scene with the older build, which ends with the test.
async function beginOld(t) {
  const folder = makeProfile();
  t.after(() => removeProfile(folder));
  cpSync(process.env.OLD_BUILD || dist, folder, { recursive: true });
  if (!process.env.OLD_BUILD) writeFileSync(join(folder, "manifest.json"), JSON.stringify({ ...manifestOf(dist), version: "0.0.9" }));
  return begin(t, { folder });
}

// Replaces the files by those of dist/, and loads them.
async function update({ browser, options: { folder } }) {
  rmSync(folder, { recursive: true });
  cpSync(dist, folder, { recursive: true });
  await browser.reload();
}

async function unlock(dashboard) {
  await dashboard.fill("#unlock input[type=password]", PASSWORD);
  await dashboard.click("#unlock button.go");
  await dashboard.waitForSelector("#unlock", { state: "hidden" });
}

// The total, the spend of each account, the balances, and the names in the list of accounts.
async function seen(dashboard) {
  await go(dashboard, "overview", "#balances");
  const overview = [dashboard.locator("#overview b").first(), dashboard.locator("#by-account"), dashboard.locator("#balances")];
  const texts = await Promise.all(overview.map((section) => section.innerText()));
  await go(dashboard, "accounts", "#accounts");
  return [...texts, ...await dashboard.locator("#accounts a.name").allInnerTexts()];
}

test("accounts, total, entries and keys survive an update, and news are shown once", async (t) => {
  const scene = await beginOld(t);
  const before = await connected(scene.browser);
  scene.account.spend(125);
  await go(before, "overview");
  await refresh(before);
  await shows(before, "#overview", "$1.25*");
  await byHand(before, "RunPod", "bill", "12.50");
  const told = await seen(before);
  assert.ok(told.join().includes("$1.25*") && told.join().includes("RunPod"), told.join("\n"));
  // The older version's own setting.
  await before.evaluate(async () => {
    const settings = JSON.parse((await chrome.storage.local.get("settings")).settings);
    settings["whats_new.seen"] = "0.0.9";
    await chrome.storage.local.set({ settings: JSON.stringify(settings) });
  });
  await update(scene);
  const after = await scene.browser.dashboard();
  assert.equal(await after.evaluate(() => chrome.runtime.getManifest().version), manifestOf(dist).version);
  await shows(after, "#note", "What's new in Drawdown");
  assert.deepEqual(await seen(after), told);
  await after.click("#note [data-do=close_news] button");
  await after.waitForFunction(() => !document.querySelector("#note")?.innerText.includes("What's new"));
  // The update ended the session, so the keys are locked, and the same password opens them.
  await unlock(after);
  scene.account.spend(75);
  await go(after, "overview");
  await refresh(after);
  await shows(after, "#balances", "$18.00 left");
  assert.ok(await after.evaluate(() => chrome.alarms.get("refresh")), "the alarm is set again");
  assert.deepEqual(scene.browser.violations, []);
});

test("what the first version stored is read after an update, with the same figures and the same password", async (t) => {
  const scene = await beginOld(t);
  const before = await scene.browser.dashboard();
  const stored = JSON.parse(readFileSync(join(root, "tests", "fixtures", "stored", "version-1.json"), "utf8"));
  await before.evaluate(async (stored) => {
    await chrome.storage.local.clear();
    await chrome.storage.local.set(stored);
  }, stored);
  await update(scene);
  const after = await scene.browser.dashboard("#overview/2026-11");
  await unlock(after);
  const spent = await after.locator("#by-account").innerText();
  for (const figure of ["DeepSeek", "$8.62", "¥0.25", "DeepSeek second", "¥18.50"]) assert.ok(spent.includes(figure), spent);
  assert.deepEqual(scene.browser.violations, []);
});
