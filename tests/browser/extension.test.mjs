// The whole extension, unchanged, in a real browser against simulated providers on loopback.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ring, setClock } from "./clock.mjs";
import { CARD, KEY, ORIGIN, PASSWORD, account, allStorage, begin, connect, connected, go, importFiles, openAccount, openMore, readings, refresh, seal, shows, test } from "./drive.mjs";

test("from a pasted key to the badge", async (t) => {
  const { browser, simulator, account } = await begin(t);
  const dashboard = await browser.context.waitForEvent("page", { predicate: (page) => page.url().endsWith("dashboard.html"), timeout: 1000 }).catch(() => browser.dashboard());
  await dashboard.waitForSelector("#gallery");
  assert.equal((await browser.badge()).text, "", "empty before the first account");
  await connect(dashboard, "sk-ant-api03-not-of-deepseek");
  await shows(dashboard, "#connect", "This is a key from Anthropic");
  assert.equal(simulator.requests.length, 0, "nothing was sent");
  await connect(dashboard, KEY, "main");
  await shows(dashboard, "#note", "Balance: $20.00. Tracking starts now.");
  assert.equal((await browser.badge()).text, "–");
  await seal(dashboard);
  await shows(dashboard, "#pin", "Pin Drawdown to your toolbar");

  const popup = await browser.popup();
  await shows(popup, "#accounts", "$20.00 left");
  account.spend(123);
  await refresh(popup);
  await shows(popup, "#hero", "$1.23*");
  await shows(dashboard, "#overview", "$1.23*"); // pushed, without a click there
  const { text, title } = await browser.badge();
  assert.equal(text, "$1.2");
  assert.match(title, /so far: about \$1\.23\n.*\nDeepSeek main · \$18\.77 left/s);
  for (const { host, method, path, headers } of simulator.requests) {
    assert.deepEqual([host, method, path, headers.authorization], ["api.deepseek.com", "GET", "/user/balance", `Bearer ${KEY}`]);
    assert.ok(!("cookie" in headers || "referer" in headers || "origin" in headers), "nothing else goes along");
  }
  assert.deepEqual(browser.violations, []);
});

test("one click in the empty popup opens the dashboard at the field of a provider's key", async (t) => {
  const { browser } = await begin(t);
  await browser.dashboard();
  const popup = await browser.popup();
  const opened = browser.context.waitForEvent("page");
  await popup.click("#hero a:has-text('DeepSeek')");
  const dashboard = await opened;
  await dashboard.waitForSelector("#key-deepseek:focus");
  assert.match(dashboard.url(), /dashboard\.html#accounts\/add\/deepseek$/);
  await dashboard.keyboard.type(KEY);
  await dashboard.keyboard.press("Enter");
  await shows(dashboard, "#note", "Balance: $20.00. Tracking starts now.");
});

test("the alarm refreshes without a page", async (t) => {
  const now = Date.now();
  const { browser, account, simulator } = await begin(t, { at: now });
  const dashboard = await connected(browser);
  const asked = simulator.requests.length;
  account.spend(250);
  await setClock(browser, now + 20 * 60_000);
  await ring(browser);
  await shows(dashboard, "#overview", "$2.50*");
  assert.equal(simulator.requests.length, asked + 1);
  assert.equal((await browser.badge()).text, "$2.5");
  const alarm = await dashboard.evaluate(() => chrome.alarms.get("refresh"));
  assert.equal(alarm.periodInMinutes, 15);
});

test("the popup's first frame needs no worker", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  account.spend(100);
  await refresh(dashboard);
  await shows(dashboard, "#overview", "$1.00*");
  const popup = await browser.context.newPage();
  await popup.addInitScript(() => { chrome.runtime.sendMessage = () => new Promise(() => {}); });
  await popup.goto(browser.url("popup.html"));
  await shows(popup, "#hero", "$1.00*");
  await shows(popup, "#accounts", "$19.00 left");
});

test("a page that can't read storage, and is answered only at the third try, is shown all the same", async (t) => {
  const { browser } = await begin(t);
  await connected(browser);
  const popup = await browser.context.newPage();
  await popup.addInitScript(() => {
    chrome.storage.local.get = () => Promise.reject(new Error("storage is not there"));
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    let refusals = 2;
    chrome.runtime.sendMessage = (text) => (refusals-- > 0 ? Promise.reject(new Error("the worker was stopped")) : send(text));
  });
  await popup.goto(browser.url("popup.html"));
  await shows(popup, "#accounts", "$20.00 left");
  assert.equal(await popup.innerText("#silent"), "");
});

test("keys and passwords rest nowhere in clear", async (t) => {
  const { browser, profile } = await begin(t);
  const dashboard = await connected(browser);
  await refresh(await browser.popup());
  await go(dashboard, "settings", "#password");
  await dashboard.fill("#current", "a wrong password");
  await dashboard.fill("#change-password", "another good password");
  await dashboard.fill("#change-again", "another good password");
  await dashboard.click("#password button.go");
  await shows(dashboard, "#password", "Wrong password. Try again.");
  // A marker, stored in the same way, shows that the search below works.
  await dashboard.evaluate(() => chrome.storage.local.set({ marker: "marker-0123456789abcdef" }));
  const kept = await allStorage(dashboard);
  const shown = await dashboard.content();
  await browser.close();

  const disk = [];
  const walk = (folder) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const { isDirectory, isFile } = (() => { try { const s = statSync(path); return { isDirectory: s.isDirectory(), isFile: s.isFile() }; } catch { return {}; } })();
      if (isDirectory) walk(path);
      else if (isFile) disk.push(readFileSync(path));
    }
  };
  walk(profile);
  const holds = (text) => disk.some((file) => file.includes(text) || file.includes(Buffer.from(text, "utf16le")));
  assert.ok(kept.includes("marker-0123456789abcdef") && holds("marker-0123456789abcdef"), "the search finds what is there");
  for (const secret of [KEY, PASSWORD, "a wrong password", "another good password"]) {
    assert.ok(!kept.includes(secret), `a storage area holds ${secret}`);
    assert.ok(!shown.includes(secret), `the page holds ${secret}`);
    assert.ok(!holds(secret), `the disk holds ${secret}`);
  }
});

test("unlocking survives the worker's death and not the browser's", async (t) => {
  const scene = await begin(t);
  const { simulator, account } = scene;
  await connected(scene.browser);
  const popup = await scene.browser.popup();
  assert.equal(await scene.browser.killWorker(), 1);
  account.spend(100);
  await refresh(popup);
  await shows(popup, "#hero", "$1.00*");

  await scene.restart();
  const { browser } = scene;
  const asked = simulator.requests.length;
  const locked = await browser.popup();
  await locked.waitForSelector("#unlock-password:focus");
  await shows(locked, "#hero", "$1.00");
  await shows(locked, "#foot", "locked");
  assert.equal(simulator.requests.length, asked, "locked, nothing is read");
  await locked.keyboard.type("something else");
  await locked.keyboard.press("Enter");
  await shows(locked, "#unlock", "Wrong password. Try again.");
  account.spend(50);
  await locked.keyboard.type(PASSWORD);
  await locked.keyboard.press("Enter");
  await shows(locked, "#hero", "$1.50*");
  assert.equal(simulator.requests.length, asked + 1, "unlocking reads once");
  await locked.click("form[data-do=lock] button");
  await locked.waitForSelector("#unlock-password");
  assert.deepEqual(browser.violations, []);
});

test("a worker that is killed before, during or after a fetch loses nothing", async (t) => {
  const { browser, account, simulator } = await begin(t);
  await connected(browser);
  const popup = await browser.popup();
  let spent = 0;
  const spend = (cents) => { spent += cents; account.spend(cents); };

  spend(10); // before: the message itself starts the worker
  await browser.killWorker();
  await refresh(popup);
  await shows(popup, "#hero", "$0.10*");

  spend(20); // during: the answer is held back while the worker is killed
  const known = await readings(popup);
  const held = simulator.hold();
  await popup.click("#refresh");
  await held.arrived;
  await popup.close(); // an open page asks again
  await browser.killWorker();
  held.release();
  const again = await browser.popup();
  await shows(again, "#accounts", "The last refresh was interrupted");
  assert.deepEqual(await readings(again), known, "what was committed is there, and no more");
  await refresh(again);
  await shows(again, "#hero", "$0.30*");

  spend(30); // after
  await refresh(again);
  await shows(again, "#hero", `$0.${spent}*`);
  await again.close();
  await browser.killWorker();
  const last = await browser.popup();
  await shows(last, "#hero", `$0.${spent}*`);
  const times = (await readings(last)).map(([time]) => time);
  assert.equal(new Set(times).size, times.length, "none is there twice");
  assert.equal(times.length, 4);
});

test("the browser refuses every other host", async (t) => {
  const { browser, simulator } = await begin(t, { hosts: ["elsewhere.example"], isWithheld: true });
  const plain = await browser.context.newPage();
  await plain.goto("https://elsewhere.example/reachable");
  assert.ok(simulator.requests.some(({ path }) => path === "/reachable"), "the host is there, for a page that may");
  simulator.requests.length = 0;
  const dashboard = await browser.dashboard();
  const ask = async () => {
    try {
      await fetch("https://elsewhere.example/leak", { headers: { authorization: "Bearer x" } });
      return "sent";
    } catch (problem) {
      return String(problem);
    }
  };
  assert.match(await (await browser.worker()).evaluate(ask), /TypeError/);
  assert.match(await dashboard.evaluate(ask), /TypeError/);
  assert.deepEqual(simulator.requests.filter(({ host }) => host === "elsewhere.example").map(({ path }) => path).filter((path) => path === "/leak"), []);
  await dashboard.waitForFunction(() => true); // the page's report of it has come by now
  assert.match(browser.violations.join(), /dashboard.html: connect-src/, "and says why");
});

test("access that the browser withholds is asked for, and given", async (t) => {
  const { browser, account, simulator } = await begin(t);
  const dashboard = await connected(browser);
  await browser.withhold(ORIGIN);
  const asked = simulator.requests.length;
  const popup = await browser.popup();
  await refresh(popup);
  await shows(popup, "#accounts", "Access blocked");
  assert.equal(simulator.requests.length, asked, "no request without leave");
  await shows(dashboard, "#attention", "Access blocked Click Allow access so Drawdown can read this account.");
  await dashboard.waitForSelector("#attention button:has-text('Allow access')");
  account.spend(70);
  await browser.grant(ORIGIN); // what a click on the browser's question would do
  await shows(popup, "#hero", "$0.70*");
  await shows(dashboard, "#balances", "$19.30 left");
});

test("what a provider does wrong is one sentence and loses nothing", async (t) => {
  const { browser, account, simulator } = await begin(t, { hosts: ["elsewhere.example"] });
  const dashboard = await connected(browser);
  const popup = await browser.popup();
  account.spend(100);
  await refresh(popup);
  await shows(popup, "#hero", "$1.00*");
  for (const [fault, words] of [
    [{ status: 401, body: {} }, "Key rejected"],
    [{ status: 403, body: "<html>" }, "Key lacks permission"],
    [{ status: 500, body: "" }, "Provider error, retrying"],
    [{ body: "<!doctype html><p>Checking your browser" }, "Unexpected answer"],
    [{ body: '{"is_available":true,"balance_infos":[{"curr' }, "Unexpected answer"],
    [{ status: 302, headers: { location: "https://elsewhere.example/stolen" }, body: "" }, "No connection"],
    ["reset", "No connection"],
  ]) {
    simulator.always = fault;
    await refresh(popup);
    await shows(popup, "#accounts", words);
    await shows(popup, "#hero", "$1.00*");
    await dashboard.waitForFunction((words) => document.querySelector("#attention")?.innerText.includes(words), words);
    await shows(dashboard, "#balances", "$19.00 left");
  }
  assert.ok(!simulator.requests.some(({ path }) => path === "/stolen"), "no redirect is followed");
  simulator.always = undefined;
  await refresh(popup);
  await shows(popup, "#hero", "$1.00*");
  assert.deepEqual(browser.violations, []);
});

test("an answer that never comes is given up", async (t) => {
  const { browser, simulator } = await begin(t);
  await connected(browser);
  const popup = await browser.popup();
  simulator.always = "hang";
  await popup.click("#refresh");
  await shows(popup, "#foot", "Refreshing (0 of 1)");
  await popup.waitForFunction(() => document.querySelector("#accounts").innerText.includes("Provider error, retrying"), null, { timeout: 28_000 });
});

test("the first of the month begins a new one, though locked", async (t) => {
  const { browser, account } = await begin(t, { at: "2027-01-29T09:00:00Z" });
  const dashboard = await connected(browser);
  await setClock(browser, "2027-01-30T21:00:00Z");
  account.spend(440); // less than the granted credit, which an emptied pool would put in question
  await refresh(dashboard);
  await shows(dashboard, "#overview", "$4.40*");
  await dashboard.click("form[data-do=lock] button");
  await dashboard.waitForSelector("#unlock-password");
  assert.equal((await browser.badge()).text, "$4.4");
  await setClock(browser, "2027-02-01T00:00:00Z");
  await ring(browser);
  await dashboard.waitForFunction(() => document.querySelector("#overview b").innerText.trim() === "–");
  await go(dashboard, "overview/2027-01");
  await shows(dashboard, "#overview", "≥ $4.40");
  assert.equal((await browser.badge()).text, "–");
  const popup = await browser.popup();
  await shows(popup, "#head", "February");
  await shows(popup, "#hero", "January: ≥ $4.40");
});

test("keys are replaced, accounts paused and removed", async (t) => {
  const { browser, account, simulator } = await begin(t);
  const dashboard = await connected(browser);
  const other = simulator.add(Object.assign(Object.create(Object.getPrototypeOf(account)), { ...account, key: "sk-fedcba9876543210fedcba9876543210", books: [{ currency: "USD", granted: 400, toppedUp: 1500 }] }));
  await openAccount(dashboard);
  await openMore(dashboard);
  await dashboard.click(`${CARD} summary:has-text("Replace key")`);
  await dashboard.fill(`${CARD} input[name=key]`, other.key);
  await dashboard.click(`${CARD} form[data-do=replace_key] button`);
  await shows(dashboard, CARD, "New key works. Balance: $19.00.");
  assert.ok(await dashboard.isChecked("input[name=books][value=go_on]"), "the balance continues");
  await dashboard.click(`${CARD} form[data-do=take_key] button`);
  await shows(dashboard, CARD, "New key saved.");
  await shows(dashboard, "#accounts", "$1.00*");
  await dashboard.click(`${CARD} button:has-text("Pause")`);
  await shows(dashboard, CARD, "Resume");
  await dashboard.click(`${CARD} button:has-text("Resume")`);
  await shows(dashboard, CARD, "Pause");
  await dashboard.click(`${CARD} summary:has-text("Rename")`);
  await dashboard.fill(`${CARD} input[name=label]`, "<b>mine</b>");
  await dashboard.click(`${CARD} form[data-do=rename] button`);
  await shows(dashboard, "#accounts", "DeepSeek <b>mine</b>");
  await dashboard.click(`${CARD} summary:has-text("Remove")`);
  await dashboard.click(`${CARD} input[value=remove]`);
  await dashboard.click(`${CARD} form[data-do=remove] button`);
  await shows(dashboard, "#note", "Removed with its history. You can restore it for 30 days.");
  await go(dashboard, "accounts", "#removed:not([hidden])");
  await dashboard.click("#removed summary:has-text('Erase now')");
  await dashboard.fill("#removed input[name=word]", "erase");
  await dashboard.click("#removed form[data-do=erase] button");
  await shows(dashboard, "#note", "Erased for good.");
  await go(dashboard, "overview", "#intro:not([hidden])");
  const left = await dashboard.evaluate(() => chrome.storage.local.get(null));
  const keys = Object.keys(left).filter((key) => !key.startsWith("popup."));
  assert.deepEqual(keys.sort(), ["accounts", "meta", "popup", "settings", "vault"], "nothing is left of it");
  assert.ok(!JSON.stringify(left).includes("mine"), "nor its name");
  assert.deepEqual(browser.violations, []);
});

test("every control has a name, and the popup keeps its size", async (t) => {
  const { browser, account } = await begin(t);
  const dashboard = await connected(browser);
  account.spend(123);
  const popup = await browser.popup();
  await refresh(popup);
  const id = await dashboard.evaluate(async () => JSON.parse((await chrome.storage.local.get("accounts")).accounts)[0]);
  const places = ["overview", `accounts/${id}`, "accounts/add", "accounts/add/deepseek", "accounts/add/google", "budget", "data", "settings"];
  for (const place of [undefined, ...places]) {
    const page = place ? dashboard : popup;
    if (place) await go(dashboard, place, `[data-open]`);
    const session = await browser.context.newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const controls = nodes.filter(({ role, ignored }) => !ignored && ["button", "link", "textbox", "checkbox", "radio", "img"].includes(role?.value));
    const unnamed = controls.filter(({ name }) => !name?.value);
    assert.ok(controls.length > 3);
    assert.deepEqual(unnamed.map(({ role, backendDOMNodeId }) => [role.value, backendDOMNodeId]), []);
  }
  const size = await popup.evaluate(() => [document.body.offsetWidth, document.body.offsetHeight, document.documentElement.scrollWidth]);
  assert.deepEqual(size, [380, 560, 380]);
  await dashboard.bringToFront(); // a page behind another is drawn once a second
});

test("a text is priced here, stays in its field, and its price hides with the amounts", async (t) => {
  const { browser, simulator } = await begin(t);
  const dashboard = await connected(browser);
  const asked = simulator.requests.length;
  const table = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await importFiles(dashboard,
    table("cost.csv", "utc_date,model,cost,currency\n2026-11-20,deepseek-chat,2,USD\n"),
    table("amount.csv", "utc_date,model,type,price,amount\n2026-11-20,deepseek-chat,input_cache_miss_tokens,1,1000000\n2026-11-20,deepseek-chat,output_tokens,2,500000\n"),
  );
  await shows(dashboard, "#import", "Imported");
  await go(dashboard, "overview", "#estimate");
  await shows(dashboard, "#estimate", "A text and its answer");
  await dashboard.waitForSelector("#estimate-model", { state: "attached" }); // the section follows what was imported
  await dashboard.click("#estimate summary >> nth=0");
  await dashboard.fill("#estimate-answer", "1000");
  await dashboard.click("form[data-do=what_if_text] button.go");
  await shows(dashboard, "#count", "$0.0020*: 0 input tokens at $1.00 and 1,000 output tokens at $2.00 per million");
  await dashboard.fill("#estimate-answer", "");
  const price = async (text) => {
    await dashboard.locator("#estimate-text").evaluate((field, text) => (field.value = text), text); // pasted
    await dashboard.click("form[data-do=what_if_text] button.go");
  };
  await dashboard.fill("#estimate-input", "3");
  await dashboard.fill("#estimate-output", "15");
  await price("b".repeat(2_000_000));
  await shows(dashboard, "#estimate", "This text is over 1 MB.");
  const text = `${"c".repeat(99)}\n`.repeat(10_000);
  await price(text);
  await shows(dashboard, "#count", "$0.78*: 260,000 input tokens at $3.00");
  assert.ok(await dashboard.inputValue("#estimate-text") === text, "what was entered stays");
  assert.equal(await dashboard.inputValue("#estimate-input"), "3");
  assert.ok(await dashboard.isVisible("#count .note"));
  await dashboard.click("#head form[data-do=hide] button");
  await dashboard.waitForSelector("#count .note", { state: "hidden" });
  assert.equal(simulator.requests.length, asked, "nothing was sent");
  assert.ok(!(await allStorage(dashboard)).includes("ccc"), "nothing is kept");
  assert.deepEqual(browser.violations, []);
});
