// Draws the icons: node extension/icons/source/draw.mjs, with the browser tests' packages installed.
// A falling balance in steps. Each tone has its own shape as well, so that colour never stands alone:
// grey is hollow, amber carries a triangle, red a disc.
import { writeFileSync } from "node:fs";
import { launchPlain } from "../../../tests/browser/chromium.mjs";

const steps = "M6 9h8v6h6v6h6v5";
const tones = {
  neutral: { fill: "#0f766e", line: "#fff", mark: "" },
  grey: { fill: "none", edge: "#57606a", line: "#57606a", mark: "" },
  amber: { fill: "#0f766e", line: "#fff", mark: '<path d="M24.5 1 31 13H18z" fill="#f59e0b" stroke="#fff" stroke-width="1.5" stroke-linejoin="round"/>' },
  red: { fill: "#0f766e", line: "#fff", mark: '<circle cx="26" cy="6" r="6" fill="#dc2626" stroke="#fff" stroke-width="1.5"/>' },
};

const svg = ({ fill, edge, line, mark }) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="100%" height="100%">
    <rect x="1.5" y="1.5" width="29" height="29" rx="7" fill="${fill}" stroke="${edge ?? fill}" stroke-width="3"/>
    <path d="${steps}" fill="none" stroke="${line}" stroke-width="3.4" stroke-linejoin="round" stroke-linecap="round"/>
    ${mark}
  </svg>`;

const browser = await launchPlain();
const page = await browser.newPage();
for (const [tone, look] of Object.entries(tones)) {
  for (const size of [16, 32, 48, 128]) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}body{background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg(look)}`);
    writeFileSync(new URL(`../${tone}-${size}.png`, import.meta.url), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
