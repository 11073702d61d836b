// The requests on the page are those that arrived: none more and none less.
import assert from "node:assert/strict";
import { KEY, account, add, allStorage, begin, connect, connected, go, refresh, shows, test } from "./drive.mjs";
import { dayOf } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { OpenRouterAccount } from "./simulated/openrouter.mjs";

// Opens the list; returns its rows, oldest first.
async function listed(dashboard) {
  await go(dashboard, "data");
  await dashboard.click("#data a.button");
  await dashboard.waitForSelector("#requests tbody");
  const rows = await dashboard.evaluate(() => [...document.querySelectorAll("#requests tbody tr")].map((row) => [...row.cells].map((cell) => cell.innerText)));
  return rows.reverse().map(([, account, host, path, status, bytes]) => ({ account, host, path, status, bytes }));
}

// The requests of each host in order, without their accounts.
function byHost(requests) {
  const told = {};
  for (const { host, path, status, bytes } of requests) (told[host] ??= []).push([path.split("?")[0], `${status}`, `${bytes}`]);
  return told;
}

test("the list of requests is what the providers saw", async (t) => {
  const { simulator, browser, account: deepseek } = await begin(t, { at: Date.now() });
  await browser.grant(...simulator.hosts.map((host) => `https://${host}`));
  const openai = simulator.add(new OpenAIAccount("sk-admin-0123456789abcdef"));
  for (let back = 0; back < 45; back += 1) openai.spend(dayOf(Date.now() - back * 86_400_000), "model-a", 1_000_000);
  const key = "sk-or-v1-0123456789abcdef";
  simulator.add(new OpenRouterAccount({ managementKey: "sk-or-v1-management", keys: [key], bought: 100_000_000 }));

  const dashboard = await connected(browser);
  await connect(dashboard, "sk-ffffffffffffffffffffffffffffffff");
  await shows(dashboard, "#connect", "rejected this key");
  await add(dashboard, "openai", openai.key, { label: "work" });
  await add(dashboard, "openrouter", key);
  const popup = await browser.popup();
  for (const fault of [undefined, { status: 503, body: "" }, { status: 429, body: { error: "slow" } }, { body: "<p>Prüfung läuft" }, undefined]) {
    simulator.always = fault;
    deepseek.spend(10);
    await refresh(popup);
  }
  const rows = await listed(dashboard);
  assert.ok(rows.length > 12 && new Set(rows.map(({ host }) => host)).size === 3, `${rows.length} rows`);
  assert.deepEqual(byHost(rows), byHost(simulator.requests));
  assert.ok(simulator.requests.some(({ path }) => path.includes("?")), "something was asked for by a query");
  for (const { account, host, status } of rows) {
    const name = { "api.deepseek.com": "DeepSeek", "api.openai.com": "OpenAI work", "openrouter.ai": "OpenRouter" }[host];
    assert.equal(account, name, status);
  }
  const stored = await dashboard.evaluate(() => chrome.storage.local.get(null));
  const requests = Object.keys(stored).filter((key) => key.startsWith("requests")).map((key) => stored[key]).join("\n");
  assert.ok(requests.includes("api.deepseek.com"), "the search finds what is there");
  for (const secret of [KEY, openai.key, key, "sk-ffff", "?"]) {
    assert.ok(!requests.includes(secret), `the log holds ${secret}`);
    assert.ok(!(await dashboard.innerText("#requests")).includes(secret), `the list holds ${secret}`);
  }
  assert.ok(!(await allStorage(dashboard)).includes(KEY));

  // The open list shows new requests.
  await refresh(popup);
  await dashboard.waitForFunction((count) => document.querySelectorAll("#requests tbody tr").length > count, rows.length);
  assert.deepEqual(byHost(await listed(dashboard)), byHost(simulator.requests));
  assert.deepEqual(browser.violations, []);
});

test("a request that nobody answers is listed too", async (t) => {
  const { simulator, browser } = await begin(t, { account: account() });
  const dashboard = await connected(browser);
  assert.deepEqual((await listed(dashboard)).map(({ status }) => status), ["200"]);
  simulator.always = { status: 302, headers: { location: "https://elsewhere.example/stolen" }, body: "" };
  await refresh(await browser.popup());
  assert.deepEqual((await listed(dashboard)).map(({ status, bytes }) => [status, bytes !== "–"]), [["200", true], ["no connection", false]]);
  assert.equal(simulator.requests.length, 2);

  await dashboard.bringToFront();
  await dashboard.setViewportSize({ width: 380, height: 800 });
  assert.equal(await dashboard.evaluate(() => document.documentElement.scrollWidth), 380, "the list scrolls inside");
});
