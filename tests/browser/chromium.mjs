// Chromium for the tests, the demo and the icons: finds it and starts it with the extension.
import { createHash } from "node:crypto";
import { accessSync, constants, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const dist = join(root, "dist");

// The browser that CHROMIUM names, else one on the PATH, else the one that Playwright downloaded.
export function findChromium() {
  const onPath = (name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name)).find(isProgram);
  const found = process.env.CHROMIUM || onPath("chromium") || [chromium.executablePath()].find(isProgram);
  if (!found) throw new Error("No Chromium was found. Install Debian's package chromium, or name one by CHROMIUM=/path.");
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const quiet = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--disable-default-apps", "--password-store=basic", "--force-color-profile=srgb",
];

// A browser without the extension.
export const launchPlain = () => chromium.launch({ executablePath: findChromium(), headless: true, args: quiet });

// The id that Chromium gives an unpacked extension: from its manifest's key, or from its folder.
export function extensionId(folder = dist) {
  const { key } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const hash = createHash("sha256").update(key ? Buffer.from(key, "base64") : realpathSync(folder)).digest("hex").slice(0, 32);
  return [...hash].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

// A browser with the unchanged extension. Calls to the simulator's hosts go to loopback, and all other calls fail. `profile` is
// kept if given.
export async function launch({ simulator, profile, folder = dist, headless = true, colorScheme = "light" }) {
  const userData = profile ?? makeProfile();
  const hosts = simulator.hosts.map((host) => `MAP ${host}:443 127.0.0.1:${simulator.port}`);
  const context = await chromium.launchPersistentContext(userData, {
    executablePath: findChromium(),
    headless,
    colorScheme,
    viewport: headless ? { width: 1000, height: 900 } : null,
    args: [
      ...(headless ? ["--headless=new"] : []), ...quiet,
      `--disable-extensions-except=${resolve(folder)}`, `--load-extension=${resolve(folder)}`,
      `--host-resolver-rules=${[...hosts, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"].join(", ")}`,
      "--ignore-certificate-errors",
    ],
  });
  return new Browser({ context, id: extensionId(folder), simulator, userData, isTemporary: !profile });
}

// The time in milliseconds that a browser may take to close.
const CLOSING = 20_000;

// Ends every process of the browser with this profile.
function killBrowser(userData) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`--user-data-dir=${userData}\0`)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended meanwhile, or belongs to another user.
    }
  }
}

export const makeProfile = () => mkdtempSync(join(tmpdir(), "drawdown-"));

// Helper processes of a closed browser may still write for a moment.
export const removeProfile = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

export class Browser {
  constructor(parts) {
    Object.assign(this, parts);
    this.violations = [];
  }

  url(page) {
    return `chrome-extension://${this.id}/${page}`;
  }

  // A page of the extension; violations of its content policy are recorded.
  async open(page, { width = 1000, height = 900 } = {}) {
    const opened = await this.context.newPage();
    await opened.setViewportSize({ width, height });
    await opened.exposeFunction("noteViolation", (what) => this.violations.push(`${page}: ${what}`));
    await opened.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
        window.noteViolation(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`));
    });
    await opened.goto(this.url(page));
    return opened;
  }

  popup() {
    return this.open("popup.html", { width: 380, height: 560 });
  }

  dashboard(anchor = "") {
    return this.open(`dashboard.html${anchor}`);
  }

  // The extension's worker; wakes it if it is asleep.
  async worker() {
    const known = this.context.serviceWorkers().find((worker) => worker.url().startsWith(this.url("")));
    return known ?? this.context.waitForEvent("serviceworker");
  }

  // The toolbar's badge and tooltip.
  async badge() {
    const page = await this.anyPage();
    return page.evaluate(async () => ({
      text: await chrome.action.getBadgeText({}),
      title: await chrome.action.getTitle({}),
      color: (await chrome.action.getBadgeBackgroundColor({})).join(","),
    }));
  }

  async anyPage() {
    const open = this.context.pages().find((page) => page.url().startsWith(this.url("")));
    return open ?? this.dashboard();
  }

  // Stops the worker as the browser would. The next message or alarm starts it again.
  async killWorker() {
    const page = await this.anyPage();
    const session = await this.context.newCDPSession(page);
    const { targetInfos } = await session.send("Target.getTargets");
    const workers = targetInfos.filter(({ type, url }) => type === "service_worker" && url.startsWith(this.url("")));
    for (const { targetId } of workers) await session.send("Target.closeTarget", { targetId });
    await session.detach();
    return workers.length;
  }

  // Grants or withdraws access to origins, as on the browser's details page of the extension. A program cannot click the
  // browser's permission prompt; with access granted before, it does not appear.
  async grant(...origins) {
    await this.details(async (page, id) => page.evaluate(async ([id, origins]) => {
      const developer = chrome.developerPrivate;
      await developer.updateExtensionConfiguration({ extensionId: id, hostAccess: "ON_SPECIFIC_SITES" });
      for (const origin of origins) await developer.addHostPermission(id, `${origin}/*`);
    }, [id, origins]));
  }

  async withhold(origin) {
    await this.details(async (page, id) => page.evaluate(async ([id, origin]) => {
      await chrome.developerPrivate.removeHostPermission(id, `${origin}/*`);
    }, [id, origin]));
  }

  // Loads the extension's files again, as a store's update does, and closes its pages. Returns the warnings about them. The
  // browser records warnings, and keeps an unpacked extension enabled, only in developer mode. The worker is stopped first, as a
  // store waits until it is idle: a debugger keeps it running, and the new version would sometimes take over a running worker,
  // which then receives no message.
  async reload() {
    await this.killWorker();
    const pages = this.context.pages().filter((page) => page.url().startsWith(this.url("")));
    const closed = Promise.all(pages.map((page) => page.isClosed() || page.waitForEvent("close")));
    let warnings;
    await this.details(async (page, id) => {
      await page.evaluate(async (id) => {
        await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
        await chrome.developerPrivate.reload(id, { failQuietly: true });
      }, id);
      const loaded = await page.waitForFunction(async (id) => {
        const { state, manifestErrors, runtimeErrors } = await chrome.developerPrivate.getExtensionInfo(id);
        return state === "ENABLED" && [...manifestErrors, ...runtimeErrors].map(({ message }) => message);
      }, id);
      warnings = await loaded.jsonValue();
    });
    await closed;
    return warnings;
  }

  async details(act) {
    const page = await this.context.newPage();
    await page.goto("chrome://extensions/");
    await act(page, this.id);
    await page.close();
  }

  // Closes the browser, by force if necessary, and then removes the profile unless the caller gave it.
  async close() {
    const force = setTimeout(() => killBrowser(this.userData), CLOSING);
    await this.context.close().finally(() => clearTimeout(force));
    if (this.isTemporary) removeProfile(this.userData);
  }
}
