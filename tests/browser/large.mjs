// Measures an export of 50 MB, about the maximum, because the browser stores 10 MB: how long it takes, and how long the page is
// busy at a time. Two files of 180,000 rows, with a thousand names a day, are imported and exported for FinOps tools. Fails if
// the page is busy for long enough to seem frozen.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { Scene, go, importFiles } from "./drive.mjs";
import { DAY } from "./simulated/days.mjs";

const DAYS = 180; // of each file
const NAMES = 1000;
const SMALLEST = 50e6; // bytes
const MOST_BUSY = 500; // milliseconds

// Records the longest time for which the page was busy.
const watch = () => {
  globalThis.longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - last - 10);
    last = now;
  }, 10);
};

const scene = await Scene.start();
try {
  const dashboard = await scene.browser.dashboard();
  await dashboard.evaluate(() => chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", do: "by_file", label: "OpenAI" })));
  const today = Math.floor(Date.now() / DAY), imports = Date.now();
  for (const from of [today - 2 * DAYS, today - DAYS]) {
    const rows = ["start_time,end_time,amount_value,amount_currency,line_item"];
    for (let day = from; day < from + DAYS; day += 1) {
      for (let name = 0; name < NAMES; name += 1) rows.push(`${day * 86400},${(day + 1) * 86400},0.${1000 + ((name * 37 + day) % 9000)},usd,model-${name}`);
    }
    const name = `from-${from}.csv`;
    await importFiles(dashboard, { name, mimeType: "text/csv", buffer: Buffer.from(rows.join("\n")) });
    await dashboard.waitForFunction((name) => document.querySelector("#imports")?.innerText.includes(name), name, { timeout: 60_000 });
  }
  const stored = await dashboard.evaluate(() => chrome.storage.local.getBytesInUse());
  console.log(`imported ${2 * DAYS * NAMES} rows in ${((Date.now() - imports) / 1000).toFixed(1)} s; ${(stored / 1e6).toFixed(1)} MB are stored`);
  await go(dashboard, "data", "#export");
  await dashboard.selectOption("#export-month", "all");
  await dashboard.selectOption("#export-format", "focus");
  await dashboard.evaluate(watch);
  const saving = dashboard.waitForEvent("download", { timeout: 300_000 });
  const exports = Date.now();
  await dashboard.click("#export button.go");
  const path = await (await saving).path();
  const seconds = (Date.now() - exports) / 1000, size = statSync(path).size;
  const busy = await dashboard.evaluate(() => globalThis.longest);
  console.log(`exported ${(size / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s; the page was busy for ${busy.toFixed(0)} ms at a time at most (limit ${MOST_BUSY})`);
  assert.ok(size >= SMALLEST, `only ${size} bytes`);
  if (busy > MOST_BUSY) process.exitCode = 1;
} finally {
  await scene.end();
}
