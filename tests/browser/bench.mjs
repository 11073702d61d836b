// Measures the pages with seven accounts: the time from opening the dashboard until its first view is drawn, compared with the
// popup, and its number of tab stops. Fails if a limit is exceeded. Times are medians of alternating runs, and only their ratio
// counts.
import { setClock } from "./clock.mjs";
import { Scene, account as makeAccount, byHand, connect, connected, shows } from "./drive.mjs";
import { drawnAt, median, noteDrawn } from "./measure.mjs";
import { DAY, dayOf } from "./simulated/days.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";

const RUNS = 15;
const DAYS = 30; // of readings, one every six hours
const MOST_RATIO = 1.5;
const MOST_TAB_STOPS = 45;
const now = Date.parse("2026-11-23T14:00:00Z");

const scene = await Scene.start({ at: now - DAYS * DAY, account: makeAccount([{ currency: "USD", granted: 0, toppedUp: 50000 }, { currency: "CNY", granted: 0, toppedUp: 90000 }]) });
try {
  await measure(scene);
} finally {
  await scene.end();
}

async function measure({ browser, account, simulator }) {
  await noteDrawn(browser.context, "#hero h1, #overview b");
  const openai = simulator.add(new OpenAIAccount("sk-admin-00000000000000000000"));
  for (let back = 90; back >= 0; back -= 1) {
    for (const model of ["model-a", "model-b", "model-c"]) openai.spend(dayOf(now - back * DAY), model, 900_000 + (back % 7) * 150_000);
  }
  await browser.grant("https://api.openai.com");
  const page = await connected(browser);
  await connect(page, openai.key, "work", "openai");
  await shows(page, "#note", "Connected");
  for (const [place, name] of ["RunPod", "Lambda", "Vast", "Modal", "fal"].entries()) await byHand(page, name, place % 2 ? "bill" : "balance", `${20 + 7 * place}`);
  const send = (message) => page.evaluate((message) => chrome.runtime.sendMessage(JSON.stringify(message)), message);
  for (let at = now - DAYS * DAY + DAY / 4; at <= now; at += DAY / 4) {
    await setClock(browser, at);
    account.spend(40 + Math.round(at / DAY) % 5 * 9, "USD");
    account.spend(90, "CNY");
    await send({ page: "popup", do: "refresh" });
  }

  // The time from opening a page until its figures are laid out, and the part of it until the worker has replied.
  const times = { popup: [], dashboard: [] }, answers = { popup: [], dashboard: [] };
  for (let run = 0; run < RUNS; run += 1) {
    for (const [which, figure] of [["popup", "#hero h1"], ["dashboard", "#overview b"]]) {
      const opened = await browser[which]();
      await opened.waitForSelector(figure);
      times[which].push(await drawnAt(opened));
      answers[which].push(await opened.evaluate(async (page) => {
        const start = performance.now();
        await chrome.runtime.sendMessage(JSON.stringify({ page, do: "show", open: "overview" }));
        return performance.now() - start;
      }, which));
      await opened.close();
    }
  }
  const [popup, dashboard] = [median(times.popup), median(times.dashboard)];
  const ratio = dashboard / popup;

  const first = await browser.dashboard();
  await first.waitForSelector("#overview b");
  const stops = await first.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility({ visibilityProperty: true })).length);

  console.log(`opened until drawn: popup ${popup.toFixed(0)} ms, dashboard ${dashboard.toFixed(0)} ms, ${ratio.toFixed(2)} times (at most ${MOST_RATIO})`);
  console.log(`answered by the worker: popup ${median(answers.popup).toFixed(1)} ms, dashboard ${median(answers.dashboard).toFixed(1)} ms`);
  console.log(`tab stops of the dashboard's first view: ${stops} (under ${MOST_TAB_STOPS})`);
  if (ratio > MOST_RATIO || stops >= MOST_TAB_STOPS) process.exitCode = 1;
}
