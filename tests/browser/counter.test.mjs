// The counter in a real browser: it equals another tokenizer's count (tests/fixtures/tokens) for typed and dropped text, shows
// progress for a megabyte, and replaces the count of an older text by that of a newer one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { allStorage, begin, shows, test } from "./drive.mjs";

const fixture = (name) => JSON.parse(readFileSync(new URL(`../fixtures/tokens/${name}.json`, import.meta.url), "utf8"));
const CASES = fixture("cases");
const LONG_TOKENS = fixture("megabyte").tokens.toLocaleString("en");
const unit = CASES.map(({ text }) => `${text}\n`).join("");
const LONG = unit.repeat(Math.floor(2 ** 20 / Buffer.byteLength(unit)));

const begun = (n) => `${n} ${n === 1 ? "token" : "tokens"} with the DeepSeek V3 vocabulary (exact)`;
const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

async function open(t) {
  const { browser, simulator } = await begin(t);
  const dashboard = await browser.dashboard();
  await dashboard.click("#estimate summary >> nth=0");
  return { browser, dashboard, simulator };
}

// Waits until the count begins with this text, or, without a text, until there is no count.
const counts = (dashboard, text) => dashboard.waitForFunction((text) => {
  const said = document.querySelector("#count .said");
  return text ? said?.innerText.startsWith(text) : !said;
}, text, { timeout: 10_000 });

// Enters a text as if it was pasted: line ends stay as they are.
const paste = (dashboard, text) => dashboard.locator("#estimate-text").evaluate((field, text) => {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}, text);

test("a text has the oracle's count as it is typed, by role and from a file", async (t) => {
  const { browser, dashboard, simulator } = await open(t);
  // A field drops carriage returns.
  for (const { text, ids } of CASES.filter(({ text }) => text && !text.includes("\r"))) {
    await paste(dashboard, text);
    await counts(dashboard, begun(ids.length));
    await paste(dashboard, "");
    await counts(dashboard);
  }
  await dashboard.focus("#estimate-text");
  await dashboard.keyboard.type("Hello world", { delay: 20 });
  await counts(dashboard, begun(2));
  assert.ok(await dashboard.evaluate(() => document.activeElement.id === "estimate-text"), "the focus stays");
  await shows(dashboard, "#count", "Rule of thumb: 4* tokens. Other providers' models count differently.");
  await dashboard.selectOption("#estimate-as", "user");
  await counts(dashboard, "6 tokens with the DeepSeek V3 vocabulary (exact), including 4 from the chat format.");
  await paste(dashboard, "");
  await counts(dashboard); // also while another field holds something
  await paste(dashboard, "Hello world");
  await counts(dashboard, begun(6).replace(" (exact)", ""));
  await dashboard.selectOption("#estimate-as", "");
  await dashboard.fill("#estimate-input", "3");
  await dashboard.fill("#estimate-output", "15");
  await shows(dashboard, "#count", "$0.000006*: 2 input tokens at $3.00");

  const { text, ids } = CASES.find(({ text }) => text.includes("\r"));
  await dashboard.fill("#estimate-text", "");
  await dashboard.setInputFiles("#estimate-file", file("a.py", text));
  await counts(dashboard, begun(ids.length));
  await dashboard.setInputFiles("#estimate-file", { name: "a.png", mimeType: "image/png", buffer: Buffer.from([0xff, 0]) });
  await counts(dashboard, "This file isn't plain text.");
  assert.equal(simulator.requests.length, 0, "nothing is sent");
  assert.ok(!(await allStorage(dashboard)).includes("Hello"), "nothing is stored");
  assert.deepEqual(browser.violations, []);
});

test("a megabyte is counted with progress, and counted again by another worker", async (t) => {
  const { browser, dashboard } = await open(t);
  await dashboard.evaluate(() => {
    globalThis.percents = [];
    new MutationObserver(() => {
      const bar = document.querySelector("#counting progress");
      if (bar) globalThis.percents.push(bar.value);
    }).observe(document.querySelector("main"), { childList: true, subtree: true });
  });
  await dashboard.setInputFiles("#estimate-file", file("long.txt", LONG));
  await counts(dashboard, begun(LONG_TOKENS));
  const percents = await dashboard.evaluate(() => globalThis.percents);
  assert.ok(percents.length > 1 && percents.every((percent, place) => place === 0 || percent >= percents[place - 1]), `${percents}`);
  assert.ok(!(await dashboard.isVisible("#counting")), "the progress is gone with its count");

  const ask = () => dashboard.evaluate(async (text) => {
    const began = performance.now();
    await chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", do: "count", text }));
    return Math.round(performance.now() - began);
  }, LONG);
  t.diagnostic(`1 MB of mixed text is counted in ${await ask()} ms`);
  const repeated = await dashboard.evaluate(async () => {
    const began = performance.now();
    await chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", do: "count", text: "a".repeat(2 ** 20) }));
    return Math.round(performance.now() - began);
  });
  t.diagnostic(`1 MB of one letter is counted in ${repeated} ms`);

  await browser.killWorker();
  await paste(dashboard, "Hi");
  await counts(dashboard, "329,17");
  await dashboard.setInputFiles("#estimate-file", []);
  await counts(dashboard, begun(1));
});

test("a newer text takes the place of an older one, whose count is never shown", async (t) => {
  const { dashboard } = await open(t);
  // The newer text is entered as soon as the older one shows progress, before anything else can arrive.
  await dashboard.evaluate(() => {
    globalThis.said = [];
    new MutationObserver(() => {
      globalThis.said.push(document.querySelector("#count .said")?.innerText ?? "");
      const field = document.querySelector("#estimate-text");
      if (!document.querySelector("#counting progress") || field.value.length < 100) return;
      field.value = "Hello world";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }).observe(document.querySelector("main"), { childList: true, subtree: true });
  });
  await paste(dashboard, LONG);
  await counts(dashboard, begun(2));
  // The reply to a later question comes after both replies.
  await paste(dashboard, "Hello, world!");
  await counts(dashboard, begun(4));
  const said = await dashboard.evaluate(() => globalThis.said);
  assert.ok(said.every((text) => !text.includes("vocabulary") || text.startsWith(begun(2)) || text.startsWith(begun(4))), said.join("\n"));
  assert.ok(!(await dashboard.isVisible("#counting")));
});
