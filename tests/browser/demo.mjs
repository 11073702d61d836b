// Shows Drawdown after a simulated month: DeepSeek's balances in dollars and yuan, OpenAI's bills, a subscription, and a crossed
// budget. With a display it leaves the browser open; without one it prints the badge and the popup's figures, and writes pictures
// and the month as a FOCUS file to target/demo/. The extension is the shipped one: only the browser's name resolution leads to
// the simulator, and its clock is set back for the days that pass.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./chromium.mjs";
import { setClock } from "./clock.mjs";
import { Scene, account as makeAccount, add, connect, refresh, seal, shows } from "./drive.mjs";
import { send } from "./household.mjs";
import { DAY, dayOf } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { Simulator } from "./simulator.mjs";

const KEY = "sk-00000000000000000000000000000000";
const OPENAI_KEY = "sk-admin-00000000000000000000";
const PASSWORD = "a demo password";
const DAYS = 24; // that pass before the demo is shown
const START = "demo.invalid";
const isHeadless = !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const balance = (account) => {
  const { granted, toppedUp } = account.books.find(({ currency }) => currency === "USD");
  return granted + toppedUp;
};
const page = (account, said) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Drawdown demo</title>
<style>body{font:16px/1.5 system-ui;max-width:40em;margin:3em auto;padding:0 1em}strong{color:#b42318}button{font:inherit;padding:.3em .8em;margin:.2em}</style>
<h1>This is a simulation</h1>
<p><strong>Give it no real key.</strong> In this browser DeepSeek is a small server on your own machine, and its certificate is not checked.</p>
<p>A DeepSeek account is connected with the key <code>${KEY}</code>, and an OpenAI one; the vault's password is
<code>${PASSWORD}</code>. DeepSeek's balance is $${(balance(account) / 100).toFixed(2)}. ${said}</p>
<form><button formaction="/spend">Spend $1.00</button><button formaction="/top-up">Top up $10.00</button><button formaction="/break">Break it</button><button formaction="/mend">Mend it</button></form>
<p>Then press Refresh in Drawdown's popup: the puzzle piece beside the address bar, or the <a href="chrome-extension://${globalThis.id}/popup.html">popup as a page</a>.</p></html>`;

// The start page, and the actions of its buttons.
class DemoSimulator extends Simulator {
  answer(request) {
    if (!request.headers.host.startsWith(START)) return super.answer(request);
    const [account] = this.accounts.values();
    const acts = {
      "/spend": () => { account.spend(100, "USD"); return "A dollar was spent."; },
      "/top-up": () => { account.topUp(1000, "USD"); return "Ten dollars came in."; },
      "/break": () => { this.always = { status: 503, body: "" }; return "It answers 503 now."; },
      "/mend": () => { this.always = undefined; return "It answers again."; },
    };
    const said = acts[request.url.replace(/\?$/, "")]?.() ?? "";
    return { headers: { "content-type": "text/html" }, body: page(account, said) };
  }

  async serve(request, response) {
    if (!request.headers.host.startsWith(START)) return super.serve(request, response);
    const { headers, body } = this.answer(request);
    response.writeHead(200, headers).end(body);
  }
}

const now = Date.now();
const begin = now - DAYS * DAY;
const scene = await Scene.start({
  at: begin,
  account: makeAccount([{ currency: "USD", granted: 500, toppedUp: 4500 }, { currency: "CNY", granted: 0, toppedUp: 20000 }], KEY),
  hosts: [START],
  simulated: DemoSimulator,
  headless: isHeadless,
});
try {
  await play(scene);
} finally {
  await scene.end();
}

async function play({ simulator, browser, account }) {
  const openai = simulator.add(new OpenAIAccount(OPENAI_KEY));
  for (let back = 60; back > DAYS; back -= 1) openai.spend(dayOf(now - back * DAY), "gpt-5.5, output", 1_400_000 + (back % 5) * 210_000);
  globalThis.id = browser.id;
  const figures = async (popup) => (await popup.innerText("#hero h1")).trim();

  const start = await browser.context.newPage();
  await start.goto(`https://${START}/`);
  await browser.grant("https://api.openai.com");
  let dashboard = await browser.dashboard();
  await connect(dashboard, KEY, "demo");
  await shows(dashboard, "#note", "Tracking starts now");
  await seal(dashboard, PASSWORD);
  await add(dashboard, "openai", OPENAI_KEY);
  await send(dashboard, { do: "plan", name: "Claude Pro", amount: "20.00", currency: "USD", every: "month", day: String(new Date(begin + 2 * DAY).getUTCDate()), since: "2026-01-01" });
  await send(dashboard, { do: "budget", amount: "90" });
  console.log(`connected; ${DAYS} days pass, with a refresh every six hours`);

  // Weekdays cost more than weekends, and the last week more than the earlier ones. Half-way, some credit is bought.
  const spent = (at) => Math.round((new Date(at).getUTCDay() % 6 ? 45 : 12) * (at > now - 7 * DAY ? 1.6 : 1) * (0.7 + (at / DAY % 1)));
  for (let at = begin + DAY / 4; at <= now; at += DAY / 4) {
    await setClock(browser, at);
    account.spend(spent(at), "USD");
    account.spend(spent(at), "CNY");
    openai.spend(dayOf(at), "gpt-5.5, output", spent(at) * 11_000);
    openai.spend(dayOf(at), "gpt-5.5, input", spent(at) * 4_300);
    if (Math.abs(at - (now - 10 * DAY)) < DAY / 8) {
      account.topUp(1000, "USD");
    }
    await send(dashboard, { do: "refresh" });
  }
  await setClock(browser, Date.now());
  await dashboard.close();
  dashboard = await browser.dashboard();
  const popup = await browser.popup();
  for (const cents of [35, 120]) {
    const before = await figures(popup);
    account.spend(cents, "USD");
    await refresh(popup);
    await popup.waitForFunction((before) => document.querySelector("#hero h1").innerText.trim() !== before, before);
    console.log(`the balance fell by $${(cents / 100).toFixed(2)}; badge: ${(await browser.badge()).text}; popup: ${await figures(popup)}`);
  }
  console.log(`\nbadge: ${(await browser.badge()).text}`);
  console.log((await popup.innerText("body")).trim().replace(/\n+/g, "\n"));

  if (isHeadless) {
    const folder = join(root, "target", "demo");
    mkdirSync(folder, { recursive: true });
    for (const colorScheme of ["light", "dark"]) {
      for (const [name, page, fullPage] of [["popup", popup, false], ["dashboard", dashboard, true]]) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage });
      }
    }
    const month = new Date().toISOString().slice(0, 7);
    const { file } = await send(dashboard, { do: "export", format: "focus", month });
    writeFileSync(join(folder, "focus.csv"), file.text);
    console.log("\npictures of popup and dashboard, and the month as a FOCUS file: target/demo/");
  } else {
    await start.bringToFront();
    console.log("\nThe browser stays open for play; close it to end the demo.");
    await new Promise((closed) => browser.context.on("close", closed));
  }
}
