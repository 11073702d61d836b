// The packages for the stores: the content of their manifests, that their bytes depend only on their files, and that Chromium
// loads its package without a warning.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { dist, makeProfile, removeProfile, root } from "./chromium.mjs";
import { begin, connected, shows, test } from "./drive.mjs";
import { problemsOf } from "./lint.mjs";
import { archive, filesOf, manifestFor, notesOf, packageFor } from "./package.mjs";

const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));

// A folder that ends with the test.
function makeFolder(t) {
  const folder = makeProfile();
  t.after(() => removeProfile(folder));
  return folder;
}

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

test("each browser gets the manifest keys that it knows, with the same values", () => {
  const shared = ["manifest_version", "name", "description", "default_locale", "version", "incognito", "icons", "action", "options_ui",
    "background", "commands", "permissions", "optional_host_permissions", "content_security_policy"];
  const chrome = manifestFor("chrome", manifest), firefox = manifestFor("firefox", manifest);
  assert.deepEqual(Object.keys(chrome).sort(), [...shared, "minimum_chrome_version"].sort());
  assert.deepEqual(Object.keys(firefox).sort(), [...shared, "browser_specific_settings"].sort());
  assert.deepEqual(chrome.background, { service_worker: "worker.js", type: "module" });
  assert.deepEqual(firefox.background, { scripts: ["worker.js"], type: "module" });
  for (const key of shared.filter((key) => key !== "background")) {
    assert.deepEqual(chrome[key], manifest[key]);
    assert.deepEqual(firefox[key], manifest[key]);
  }
});

test("an archive depends neither on order, times or modes of files nor on the time zone", (t) => {
  const files = { "b.txt": "second", "a/c.txt": "first ".repeat(500), "manifest.json": "{}" };
  const [one, other] = [makeFolder(t), makeFolder(t)];
  write(one, files);
  write(other, Object.fromEntries(Object.entries(files).reverse()));
  utimesSync(join(other, "b.txt"), 0, 0);
  chmodSync(join(other, "b.txt"), 0o700);
  const zone = process.env.TZ;
  const expected = archive(filesOf(one));
  process.env.TZ = "Pacific/Kiritimati";
  const there = archive(filesOf(other));
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  assert.ok(Buffer.from(expected).equals(Buffer.from(there)));
  const texts = Object.entries(unzipSync(there)).map(([path, content]) => [path, Buffer.from(content).toString()]);
  assert.deepEqual(texts, Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
});

test("the release notes are the section of the version, and there is one for the version in Cargo.toml", () => {
  const changelog = "# Changelog\n\n## 0.2.0\n\n- New.\n\n### More\n\n- Other.\n\n## 0.1.0 (2026-11-30)\n\n- Old.\n";
  assert.equal(notesOf("0.2.0", changelog), "- New.\n\n### More\n\n- Other.\n");
  assert.equal(notesOf("0.1.0", changelog), "- Old.\n");
  assert.throws(() => notesOf("0.1", changelog), /no section of version 0\.1/);
  const [, version] = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m);
  assert.equal(JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")).version, version, "build dist/ again");
  assert.ok(notesOf(version, readFileSync(join(root, "CHANGELOG.md"), "utf8")).includes("\n- "));
});

test("the linter's report fails for an error, for a new warning and for an explanation that nothing needs", () => {
  const warning = { code: "OLD_API", file: "page.js", message: "It is old." };
  const known = { ...warning, reason: "It is called only where it exists." };
  assert.deepEqual(problemsOf({ errors: [], warnings: [warning, warning] }, [known]), []);
  const [unexplained] = problemsOf({ errors: [], warnings: [warning] }, []);
  assert.equal(unexplained, "new warning OLD_API in page.js: It is old.");
  assert.equal(problemsOf({ errors: [warning], warnings: [] }, []).length, 1);
  assert.equal(problemsOf({ errors: [], warnings: [] }, [known]).length, 1);
  assert.equal(problemsOf({ errors: [], warnings: [warning] }, [{ ...known, reason: "" }]).length, 1);
});

test("Chromium loads its package without a warning, and it works", async (t) => {
  const files = filesOf(dist), folder = makeFolder(t);
  assert.ok(!Object.keys(files).some((path) => /source|store|\.md$/.test(path)), "only what the extension needs is packed");
  write(folder, unzipSync(packageFor("chrome", files)));
  const scene = await begin(t, { folder });
  await shows(await connected(scene.browser), "#balances", "$20.00 left");
  assert.deepEqual(await scene.browser.reload(), []);
});
