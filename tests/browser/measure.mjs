// Helpers that the measurements in a browser share.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

export const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

// Records, in every page of a browser, when the first element of a selector was laid out.
export const noteDrawn = (context, selector) => context.addInitScript((selector) => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(selector)?.getBoundingClientRect().height) return;
    document.documentElement.dataset.drawn = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}, selector);

// The milliseconds from opening a page until then.
export const drawnAt = (page) => page.evaluate(() => Number(document.documentElement.dataset.drawn));

const RUNS = 21;

// A blank page as the only open one, so that nothing else is drawn during a measurement.
export async function quietPage(browser) {
  const page = await browser.open("icons/neutral-32.png");
  for (const shown of browser.context.pages()) if (shown !== page) await shown.close();
  return page;
}

// Sends a message like a page.
export const send = (page, message) => page.evaluate((text) => chrome.runtime.sendMessage(text), JSON.stringify(message));
// Sends a message; returns the reply and the milliseconds until it came.
export const timed = (page, message) => page.evaluate(async (text) => {
  const start = performance.now();
  const reply = await chrome.runtime.sendMessage(text);
  return { ms: performance.now() - start, reply: typeof reply === "string" ? JSON.parse(reply) : reply };
}, JSON.stringify(message));

// Sends a message that must succeed; returns the milliseconds until the reply came.
export async function answered(page, message) {
  const { ms, reply } = await timed(page, message);
  assert.ok(reply.ok, JSON.stringify(reply).slice(0, 300));
  return ms;
}

// Takes two measures in turn, and prints the ratio of their medians: `most` is the limit, `goal` is the goal.
export async function takeTurns(name, [most, goal], measure, base) {
  const [ours, theirs] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    const both = [async () => ours.push(await measure()), async () => theirs.push(await base())];
    for (const one of run % 2 ? both : both.reverse()) await one();
  }
  const sorted = [...theirs].sort((one, other) => one - other);
  const [low, high] = [sorted[RUNS >> 2], sorted[(RUNS * 3) >> 2]].map((value) => (value / median(theirs)).toFixed(2));
  const ratio = median(ours) / median(theirs);
  console.log(`${ratio.toFixed(2)}  ${name}: ${median(ours).toFixed(1)} ms over ${median(theirs).toFixed(1)} ms (half of those within ${low} to ${high}; limit ${most}, goal ${goal})`);
  if (ratio > most) process.exitCode = 1;
}

// The MiB of the extension's process that it shares with no other process, once it is idle. Only Linux reports them.
export async function memory({ userData }) {
  const isOurs = (pid) => {
    const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return line.includes("--extension-process") && line.includes(userData);
  };
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try { return isOurs(pid); } catch { return false; } // it ended
  });
  const now = () => processes.reduce((sum, pid) => {
    const told = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return sum + Number(told.match(/^Private_Dirty:\s+(\d+)/m)[1]) / 1024;
  }, 0);
  for (let before = now(); ;) {
    await wait(500);
    const after = now();
    if (Math.abs(after - before) < 0.5) return after;
    before = after;
  }
}
