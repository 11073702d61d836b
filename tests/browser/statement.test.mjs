// The month statement and clients: a client is set and found by search, and the statement of a month with five accounts prints on
// one sheet.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launchPlain } from "./chromium.mjs";
import { setClock } from "./clock.mjs";
import { byHand, go, shows, test } from "./drive.mjs";
import { accountIds, send, startHousehold } from "./household.mjs";

let scene;
before(async () => (scene = await startHousehold()), { timeout: 120_000 });
after(() => scene?.end());

// The number of sheets of a printed page. The extension's browser may be unable to print, so the page is opened unchanged, with
// its styles, in one that can.
async function sheets(page) {
  const html = await page.evaluate(async () => {
    const styles = await Promise.all([...document.styleSheets].map(async ({ href }) => (await fetch(href)).text()));
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll("script, link").forEach((element) => element.remove());
    copy.querySelector("head").append(Object.assign(document.createElement("style"), { textContent: styles.join("\n") }));
    return `<!doctype html>${copy.outerHTML}`;
  });
  const plain = await launchPlain();
  try {
    const paper = await plain.newPage();
    await paper.setContent(html);
    const pdf = await paper.pdf({ preferCSSPageSize: true });
    await paper.emulateMedia({ media: "print", colorScheme: "dark" });
    const shown = await paper.evaluate(() => ({
      ink: getComputedStyle(document.querySelector("#statement h2")).color,
      paper: getComputedStyle(document.body).backgroundColor,
      visible: ["#nav", "#head", "[data-print]"].filter((element) => document.querySelector(element)?.checkVisibility()),
    }));
    return { count: pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length, pdf, ...shown };
  } finally {
    await plain.close();
  }
}

test("a client is set in a form, undone next to it, and found by a search", async () => {
  const { dashboard } = scene;
  const [deepseek, openai] = await accountIds(dashboard);
  await go(dashboard, `accounts/${openai}`, `#account-${openai}`);
  await dashboard.click(`#account-${openai} details.more > summary`);
  await dashboard.click(`#account-${openai} details:has(> [data-do=client]) > summary`);
  await dashboard.fill(`#client-${openai}`, "Acme");
  await dashboard.fill(`#client-line-${openai}`, "gpt-9");
  await dashboard.click(`#account-${openai} [data-do=client] button`);
  await shows(dashboard, `#account-${openai}`, "no model or project called gpt-9");
  assert.equal(await dashboard.inputValue(`#client-${openai}`), "Acme", "what was typed stays");
  await dashboard.fill(`#client-line-${openai}`, "");
  await dashboard.click(`#account-${openai} [data-do=client] button`);
  await shows(dashboard, `#account-${openai}`, "Client: Acme");
  await send(dashboard, { do: "client", account: deepseek, line: "", client: "Globex" });
  await go(dashboard, "accounts", "#account-search");
  await dashboard.fill("#account-search", "acme");
  assert.deepEqual(await dashboard.locator("#account-list > li:not([hidden]) .name b").allTextContents(), ["OpenAI"]);
  await go(dashboard, "overview", "#by-client:not([hidden])");
  await shows(dashboard, "#by-client", "Globex");
  assert.deepEqual(scene.browser.violations, []);
});

test("the statement of a month with five accounts is one sheet of A4, dark on white", async () => {
  const { dashboard, browser } = scene;
  for (const name of ["Modal", "Lambda"]) await byHand(dashboard, name, "balance", "25");
  await setClock(browser, "2026-12-05T10:00:00Z");
  await send(dashboard, { do: "refresh" });
  await go(dashboard, "overview/2026-11", "#overview a[href*='statement/2026-11']");
  await dashboard.click("#overview a[href*='statement/2026-11']");
  await dashboard.waitForSelector("#statement .sheet");
  await shows(dashboard, "#statement", "Statement for November 2026");
  const accounts = await dashboard.locator(".sheet tbody th").allTextContents();
  assert.equal(new Set(accounts).size, 5, accounts.join());
  const printed = await sheets(dashboard);
  assert.equal(printed.count, 1);
  assert.deepEqual([printed.ink, printed.paper, printed.visible], ["rgb(0, 0, 0)", "rgb(255, 255, 255)", []]);
  assert.deepEqual(browser.violations, []);
});
