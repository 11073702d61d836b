// A page after something went wrong: an answer that failed, none at all, or a first frame that is damaged.
import assert from "node:assert/strict";
import { begin, connected, refresh, shows, test } from "./drive.mjs";

// The next message gets this answer in place of the worker's; "nothing" rejects.
const answerOnce = (page, answer) => page.evaluate((answer) => {
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  chrome.runtime.sendMessage = async () => {
    chrome.runtime.sendMessage = send;
    if (answer === "nothing") throw new Error("Could not establish connection.");
    return answer;
  };
}, answer);

// The next message is sent, and its answer kept back until `release` is called on the page.
const holdOnce = (page) => page.evaluate(() => {
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  const isFree = new Promise((free) => (globalThis.release = free));
  chrome.runtime.sendMessage = async (text) => {
    chrome.runtime.sendMessage = send;
    const answer = await send(text);
    await isFree;
    return answer;
  };
});

test("a page goes on after an answer that failed", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  const button = dashboard.locator("#overview form[data-do=refresh] button");

  // An answer that shows no commit is painted, and the next commit is still shown.
  const failed = { rev: null, html: '<section id="note"><p class="note bad">It failed.</p></section>', fill: [], ok: false };
  await answerOnce(dashboard, JSON.stringify(failed));
  await button.click();
  await shows(dashboard, "#note", "It failed.");
  assert.ok(await button.isEnabled(), "it can be pressed again");
  account.spend(100);
  await button.click();
  await shows(dashboard, "#overview", "$1.00*");

  // No answer at all is said, and the form can be sent again.
  await answerOnce(dashboard, "nothing");
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
  await dashboard.click("#accounts button:has-text('Pause')");
  await shows(dashboard, "#accounts", "Resume");
  await holdOnce(dashboard);
  await dashboard.click("#accounts button:has-text('Resume')");
  await dashboard.click("#accounts summary:has-text('Rename')");
  await dashboard.fill("#accounts input[name=label]", "mine");
  await dashboard.evaluate(() => globalThis.release());
  await shows(dashboard, "#accounts", "Pause");
  assert.equal(await dashboard.inputValue("#accounts input[name=label]"), "mine");
  await dashboard.click("#accounts form[data-do=rename] button");
  await shows(dashboard, "#accounts", "DeepSeek mine");
});
