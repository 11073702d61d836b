// Every provider in a real browser: its simulated account is connected, and what the extension says is the truth.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, connect, connected, shows } from "./drive.mjs";
import { AnthropicAccount } from "./simulated/anthropic.mjs";
import { DAY, dayOf, dollars } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { OpenRouterAccount } from "./simulated/openrouter.mjs";

// Connects another account beside those that are there, and waits until it is there too.
async function add(dashboard, provider, key, said = "Connected") {
  const before = await dashboard.locator("#accounts article").count();
  await connect(dashboard, key, "", provider);
  await dashboard.waitForFunction((before) => document.querySelectorAll("#accounts article").length > before, before, { timeout: 10_000 });
  await shows(dashboard, "#connect", said);
}

// Spends something on each of the last days, this month and last.
function live(spend) {
  for (let back = 0; back < 45; back += 1) {
    spend(dayOf(Date.now() - back * DAY), "model-a", 1_234_567 + back);
    if (back % 3 === 0) spend(dayOf(Date.now() - back * DAY), "model-b", 20_000);
  }
}

test("every provider can be connected, and is asked to its last page", async (t) => {
  const { simulator, browser } = await begin(t);
  for (const host of simulator.hosts) await browser.grant(`https://${host}`);
  const openai = simulator.add(new OpenAIAccount("sk-admin-0123456789abcdef"));
  const anthropic = simulator.add(new AnthropicAccount("sk-ant-admin01-0123456789abcdef"));
  const old = simulator.add(new AnthropicAccount("sk-ant-admin01-fedcba9876543210", { hasAnalytics: false }));
  const shut = simulator.add(new AnthropicAccount("sk-ant-admin01-000000000000", { letsBrowsersIn: false }));
  const key = "sk-or-v1-0123456789abcdef";
  const openrouter = simulator.add(new OpenRouterAccount({ managementKey: "sk-or-v1-management", keys: [key], bought: 100_000_000 }));
  for (const account of [openai, anthropic, old]) live((day, line, millionths) => account.spend(day, line, millionths));
  live((day, line, millionths) => openrouter.spend(key, day, line, millionths));

  const dashboard = await connected(browser);
  await add(dashboard, "openrouter", key);
  const month = dollars(openrouter.sum(dayOf(Date.now()).slice(0, 7))).toFixed(2);
  await shows(dashboard, "#accounts", `$${month}`);

  const asked = (host) => simulator.requests.filter((request) => request.host === host).map(({ path }) => path);
  await add(dashboard, "openrouter-account", "sk-or-v1-management", `Balance $${(100 - dollars(openrouter.sum())).toFixed(2)}`);
  assert.ok(asked("openrouter.ai").includes(`/api/v1/activity?date=${dayOf(Date.now())}`));

  await add(dashboard, "openai", openai.key);
  const pages = asked("api.openai.com");
  assert.ok(pages.length > 1 && pages.slice(1).every((path) => path.includes("&page=page_")), pages.join("\n"));

  await add(dashboard, "anthropic", anthropic.key);
  assert.ok(asked("api.anthropic.com").every((path) => path.startsWith("/v1/organizations/analytics/cost?")));
  await add(dashboard, "anthropic", old.key);
  assert.ok(asked("api.anthropic.com").at(-1).startsWith("/v1/organizations/cost_report?"));
  await connect(dashboard, shut.key, "", "anthropic");
  await shows(dashboard, "#connect", "This organisation refuses calls from browsers");
  assert.deepEqual(browser.violations, []);
});
