// The monkey: one seed chooses what is done to the extension, and after each round everything is checked that holds
// whatever is done. It knows no browser: `hands` open and use pages, as chromium.mjs and firefox.mjs do.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { KEY, PASSWORD, account as makeAccount } from "../browser/drive.mjs";
import { OpenAIAccount } from "../browser/simulated/openai.mjs";
import { root } from "../browser/chromium.mjs";
import { controlAt, entered, formAt, inspect, settled, total } from "./page.mjs";

const OPENAI_KEY = "sk-admin-00000000000000000000";
const OTHER_KEY = "sk-fedcba9876543210fedcba9876543210";
const OTHER_PASSWORD = "a wrong password of the monkey";
// What the monkey enters into fields of keys and passwords alone, and what must be on no page, in no address and in no
// stored value.
const KEYS = [KEY, OPENAI_KEY, OTHER_KEY], PASSWORDS = [PASSWORD, OTHER_PASSWORD];
const SECRETS = [...KEYS, ...PASSWORDS];

// The most milliseconds until something must hold.
const PATIENCE = 30_000;
// The most milliseconds that the monkey waits for a form's answer. A provider may be silent for longer.
const HASTE = 3_000;

// How many pages the monkey keeps open.
const MOST_PAGES = 4;

const PLACES = [
  "", "#overview", "#accounts", "#accounts/add", "#accounts/add/deepseek", "#accounts/add/openai", "#accounts/add/manual", "#accounts/add/google",
  "#accounts/add/file", "#accounts/nobody", "#budget", "#data", "#data/requests", "#settings", "#overview/2026-13", "#overview/2026-11-28", "#nowhere",
  "#overview?chart=sum&models=week",
];
const ODD = [
  "", " ", "0", "-1", "1e999", "12,5", "999999999999999999999", "0.0000001", "１２.５", "<img src=x onerror=alert(1)>", "'\"&amp;", "x".repeat(5000),
  "\u202Eright to left", "😀".repeat(40), "../..", "=1+1", "nul\u0000l", "2026-02-30", "erase", "remove",
];
const PLAIN = { amount: "12.50", day: "15", word: "erase", label: "Monkey", name: "Monkey Pro", period_minutes: "30", run_out_days: "9", percent: "20" };
const FAULTS = [
  { status: 401, body: {} }, { status: 403, body: "<html>" }, { status: 429, headers: { "retry-after": "7" }, body: "" }, { status: 500, body: "" },
  { body: "<!doctype html><p>Checking your browser" }, { body: '{"is_available":true,"balance_infos":[{"curr' }, "reset", "hang",
];

// Numbers from one seed (mulberry32), and choices by them.
function makeChance(seed) {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const of = (list) => list[Math.floor(fraction() * list.length)];
  return { fraction, of, isIn: (share) => fraction() < share };
}

export class Monkey {
  constructor({ hands, simulator, profile, seed }) {
    Object.assign(this, { hands, simulator, profile, chance: makeChance(seed), steps: [], missed: 0 });
    this.account = simulator.add(makeAccount());
    simulator.add(makeAccount([{ currency: "CNY", granted: 0, toppedUp: 9000 }], OTHER_KEY));
    simulator.add(new OpenAIAccount(OPENAI_KEY));
    this.files = this.writeFiles();
  }

  writeFiles() {
    const files = {
      "costs.csv": "date,cost,currency\n2026-11-20,1.25,USD\n2026-11-21,2.50,USD\n", "empty.csv": "", "odd.csv": "\ufeff\"a\n;;;\t\0",
      "broken.xlsx": "PK\u0003\u0004 and no more", "backup.json": "{\"meta\":\"{}\"}",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.profile, name), text);
    return [...Object.keys(files).map((name) => join(this.profile, name)), join(root, "tests", "fixtures", "workbooks", "kimi.xlsx")];
  }

  // Two pages stay open, which the monkey does not touch: they show how things stand. The seed chooses what is there first.
  async begin() {
    this.popup = await this.hands.open("popup.html");
    this.overview = await this.hands.open("dashboard.html#overview");
    const first = this.chance.of(["nothing", "sample", "account", "account", "account"]);
    this.steps.push(`begin with: ${first}`);
    if (first === "sample") await this.send({ do: "sample" });
    if (first === "account") {
      await this.send({ do: "connect", provider: "deepseek", key: KEY, label: "" });
      await this.send({ do: "seal", password: PASSWORD, again: PASSWORD });
      await this.send({ do: "by_hand", label: "By hand", tells: "balance", amount: "40", currency: "USD" });
      await this.send({ do: "budget", amount: "30" });
    }
    this.mine = [await this.hands.open("dashboard.html")];
  }

  send(command) {
    return this.overview.run((command) => chrome.runtime.sendMessage(JSON.stringify({ page: "dashboard", open: "overview", ...command })), command);
  }

  async round() {
    this.mine = (await this.hands.pages()).filter((page) => page !== this.popup && page !== this.overview);
    if (!this.mine.length) this.mine = [await this.openOne()];
    for (const page of this.mine.splice(MOST_PAGES)) await page.close();
    const page = this.chance.of(this.mine);
    const act = this.chance.of(ACTS);
    this.steps.push(`${page.name}: ${act.name}`);
    try {
      await act.call(this, page);
    } catch (problem) {
      // What was chosen may have been replaced or closed before it was used.
      this.missed += 1;
      this.note(`missed: ${String(problem.message).split("\n")[0]}`);
    }
    await this.check();
  }

  // Adds to the step that is taken.
  note(text) {
    this.steps[this.steps.length - 1] += ` ${text}`;
  }

  async openOne() {
    if (this.chance.isIn(0.3)) return this.hands.open("popup.html");
    const place = this.chance.of(PLACES);
    this.note(place);
    return this.hands.open(`dashboard.html${place}`);
  }

  // A value for a field: a secret for a field of secrets and for no other.
  valueFor({ name, type, provider }) {
    const { chance } = this;
    if (name === "key") return chance.isIn(0.7) ? { openai: OPENAI_KEY }[provider] ?? KEY : chance.of(KEYS);
    if (type === "password") return chance.isIn(0.8) ? PASSWORD : OTHER_PASSWORD;
    if (type === "date") return chance.of(["2026-11-03", "2026-12-31", "1969-12-31", "9999-12-31", ""]);
    if (type === "time") return chance.of(["22:00", "07:00", "07:30", ""]);
    if (type === "datetime-local") return chance.of(["2026-11-20T10:00", "2031-01-01T00:00", ""]);
    return name in PLAIN && chance.isIn(0.6) ? PLAIN[name] : chance.of(ODD);
  }

  // Puts something into a field that page.mjs has marked.
  async put(page, field) {
    const { kind, type } = field;
    if (type === "file") {
      const path = this.chance.of(this.files);
      this.note(`${field.what} = ${path.slice(path.lastIndexOf("/") + 1)}`);
      return page.choose("[data-monkey]", path);
    }
    const value = kind === "select" || type === "checkbox" || type === "radio" ? this.chance.fraction() : this.valueFor(field);
    this.note(`${field.what} = ${SECRETS.includes(value) ? "a secret" : JSON.stringify(value).slice(0, 60)}`);
    await page.run(entered, value);
  }

  // Fills in a form and presses its button.
  async fillAndPress(page) {
    const at = this.chance.fraction();
    for (let index = 0; index < 12; index += 1) {
      const field = await page.run(formAt, { at, index });
      if (!field) break;
      if (field.isHidden || this.chance.isIn(0.15)) continue;
      if (field.kind === "button") {
        this.note(`press ${field.what}`);
        await page.click("[data-monkey]");
        break;
      }
      await this.put(page, field);
    }
  }

  // Waits until no form waits for its answer, or until the monkey has had enough.
  settle(page) {
    return until(() => page.run(settled).catch(() => true), HASTE);
  }

  // What must hold now.
  async check() {
    const complaints = await this.hands.complaints();
    if (complaints.length) throw new Fault("the console has an error", complaints);
    for (const page of await this.hands.pages()) await this.checkPage(page);
    const answer = await this.send({ do: "show" });
    if (typeof JSON.parse(answer ?? "null")?.html !== "string") throw new Fault("a page gets no answer", answer);
    const stored = await this.overview.run(async () => {
      const areas = await Promise.all(["local", "session", "sync"].map((area) => chrome.storage[area].get(null)));
      return JSON.stringify(areas);
    });
    for (const secret of SECRETS) if (stored.includes(secret)) throw new Fault("a stored value has a secret", secret);
    let shown;
    const isSame = async () => {
      shown = [await this.popup.run(total, "#hero"), await this.overview.run(total, "#overview")];
      return shown[0] === shown[1];
    };
    if (!await until(isSame, PATIENCE)) throw new Fault("popup and dashboard show different totals", shown);
  }

  async checkPage(page) {
    let found;
    // It may be closed, or on its way to another document.
    const isFine = async () => {
      found = await page.run(inspect, SECRETS).catch(() => undefined);
      return !page.isOpen() || (found && !found.wrong.length);
    };
    if (!await until(isFine, PATIENCE)) throw new Fault("a page is wrong", found ?? `${page.name} does not answer`);
    page.name = found?.at.replace(/^[^#]*\//, "") ?? page.name;
  }
}

// What must not be. `evidence` is anything.
export class Fault extends Error {
  constructor(what, evidence) {
    super(`${what}: ${typeof evidence === "string" ? evidence : JSON.stringify(evidence, null, 2)}`);
  }
}

// Waits until something holds, for so many milliseconds at most. Gives whether it does.
async function until(holds, most) {
  const end = Date.now() + most;
  for (;;) {
    if (await holds()) return true;
    if (Date.now() > end) return false;
    await new Promise((next) => setTimeout(next, 25));
  }
}

// ---- what the monkey does, as often as it is listed

async function useControl(page) {
  const control = await page.run(controlAt, this.chance.fraction());
  if (!control) return;
  if (control.kind !== "control") await this.put(page, control);
  else {
    this.note(control.what);
    await page.click("[data-monkey]");
  }
  await this.settle(page);
}

async function sendForm(page) {
  await this.fillAndPress(page);
  await this.settle(page);
}

// The worker is killed while it does what the form asks for.
async function killAtForm(page) {
  await this.fillAndPress(page);
  await this.hands.killWorker();
  await this.settle(page);
}

async function killAtAlarm() {
  await ringAlarm.call(this);
  await this.hands.killWorker();
}

async function pressKeys(page) {
  for (let count = 1 + Math.floor(this.chance.fraction() * 6); count > 0; count -= 1) {
    const key = this.chance.of(["Tab", "Tab", "Tab", "Enter", "Escape", "ArrowRight", "ArrowDown", " "]);
    this.note(JSON.stringify(key));
    await page.press(key);
  }
  await this.settle(page);
}

async function goBackOrForth(page) {
  const way = this.chance.of(["back", "back", "forward", "reload"]);
  this.note(way);
  await page[way]();
}

async function openPage() {
  await this.openOne();
}

async function goElsewhere(page) {
  const place = this.chance.of(PLACES);
  this.note(place);
  await page.run((place) => void (location.hash = place), place);
}

async function closePage(page) {
  await page.close();
}

async function killWorker() {
  await this.hands.killWorker();
}

async function ringAlarm() {
  await this.overview.run(async () => {
    const alarm = await chrome.alarms.get("refresh");
    if (alarm) await chrome.alarms.create("refresh", { when: Date.now(), periodInMinutes: alarm.periodInMinutes });
  });
}

async function changeProvider() {
  const { account, chance, simulator } = this;
  const change = chance.of(["spend", "spend", "top up", "fail once", "fail once", "fail", "mend"]);
  this.note(change);
  if (change === "spend") account.spend(Math.floor(chance.fraction() * 300));
  if (change === "top up") account.topUp(1000);
  if (change === "fail once") simulator.failOnce(chance.of(FAULTS));
  if (change === "fail") simulator.failing["api.deepseek.com"] = chance.of(FAULTS.filter((fault) => fault !== "hang"));
  if (change === "mend") simulator.failing = {};
}

const ACTS = [
  ...Array(10).fill(useControl), ...Array(6).fill(sendForm), killAtForm, killAtForm, killAtAlarm, pressKeys, pressKeys, goBackOrForth, goBackOrForth, openPage, openPage, goElsewhere,
  closePage, killWorker, killWorker, ringAlarm, changeProvider, changeProvider,
];
