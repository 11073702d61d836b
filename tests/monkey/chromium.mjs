// The monkey's hands in Chromium.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, root } from "../browser/chromium.mjs";

const ORIGINS = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).optional_host_permissions.map((pattern) => pattern.replace("/*", ""));

// The most milliseconds for a click: what is chosen may be gone or covered.
const CLICK = 2_000;

export class ChromiumHands {
  // All hosts are allowed before: no program can answer the browser's own question.
  static async start({ simulator, profile }) {
    const hands = new this();
    hands.browser = await launch({ simulator, profile });
    hands.wrong = [];
    hands.browser.context.on("weberror", (problem) => hands.wrong.push(String(problem.error())));
    // The browser notes what the worker writes to the console, and not what a page does.
    hands.browser.context.on("console", (message) => message.page() && message.type() === "error" && hands.wrong.push(message.text()));
    hands.tabs = new Map();
    try {
      await hands.browser.grant(...ORIGINS);
      hands.extensions = await hands.browser.context.newPage();
      await hands.extensions.goto("chrome://extensions/");
      await hands.extensions.evaluate(async (id) => {
        await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
        await chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, errorCollection: true });
      }, hands.browser.id);
    } catch (problem) {
      await hands.close();
      throw problem;
    }
    return hands;
  }

  async open(page) {
    const size = page.startsWith("popup") ? { width: 380, height: 560 } : undefined;
    return this.tabOf(await this.browser.open(page, size));
  }

  async pages() {
    const open = this.browser.context.pages().filter((page) => page.url().startsWith(this.browser.url("")));
    return open.map((page) => this.tabOf(page));
  }

  tabOf(page) {
    if (!this.tabs.has(page)) this.tabs.set(page, new Tab(page, page.url().slice(this.browser.url("").length)));
    return this.tabs.get(page);
  }

  killWorker() {
    return this.browser.killWorker();
  }

  // What the browser noted of the extension: exceptions and console errors of pages and worker, and what its content policy
  // refuses.
  async complaints() {
    const noted = await this.extensions.evaluate(async (id) => {
      const { manifestErrors, runtimeErrors } = await chrome.developerPrivate.getExtensionInfo(id);
      return [...manifestErrors, ...runtimeErrors].map(({ message, source, severity }) => `${severity}: ${message} (${source})`);
    }, this.browser.id);
    return [...noted, ...this.wrong, ...this.browser.violations];
  }

  close() {
    return this.browser.close();
  }
}

class Tab {
  constructor(page, name) {
    Object.assign(this, { page, name });
  }

  isOpen() {
    return !this.page.isClosed();
  }

  run(act, arg) {
    return this.page.evaluate(act, arg);
  }

  click(selector) {
    return this.page.click(selector, { timeout: CLICK });
  }

  choose(selector, path) {
    return this.page.setInputFiles(selector, path, { timeout: CLICK });
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  back() {
    return this.page.goBack({ timeout: CLICK });
  }

  forward() {
    return this.page.goForward({ timeout: CLICK });
  }

  reload() {
    return this.page.reload();
  }

  close() {
    return this.page.close();
  }
}
