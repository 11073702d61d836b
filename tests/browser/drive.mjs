// A user's actions in the extension, for the tests, the demo and the screenshots.
import { test as testWithoutLimit } from "node:test";
import { launch, makeProfile, removeProfile } from "./chromium.mjs";
import { setClock } from "./clock.mjs";
import { DeepSeekAccount } from "./simulated/deepseek.mjs";
import { Simulator } from "./simulator.mjs";

export const KEY = "sk-0123456789abcdef0123456789abcdef";
export const PASSWORD = "correct horse battery";
export const ORIGIN = "https://api.deepseek.com";

export const account = (books = [{ currency: "USD", granted: 500, toppedUp: 1500 }], key = KEY) => new DeepSeekAccount(key, books);

// A test with a time limit in milliseconds: a test that takes longer fails, and everything that it started is ended.
export const test = (name, run, limit = 180_000) => testWithoutLimit(name, { timeout: limit }, run);

// A simulator with one account, and a browser that may reach it. `at` is the start time; without it, the browser's own clock is
// used. `hosts` are more names that lead to the simulator, in addition to the providers'; `simulated` is another class of
// simulator.
export class Scene {
  static async start({ account: given, at, hosts = [], isWithheld = false, simulated = Simulator, ...options } = {}) {
    const scene = new Scene();
    Object.assign(scene, { options, profile: makeProfile(), simulator: await simulated.start() });
    scene.simulator.hosts.push(...hosts);
    scene.account = scene.simulator.add(given ?? account());
    try {
      await scene.launch({ at, isWithheld });
    } catch (problem) {
      await scene.end();
      throw problem;
    }
    return scene;
  }

  async launch({ at, isWithheld = false } = {}) {
    this.browser = await launch({ simulator: this.simulator, profile: this.profile, ...this.options });
    if (at !== undefined) await setClock(this.browser, at);
    if (!isWithheld) await this.browser.grant(ORIGIN);
  }

  // Closes the browser and starts it again on the same profile.
  async restart() {
    await this.browser.close();
    await this.launch();
  }

  // Closes everything. The browser uses the profile and the simulator, so it is closed first.
  async end() {
    await this.browser?.close();
    await this.simulator.stop();
    removeProfile(this.profile);
  }
}

// A scene that ends with the test.
export async function begin(test, options) {
  const scene = await Scene.start(options);
  test.after(() => scene.end());
  return scene;
}

// Opens a place of the dashboard by its address, and waits until it is shown.
export async function go(dashboard, place, section) {
  await dashboard.bringToFront();
  await dashboard.evaluate((place) => (location.hash = place), place);
  await dashboard.waitForSelector(section ?? `#${place.split("/")[0]}`);
}

// Connects an account on the dashboard; `settings` are the form's other fields, by the ends of their ids.
export async function connect(dashboard, key = KEY, label = "", provider = "deepseek", settings = {}) {
  await go(dashboard, `accounts/add/${provider}`, `#key-${provider}`);
  await dashboard.fill(`#key-${provider}`, key);
  await dashboard.fill(`#key-${provider}-label`, label);
  for (const [name, value] of Object.entries(settings)) {
    const field = dashboard.locator(`#${provider}-${name}`);
    await (await field.evaluate((field) => field.matches("select")) ? field.selectOption(value) : field.fill(value));
  }
  await dashboard.click("#connect [data-do=connect] button.go");
}

// Adds an account without a key, with typed figures. Its card opens.
export async function byHand(dashboard, name, tells, amount) {
  await go(dashboard, "accounts/add/manual", "#hand-name");
  await dashboard.fill("#hand-name", name);
  await dashboard.check(`#connect input[name=tells][value=${tells}]`);
  await dashboard.fill("#hand-amount", amount);
  await dashboard.click("#connect [data-do=by_hand] button.go");
  await shows(dashboard, "#note", "Added");
}

// The card of the open account.
export const CARD = "main > [id^=account-]";

// Adds another account by key, and waits until its card is open. `said` is the text that the page then shows.
export async function add(dashboard, provider, key, { label = "", settings, said = "Connected." } = {}) {
  await connect(dashboard, key, label, provider, settings);
  await dashboard.waitForSelector(CARD, { timeout: 15_000 });
  await shows(dashboard, "#note", said);
}

// Opens the card of the account with this name, or of the only one.
export async function openAccount(dashboard, name = "") {
  await go(dashboard, "accounts");
  await dashboard.click(`#accounts a.name:has-text("${name}")`);
  await dashboard.waitForSelector(CARD);
}

// Shows the rare actions of the open account.
export const openMore = (dashboard) => dashboard.click(`${CARD} details.more > summary`);

// Chooses the password. The overview opens.
export async function seal(dashboard, password = PASSWORD) {
  await dashboard.fill("#seal-password", password);
  await dashboard.fill("#seal-again", password);
  await dashboard.click("#seal button.go");
  await dashboard.waitForSelector("#overview");
}

// Connects an account and chooses the password; returns the dashboard.
export async function connected(browser) {
  const dashboard = await browser.dashboard();
  await connect(dashboard);
  await dashboard.waitForSelector("#seal form");
  await seal(dashboard);
  return dashboard;
}

// Waits until a section of a page shows this text.
export const shows = (page, section, text) =>
  page.waitForFunction(
    ([section, text]) => document.querySelector(section)?.innerText.includes(text), [section, text], { timeout: 10_000 },
  );

// Imports files on their page.
export async function importFiles(dashboard, ...files) {
  await go(dashboard, "data", "#import");
  await dashboard.setInputFiles("#import-file", files);
  await dashboard.click("#import button.go");
}

// Presses Refresh and waits for its reply, until the sent form is no longer busy. Waiting for an enabled button is not enough: a
// push may have replaced it before the reply.
export async function refresh(page) {
  const answered = page.evaluate(() => new Promise((done) => {
    document.addEventListener("submit", ({ target }) => {
      new MutationObserver(() => target.hasAttribute("aria-busy") || done()).observe(target, { attributeFilter: ["aria-busy"] });
    }, { capture: true, once: true });
  }));
  await page.click("#refresh");
  await answered;
}

// All stored data of the extension, in every storage area, as one text.
export const allStorage = (page) => page.evaluate(async () => {
  const areas = await Promise.all(["local", "session", "sync"].map((area) => chrome.storage[area].get(null)));
  return JSON.stringify(areas);
});

// Every stored reading: [time, role] in order. A shard stores a day's readings as one text, each with the milliseconds since the
// previous one in base 36 and its role; src/books/reading/day.rs describes the format.
export const readings = (page) => page.evaluate(async () => {
  const kept = await chrome.storage.local.get(null);
  const told = [];
  for (const key of Object.keys(kept).filter((key) => key.startsWith("readings."))) {
    const month = key.split(".")[2];
    for (const [day, text] of JSON.parse(kept[key]).days ?? []) {
      let time = Date.parse(`${month}-${String(day).padStart(2, "0")}T00:00:00Z`);
      for (const entry of text.split(";")) {
        const [, since, role] = entry.match(/^([0-9a-z]+)([!?]?)/);
        told.push([time += parseInt(since, 36), role]);
      }
    }
  }
  return told.sort(([a], [b]) => a - b);
});
