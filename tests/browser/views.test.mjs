// The dashboard's places: the open view, the address, the focus, and changes elsewhere.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { CARD, PASSWORD, go, refresh, shows, test } from "./drive.mjs";
import { accountIds, send, startHousehold } from "./household.mjs";

let scene, dashboard, popup, deepseek, openai, runpod;
before(async () => {
  scene = await startHousehold();
  ({ dashboard } = scene);
  popup = await scene.browser.popup();
  [deepseek, openai, runpod] = await accountIds(dashboard);
}, { timeout: 120_000 });
after(() => scene?.end());

const OVERVIEW = ["overview", "chart", "attention", "by-account", "by-model", "year", "balances", "pin", "estimate"];
const CLOSED_MONTH = ["overview", "chart", "by-account", "by-model", "year", "pin"];

// Every place: its address, its view, and its sections.
const places = () => [
  ["overview", "overview", OVERVIEW],
  ["overview/2026-10", "overview", CLOSED_MONTH],
  ["statement/2026-10", "overview", ["statement"]],
  ["overview/2026-11-22", "overview", [...OVERVIEW, "day"]],
  ["accounts", "accounts", ["accounts", "connect"]],
  [`accounts/${deepseek}`, "accounts", ["accounts", `account-${deepseek}`]],
  [`accounts/${openai}`, "accounts", ["accounts", `account-${openai}`]],
  [`accounts/${runpod}`, "accounts", ["accounts", `account-${runpod}`]],
  ["accounts/add", "accounts", ["accounts", "connect"]],
  ["accounts/add/deepseek", "accounts", ["accounts", "connect"]],
  ["accounts/add/manual", "accounts", ["accounts", "connect"]],
  ["accounts/add/file", "accounts", ["accounts", "connect"]],
  ["budget", "budget", ["plans", "subscriptions", "untracked", "currencies"]],
  ["data", "data", ["import", "export", "statements", "backup", "data", "diagnostics"]],
  ["data/requests", "data", ["import", "export", "statements", "backup", "data", "diagnostics", "requests"]],
  ["settings", "settings", ["settings", "appearance", "alerts", "password", "sync", "computers", "erase"]],
];

// The dashboard's frame: the address, the view that the navigation marks, and the sections.
const open = () => dashboard.evaluate(() => ({
  place: location.hash.slice(1),
  view: [...document.querySelectorAll("#nav [aria-current=page]")].map((link) => link.hash.slice(1)).join(),
  sections: [...document.querySelectorAll("main > [id]:not([hidden])")].map(({ id }) => id).sort(),
}));

// Waits until a place is open with these sections.
async function arrived(place, view, sections) {
  const wanted = { place, view, sections: [...sections].sort() };
  let found;
  const limit = Date.now() + 10_000;
  do found = await open(); while (JSON.stringify(found) !== JSON.stringify(wanted) && Date.now() < limit);
  assert.deepEqual(found, wanted);
}

// The focused element: its name in the page, or "body".
const focused = (page) => page.evaluate(() => {
  const { activeElement: active } = document;
  if (!active || active === document.body) return "body";
  return `${active.tagName.toLowerCase()}${active.id && `#${active.id}`}`;
});

// Presses Enter on a control, and waits for its form's reply.
async function press(page, selector) {
  await page.focus(selector);
  await page.evaluate(() => {
    globalThis.answered = new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`nothing was sent from ${location.hash}`)), 8_000);
      document.addEventListener("submit", ({ target }) => {
        new MutationObserver(() => target.hasAttribute("aria-busy") || done()).observe(target, { attributeFilter: ["aria-busy"] });
      }, { capture: true, once: true });
    });
    globalThis.answered.catch(() => {});
  });
  await page.keyboard.press("Enter");
  await page.evaluate(() => globalThis.answered);
}

test("each place is rendered alone, and back and forward lead through them", async () => {
  const all = places();
  for (const [place, view, sections] of all) {
    await go(dashboard, place, "main > section:not([hidden])");
    await arrived(place, view, sections);
  }
  for (const [place, view, sections] of all.slice(0, -1).reverse()) {
    await dashboard.evaluate(() => history.back());
    await arrived(place, view, sections);
  }
  for (const [place, view, sections] of all.slice(1)) {
    await dashboard.evaluate(() => history.forward());
    await arrived(place, view, sections);
  }
  await dashboard.reload();
  await arrived(...all.at(-1));
  await go(dashboard, "overview");
  for (const [, view] of all.filter(([place, view]) => place === view)) {
    await dashboard.click(`#nav a[href="#${view}"]`);
    await dashboard.waitForSelector(`#nav a[href="#${view}"][aria-current=page]`);
    assert.equal(await focused(dashboard), view === "overview" ? "a" : "h1", `${view} begins at its title`);
  }
  assert.deepEqual(scene.browser.violations, []);
});

test("a month and one of its days are reached by keyboard", async () => {
  await go(dashboard, "overview");
  await dashboard.focus("#month-before");
  await dashboard.keyboard.press("Enter");
  await arrived("overview/2026-10", "overview", CLOSED_MONTH);
  await shows(dashboard, "#head h1", "October 2026");
  assert.equal(await focused(dashboard), "a#month-before");
  await dashboard.focus("#month-after");
  await dashboard.keyboard.press("Enter");
  await arrived("overview", "overview", OVERVIEW);

  const stop = "#chart [data-roving] a[tabindex='0']";
  assert.equal(await dashboard.locator(stop).count(), 1, "the chart is one tab stop");
  await dashboard.focus(stop);
  await dashboard.keyboard.press("End");
  await dashboard.keyboard.press("Home");
  for (let day = 1; day < 22; day += 1) await dashboard.keyboard.press("ArrowRight");
  await dashboard.keyboard.press("ArrowLeft");
  await dashboard.keyboard.press("Enter");
  await arrived("overview/2026-11-21", "overview", [...OVERVIEW, "day"]);
  assert.equal(await focused(dashboard), "h2", "the day has the focus");
  await shows(dashboard, "#day h2", "Nov 21: ");
  await dashboard.focus("#day-after");
  await dashboard.keyboard.press("Enter");
  await arrived("overview/2026-11-22", "overview", [...OVERVIEW, "day"]);
  await shows(dashboard, "#day h2", "Nov 22: ");
  assert.notEqual(await focused(dashboard), "body");

  // Yesterday by model, two steps from the overview.
  await go(dashboard, "overview");
  await dashboard.click("#models-yesterday");
  await arrived("overview?models=yesterday", "overview", OVERVIEW);
  await shows(dashboard, "#by-model", "gpt-5.5");
  assert.equal(await focused(dashboard), "a#models-yesterday");
  await dashboard.click("#chart-sum");
  await arrived("overview?chart=sum&models=yesterday", "overview", OVERVIEW);
  assert.equal(await focused(dashboard), "a#chart-sum");
});

test("the first tab stop skips the navigation", async () => {
  await dashboard.goto(scene.browser.url("dashboard.html#budget"));
  await dashboard.reload();
  await dashboard.waitForSelector("#plans");
  await dashboard.keyboard.press("Tab");
  assert.ok(await dashboard.evaluate(() => document.activeElement.matches("a.skip")));
  await dashboard.keyboard.press("Enter");
  assert.equal(await focused(dashboard), "main#view");
  await dashboard.keyboard.press("Tab");
  assert.ok(await dashboard.evaluate(() => document.activeElement.closest("main") !== null));
  assert.equal(new URL(dashboard.url()).hash, "#budget", "the view stays");
});

// Refused forms: the place, what is opened first, the form, its field and its text.
const refusals = () => [
  ["budget", [], "#plans [data-do=budget]", "amount", "much"],
  ["budget", ["#subscriptions > details > summary"], "#subscriptions > details [data-do=plan]", "amount", "much", { name: "Cursor Pro" }],
  ["budget", [], "#currencies [data-do=rate]", "rate", "-1"],
  ["settings", [], "#settings [data-do=settings]", "period_minutes", "3"],
  ["settings", [], "#alerts [data-do=alerts]", "run_out_days", "soon"],
  ["settings", [], "#password [data-do=change_password]", "current", "a wrong password", { password: "another good password", again: "another good password" }],
  ["settings", [], "#password [data-do=change_password]", "again", "another password", { current: PASSWORD, password: "another good password" }],
  ["accounts/add/deepseek", [], "#connect [data-do=connect]", "key", "sk-ant-api03-0123456789"],
  ["accounts/add/manual", [], "#connect [data-do=by_hand]", "amount", "much", { label: "Lambda" }],
  [`accounts/${runpod}`, [], `${CARD} [data-do=figure]`, "amount", "much"],
  [`accounts/${runpod}`, ["details.more > summary", `${CARD} summary:has-text("Reminder")`], `${CARD} [data-do=remind]`, "days", "soon"],
  [`accounts/${deepseek}`, [`${CARD} summary:has-text("I topped up")`], `${CARD} [data-do=declare]:has(select[name=kind])`, "amount", "much"],
  [`accounts/${deepseek}`, ["details.more > summary", `${CARD} summary:has-text("Replace key")`], `${CARD} [data-do=replace_key]`, "key", "sk-ant-api03-0123456789"],
  ["overview", ["#estimate summary >> nth=0"], "#estimate [data-do=what_if_text]", "answer", "many"],
  ["overview", ["#estimate summary >> nth=1"], "#estimate [data-do=what_if_growth]", "percent", "much"],
];

test("what is refused says so at its field, which keeps its value and the focus", async () => {
  const wrong = [];
  for (const [place, openers, form, name, value, others = {}] of refusals()) {
    await go(dashboard, "data", "#import"); // leaves what the last one said
    await go(dashboard, place, form.split(" ")[0] === "main" ? CARD : form.split(" ")[0]);
    for (const opener of openers) {
      const summary = dashboard.locator(opener).first();
      if (!(await summary.evaluate((summary) => summary.parentElement.open))) await summary.click();
    }
    for (const [other, text] of Object.entries(others)) await dashboard.locator(`${form} [name=${other}]`).first().fill(text);
    const field = dashboard.locator(`${form} [name=${name}]`).first();
    await field.fill(value);
    await press(dashboard, `${form} [name=${name}]`);
    const found = await dashboard.evaluate(() => {
      const field = document.activeElement;
      const why = document.getElementById(field.getAttribute("aria-describedby"));
      return { name: field.name, value: field.value, invalid: field.getAttribute("aria-invalid"), isSaid: Boolean(why?.innerText.trim()) };
    });
    const wanted = { name, value, invalid: "true", isSaid: true };
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push([place, form, name, found]);
  }
  assert.deepEqual(wrong, []);
});

test("a change elsewhere shows in whatever is open", async () => {
  const elsewhere = (message) => send(popup, { page: "popup", ...message });
  const is = (field, value) => dashboard.waitForFunction(([field, value]) => document.querySelector(field)?.value === value, [field, value], { timeout: 10_000 });
  const says = (section, text) => () => shows(dashboard, section, text);
  const holds = (field, value) => () => is(field, value);
  const changes = [
    ["overview", { do: "budget", amount: "500" }, says("#overview", "$500")],
    ["overview", { do: "rename", account: runpod, label: "Pods" }, says("#by-account", "Pods")],
    ["overview", { do: "figure", account: runpod, amount: "5.20" }, says("#by-account", "$5.20")],
    ["overview", { do: "plan", name: "Cursor Pro", amount: "16", currency: "USD", every: "month", day: "25", since: "2026-01-01" }, says("#balances", "Cursor Pro")],
    ["overview/2026-11-22", { do: "hide", hidden: "on" }, says("#day h2", "•••")],
    ["overview/2026-10", { do: "hide" }, says("#overview", "$")],
    ["accounts", { do: "rename", account: runpod, label: "Pods 2" }, says("#accounts", "Pods 2")],
    [`accounts/${runpod}`, { do: "rename", account: runpod, label: "Pods 3" }, says(CARD, "Pods 3")],
    [`accounts/${runpod}`, { do: "pause", account: runpod }, says(CARD, "Resume")],
    [`accounts/${openai}`, { do: "pause", account: openai }, says("#accounts", "paused")],
    [`accounts/${openai}`, { do: "resume", account: openai }, says(CARD, "Pause")],
    ["budget", { do: "budget", amount: "600" }, holds("#budget", "600.00")],
    ["budget", { do: "plan", name: "Windsurf Pro", amount: "15", currency: "USD", every: "month", day: "25", since: "2026-01-01" }, says("#subscriptions", "Windsurf Pro")],
    ["budget", { do: "rate", currency: "CNY", rate: "0.15" }, holds("#rate-CNY", "0.15")],
    ["data", { do: "rename", account: runpod, label: "Pods 4" }, () => dashboard.waitForSelector("#import-account option:has-text('Pods 4')", { state: "attached" })],
    ["settings", { do: "settings", period_minutes: "30", currency: "USD", language: "" }, holds("#period", "30")],
    ["settings", { do: "appearance", theme: "light", badge: "today" }, holds("#badge", "today")],
    ["settings", { do: "alerts", run_out_days: "9" }, holds("#alert-run_out_days", "9")],
    ["settings", { do: "lock" }, says("#password", "Forgot your password?")],
    ["accounts/add/deepseek", { do: "unlock", password: PASSWORD }, () => dashboard.waitForSelector("#key-deepseek")],
    ["accounts/add", { do: "lock" }, says("#connect", "Unlock Drawdown")],
    ["accounts/add", { do: "unlock", password: PASSWORD }, () => dashboard.waitForSelector("#gallery")],
  ];
  for (const [place, message, shown] of changes) {
    await go(dashboard, place, "main > section:not([hidden])");
    await dashboard.waitForFunction((place) => location.hash.slice(1) === place && document.querySelector("main > section:not([hidden])"), place);
    const reply = await elsewhere(message);
    assert.ok(reply.ok, `${message.do}: ${reply.html.match(/class="said[^>]*>([^<]*)/)?.[1]}`);
    await assert.doesNotReject(shown(), `${place} shows ${message.do}`);
  }
  await go(dashboard, "data/requests", "#requests tbody");
  const before = await dashboard.locator("#requests tbody tr").count();
  await elsewhere({ do: "refresh" });
  await dashboard.waitForFunction((before) => document.querySelectorAll("#requests tbody tr").length > before, before);
});

test("the shortcut hides amounts on every page, and shows them again", async () => {
  await go(dashboard, "overview");
  await dashboard.focus("#refresh");
  const shortcut = async () => (await scene.browser.worker()).evaluate(() => chrome.commands.onCommand.dispatch("hide-amounts"));
  await shortcut();
  await shows(dashboard, "#overview", "•••");
  await shows(popup, "#hero", "•••");
  assert.equal(await focused(dashboard), "button#refresh");
  await shortcut();
  await shows(dashboard, "#overview", "$");
  await shows(popup, "#hero", "$");
});

test("an account is moved by keyboard, and the focus stays on its button", async () => {
  await go(dashboard, "accounts", `#up-${runpod}`);
  const names = () => dashboard.locator("#account-list a.name b").allInnerTexts();
  const before = await names();
  const name = await dashboard.locator(`li:has(#up-${runpod}) a.name b`).innerText();
  const place = before.indexOf(name);
  assert.ok(place > 1, before.join());
  for (let up = 1; up <= place; up += 1) {
    await press(dashboard, `#up-${runpod}`);
    const said = `${name} is now ${place + 1 - up} of ${before.length}.`;
    await shows(dashboard, "#accounts", said);
    assert.equal(await dashboard.evaluate(() => document.getElementById("say").textContent), said);
    assert.equal(await focused(dashboard), `button#up-${runpod}`);
  }
  assert.equal((await names())[0], name);
  // The first account cannot move further up: its button keeps the focus and does nothing.
  assert.equal(await dashboard.getAttribute(`#up-${runpod}`, "aria-disabled"), "true");
  for (let down = 1; down <= place; down += 1) await press(dashboard, `#down-${runpod}`);
  assert.deepEqual(await names(), before);
  assert.equal(await focused(dashboard), `button#down-${runpod}`);
});

// Accepted forms: the place, what is opened first, the text, and the control that is pressed.
const actions = () => [
  ["overview", [], {}, "#refresh"],
  ["overview", [], {}, "#hide"],
  ["overview", [], {}, "#hide"],
  ["overview", ["#estimate summary >> nth=0"], { "#estimate-answer": "800", "#estimate-input": "1", "#estimate-output": "2" }, "#estimate [data-do=what_if_text] button"],
  ["overview", ["#estimate summary >> nth=1"], { "#estimate-amount": "10" }, "#estimate [data-do=what_if_top_up] button"],
  ["overview", ["#estimate summary >> nth=1"], { "#estimate-percent": "10" }, "#estimate [data-do=what_if_growth] button"],
  ["overview", [], {}, "#attention .ask form[data-do=declare] button"],
  [`accounts/${deepseek}`, [`${CARD} summary:has-text("Your entries")`], {}, `${CARD} .stated [data-do=undo] button`],
  [`accounts/${deepseek}`, [], {}, `${CARD} .ask form[data-do=declare] button`],
  [`accounts/${deepseek}`, [`${CARD} summary:has-text("I topped up")`], { [`#amount-${deepseek}`]: "1" }, `${CARD} [data-do=declare]:has(select[name=kind]) button`],
  [`accounts/${deepseek}`, ["details.more > summary", `${CARD} summary:has-text("Rename")`], { [`#label-${deepseek}`]: "mine" }, `${CARD} [data-do=rename] button`],
  [`accounts/${deepseek}`, [], {}, `${CARD} [data-do=pause] button`],
  [`accounts/${deepseek}`, [], {}, `${CARD} [data-do=resume] button`],
  [`accounts/${deepseek}`, ["details.more > summary", `${CARD} summary:has-text("Replace key")`], { [`#key-${deepseek}`]: "sk-fedcba9876543210fedcba9876543210" }, `${CARD} [data-do=replace_key] button`],
  [`accounts/${deepseek}`, [], {}, `${CARD} [data-do=drop_key] button`],
  [`accounts/${runpod}`, [], { [`#figure-${runpod}`]: "6" }, `${CARD} [data-do=figure] button`],
  [`accounts/${runpod}`, [`${CARD} summary:has-text("Your entries")`], {}, `${CARD} .stated [data-do=undo] button`],
  [`accounts/${runpod}`, ["details.more > summary", `${CARD} summary:has-text("Reminder")`], { [`#days-${runpod}`]: "5" }, `${CARD} [data-do=remind] button`],
  ["accounts/add/manual", [], { "#hand-name": "Lambda", "#hand-amount": "3" }, "#connect [data-do=by_hand] button"],
  ["accounts/add/file", [], { "#file-name": "Vast" }, "#connect [data-do=by_file] button"],
  ["budget", [], { "#budget": "700" }, "#plans [data-do=budget] button"],
  ["budget", ["#subscriptions > details > summary"], { "#plan-new-name": "ChatGPT Plus", "#plan-new-amount": "20" }, "#subscriptions > details [data-do=plan] button"],
  ["budget", ["#subscriptions li details summary"], {}, "#subscriptions li [data-do=plan] button"],
  ["budget", [], {}, "#subscriptions [data-do=drop_plan] button"],
  ["budget", [], { "#rate-CNY": "0.2" }, "#currencies [data-do=rate] button"],
  ["settings", [], { "#period": "20" }, "#settings button.go"],
  ["settings", [], {}, "#appearance button.go"],
  ["settings", [], { "#alert-run_out_days": "8" }, "#alerts button.go"],
  ["settings", [], { "#current": PASSWORD, "#change-password": "another good password", "#change-again": "another good password" }, "#password button.go"],
  [`accounts/${runpod}`, ["details.more > summary", `${CARD} summary:has-text("Remove")`], {}, `${CARD} [data-do=remove] button`],
  ["accounts", [], {}, `#down-${deepseek}`],
  ["accounts", [], {}, "#lock"],
  ["accounts", [], { "#unlock-password": "another good password" }, "#unlock button.go"],
];

test("after every action the focus is on a control or on what came of it", async () => {
  scene.simulator.add(Object.assign(Object.create(Object.getPrototypeOf(scene.account)), scene.account, { key: "sk-fedcba9876543210fedcba9876543210" }));
  const lost = [];
  for (const [place, openers, entered, control] of actions()) {
    await go(dashboard, place, "main > section:not([hidden])");
    await dashboard.waitForSelector(openers[0] ?? Object.keys(entered)[0] ?? control);
    for (const opener of openers) {
      const summary = dashboard.locator(opener).first();
      if (!(await summary.evaluate((summary) => summary.parentElement.open))) await summary.press("Enter");
    }
    for (const [field, value] of Object.entries(entered)) await dashboard.fill(field, value);
    await press(dashboard, control);
    const at = await dashboard.evaluate(() => [document.activeElement === document.body, document.activeElement.checkVisibility()]);
    if (at[0] || !at[1]) lost.push([place, control]);
  }
  await popup.bringToFront();
  for (const control of ["#refresh", "#hide", "#hide"]) {
    await press(popup, control);
    if (await focused(popup) === "body") lost.push(["popup", control]);
  }
  await press(popup, "#lock");
  if (await focused(popup) === "body") lost.push(["popup", "#lock"]);
  await popup.fill("#unlock-password", "another good password");
  await press(popup, "#unlock button.go");
  if (await focused(popup) === "body") lost.push(["popup", "#unlock"]);
  await refresh(popup);
  assert.deepEqual(lost, []);
  assert.deepEqual(scene.browser.violations, []);
});

test("a place that is opened while pushes wait for an answer is shown", async () => {
  const { dashboard, browser } = scene;
  await go(dashboard, "overview");
  // The page gets no reply until the gate opens.
  await dashboard.evaluate(() => {
    const real = chrome.runtime.sendMessage.bind(chrome.runtime);
    const gate = new Promise((open) => (globalThis.openGate = open));
    chrome.runtime.sendMessage = async (text) => (JSON.parse(text).do === "show" && (await gate), real(text));
  });
  const popup = await browser.popup();
  // The first push asks, and the second waits for its reply.
  for (const hidden of ["on", ""]) await send(popup, { page: "popup", do: "hide", hidden });
  await dashboard.bringToFront();
  await dashboard.click("#head [data-do=hide] button");
  await dashboard.waitForSelector("#head [name=hidden][value='']", { state: "attached" });
  await dashboard.evaluate(() => (location.hash = "data"));
  await dashboard.evaluate(() => globalThis.openGate());
  await dashboard.waitForSelector("#backup");
  await popup.close();
  await dashboard.click("#head [data-do=hide] button");
  assert.deepEqual(browser.violations, []);
});
