// A user's accounts after some weeks, for the tests of views and for pictures: DeepSeek's balances in dollars and yuan, OpenAI's
// bills of many months, an account kept by hand, subscriptions, a budget, and an unconfirmed top-up.
import { setClock } from "./clock.mjs";
import { Scene, account as makeAccount, add, connect, seal } from "./drive.mjs";
import { DAY, dayOf } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";

export const NOW = Date.parse("2026-11-23T14:20:00Z");
const OPENAI_KEY = "sk-admin-00000000000000000000";

// Sends a command like a page, and returns the reply.
export const send = (page, message) => page.evaluate(
  async (message) => JSON.parse(await chrome.runtime.sendMessage(JSON.stringify(message))), { page: "dashboard", ...message },
);

// Sends a command that must succeed.
async function done(page, message) {
  const reply = await send(page, message);
  if (!reply.ok) throw new Error(`${message.do} was refused: ${reply.html.match(/class="said[^>]*>([^<]*)/)?.[1]}`);
}

// The spend of a quarter of a day in cents: weekdays cost more than weekends, and the last week more than the earlier ones.
const spentAt = (at) => Math.round((new Date(at).getUTCDay() % 6 ? 45 : 12) * (at > NOW - 7 * DAY ? 1.6 : 1) * (0.7 + ((at / DAY * 7.3) % 1)));

// A scene with all of it, on an open dashboard. Refreshes are `step` milliseconds apart.
export async function startHousehold({ days = 24, step = DAY, ...options } = {}) {
  const begin = NOW - days * DAY;
  const books = [{ currency: "USD", granted: 500, toppedUp: 7000 }, { currency: "CNY", granted: 0, toppedUp: 40000 }];
  const scene = await Scene.start({ at: begin, account: makeAccount(books), ...options });
  try {
    await settle(scene, begin, step);
  } catch (problem) {
    await scene.end();
    throw problem;
  }
  return scene;
}

async function settle(scene, begin, step) {
  const { browser, account, simulator } = scene;
  const openai = simulator.add(new OpenAIAccount(OPENAI_KEY));
  const spend = (at, cents) => {
    openai.spend(dayOf(at), "gpt-5.5, output", cents * 11_000);
    openai.spend(dayOf(at), "gpt-5.5, input", cents * 4_300);
    openai.spend(dayOf(at), "gpt-5.5-mini, output", cents * 2_900);
  };
  for (let at = NOW - 200 * DAY; at < begin; at += DAY) spend(at, 90 + (at / DAY * 37) % 60);
  await browser.grant("https://api.openai.com");
  const dashboard = (scene.dashboard = await browser.dashboard());
  await connect(dashboard, undefined, "main");
  await dashboard.waitForSelector("#seal form");
  await seal(dashboard);
  await add(dashboard, "openai", OPENAI_KEY);
  await done(dashboard, { do: "plan", name: "Claude Pro", amount: "20", currency: "USD", every: "month", day: "3", since: "2026-01-01" });
  await done(dashboard, { do: "plan", name: "GitHub Copilot Pro", amount: "10", currency: "USD", every: "month", day: "28", since: "2026-01-01" });
  await done(dashboard, { do: "budget", amount: "150" });
  await done(dashboard, { do: "by_hand", label: "RunPod", currency: "USD", tells: "bill", amount: "4.20", submission: "RunPod" });
  await done(dashboard, { do: "rate", currency: "CNY", rate: "0.14" });
  for (let at = begin + DAY / 4; at <= NOW; at += DAY / 4) {
    account.spend(spentAt(at), "USD");
    account.spend(spentAt(at) * 2, "CNY");
    spend(at, spentAt(at));
    if (Math.abs(at - (NOW - 3 * DAY)) < DAY / 8) account.topUp(1000, "USD");
    if (Math.round((at - begin) / (DAY / 4)) % Math.round(step / (DAY / 4)) !== 0) continue;
    await setClock(browser, at);
    await send(dashboard, { do: "refresh" });
  }
  await setClock(browser, NOW);
  await done(dashboard, { do: "refresh" });
}

// The ids of the accounts, in the order in which they were added.
export const accountIds = (page) => page.evaluate(async () => JSON.parse((await chrome.storage.local.get("accounts")).accounts));
