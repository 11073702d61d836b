// Compares ten years of twenty accounts' history with one month and with three months of it: the popup's answer, a refresh, and the
// dashboard's answer. A refresh always reads the last month too, and the overview the one before it, so one month has less to read.
// `cargo run --example history -- FOLDER` wrote all three to the folder that is this command's argument.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Scene, account } from "./drive.mjs";
import { answered, quietPage, takeTurns } from "./measure.mjs";

const KEY = "sk-0123456789"; // of every account in every history
const LIMITS = { "one month": [2.2, 1.1], "three months": [1.5, 1.1] };
const REFRESH = { page: "popup", do: "refresh" };
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
  await answered(page, REFRESH);
  return { ...scene, page, end: () => scene.end() };
}

const refresh = (scene) => {
  scene.account.spend(3);
  return answered(scene.page, REFRESH);
};

const long = await startWith("ten-years");
try {
  for (const [name, limit] of Object.entries(LIMITS)) {
    const short = await startWith(name.replace(" ", "-"));
    try {
      for (const [page, message] of Object.entries(SHOWS)) {
        await takeTurns(`${page} of ten years, over ${name}`, limit, () => answered(long.page, message), () => answered(short.page, message));
      }
      await takeTurns(`refresh with ten years, over ${name}`, limit, () => refresh(long), () => refresh(short));
    } finally {
      await short.end();
    }
  }
} finally {
  await long.end();
}
