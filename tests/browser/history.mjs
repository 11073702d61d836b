// Compares ten years of twenty accounts' history with one month of it: the popup's answer, a refresh, and the dashboard's answer.
// `cargo run --example history -- FOLDER` wrote both to the folder that is this command's argument.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Scene, account } from "./drive.mjs";
import { quietPage, takeTurns, timed } from "./measure.mjs";

const KEY = "sk-0123456789"; // of every account in both histories
const LIMIT = [1.4, 1.1];
const SHOWS = { popup: { page: "popup", do: "show" }, dashboard: { page: "dashboard", do: "show", open: "overview" } };

// A browser that stores a history, as after a restart of its worker.
async function startWith(name) {
  const scene = await Scene.start({ account: account([{ currency: "USD", granted: 0, toppedUp: 900_000 }], KEY) });
  const history = JSON.parse(readFileSync(join(process.argv[2], `${name}.json`), "utf8"));
  const page = await quietPage(scene.browser);
  await page.evaluate(async ({ local, session }) => {
    await chrome.storage.local.set(local);
    await chrome.storage.session.set(session);
  }, history);
  await scene.browser.killWorker();
  const { reply } = await timed(page, { page: "popup", do: "refresh" });
  assert.ok(reply.ok, JSON.stringify(reply).slice(0, 300));
  return { ...scene, page, end: () => scene.end() };
}

const ask = async ({ page }, message) => {
  const { ms, reply } = await timed(page, message);
  assert.ok(reply.ok, JSON.stringify(reply).slice(0, 300));
  return ms;
};

const long = await startWith("ten-years");
const short = await startWith("one-month");
try {
  for (const [page, message] of Object.entries(SHOWS)) {
    await takeTurns(`${page} of ten years, over one month`, LIMIT, () => ask(long, message), () => ask(short, message));
  }
  const refresh = (scene) => {
    scene.account.spend(3);
    return ask(scene, { page: "popup", do: "refresh" });
  };
  await takeTurns("refresh with ten years, over one month", LIMIT, () => refresh(long), () => refresh(short));
} finally {
  await long.end();
  await short.end();
}
