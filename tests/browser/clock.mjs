// The tests' clock. The worker, the extension's pages and alarms, and the simulated providers all follow it, so that no alarm is
// in the past and all agree about the day.

// Runs in the worker and in pages: shifts Date, and the times of alarms with it. The last of several calls counts, in whatever
// order a page runs them.
function shift([offset, turn]) {
  if (globalThis.clockTurn > turn) return;
  globalThis.clockTurn = turn;
  const Real = (globalThis.RealDate ??= Date);
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + offset); }
    static now() { return Real.now() + offset; }
  };
  const alarms = globalThis.chrome?.alarms;
  if (!alarms) return;
  const real = (globalThis.realAlarms ??= { create: alarms.create.bind(alarms), get: alarms.get.bind(alarms) });
  alarms.create = (name, info) => real.create(name, info.when === undefined ? info : { ...info, when: info.when - offset });
  alarms.get = async (name) => {
    const alarm = await real.get(name);
    return alarm && { ...alarm, scheduledTime: alarm.scheduledTime + offset };
  };
}

let turns = 0;

// Sets the clock to a time (anything that Date accepts), from which it runs on. A set alarm keeps its remaining time. A worker
// that is killed and restarted has the browser's own clock, so a test that kills it sets no clock.
export async function setClock(browser, moment) {
  const ms = new Date(moment).getTime();
  const worker = await browser.worker();
  await isArmed(worker);
  const offset = await worker.evaluate((ms) => ms - (globalThis.RealDate ?? Date).now(), ms);
  const given = [offset, (turns += 1)];
  await worker.evaluate(shift, given);
  await browser.context.addInitScript(shift, given);
  const open = browser.context.pages().filter((page) => page.url().startsWith(browser.url("")));
  await Promise.all(open.map((page) => page.evaluate(shift, given)));
  const ahead = ms - Date.now();
  browser.simulator.now = () => Date.now() + ahead;
}

// A starting worker sets the alarm last: a worker that began with the old clock has set it.
async function isArmed(worker) {
  while (!(await worker.evaluate(() => globalThis.chrome?.alarms?.get("refresh")))) await new Promise(setImmediate);
}

// Fires the alarm now.
export const ring = async (browser) => (await browser.worker()).evaluate(async () => {
  const { periodInMinutes } = await chrome.alarms.get("refresh");
  await chrome.alarms.create("refresh", { when: Date.now(), periodInMinutes });
});
