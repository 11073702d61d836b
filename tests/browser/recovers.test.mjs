// A page after a failure: a failed reply, no reply, or a damaged first frame.
import assert from "node:assert/strict";
import { CARD, begin, connected, go, openAccount, openMore, refresh, shows, test } from "./drive.mjs";

// Replaces the worker's reply for the next forms of this command. The page's own requests continue.
const answers = (page, command, times, answer) => page.evaluate(([command, times, answer]) => {
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  chrome.runtime.sendMessage = async (text) => {
    if (JSON.parse(text).do !== command || times === 0) return send(text);
    times -= 1;
    if (answer === "none") throw new Error("Could not establish connection.");
    if (answer === "lost") await send(text).then(() => { throw new Error("The message port closed."); });
    return answer;
  };
}, [command, times, answer]);

// Holds back the reply to the next form of this command until `release` is called on the page.
const hold = (page, command) => page.evaluate((command) => {
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  const isFree = new Promise((free) => (globalThis.release = free));
  chrome.runtime.sendMessage = async (text) => {
    const answer = await send(text);
    if (JSON.parse(text).do === command) await isFree;
    return answer;
  };
}, command);

test("a page goes on after an answer that failed", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  const button = dashboard.locator("#refresh");

  // A reply without a commit is painted, and the next commit is still shown.
  const failed = { rev: null, html: '<section id="note"><p class="note bad">It failed.</p></section>', fill: [], ok: false };
  await answers(dashboard, "refresh", 1, JSON.stringify(failed));
  await button.click();
  await shows(dashboard, "#note", "It failed.");
  assert.ok(await button.isEnabled(), "it can be pressed again");
  account.spend(100);
  await button.click();
  await shows(dashboard, "#overview", "$1.00*");

  // If no reply comes, also not to a second and a third request, the page says so, and the form can be sent again.
  await answers(dashboard, "refresh", 3, "none");
  await button.click();
  await dashboard.waitForFunction(() => document.getElementById("silent").textContent !== "");
  assert.ok(await button.isEnabled());
  account.spend(100);
  await button.click();
  await shows(dashboard, "#overview", "$2.00*");
  assert.deepEqual(browser.violations, []);
});

test("a popup whose first frame is damaged shows what the worker says", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  account.spend(100);
  await dashboard.evaluate(() => chrome.storage.local.set({ popup: '{"version":"0.1' }));
  const popup = await browser.popup();
  await refresh(popup);
  await shows(popup, "#hero", "$1.00*");
  await dashboard.bringToFront();
  await shows(dashboard, "#overview", "$1.00*");
});

test("what is entered beside a form that was sent stays", async (t) => {
  const { browser } = await begin(t);
  const dashboard = await connected(browser);
  await openAccount(dashboard);
  await dashboard.click(`${CARD} button:has-text("Pause")`);
  await shows(dashboard, CARD, "Resume");
  await hold(dashboard, "resume");
  await dashboard.click(`${CARD} button:has-text("Resume")`);
  await openMore(dashboard);
  await dashboard.click(`${CARD} summary:has-text("Rename")`);
  await dashboard.fill(`${CARD} input[name=label]`, "mine");
  await dashboard.evaluate(() => globalThis.release());
  await shows(dashboard, CARD, "Pause");
  assert.equal(await dashboard.inputValue(`${CARD} input[name=label]`), "mine");
  await dashboard.click(`${CARD} form[data-do=rename] button`);
  await shows(dashboard, "#accounts", "DeepSeek mine");
});

test("a form whose answer was lost is sent again, and does its work once", async (t) => {
  const { browser } = await begin(t);
  const dashboard = await connected(browser);
  await go(dashboard, "accounts/add/manual", "#hand-name");
  await dashboard.fill("#hand-name", "RunPod");
  await dashboard.check("#connect input[name=tells][value=bill]");
  await dashboard.fill("#hand-amount", "7");
  // The worker does the work, and its reply is lost.
  await answers(dashboard, "by_hand", 1, "lost");
  await dashboard.click("#connect [data-do=by_hand] button.go");
  await shows(dashboard, "#note", "Added");
  assert.equal(await dashboard.locator("#accounts li").count(), 2, "DeepSeek, and RunPod once");
});

test("an exception in the module ends one refresh only", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  const worker = await browser.worker();
  await worker.evaluate(() => {
    globalThis.timeout = AbortSignal.timeout;
    AbortSignal.timeout = () => { throw new Error("not today"); };
  });
  const button = dashboard.locator("#refresh");
  await button.click();
  await dashboard.waitForFunction(() => document.getElementById("silent").textContent !== "");

  // Neither the refresh's lock nor its half-done work blocks the next refresh.
  await worker.evaluate(() => (AbortSignal.timeout = globalThis.timeout));
  account.spend(100);
  await button.click();
  await shows(dashboard, "#overview", "$1.00*");
  assert.equal(await dashboard.textContent("#silent"), "", "what was said about it is taken back");
  assert.deepEqual(browser.violations, []);
});

test("a dashboard that is told of many changes at once asks once more", async (t) => {
  const { browser } = await begin(t);
  const dashboard = await connected(browser);
  const asked = await dashboard.evaluate(async () => {
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    let asked = 0, free;
    const isFree = new Promise((resolve) => (free = resolve));
    chrome.runtime.sendMessage = async (text) => {
      asked += JSON.parse(text).do === "show";
      await isFree;
      return send(text);
    };
    const { popup } = await chrome.storage.local.get("popup");
    const frame = JSON.parse(popup);
    for (let further = 1; further <= 20; further += 1) {
      const told = new Promise((resolve) => chrome.storage.onChanged.addListener(resolve));
      await chrome.storage.local.set({ popup: JSON.stringify({ ...frame, rev: frame.rev + further }) });
      await told;
    }
    free();
    // The replies to earlier requests come before the reply to this one.
    await send(JSON.stringify({ page: "dashboard", do: "show" }));
    await new Promise((resolve) => setTimeout(resolve));
    await send(JSON.stringify({ page: "dashboard", do: "show" }));
    return asked;
  });
  assert.equal(asked, 2, "once at the first, and once for all others");
});

test("an answer that never comes is given up, and the form can be sent again", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  await dashboard.evaluate(() => {
    // The browser's limit for one message passes immediately.
    globalThis.wait = setTimeout;
    globalThis.setTimeout = (call, ms) => globalThis.wait(call, ms === 300_000 ? 0 : ms);
    globalThis.send = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = () => new Promise(() => {});
  });
  const button = dashboard.locator("#refresh");
  await button.click();
  await dashboard.waitForFunction(() => document.getElementById("silent").textContent !== "");
  await dashboard.evaluate(() => {
    globalThis.setTimeout = globalThis.wait;
    chrome.runtime.sendMessage = globalThis.send;
  });
  account.spend(100);
  await button.click();
  await shows(dashboard, "#overview", "$1.00*");
});
