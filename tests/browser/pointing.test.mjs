// A file of an unknown kind in a real browser: the user chooses its columns.
import assert from "node:assert/strict";
import { setClock } from "./clock.mjs";
import { CARD, account as makeAccount, allStorage, begin, connected, importFiles, openAccount, shows, test } from "./drive.mjs";

const CONTENT = ["\ufeffDatum;Betrag;<b>Produkt</b>;E-Mail", "02.11.2026;1,250;chat;ada@example.com",
  "03.11.2026;2,500;images;ada@example.com"].join("\r\n");
const file = (name, content) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

test("a table is pointed at, asks for what it leaves open, and is known the next time", async (t) => {
  const { browser } = await begin(t, { account: makeAccount([{ currency: "USD", granted: 0, toppedUp: 2000 }]), at: "2026-11-05T10:00:00Z" });
  const dashboard = await connected(browser);
  const popup = await browser.popup();
  const importing = (...files) => importFiles(dashboard, ...files);
  await importing(file("kosten.csv", CONTENT));
  await shows(dashboard, "#import", "We don't recognize kosten.csv.");
  const options = await dashboard.locator("#point-line option").allInnerTexts();
  assert.deepEqual(options, ["None", "Datum", "Betrag", "<b>Produkt</b>", "E-Mail"]);

  // A reopened page still asks, and no page holds the rows.
  await dashboard.reload();
  await shows(dashboard, "#import", "Match columns");
  assert.ok(!(await dashboard.content()).includes("ada@"));
  await dashboard.selectOption("#point-date", { label: "Datum" });
  await dashboard.selectOption("#point-amount", { label: "Betrag" });
  await dashboard.selectOption("#point-line", { label: "<b>Produkt</b>" });
  await dashboard.fill("#point-code", "eur");
  await dashboard.click("#import button.go");
  await shows(dashboard, "#import", "Which comes first, day or month?");
  await dashboard.selectOption("#point-order", "day");
  await dashboard.click("#import button.go");
  await shows(dashboard, "#import", "Which sign separates decimals?");
  assert.equal(await dashboard.inputValue("#point-order"), "day", "what was said stays");
  await dashboard.selectOption("#point-decimals", "comma");
  await dashboard.click("#import button.go");
  await shows(dashboard, "#import", "Imported €3.75 for Nov 2–3. For these days, the file replaces the estimates.");
  await shows(popup, "body", "€3.75");
  await openAccount(dashboard);
  for (const told of ["chat", "€1.25", "images", "€2.50"]) await shows(dashboard, CARD, told);

  await importing(file("next.csv", CONTENT.replace("2,500", "3,500")));
  await shows(dashboard, "#import", "Nov 2–3: €3.75 so far, €4.75 in the file.");
  await dashboard.click("#import button:has-text('Replace')");
  await shows(dashboard, "#import", "Imported €4.75");
  for (const told of [await allStorage(dashboard), await dashboard.content(), await popup.content()]) {
    assert.ok(!told.includes("ada@") && !told.includes("YWRhQ"), "nothing else of the file is kept");
  }

  await importing(file("other.csv", "a,b\n1,2\n"));
  await shows(dashboard, "#import", "other.csv");
  await dashboard.click("#import button:has-text('Cancel')");
  await dashboard.waitForSelector("#import-file");
  assert.ok(!(await allStorage(dashboard)).includes("other.csv"));
  assert.deepEqual(browser.violations, []);
});
