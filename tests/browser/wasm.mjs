// Runs a wasm-bindgen-test binary in Chromium: node wasm.mjs RUNNER BINARY.wasm
// The runner serves the tests on loopback; this opens them and reads the results. No driver is needed.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { launchPlain } from "./chromium.mjs";

const [runner, binary] = process.argv.slice(2);
const port = await new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});
const serving = spawn(runner, [binary], {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: `127.0.0.1:${port}` },
  stdio: ["ignore", "pipe", "inherit"],
});
const isServing = new Promise((serves, fails) => {
  serving.stdout.on("data", (text) => String(text).includes(String(port)) && serves());
  serving.on("exit", (code) => fails(new Error(`the runner stopped with ${code}`)));
});

let isPassed = false;
let browser;
try {
  await isServing;
  browser = await launchPlain();
  const page = await browser.newPage({ locale: "en-GB" });
  page.on("pageerror", (problem) => console.error(problem.message));
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => /test result: /.test(document.getElementById("output")?.textContent ?? ""), null, { timeout: 120_000 });
  const output = await page.locator("#output").textContent();
  console.log(output.trim());
  isPassed = /test result: ok\. [1-9]/.test(output);
} finally {
  await browser?.close();
  serving.removeAllListeners("exit");
  serving.kill();
}
process.exit(isPassed ? 0 : 1);
