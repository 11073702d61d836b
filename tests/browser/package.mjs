// The packages for the stores, made from dist/: a manifest for each browser, archives, and the release notes.
//
// An archive's bytes depend only on its files. fflate compresses them, so the version of the system's zlib does not matter.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { dist, root } from "./chromium.mjs";

// The manifest keys that the other browser does not know, and the key that fixes the id of an unpacked extension.
const FOREIGN = { chrome: ["key", "browser_specific_settings"], firefox: ["key", "minimum_chrome_version"] };
const FOREIGN_BACKGROUND = { chrome: "scripts", firefox: "service_worker" };
export const BROWSERS = Object.keys(FOREIGN);

// The manifest for a browser.
export function manifestFor(browser, manifest) {
  const without = (fields, names) => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  return { ...without(manifest, FOREIGN[browser]), background: without(manifest.background, [FOREIGN_BACKGROUND[browser]]) };
}

// The paths of the files in a folder and below.
export function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Object.fromEntries(paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]));
}

// A zip archive of these files, ordered by path. A zip stores local time, so the date is in the local zone.
export function archive(files) {
  const paths = Object.keys(files).sort();
  const mode = 0o100644;
  return zipSync(Object.fromEntries(paths.map((path) => [path, files[path]])), {
    level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: mode * 0x10000,
  });
}

// The package for a browser, from the files of dist/.
export function packageFor(browser, files) {
  const manifest = manifestFor(browser, JSON.parse(Buffer.from(files["manifest.json"]).toString()));
  return archive({ ...files, "manifest.json": Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) });
}

// The section of a version in CHANGELOG.md, without its heading.
export function notesOf(version, changelog) {
  const sections = changelog.split(/^## /m).slice(1).map((section) => section.split(/\n([^]*)/));
  const [, notes] = sections.find(([heading]) => heading.split(" ")[0] === version) ?? [];
  if (!notes?.trim()) throw new Error(`CHANGELOG.md has no section of version ${version}`);
  return `${notes.trim()}\n`;
}

// Writes the packages and the release notes into a folder, and prints each digest.
function write(folder) {
  const files = filesOf(dist);
  const { version } = JSON.parse(files["manifest.json"].toString());
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const keep = (name, content) => {
    writeFileSync(join(folder, name), content);
    console.log(`${createHash("sha256").update(content).digest("hex")}  ${name}`);
  };
  for (const browser of BROWSERS) keep(`drawdown-${browser}-${version}.zip`, packageFor(browser, files));
  keep(`notes-${version}.md`, notesOf(version, readFileSync(join(root, "CHANGELOG.md"), "utf8")));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write(join(root, "target", "package"));
