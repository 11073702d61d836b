// The whole extension, unchanged, in Firefox against a simulated provider on loopback. Tests only the differences from Chromium:
// the event page and its lifetime, host permissions, and the add-on's addresses. The rest is in ../browser.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test as testWithoutLimit } from "node:test";
import { dist } from "../browser/chromium.mjs";
import { KEY, PASSWORD, account as makeAccount } from "../browser/drive.mjs";
import { filesOf, packageFor } from "../browser/package.mjs";
import { Simulator } from "../browser/simulator.mjs";
import { Firefox, makeProfile, removeProfile, root } from "./firefox.mjs";

const HOST = "api.deepseek.com";
const pictures = join(root, "target", "screens", "firefox");
mkdirSync(pictures, { recursive: true });

const test = (name, run) => testWithoutLimit(name, { timeout: 180_000 }, run);

// Firefox with the extension, a simulator with one account, and a profile. All end with the test. `install` is the package
// to install; without it the extension is a temporary add-on, which is gone after a restart.
async function begin(t, { install } = {}) {
  const simulator = await Simulator.start();
  const profile = makeProfile();
  const account = simulator.add(makeAccount([{ currency: "USD", granted: 0, toppedUp: 2000 }]));
  const scene = { account, profile, simulator };
  const launch = async (isInstalled) => (scene.firefox = await Firefox.launch({ simulator, profile, install, isInstalled }));
  scene.restart = async () => {
    await scene.firefox.close();
    return launch(Boolean(install));
  };
  t.after(async () => {
    await scene.firefox?.close();
    await simulator.stop();
    removeProfile(profile);
  });
  await launch(false);
  return scene;
}

// The requests of the extension. Firefox's own requests arrive at the simulator too.
const asked = (simulator) => simulator.requests.filter(({ host }) => host === HOST);

// Submits the form with this key, and answers the browser's permission prompt.
async function offer(firefox, key, isAllowed) {
  await firefox.go("accounts/add/deepseek", "#key-deepseek");
  await firefox.fill("#key-deepseek", key);
  await firefox.click("#connect [data-do=connect] button.go");
  await firefox.answerQuestion(isAllowed);
}

// Connects the account and seals its key. The overview opens.
async function connect(firefox) {
  await offer(firefox, KEY, true);
  await firefox.shows("#note", "Balance: $20.00. Tracking starts now.");
  await firefox.fill("#seal-password", PASSWORD);
  await firefox.fill("#seal-again", PASSWORD);
  await firefox.click("#seal button.go");
  await firefox.find("#overview");
}

async function unlock(firefox, password = PASSWORD) {
  await firefox.fill("#unlock-password", password);
  await firefox.click("#unlock button.go");
}

// A megabyte of text, and the count of another tokenizer (tests/fixtures/tokens).
function long() {
  const fixture = (name) => JSON.parse(readFileSync(join(root, "tests", "fixtures", "tokens", `${name}.json`), "utf8"));
  const unit = fixture("cases").map(({ text }) => `${text}\n`).join("");
  return { text: unit.repeat(Math.floor(2 ** 20 / Buffer.byteLength(unit))), tokens: fixture("megabyte").tokens.toLocaleString("en") };
}

test("an account is connected, sealed, refreshed, locked and unlocked, by event pages that end", async (t) => {
  const { account, firefox, simulator } = await begin(t);
  await firefox.open("dashboard.html");
  await offer(firefox, KEY, false);
  await firefox.shows("#connect", "Your browser blocked access to DeepSeek. Allow it and try again.");
  await offer(firefox, "sk-ant-api03-not-of-deepseek", false);
  await firefox.shows("#connect", "This is a key from Anthropic");
  assert.equal(asked(simulator).length, 0, "nothing was sent");
  await connect(firefox);
  account.spend(123);
  await firefox.click("#refresh");
  await firefox.shows("#overview", "$1.23*");
  assert.equal(await firefox.badge(), "$1.2");
  assert.equal(asked(simulator).length, 2);
  for (const { method, path, headers } of asked(simulator)) {
    assert.deepEqual([method, path, headers.authorization], ["GET", "/user/balance", `Bearer ${KEY}`]);
    assert.ok(!("cookie" in headers || "referer" in headers || "origin" in headers), "nothing else goes along");
  }

  await firefox.open("popup.html");
  await firefox.shows("#hero", "$1.23*");
  assert.deepEqual(await firefox.evaluate(() => [document.body.offsetWidth, document.body.offsetHeight]), [380, 560]);
  await firefox.killEventPage();
  account.spend(100);
  await firefox.click("#refresh");
  await firefox.shows("#hero", "$2.23*");
  await firefox.click("[data-do=lock] button");
  await firefox.find("#unlock-password");
  await firefox.killEventPage();
  await unlock(firefox, "something else");
  await firefox.shows("#unlock", "Wrong password. Try again.");
  await unlock(firefox);
  await firefox.gone("#unlock-password");
  assert.deepEqual(await firefox.complaints(), []);
});

test("an alarm wakes the event page, reads what is due, and raises an alert", async (t) => {
  const { account, firefox, simulator } = await begin(t);
  await firefox.open("dashboard.html");
  await connect(firefox);
  await firefox.go("budget", "#plans");
  await firefox.fill("#budget", "10");
  await firefox.click("form[data-do=budget] button.go");
  await firefox.shows("#plans", "of your $10 budget");
  account.spend(100);
  // The worker sends its notification before this answer.
  await firefox.evaluate(() => chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", do: "refresh" })));
  assert.equal(asked(simulator).length, 2);
  assert.deepEqual(await firefox.notifications(), [], "a first look is silent");

  account.spend(1000);
  await firefox.stopEventPage();
  await firefox.ring();
  await firefox.eventually(async () => await firefox.backgroundState() === "running", "another event page");
  await firefox.shiftClock(20 * 60_000);
  assert.equal(asked(simulator).length, 2, "nothing was due");
  await firefox.ring();
  await firefox.go("overview", "#overview");
  await firefox.shows("#overview", "$11.00*");
  assert.equal(asked(simulator).length, 3);
  assert.equal(await firefox.badge(), "$11");
  await firefox.eventually(async () => (await firefox.notifications()).includes("budget"), "a notification");
  await firefox.opens("dashboard.html#budget", () => firefox.clickNotification());
  await firefox.find("#plans");
  assert.deepEqual(await firefox.complaints(), []);
});

test("the package goes on after a restart, locked and with a new alarm", async (t) => {
  const folder = makeProfile();
  t.after(() => removeProfile(folder));
  const install = join(folder, "drawdown.xpi");
  writeFileSync(install, packageFor("firefox", filesOf(dist)));
  const scene = await begin(t, { install });
  const { account, simulator } = scene;
  let { firefox } = scene;
  await firefox.open("dashboard.html");
  await connect(firefox);
  account.spend(223);
  await firefox.click("#refresh");
  await firefox.shows("#overview", "$2.23*");
  assert.deepEqual(await firefox.complaints(), []);

  account.spend(50);
  const before = asked(simulator).length;
  firefox = await scene.restart();
  await firefox.eventually(async () => await firefox.badge() === "$2.2", "the badge, without a page");
  await firefox.open("popup.html");
  await firefox.find("#unlock-password");
  await firefox.shows("#hero", "$2.23*");
  await firefox.shows("#foot", "locked");
  const alarm = await firefox.eventually(() => firefox.evaluate(() => chrome.alarms.get("refresh")), "the alarm");
  assert.equal(alarm.periodInMinutes, 15);
  assert.equal(asked(simulator).length, before, "locked, nothing is read");
  await unlock(firefox);
  await firefox.shows("#hero", "$2.73*");
  assert.deepEqual(await firefox.complaints(), []);
});

test("a sync area that is full is said, and sync goes on once there is room", async (t) => {
  const { firefox } = await begin(t);
  await firefox.open("dashboard.html");
  await connect(firefox);
  // The area has 102,400 bytes.
  await firefox.evaluate(() => chrome.storage.sync.set(
    Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`other${place}`, "x".repeat(8_100)]))));
  await firefox.evaluate(() => chrome.storage.sync.set({ rest: "x".repeat(4_900) }));
  await firefox.go("settings", "#sync");
  await firefox.click("#sync [data-do=sync_on] button");
  await firefox.shows("#sync", "Your browser refused to sync the last change.");
  await firefox.evaluate(() => chrome.storage.sync.clear());
  await firefox.shiftClock(20 * 60_000);
  await firefox.ring();
  await firefox.eventually(() => firefox.evaluate(async () => Object.keys(await chrome.storage.sync.get(null)).length === 3), "three items");
  await firefox.go("overview", "#overview");
  await firefox.go("settings", "#sync");
  await firefox.gone("#sync p.note");
  assert.deepEqual(await firefox.complaints(), []);
});

test("a workbook makes the first account", async (t) => {
  const { firefox } = await begin(t);
  await firefox.open("dashboard.html");
  await firefox.go("data", "#import");
  await firefox.choose("#import-file", join(root, "tests", "fixtures", "workbooks", "kimi.xlsx"));
  await firefox.click("#import button.go");
  await firefox.fill("#preview-label", "Kimi");
  await firefox.click("#import form button.go");
  await firefox.shows("#imports", "kimi.xlsx · Kimi · ¥100.00");
  await firefox.click("#imports button");
  await firefox.gone("#imports:not([hidden])");
  assert.deepEqual(await firefox.complaints(), []);
});

test("a text is counted by the vocabulary of the package, and a declared top-up is undone", async (t) => {
  const { firefox, account, profile, simulator } = await begin(t);
  await firefox.open("dashboard.html");
  await firefox.click("#estimate summary");
  await firefox.fill("#estimate-text", "Hello world");
  await firefox.shows("#count", "2 tokens with the DeepSeek V3 vocabulary (exact)");
  await firefox.killEventPage();
  await firefox.fill("#estimate-text", "Hello, world!");
  await firefox.shows("#count", "4 tokens with the DeepSeek V3 vocabulary (exact)");
  await firefox.fill("#estimate-text", "");
  const { text, tokens } = long();
  const path = join(profile, "long.txt");
  writeFileSync(path, text);
  await firefox.choose("#estimate-file", path);
  await firefox.shows("#count", `${tokens} tokens with the DeepSeek V3 vocabulary (exact)`);
  assert.equal(asked(simulator).length, 0, "nothing is sent");

  await connect(firefox);
  account.topUp(1000);
  account.spend(123);
  await firefox.click("#refresh");
  await firefox.shows("#attention", "I topped up $10.00 (so $1.23 was spent)");
  await firefox.click("#attention [data-do=declare] button");
  await firefox.shows("#overview", "$1.23*");
  await firefox.click("form.undo button");
  await firefox.shows("#attention", "I topped up $10.00 (so $1.23 was spent)");
  assert.deepEqual(await firefox.complaints(), []);
});

for (const [language, spent] of [["en", "Spent so far"], ["zh", "本月已支出"]]) {
  test(`all views show the sample data, in light and dark, wide and narrow (${language})`, async (t) => {
    const { firefox, simulator } = await begin(t);
    await firefox.open("dashboard.html");
    await firefox.click("[data-do=sample] button");
    await firefox.find("#sample .acts");
    await firefox.evaluate((language) => chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", do: "settings", language })), language);
    await firefox.shows("#overview", spent);
    const views = [["overview", "#balances"], ["accounts", "#gallery"], ["budget", "#plans"], ["data", "#import"], ["settings", "#erase"]];
    for (const scheme of ["dark", "light"]) {
      await firefox.setColorScheme(scheme);
      for (const width of [1280, 380]) {
        await firefox.resize(width);
        for (const [view, section] of views) {
          await firefox.go(view, section);
          await firefox.screenshot(join(pictures, `${language}-${view}-${width}-${scheme}.png`));
          const [is, has, background] = await firefox.evaluate(() => {
            const { clientWidth, scrollWidth } = document.documentElement;
            return [clientWidth, scrollWidth, getComputedStyle(document.body).backgroundColor];
          });
          assert.ok(has <= is && is <= width, `${view} at ${width} px scrolls sideways: ${has} of ${is} px`);
          assert.equal(background, scheme === "dark" ? "rgb(14, 18, 23)" : "rgb(246, 248, 250)");
        }
      }
      await firefox.open("popup.html");
      await firefox.find("#hero h1");
      await firefox.screenshot(join(pictures, `${language}-popup-${scheme}.png`));
      await firefox.open("dashboard.html");
    }
    assert.equal(asked(simulator).length, 0, "nothing is sent");
    assert.deepEqual(await firefox.complaints(), []);
  });
}
