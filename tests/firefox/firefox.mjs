// Firefox with the extension, driven over WebDriver by geckodriver. It knows no provider and no view.
//
// The extension is installed as a temporary add-on from dist/, unchanged, or as the package for the store. Calls to the
// simulator's hosts lead to loopback; Firefox's own calls lead there too, and the simulator has nothing for them.
// FIREFOX and GECKODRIVER name the programs; `./build.sh firefox` finds or installs them.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const ID = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).browser_specific_settings.gecko.id;
const UUID = "5d1f6a52-0f0e-4b8c-9f0a-7f2f5b1f7f11";
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

// The longest time in milliseconds until something appears on a page.
const PATIENCE = 15_000;
// The longest time in milliseconds of one WebDriver command.
const LONGEST = 60_000;

const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

const preferences = (simulator, profile) => ({
  "extensions.webextensions.uuids": JSON.stringify({ [ID]: UUID }),
  // A restart removes a temporary add-on, but not its storage.
  "extensions.webextensions.keepStorageOnUninstall": true,
  "extensions.webextensions.keepUuidOnUninstall": true,
  // Allows a package without Mozilla's signature. Only the ESR and developer builds support this.
  "xpinstall.signatures.required": false,
  "extensions.autoDisableScopes": 0,
  // The permission prompt accepts a click at once.
  "security.notification_enable_delay": 0,
  // Firefox shows notifications in its own windows. Without a desktop, system notifications would close at once.
  "alerts.useSystemBackend": false,
  // Files are saved without a prompt, and are deleted with the profile.
  "browser.download.folderList": 2,
  "browser.download.dir": profile,
  "browser.download.alwaysOpenPanel": false,
  // What the extension writes to the console is on the output of the program too, and what Firefox writes is not.
  "devtools.console.stdout.content": true,
  "devtools.console.stdout.chrome": false,
  "network.dns.forceResolve": "127.0.0.1",
  "network.socket.forcePort": `443=${simulator.port}`,
  "network.http.http3.enable": false,
  "browser.aboutwelcome.enabled": false,
});

export class Firefox {
  // `profile` is kept. `install` is the package to install for good; without it dist/ is a temporary add-on. Where the
  // profile has the extension from before, `isInstalled` says so.
  static async launch({ simulator, profile, install, isInstalled = false }) {
    const firefox = new this();
    const port = await freePort();
    firefox.base = `http://127.0.0.1:${port}`;
    const args = ["--port", String(port), "--allow-system-access", "--websocket-port", String(await freePort())];
    firefox.driver = spawn(process.env.GECKODRIVER ?? "geckodriver", args, { stdio: ["ignore", "pipe", "ignore"] });
    firefox.output = "";
    firefox.driver.stdout.setEncoding("utf8").on("data", (text) => (firefox.output += text));
    try {
      await firefox.eventually(() => fetch(`${firefox.base}/status`).then(({ ok }) => ok, () => false), "geckodriver");
      const options = {
        args: ["-headless", "-profile", profile],
        prefs: preferences(simulator, profile),
        ...(process.env.FIREFOX && { binary: process.env.FIREFOX }),
      };
      const capabilities = { alwaysMatch: { acceptInsecureCerts: true, "moz:firefoxOptions": options } };
      const { sessionId } = await firefox.call("POST", "/session", { capabilities });
      firefox.session = `/session/${sessionId}`;
      await firefox.ask("POST", "/timeouts", { script: PATIENCE });
      if (!isInstalled) await firefox.ask("POST", "/moz/addon/install", { path: install ?? join(root, "dist"), temporary: !install });
      await firefox.eventually(() => firefox.backgroundState(), "the event page");
    } catch (problem) {
      await firefox.close();
      throw problem;
    }
    return firefox;
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.base}${path}`, {
      method, body: body && JSON.stringify(body), headers: body && { "content-type": "application/json" }, signal: AbortSignal.timeout(LONGEST),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`${value.error}: ${value.message}`), { kind: value.error });
    return value;
  }

  ask(method, path, body) {
    return this.call(method, `${this.session}${path}`, body);
  }

  // Waits until `happens` returns a value.
  async eventually(happens, what) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await happens();
      if (value) return value;
      if (Date.now() > end) throw new Error(`in vain: ${what}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  // Runs a function on the page, and awaits its promise.
  evaluate(run, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${run})(...[...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return this.ask("POST", "/execute/async", { script, args }).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  }

  // Runs a function in the browser's own window.
  async inBrowser(run, ...args) {
    await this.ask("POST", "/moz/context", { context: "chrome" });
    try {
      return await this.evaluate(run, ...args);
    } finally {
      await this.ask("POST", "/moz/context", { context: "content" });
    }
  }

  // Opens a page of the extension in a new tab, and switches to it.
  open(page) {
    return this.opens(page, () => this.inBrowser((url) => {
      const tab = gBrowser.addTrustedTab(url);
      gBrowser.selectedTab = tab;
    }, `moz-extension://${UUID}/${page}`));
  }

  // Switches to the page that an action opens, once it is loaded.
  async opens(page, act) {
    const before = await this.ask("GET", "/window/handles");
    await act();
    const handles = async () => (await this.ask("GET", "/window/handles")).find((handle) => !before.includes(handle));
    const handle = await this.eventually(handles, "a new tab");
    await this.turnTo(handle);
    // A script has no result while a page replaces the empty one.
    const isThere = (page) => location.href.endsWith(page) && document.readyState === "complete";
    await this.eventually(() => this.evaluate(isThere, page).catch(() => false), page);
    return handle;
  }

  turnTo(handle) {
    return this.ask("POST", "/window", { handle });
  }

  // Sets the width of the page, which may be below the minimum of a window.
  resize(width) {
    return this.inBrowser((width) => {
      const { style } = gBrowser.selectedBrowser;
      Object.assign(style, { width: `${width}px`, minWidth: `${width}px`, maxWidth: `${width}px` });
    }, width);
  }

  // Sets the system theme that pages see: `light` or `dark`.
  setColorScheme(scheme) {
    return this.inBrowser((value) => Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", value), scheme === "dark" ? 0 : 1);
  }

  async find(selector) {
    const found = await this.eventually(
      () => this.ask("POST", "/element", { using: "css selector", value: selector }).catch(({ kind }) => {
        if (kind !== "no such element") throw new Error(`${selector}: ${kind}`);
      }),
      selector,
    );
    return `/element/${found[ELEMENT]}`;
  }

  // Clicks the present element.
  async clickNow(selector) {
    const found = await this.ask("POST", "/element", { using: "css selector", value: selector });
    return this.ask("POST", `/element/${found[ELEMENT]}/click`, {});
  }

  // Clicks like a person: the element must be visible.
  click(selector) {
    return this.afresh(selector, (element) => this.ask("POST", `${element}/click`, {}));
  }

  fill(selector, text) {
    return this.afresh(selector, async (element) => {
      await this.ask("POST", `${element}/clear`, {});
      await this.ask("POST", `${element}/value`, { text });
    });
  }

  // Chooses a file by its path.
  choose(selector, path) {
    return this.afresh(selector, (element) => this.ask("POST", `${element}/value`, { text: path }));
  }

  // A section may be replaced between the search for an element and its use.
  async afresh(selector, use) {
    try {
      return await use(await this.find(selector));
    } catch (problem) {
      if (problem.kind !== "stale element reference") throw problem;
      return use(await this.find(selector));
    }
  }

  text(selector) {
    return this.evaluate((selector) => document.querySelector(selector)?.innerText ?? "", selector);
  }

  shows(selector, text) {
    return this.eventually(async () => (await this.text(selector)).includes(text), `"${text}" in ${selector}`);
  }

  // Waits until nothing more matches.
  gone(selector) {
    return this.eventually(() => this.evaluate((selector) => !document.querySelector(selector), selector), `the end of ${selector}`);
  }

  // Opens a place of the dashboard, and waits until it is shown.
  async go(place, selector) {
    await this.evaluate((place) => void (location.hash = place), place);
    await this.find(selector);
  }

  // Firefox's state of the event page: `running`, `stopped` and others.
  backgroundState() {
    return this.inBrowser((id) => WebExtensionPolicy.getByID(id)?.extension?.backgroundState, ID);
  }

  // Ends the event page, as the browser does after 30 seconds without an event. The next event starts another, perhaps at
  // once.
  killEventPage() {
    return this.inBrowser((id) => WebExtensionPolicy.getByID(id).extension.terminateBackground({ ignoreDevToolsAttached: true }), ID);
  }

  // Answers the permission prompt for a host, like a click on one of its buttons.
  async answerQuestion(isAllowed) {
    const press = (isAllowed) => {
      const question = PopupNotifications.panel.state === "open" && document.getElementById("addon-webext-permissions-notification");
      if (question) question[isAllowed ? "button" : "secondaryButton"].click();
      return Boolean(question);
    };
    await this.eventually(() => this.inBrowser(press, isAllowed), "the browser's question");
    await this.eventually(() => this.inBrowser(() => PopupNotifications.panel.state === "closed"), "the end of the browser's question");
  }

  // The badge in the toolbar.
  badge() {
    return this.inBrowser((id) => {
      const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
      return ExtensionParent.apiManager.global.browserActionFor(WebExtensionPolicy.getByID(id).extension).action.globals.badgeText;
    }, ID);
  }

  // The names of the visible notifications. A page of the extension must have the focus.
  notifications() {
    return this.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
  }

  // Clicks the visible notification.
  clickNotification() {
    return this.inBrowser(() => void [...Services.wm.getEnumerator("alert:alert")][0].onAlertClick());
  }

  // Shifts the clock of the running event page, until it ends. A page of the extension must have the focus.
  shiftClock(milliseconds) {
    return this.evaluate(async (milliseconds) => {
      const page = await browser.runtime.getBackgroundPage();
      const Real = page.Date;
      page.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + milliseconds); }
        static now() { return Real.now() + milliseconds; }
      };
    }, milliseconds);
  }

  // Fires the alarm now. A page of the extension must have the focus.
  ring() {
    return this.evaluate(async () => {
      const { periodInMinutes } = await chrome.alarms.get("refresh");
      await chrome.alarms.create("refresh", { when: Date.now(), periodInMinutes });
    });
  }

  // Ends the event page, and waits until none is running.
  stopEventPage() {
    return this.eventually(async () => {
      await this.killEventPage();
      return await this.backgroundState() === "stopped";
    }, "the end of the event page");
  }

  // Grants hosts to the extension, like the browser's page of add-ons.
  allow(origins) {
    return this.inBrowser(async (id, origins) => {
      const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
      await ExtensionPermissions.add(id, { permissions: [], origins, data_collection: [] }, WebExtensionPolicy.getByID(id).extension);
    }, ID, origins);
  }

  // What the browser's console says of the extension: exceptions, what its content policy refuses, and what it writes there
  // as an error. Work that an event page left when it was ended is none.
  async complaints() {
    // Firefox's remote settings reach no server here, and log that.
    const written = this.output.split("\n").filter((line) => line.startsWith("console.error:") && !line.startsWith("console.error: RSLoader:"));
    return [...written, ...await this.noted()];
  }

  noted() {
    return this.inBrowser((uuid) => Services.console.getMessageArray()
      .filter((message) => message instanceof Ci.nsIScriptError && !(message.flags & Ci.nsIScriptError.warningFlag))
      .map((message) => `${message.errorMessage} ${message.sourceName}:${message.lineNumber}`)
      .filter((text) => text.includes(uuid) && !/^Promise (resolved|rejected) after context unloaded/.test(text)), UUID);
  }

  async screenshot(path) {
    writeFileSync(path, Buffer.from(await this.ask("GET", "/moz/screenshot/full"), "base64"));
  }

  async close() {
    if (this.session) await this.call("DELETE", this.session).catch(() => {});
    this.driver.kill();
  }
}

export const makeProfile = () => mkdtempSync(join(tmpdir(), "drawdown-firefox-"));
export const removeProfile = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
