// Draws the icons: node extension/icons/source/draw.mjs, with the browser tests' packages installed.
// A falling balance in steps. Each tone has its own shape as well, so that colour never stands alone:
// grey is hollow, amber carries a triangle, red a disc. The grey has a contrast of 3 with light and with dark toolbars.
import { writeFileSync } from "node:fs";
import { launchPlain } from "../../../tests/browser/chromium.mjs";

const TEAL = "#0f766e", GREY = "#80878f", AMBER = "#f59e0b", RED = "#dc2626";

// The drawing of the toolbar's smallest size has every edge between two pixels. The others scale.
const small = {
  side: 16,
  steps: '<path d="M3 6h3v3h3v3h4" fill="none" stroke-width="2"/>',
  solid: '<rect width="16" height="16" rx="3.5"/>',
  hollow: '<rect x="1" y="1" width="14" height="14" rx="2.5" fill="none" stroke-width="2"/>',
  triangle: '<path d="M12.5 0 16 7H9z"/>',
  disc: '<circle cx="12.5" cy="3.5" r="3.5"/>',
  corner: '<path d="M12.5 0H16V7z"/>',
  gap: 2,
};
const large = {
  side: 32,
  steps: '<path d="M6 9h8v6h6v6h6v5" fill="none" stroke-width="3.4" stroke-linejoin="round" stroke-linecap="round"/>',
  solid: '<rect width="32" height="32" rx="8.5"/>',
  hollow: '<rect x="1.5" y="1.5" width="29" height="29" rx="7" fill="none" stroke-width="3"/>',
  triangle: '<path d="M25 0 32 13H18z"/>',
  disc: '<circle cx="25.5" cy="6.5" r="6.5"/>',
  corner: '<path d="M25 0H32V13z"/>',
  gap: 3,
};

// A mark lies in a gap of its own, up to the corner, so it stands out from the icon on every toolbar.
const marked = (mark, color) => (drawing) => `
  <mask id="around"><rect width="100%" height="100%" fill="#fff"/>
    <g fill="#000" stroke="#000" stroke-width="${drawing.gap}">${drawing[mark]}${drawing.corner}</g></mask>
  <g mask="url(#around)">${tones.neutral(drawing)}</g><g fill="${color}">${drawing[mark]}</g>`;

const tones = {
  neutral: ({ solid, steps }) => `<g fill="${TEAL}">${solid}</g><g stroke="#fff">${steps}</g>`,
  grey: ({ hollow, steps }) => `<g stroke="${GREY}">${hollow}${steps}</g>`,
  amber: marked("triangle", AMBER),
  red: marked("disc", RED),
};

const svg = (tone, drawing) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${drawing.side} ${drawing.side}" width="100%" height="100%">${tone(drawing)}</svg>`;

const browser = await launchPlain();
const page = await browser.newPage();
for (const [name, tone] of Object.entries(tones)) {
  for (const size of [16, 32, 48, 128]) {
    await page.setViewportSize({ width: size, height: size });
    const drawing = svg(tone, size === 16 ? small : large);
    await page.setContent(`<style>*{margin:0}body{background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`);
    writeFileSync(new URL(`../${name}-${size}.png`, import.meta.url), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
