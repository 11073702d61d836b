// The whole stack in a real browser: five accounts of five providers, one kept by hand and one by file, refreshed concurrently.
// No answer comes before every request has arrived, one of them fails, and every figure is the providers' truth.
import assert from "node:assert/strict";
import { setClock } from "./clock.mjs";
import { account as makeAccount, add, begin, byHand, connected, go, importFiles, refresh, shows, test } from "./drive.mjs";
import { AnthropicAccount } from "./simulated/anthropic.mjs";
import { DAY, dayOf } from "./simulated/days.mjs";
import { GoogleAccount } from "./simulated/google.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { OpenRouterAccount } from "./simulated/openrouter.mjs";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const ROUTER_KEY = "sk-or-v1-0123456789abcdef";

// Millionths of a dollar in the format of the pages.
const written = (millionths) => {
  const [units, decimals] = (millionths / 1e6).toFixed(2).split(".");
  return `$${units.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
};

// The text of each row of the popup, by its name.
const rows = (popup) => popup.evaluate(() => Object.fromEntries([...document.querySelectorAll("#accounts li")].map((row) => [
  row.querySelector(".name").innerText.trim(),
  { figure: row.querySelector(".amount").innerText.replaceAll(/\s+/g, ""), said: row.querySelector("small").innerText },
])));

async function byFile(dashboard, name, csv) {
  await go(dashboard, "accounts/add/file", "#file-name");
  await dashboard.fill("#file-name", name);
  await dashboard.click("#connect button.go");
  await shows(dashboard, "#note", "Added");
  await go(dashboard, "data", "#import");
  await dashboard.selectOption("#import-account", { label: name });
  await importFiles(dashboard, { name: "costs.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await shows(dashboard, "#import", "Match columns");
  await dashboard.click("#import button.go");
  await shows(dashboard, "#import", "Imported");
}

test("five providers, one account by hand and one by file, side by side", async (t) => {
  const { simulator, browser, account: deepseek } = await begin(t, { account: makeAccount([{ currency: "USD", granted: 0, toppedUp: 5000 }]), at: NOW });
  await browser.grant(...simulator.hosts.map((host) => `https://${host}`));
  const openai = simulator.add(new OpenAIAccount("sk-admin-0123456789abcdef"));
  const anthropic = simulator.add(new AnthropicAccount("sk-ant-admin01-0123456789abcdef"));
  const router = simulator.add(new OpenRouterAccount({ managementKey: "sk-or-v1-management", keys: [ROUTER_KEY], bought: 900_000_000 }));
  const google = simulator.add(new GoogleAccount());
  const spend = {
    OpenAI: (day, millionths) => openai.spend(day, "gpt-5.5, input", millionths),
    Anthropic: (day, millionths) => anthropic.spend(day, "claude-opus-4-8", millionths),
    "OpenRouter one key": (day, millionths) => router.spend(ROUTER_KEY, day, "qwen/qwen3", millionths),
    "Gemini and Google Cloud": (day, millionths) => google.spend(day, "Tokens (Gemini API)", millionths),
  };
  for (const [place, one] of Object.values(spend).entries()) {
    for (let back = 0; back < 40; back += 1) one(dayOf(NOW - back * DAY), 1_100_003 * (place + 1) + 1_019 * back);
  }
  const truth = (month = "2026-11") => ({
    DeepSeek: (5000 - deepseek.books[0].toppedUp) * 10_000,
    OpenAI: openai.days.sum(month),
    Anthropic: anthropic.days.sum(month),
    "OpenRouter one key": router.sum(month),
    "Gemini and Google Cloud": google.days.sum(month),
    RunPod: 30_000_000,
    Lambda: 12_345_600,
  });

  const dashboard = await connected(browser);
  await add(dashboard, "openai", openai.key);
  await add(dashboard, "anthropic", anthropic.key);
  await add(dashboard, "openrouter", ROUTER_KEY);
  await add(dashboard, "google", google.file, { settings: { table: google.table, scope: "gemini" } });
  await byHand(dashboard, "RunPod", "bill", "30");
  await byFile(dashboard, "Lambda", "date,amount,currency,product\n2026-11-01,10.0056,USD,gpu\n2026-11-21,2.34,USD,disk\n");

  // Everything continues for a while, and Anthropic is down.
  deepseek.spend(123);
  for (const one of Object.values(spend)) one("2026-11-22", 2_000_007);
  const before = truth();
  before.Anthropic -= 2_000_007;
  simulator.failing["api.anthropic.com"] = { status: 503, body: {} };
  await setClock(browser, NOW + 1_800_000);
  const popup = await browser.popup();
  const { arrived, release } = simulator.hold(5);
  const asked = simulator.requests.length;
  await popup.click("#refresh");
  await arrived;
  const hosts = simulator.requests.slice(asked).map(({ host }) => host).sort();
  assert.deepEqual(hosts, ["api.anthropic.com", "api.deepseek.com", "api.openai.com", "bigquery.googleapis.com", "openrouter.ai"]);
  await shows(popup, "#foot", "0 of 5");
  release();
  await popup.waitForFunction(() => document.querySelector("#refresh")?.ariaDisabled === null);
  const marks = { DeepSeek: "*", RunPod: "*" };
  // Each row is the truth rounded down or up to the cent, and all of them sum to their total, rounded once.
  const areTrue = (told, sums) => {
    const cents = (text) => Math.round(Number(text.replaceAll(/[$,*]/g, "")) * 100);
    assert.deepEqual(Object.keys(told).sort(), Object.keys(sums).sort());
    for (const [name, { figure }] of Object.entries(told)) {
      assert.equal(figure.endsWith("*"), name in marks, `${name}: ${figure}`);
      assert.ok(Math.abs(cents(figure) - sums[name] / 1e4) < 1, `${name}: ${figure} for ${written(sums[name])}`);
    }
    const sum = Object.values(sums).reduce((sum, one) => sum + one, 0);
    assert.equal(Object.values(told).reduce((sum, { figure }) => sum + cents(figure), 0), cents(written(sum)));
  };
  const told = await rows(popup);
  areTrue(told, before);
  assert.match(told.Anthropic.said, /^Provider error, retrying/);

  // It is back, and the figures are complete again, down to the table.
  simulator.failing = {};
  await refresh(popup);
  areTrue(await rows(popup), truth());
  const sum = Object.values(truth()).reduce((sum, one) => sum + one, 0);
  await shows(popup, "#hero h1", `${written(sum)}*`);
  await go(dashboard, "overview");
  await shows(dashboard, "#overview b", `${written(sum)}*`);
  const sums = await dashboard.evaluate(() => ["#by-account", "#by-model"].map((section) =>
    [...document.querySelectorAll(`${section} tbody tr`)].map((row) => Math.round(Number(row.querySelector("td:last-child .figure, td:last-child b").innerText.replaceAll(/[$,*≥\s]/g, "")) * 100))));
  for (const lines of sums) {
    assert.equal(lines.reduce((sum, one) => sum + one), Math.round(sum / 1e4), "the lines sum to the total, in cents");
  }
  assert.equal((await browser.badge()).text, `$${Math.round(sum / 1e6)}`);
  assert.deepEqual(browser.violations, []);
});
