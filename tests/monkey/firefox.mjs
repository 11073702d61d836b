// The monkey's hands in Firefox.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../browser/chromium.mjs";
import { Firefox } from "../firefox/firefox.mjs";

const PATTERNS = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).optional_host_permissions;

// WebDriver's names of keys.
const KEYS = { Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", ArrowRight: "\uE014", ArrowDown: "\uE015" };

export class FirefoxHands {
  // All hosts are allowed before, so that the browser does not ask in the middle of a round.
  static async start({ simulator, profile }) {
    const hands = new this();
    hands.firefox = await Firefox.launch({ simulator, profile });
    hands.tabs = new Map();
    try {
      await hands.firefox.allow(PATTERNS);
    } catch (problem) {
      await hands.close();
      throw problem;
    }
    return hands;
  }

  async open(page) {
    return this.tabOf(await this.firefox.open(page), page);
  }

  // Pages that the extension opened are among them; other tabs are not.
  async pages() {
    const handles = await this.firefox.ask("GET", "/window/handles");
    for (const tab of this.tabs.values()) tab.isGone = !handles.includes(tab.handle);
    for (const handle of handles.filter((handle) => !this.tabs.has(handle))) {
      await this.firefox.turnTo(handle);
      if ((await this.firefox.ask("GET", "/url")).startsWith("moz-extension:")) this.tabOf(handle, "dashboard.html");
    }
    return [...this.tabs.values()].filter((tab) => !tab.isGone);
  }

  tabOf(handle, name) {
    if (!this.tabs.has(handle)) this.tabs.set(handle, new Tab(this.firefox, handle, name));
    return this.tabs.get(handle);
  }

  killWorker() {
    return this.firefox.killEventPage();
  }

  complaints() {
    return this.firefox.complaints();
  }

  close() {
    return this.firefox.close();
  }
}

class Tab {
  isGone = false;

  constructor(firefox, handle, name) {
    Object.assign(this, { firefox, handle, name });
  }

  isOpen() {
    return !this.isGone;
  }

  // Turns to this tab, and does something there.
  async here(act) {
    try {
      await this.firefox.turnTo(this.handle);
      return await act(this.firefox);
    } catch (problem) {
      if (problem.kind === "no such window") this.isGone = true;
      throw problem;
    }
  }

  run(act, arg) {
    return this.here((firefox) => firefox.evaluate(act, arg));
  }

  click(selector) {
    return this.here((firefox) => firefox.clickNow(selector));
  }

  choose(selector, path) {
    return this.here((firefox) => firefox.choose(selector, path));
  }

  press(key) {
    const value = KEYS[key] ?? key;
    const actions = [{ type: "key", id: "keys", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }];
    return this.here((firefox) => firefox.ask("POST", "/actions", { actions }));
  }

  back() {
    return this.here((firefox) => firefox.ask("POST", "/back", {}));
  }

  forward() {
    return this.here((firefox) => firefox.ask("POST", "/forward", {}));
  }

  reload() {
    return this.here((firefox) => firefox.ask("POST", "/refresh", {}));
  }

  async close() {
    await this.here((firefox) => firefox.ask("DELETE", "/window"));
    this.isGone = true;
  }
}
