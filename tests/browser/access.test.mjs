// Accessibility: axe-core finds nothing in any view and state, nothing is wider than a narrow screen, and click targets are large
// enough.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { CARD, PASSWORD, Scene, connect, go, test } from "./drive.mjs";
import { accountIds, send, startHousehold } from "./household.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The problems that axe finds on a page, in both themes.
async function violations(page, state) {
  const found = [];
  await page.bringToFront();
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    // `preload` would fetch the stylesheets again, which the content policy does not allow.
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"], preload: false }));
    for (const { id, nodes } of violations) found.push(`${state}, ${colorScheme}: ${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join("; ")}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

let scene, dashboard, popup, places;
before(async () => {
  scene = await startHousehold();
  ({ dashboard } = scene);
  popup = await scene.browser.popup();
  const ids = await accountIds(dashboard);
  places = [
    "overview", "overview/2026-10", "overview/2026-11-22", "overview?chart=sum&models=week&year=account", "accounts", ...ids.map((id) => `accounts/${id}`),
    "accounts/add", "accounts/add/deepseek", "accounts/add/google", "accounts/add/manual", "accounts/add/file", "budget", "data",
    "data/requests", "settings",
  ];
}, { timeout: 120_000 });
after(() => scene?.end());

// Opens a place and everything in it that can be opened.
async function unfold(place) {
  await go(dashboard, place, "main > section:not([hidden])");
  await dashboard.waitForFunction((place) => location.hash.slice(1) === place && !document.querySelector("[aria-busy]"), place);
  await dashboard.waitForSelector(place.includes("/2026-11-22") ? "#day" : place.includes("requests") ? "#requests" : "[data-open]");
  await dashboard.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
}

test("axe finds nothing before the first account, and nothing before a password is chosen", async (t) => {
  const empty = await Scene.start();
  t.after(() => empty.end());
  const page = await empty.browser.dashboard();
  const found = [];
  for (const place of ["overview", "accounts", "accounts/add/deepseek", "budget", "data", "settings"]) {
    await go(page, place, "main > section:not([hidden])");
    found.push(...await violations(page, `empty, ${place}`));
  }
  found.push(...await violations(await empty.browser.popup(), "empty, popup"));
  await connect(page, "sk-ant-api03-0123456789");
  await page.waitForSelector("#connect [aria-invalid]");
  found.push(...await violations(page, "a wrong key"));
  await connect(page);
  await page.waitForSelector("#seal form");
  found.push(...await violations(page, "no password"));
  assert.deepEqual(found, []);
});

test("axe finds nothing in any place", async () => {
  const found = [];
  for (const place of places) {
    await unfold(place);
    found.push(...await violations(dashboard, place));
  }
  found.push(...await violations(popup, "popup"));
  await send(popup, { do: "hide", hidden: "on" });
  await dashboard.waitForFunction(() => document.body.innerText.includes("Show them"));
  found.push(...await violations(popup, "popup, hidden"));
  await send(popup, { do: "hide" });
  assert.deepEqual(found, []);
});

test("nothing is wider than 320 pixels, which a page of 640 is at 200 % zoom", async () => {
  await dashboard.bringToFront();
  await dashboard.setViewportSize({ width: 320, height: 640 });
  const wide = [];
  for (const place of places) {
    await unfold(place);
    const found = await dashboard.evaluate(() => {
      const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
      const outside = [...document.querySelectorAll("#page a, #page button, #page input, #page select, #page textarea, #page summary, nav a")]
        .filter((control) => control.checkVisibility({ checkVisibilityCSS: true }) && !control.matches(".unseen, .skip") && !scrolls(control.parentElement))
        .filter((control) => { const { left, right } = control.getBoundingClientRect(); return left < -1 || right > 321; });
      return [document.documentElement.scrollWidth, ...outside.map((control) => control.outerHTML.slice(0, 80))];
    });
    if (found[0] > 320 || found.length > 1) wide.push([place, ...found]);
  }
  await dashboard.setViewportSize({ width: 1000, height: 900 });
  assert.deepEqual(wide, []);
});

test("what is pressed is at least 24 pixels wide and high", async () => {
  const small = async (page, place) => (await page.evaluate(() => {
    // A link or a figure in a sentence is as high as its line, and a day of a chart as wide as its month allows.
    const isInSentence = (control) => [...control.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const target = (control) => control.labels?.[0]?.matches(".choice") ? control.labels[0] : control;
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
      .filter((control) => control.checkVisibility() && !control.matches(".unseen, .skip, [type=hidden]") && !control.closest("svg"))
      .filter((control) => !control.matches("a, .figure") || !isInSentence(control))
      .map((control) => [control, target(control).getBoundingClientRect()])
      .filter(([, { width, height }]) => width < 23.5 || height < 23.5)
      .map(([control, { width, height }]) => `${Math.round(width)} × ${Math.round(height)} ${control.outerHTML.slice(0, 90)}`);
  })).map((found) => `${place}: ${found}`);
  const found = [];
  for (const place of places) {
    await unfold(place);
    found.push(...await small(dashboard, place));
  }
  await popup.bringToFront();
  found.push(...await small(popup, "popup"));
  assert.deepEqual(found, []);
});

test("axe finds nothing where a key is rejected, nothing is reached or the vault is locked", async () => {
  const [deepseek] = await accountIds(dashboard);
  const found = [];
  scene.simulator.always = { status: 401, body: {} };
  await send(popup, { do: "refresh" });
  for (const place of ["overview", `accounts/${deepseek}`]) {
    await go(dashboard, place, place === "overview" ? "#attention" : CARD);
    await dashboard.waitForSelector(".note.bad");
    found.push(...await violations(dashboard, `rejected, ${place}`));
  }
  found.push(...await violations(popup, "popup, rejected"));
  await send(popup, { do: "lock" });
  for (const place of ["overview", "accounts/add", "settings"]) {
    await go(dashboard, place, "#unlock-password");
    found.push(...await violations(dashboard, `locked, ${place}`));
  }
  await popup.waitForSelector("#unlock-password");
  found.push(...await violations(popup, "popup, locked"));
  await send(popup, { do: "unlock", password: PASSWORD });
  assert.deepEqual(found, []);
});
