// The background worker. It registers every listener in its first turn, because the browser wakes a stopped worker only for
// those. Then it waits once for the WASM module and calls it. Events are handled in Rust.
import init, * as core from "./drawdown.js";

let starting, started;
const ready = () => (starting ??= init().catch((problem) => {
  starting = undefined; // the next event tries again
  throw problem;
}));
// Runs once when the worker wakes. A message is answered first.
const start = () => (started ??= run("happened", "start"));

// An exception inside the module leaves its promises pending for ever, and is reported here. Running calls end without a reply,
// their locks are released (src/chrome/locks.rs), and the next event starts a fresh instance.
let fail;
const begin = () => (globalThis.instanceFailed = new Promise((resolve) => (fail = resolve)));
const run = (name, text) => Promise.race([core[name](text), globalThis.instanceFailed]);
begin();
addEventListener("error", () => {
  if (!starting) return;
  starting = started = undefined;
  core.__wbg_reset_state();
  fail();
  begin();
});

const happened = (name) => ready().then(start).then(() => run("happened", name)).catch((problem) => console.error(String(problem)));

chrome.runtime.onInstalled.addListener(({ reason }) => {
  happened("installed");
  if (reason === "install") chrome.tabs.create({ url: "dashboard.html" });
});
chrome.alarms.onAlarm.addListener(() => happened("alarm"));
chrome.runtime.onStartup.addListener(() => happened("startup"));
chrome.commands.onCommand.addListener(happened);
chrome.idle.onStateChanged.addListener(happened);
chrome.notifications.onClicked.addListener((place) => chrome.tabs.create({ url: `dashboard.html#${place}` }));
chrome.storage.sync?.onChanged.addListener(() => happened("synced"));
chrome.permissions.onAdded.addListener(() => happened("permission"));
chrome.permissions.onRemoved.addListener(() => happened("permission"));

chrome.runtime.onMessage.addListener((text, sender, answer) => {
  const isOurs = sender.id === chrome.runtime.id && sender.url?.startsWith(chrome.runtime.getURL(""));
  if (!isOurs) return false;
  ready().then(() => run("message", text)).then(answer, (problem) => {
    console.error(String(problem));
    answer();
  }).then(() => happened("answered"));
  return true; // the answer comes later
});
