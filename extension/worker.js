// The background worker. It registers every listener in its first turn, because a stopped worker is woken only for
// those, then waits once for the WASM module and calls it. What happens on an event is written in Rust.
import init, * as core from "./drawdown.js";

let starting;
const ready = () => (starting ??= init().then(core.start).catch((problem) => {
  starting = undefined; // the next event tries again
  throw problem;
}));

const on = (event, handle) => event.addListener((...told) => {
  ready().then(() => handle(...told)).catch((problem) => console.error(String(problem)));
});

on(chrome.runtime.onInstalled, ({ reason }) => {
  if (reason === "install") chrome.tabs.create({ url: "dashboard.html" });
});
on(chrome.runtime.onStartup, () => {});
on(chrome.alarms.onAlarm, core.alarm);
on(chrome.idle.onStateChanged, core.presence);
on(chrome.permissions.onAdded, core.permission);
on(chrome.permissions.onRemoved, core.permission);

chrome.runtime.onMessage.addListener((text, sender, answer) => {
  const isOurs = sender.id === chrome.runtime.id && sender.url?.startsWith(chrome.runtime.getURL(""));
  if (!isOurs) return false;
  ready().then(() => core.message(text)).then(answer, (problem) => {
    console.error(String(problem));
    answer();
  });
  return true; // the answer comes later
});
