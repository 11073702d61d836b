// Shows Drawdown with a simulated DeepSeek account. With a display it leaves the browser open for play; without one it
// prints the badge and the popup's figures and writes pictures to target/demo/. The extension is the shipped one: only
// the browser's name resolution is told to lead to the simulator.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, root } from "./chromium.mjs";
import { ORIGIN, account as makeAccount, connect, refresh, seal, shows } from "./drive.mjs";
import { Simulator } from "./simulator.mjs";

const KEY = "sk-00000000000000000000000000000000";
const PASSWORD = "a demo password";
const START = "demo.invalid";
const isHeadless = !(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const page = (account, said) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Drawdown demo</title>
<style>body{font:16px/1.5 system-ui;max-width:40em;margin:3em auto;padding:0 1em}strong{color:#b42318}button{font:inherit;padding:.3em .8em;margin:.2em}</style>
<h1>This is a simulation</h1>
<p><strong>Give it no real key.</strong> In this browser DeepSeek is a small server on your own machine, and its certificate is not checked.</p>
<p>An account is connected with the key <code>${KEY}</code>; the vault's password is <code>${PASSWORD}</code>. Its balance is
$${(account.books[0].granted / 100).toFixed(2)} granted and $${(account.books[0].toppedUp / 100).toFixed(2)} topped up. ${said}</p>
<form><button formaction="/spend">Spend $1.00</button><button formaction="/top-up">Top up $10.00</button><button formaction="/break">Break it</button><button formaction="/mend">Mend it</button></form>
<p>Then press Refresh in Drawdown's popup: the puzzle piece beside the address bar, or the <a href="chrome-extension://${globalThis.id}/popup.html">popup as a page</a>.</p></html>`;

// The start page, and what its buttons do.
class DemoSimulator extends Simulator {
  answer(request) {
    if (!request.headers.host.startsWith(START)) return super.answer(request);
    const [account] = this.accounts.values();
    const acts = {
      "/spend": () => { account.spend(100); return "A dollar was spent."; },
      "/top-up": () => { account.topUp(1000); return "Ten dollars came in."; },
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

const simulator = await DemoSimulator.start();
simulator.hosts.push(START);
const account = simulator.add(makeAccount([{ currency: "USD", granted: 500, toppedUp: 1500 }], KEY));
const browser = await launch({ simulator, headless: isHeadless });
globalThis.id = browser.id;
const figures = async (popup) => (await popup.innerText("#hero h1")).trim();

const start = await browser.context.newPage();
await start.goto(`https://${START}/`);
await browser.grant(ORIGIN);
const dashboard = await browser.dashboard();
await connect(dashboard, KEY, "demo");
await shows(dashboard, "#seal", "tracking starts now");
await seal(dashboard, PASSWORD);
console.log(`connected: a balance of $20.00; badge: ${(await browser.badge()).text}`);
const popup = await browser.popup();
for (const cents of [35, 120, 64]) {
  const before = await figures(popup);
  account.spend(cents);
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
  console.log("\npictures of popup and dashboard: target/demo/");
  await browser.close();
  await simulator.stop();
} else {
  await start.bringToFront();
  console.log("\nThe browser stays open for play; close it to end the demo.");
  await new Promise((closed) => browser.context.on("close", closed));
  await simulator.stop();
}
