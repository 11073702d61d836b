//! What the tree must keep to. Each message says how to mend it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use drawdown::provider::{Provider, ecb};
use drawdown::providers;
use serde_json::Value;

/// Modules in reading order: each may import from those above it, and from its own folder.
const ORDER: [&str; 18] = [
    "money",
    "time",
    "text",
    "digest",
    "vault",
    "books",
    "files",
    "provider",
    "providers",
    "host",
    "store",
    "app",
    "ui",
    "features",
    "pages",
    "route",
    "chrome",
    "lib",
];

/// What a provider's file may import from the crate.
const PROVIDERS_MAY_IMPORT: [&str; 7] =
    ["provider", "files", "books::reading", "books::bill", "money", "time", "text"];

/// A file may be longer where its head says why, in a line that holds this.
const LONGEST: usize = 400;
const LONG_BECAUSE: &str = "long because";

pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

/// The files of a folder and those below, by their endings.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "node_modules" {
                walk(&path, endings, found);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    let file = |path: PathBuf| File {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root()).unwrap().display().to_string(),
    };
    found.into_iter().map(file).collect()
}

/// The module that a file of `src` belongs to.
fn module(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap();
    path.split(['/', '.']).next().unwrap()
}

/// What each file of `src` imports from the others. `mod` declarations do not count; a `pub use` leads to the file that
/// defines the item.
struct Imports {
    /// The code of each file without comments and `use`, by its module path: `store::account`.
    files: BTreeMap<String, String>,
    /// The full paths that a file imports, without `crate::`.
    uses: BTreeMap<String, Vec<String>>,
    /// The full path behind each name that a file re-exports.
    exports: BTreeMap<(String, String), String>,
}

impl Imports {
    fn read() -> Imports {
        let (mut files, mut uses, mut exports) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let sources: BTreeMap<_, _> = crate::tidy::files("src", &[".rs"])
            .into_iter()
            .filter(|file| file.path != "src/lib.rs")
            .map(|file| {
                (file.path["src/".len()..file.path.len() - ".rs".len()].replace('/', "::"), file.text)
            })
            .collect();
        for (file, text) in &sources {
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let (mut code, mut used) = (String::new(), Vec::new());
            let mut lines = text.lines().filter(is_code);
            while let Some(line) = lines.next() {
                let start = line.trim_start();
                let is_export = start.starts_with("pub");
                let Some((_, tree)) = start.split_once("use ").filter(|(before, _)| {
                    before.is_empty() || before.trim_end() == "pub" || before.starts_with("pub(")
                }) else {
                    code.push_str(line);
                    code.push('\n');
                    continue;
                };
                let mut tree = tree.to_owned();
                while !tree.contains(';') {
                    tree.push_str(lines.next().expect("a use ends with a semicolon"));
                }
                for path in branches(tree.split(';').next().unwrap()) {
                    let (path, name) = path.split_once(" as ").unwrap_or((&path, ""));
                    let Some(path) = full_path(path.trim(), file, &sources) else { continue };
                    let name = if name.is_empty() { path.rsplit("::").next().unwrap() } else { name };
                    if is_export {
                        exports.insert((file.clone(), name.to_owned()), path);
                    } else {
                        used.push(path);
                    }
                }
            }
            files.insert(file.clone(), code);
            uses.insert(file.clone(), used);
        }
        Imports { files, uses, exports }
    }

    /// The files that a file imports, itself excluded.
    fn of(&self, file: &str) -> BTreeSet<String> {
        let code = &self.files[file];
        let names = |text: &str, name: &str| {
            let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
            text.match_indices(name).any(|(place, _)| {
                !text[..place].ends_with(is_part) && !text[place + name.len()..].starts_with(is_part)
            })
        };
        let written = code.split("crate::").skip(1).map(|rest| {
            rest.split(|sign: char| !sign.is_alphanumeric() && sign != '_' && sign != ':').next().unwrap()
        });
        let children = self.files.keys().filter(|child| {
            child.rsplit_once("::").is_some_and(|(parent, name)| {
                parent == file && names(code, name) && code.contains(&format!("{name}::"))
            })
        });
        // A file may use what it re-exports.
        let exported = self
            .exports
            .iter()
            .filter(|((of, name), _)| of == file && names(code, name))
            .map(|(_, path)| path);
        let paths = self.uses[file].iter().chain(children).chain(exported).map(String::as_str).chain(written);
        paths.filter_map(|path| self.definer(path)).filter(|other| other != file).collect()
    }

    /// The file that defines what a path names.
    fn definer(&self, path: &str) -> Option<String> {
        let mut path = path.trim_end_matches(':').to_owned();
        loop {
            let parts: Vec<_> = path.split("::").collect();
            let module = |length: &usize| self.files.contains_key(&parts[..*length].join("::"));
            let length = (1..=parts.len()).rev().find(module)?;
            let file = parts[..length].join("::");
            let exported =
                parts.get(length).and_then(|name| self.exports.get(&(file.clone(), (*name).to_owned())));
            let Some(exported) = exported else { return Some(file) };
            path = [exported]
                .into_iter()
                .map(String::as_str)
                .chain(parts[length + 1..].iter().copied())
                .collect::<Vec<_>>()
                .join("::");
        }
    }
}

/// The shortest circle of imports through a file.
fn circle(graph: &BTreeMap<String, BTreeSet<String>>, file: &str) -> Option<Vec<String>> {
    let mut paths = VecDeque::from([vec![file.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(path) = paths.pop_front() {
        for next in &graph[path.last().unwrap()] {
            let longer = [path.clone(), vec![next.clone()]].concat();
            if next == file {
                return Some(longer);
            }
            if seen.insert(next) {
                paths.push_back(longer);
            }
        }
    }
    None
}

/// The paths of a `use` tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d` and `a::c::e`.
fn branches(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = rest.rsplit_once('}').expect("braces in pairs").0;
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for sign in inside.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(sign);
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| branches(part)).map(|part| format!("{}{part}", before.trim())).collect()
}

/// A path as seen from the root of the crate. `None` where it leads into another crate.
fn full_path(path: &str, file: &str, sources: &BTreeMap<String, String>) -> Option<String> {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    match first {
        "crate" => Some(rest.to_owned()),
        "self" => Some(format!("{file}::{rest}")),
        "super" => Some(format!("{}::{rest}", file.rsplit_once("::")?.0)),
        _ => sources.contains_key(&format!("{file}::{first}")).then(|| format!("{file}::{path}")),
    }
}

pub(crate) fn all_empty(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn imports_follow_the_layers() {
    let place = |module: &str| ORDER.iter().position(|other| *other == module);
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]) {
        let own = place(module(&path))
            .unwrap_or_else(|| panic!("{path}: give its module a place in ORDER of tidy.rs"));
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for imported in line.split("crate::").skip(1) {
                let imported: String =
                    imported.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
                if place(&imported).is_none_or(|other| other > own) {
                    wrong.push(format!("{path} imports {imported}, which stands below it: {}", line.trim()));
                }
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = Imports::read();
    let graph: BTreeMap<_, _> = imports.files.keys().map(|file| (file.clone(), imports.of(file))).collect();
    let circles = graph.keys().filter_map(|file| circle(&graph, file));
    let wrong: Vec<_> = circles
        .map(|circle| {
            format!("{} is a circle: move what two share into a file of its own", circle.join(" -> "))
        })
        .collect();
    all_empty(&wrong);
}

#[test]
fn no_feature_imports_another() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src/features", &[".rs"]) {
        let own = path.trim_start_matches("src/features/").split(['/', '.']).next().unwrap();
        for imported in text.split("crate::features::").skip(1) {
            if imported.split([':', ';', ' ']).next() != Some(own) {
                wrong.push(format!("{path} imports another feature: let a page put them together"));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn feature_settings_have_distinct_names() {
    let (mut names, mut wrong) = (BTreeSet::new(), Vec::new());
    for File { path, text } in files("src/features", &[".rs"]) {
        let own = path.trim_start_matches("src/features/").split(['/', '.']).next().unwrap();
        for declared in text.split("Setting::new(\"").skip(1) {
            let name = declared.split('"').next().unwrap();
            if !name.starts_with(&format!("{own}.")) || !names.insert(name.to_owned()) {
                wrong.push(format!("{path}: name the setting {own}.SOMETHING, as no other is named: {name}"));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn a_provider_imports_only_the_contract() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src/providers", &[".rs"]) {
        for line in text.lines().filter(|line| line.starts_with("use ")) {
            let is_allowed = line.starts_with("use serde")
                || line.strip_prefix("use crate::").is_some_and(|rest| {
                    PROVIDERS_MAY_IMPORT.iter().any(|module| rest.starts_with(&format!("{module}::")))
                });
            if !is_allowed {
                wrong
                    .push(format!("{path} may not import this; a provider has no I/O, clock or key: {line}"));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn only_chrome_names_the_browser() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]) {
        if path.starts_with("src/chrome") || path == "src/lib.rs" {
            continue;
        }
        for name in [
            "wasm_bindgen",
            "js_sys",
            "web_sys",
            "gloo_net",
            "std::time",
            "SystemTime",
            "Instant::now",
            "std::fs",
            "std::env",
            "std::thread",
        ] {
            if text.contains(name) {
                wrong.push(format!(
                    "{path} names {name}: what only a browser or a machine can do comes in through Host"
                ));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn money_never_passes_through_a_float() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]) {
        // chrome: a JavaScript number, read as a time; range: rule F5.
        if path.starts_with("src/chrome") || path == "src/books/forecast/interval.rs" {
            continue;
        }
        for (place, line) in text.lines().enumerate() {
            let words: Vec<_> = line.split(|sign: char| !sign.is_alphanumeric()).collect();
            if !line.trim_start().starts_with("//") && (words.contains(&"f64") || words.contains(&"f32")) {
                wrong.push(format!("{path}:{}: use Amount or Rate", place + 1));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn every_file_is_part_of_the_crate() {
    let mut wrong = Vec::new();
    for File { path, .. } in files("src", &[".rs"]).into_iter().filter(|file| file.path != "src/lib.rs") {
        let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/').unwrap();
        let parent = if folder == "src" { "src/lib.rs".to_owned() } else { format!("{folder}.rs") };
        if !read(&parent).lines().any(|line| line.trim().ends_with(&format!("mod {name};"))) {
            wrong.push(format!("{path} is compiled nowhere: declare it in {parent}, or delete it"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn every_file_has_a_head_and_is_short() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]).into_iter().chain(files("tests/it", &[".rs"])) {
        let head: Vec<_> = text.lines().take_while(|line| line.starts_with("//!")).collect();
        if head.is_empty() {
            wrong.push(format!("{path}: begin with //! what this file knows, and what it does not"));
        }
        let is_long = text.lines().count() > LONGEST && path.starts_with("src/");
        if is_long && !head.iter().any(|line| line.contains(LONG_BECAUSE)) {
            wrong.push(format!(
                "{path} has over {LONGEST} lines: split it, or say \"{LONG_BECAUSE}\" in its head"
            ));
        }
    }
    all_empty(&wrong);
}

#[test]
fn a_secret_is_exposed_with_a_reason() {
    let mut wrong = Vec::new();
    for File { path, text } in files("src", &[".rs"]).into_iter().filter(|file| file.path != "src/vault.rs") {
        let lines: Vec<_> = text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let is_doc = line.trim_start().starts_with("//");
            let said = lines[place.saturating_sub(6)..place].iter().any(|line| line.contains("// EXPOSE:"));
            if (line.contains(".expose()") || line.contains("::expose")) && !is_doc && !said {
                wrong.push(format!(
                    "{path}:{}: say why above it, in a comment that begins with EXPOSE:",
                    place + 1
                ));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn html_is_escaped_by_construction() {
    for File { path, text } in files("src", &[".rs"]) {
        let is_the_place = path == "src/ui/components.rs";
        assert!(
            is_the_place || !text.contains("PreEscaped"),
            "{path}: PreEscaped is named in ui/components.rs only"
        );
    }
    for File { path, text } in files("extension", &[".js"]) {
        for word in
            ["innerHTML", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
        {
            assert!(!text.contains(word), "{path}: {word}; use DOMParser and replaceWith");
        }
    }
    for File { path, text } in files("extension", &[".html"]) {
        assert!(
            !text.contains(" style=") && !text.contains("<style"),
            "{path}: the content policy refuses inline style"
        );
        assert!(
            !text.contains(" onclick") && !text.contains("<script>"),
            "{path}: the content policy refuses inline scripts"
        );
    }
}

#[test]
fn the_javascript_stays_small_and_the_worker_listens_at_once() {
    let is_code = |line: &&str| !line.trim_start().starts_with("//") && !line.trim().is_empty();
    let lines = |file: &File| file.text.lines().filter(is_code).count();
    let lines: usize = files("extension", &[".js"]).iter().map(lines).sum();
    assert!(lines <= 300, "extension/*.js has {lines} lines of code: what decides anything belongs in Rust");
    let worker = read("extension/worker.js");
    for line in worker.lines().filter(|line| !line.starts_with(' ')) {
        assert!(
            !line.contains("await "),
            "worker.js: a top-level await stops the worker from starting: {line}"
        );
    }
    assert!(!worker.contains("import("), "worker.js: import() is refused in a service worker");
}

#[test]
fn every_provider_is_complete() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let hosts: BTreeSet<_> = manifest["optional_host_permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|host| host.as_str().unwrap())
        .collect();
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let connect = policy.split(';').find_map(|part| part.trim().strip_prefix("connect-src ")).unwrap();
    let reached: BTreeSet<_> = connect.split(' ').filter(|source| *source != "'self'").collect();
    let readme = read("README.md");
    let simulated: String =
        files("tests/browser/simulated", &[".mjs"]).into_iter().map(|file| file.text).collect();
    let mut missing = Vec::new();
    // The bank that rates come from is no provider, and no key goes there.
    let mut origins = BTreeSet::from([ecb::ORIGIN]);
    for Provider { card, .. } in providers::ALL {
        for origin in card.origins {
            origins.insert(*origin);
            if origin.ends_with(".invalid") {
                missing.push(format!("{}: {origin} is a placeholder, put its own origin there", card.name));
            }
            if !hosts.contains(format!("{origin}/*").as_str()) {
                missing.push(format!(
                    "{}: add \"{origin}/*\" to optional_host_permissions in manifest.json",
                    card.name
                ));
            }
            if !reached.contains(origin) {
                missing.push(format!("{}: add {origin} to connect-src in manifest.json", card.name));
            }
            if !simulated.contains(&format!("\"{}\"", origin.trim_start_matches("https://"))) {
                missing.push(format!(
                    "{}: let a file of tests/browser/simulated answer for {origin}",
                    card.name
                ));
            }
        }
        match readme.lines().find(|line| line.starts_with(&format!("| {} |", card.name))) {
            None => missing.push(format!(
                "{}: add a row \"| {} | ...\" to the table of providers in README.md",
                card.name, card.name
            )),
            Some(row) if row.trim_matches('|').split('|').any(|cell| cell.trim().is_empty()) => {
                missing.push(format!("{}: a cell of its row in README.md is empty", card.name));
            }
            Some(_) => {}
        }
        for fixture in ["ok", "zero", "refused", "nonsense"] {
            let path = format!("tests/fixtures/{}/{fixture}.txt", card.id);
            if !root().join(&path).exists() {
                missing.push(format!("{}: add {path}", card.name));
            }
        }
        let (key, setup) = (card.key, card.setup);
        if !key.page.starts_with("https://") {
            missing.push(format!("{}: give key.page, where the key is made, on its card", card.name));
        }
        for field in setup.fields {
            if !card.known_errors.iter().any(|(name, _)| *name == field.name) {
                missing.push(format!("{}: say in known_errors what {} takes", card.name, field.name));
            }
        }
        let named = [
            ("key.least", key.least),
            ("key.if_stolen", key.if_stolen),
            ("counts", card.counts),
            ("covers", card.covers),
            ("not_permitted", card.not_permitted),
            ("lag", card.lag),
        ];
        let errors = card.known_errors.iter().copied();
        let steps = setup.steps.iter().map(|(text, _)| ("a step of setup", *text));
        let labels = setup.fields.iter().map(|field| (field.name, field.label));
        let choices = setup.fields.iter().flat_map(|field| field.choices.iter().copied());
        for (name, text) in named.into_iter().chain(errors).chain(steps).chain(labels).chain(choices) {
            if text.en.is_empty() || text.zh.is_empty() {
                missing.push(format!("{}: {name} on its card is empty in one language", card.name));
            }
        }
    }
    let written = [("src/providers", ".rs"), ("tests/fixtures", ".txt"), ("tests/browser/simulated", ".mjs")];
    for File { path, text } in written.iter().flat_map(|(folder, ending)| files(folder, &[ending])) {
        for (place, _) in text.lines().enumerate().filter(|(_, line)| line.contains("FILL")) {
            missing.push(format!("{path}:{}: fill in what the skeleton leaves open", place + 1));
        }
    }
    // A file may hold several cards.
    let list = read("src/providers.rs");
    for File { path, text } in files("src/providers", &[".rs"]) {
        let module = path.trim_start_matches("src/providers/").trim_end_matches(".rs");
        for name in
            text.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": Provider = "))
        {
            if !list.contains(&format!("{module}::{}", name.0)) {
                missing.push(format!("{path}: {} has no place in ALL of src/providers.rs", name.0));
            }
        }
    }
    for host in hosts.iter().map(|host| host.trim_end_matches("/*")).chain(reached) {
        if !origins.contains(host) {
            missing.push(format!("manifest.json names {host}, which nothing reads"));
        }
    }
    all_empty(&missing);
}

#[test]
fn every_simulated_provider_is_started() {
    let simulator = read("tests/browser/simulator.mjs");
    let list = simulator.split("const PROVIDERS = [").nth(1).unwrap();
    let started = list.split(']').next().unwrap();
    let started: Vec<_> = started.split(|sign: char| !sign.is_alphanumeric()).collect();
    let simulated = files("tests/browser/simulated", &[".mjs"]);
    let mut wrong = Vec::new();
    for File { path, text } in &simulated {
        let import = format!("/{}\";", path.rsplit('/').next().unwrap());
        let is_imported = simulator.contains(&import)
            || simulated.iter().any(|other| other.path != *path && other.text.contains(&import));
        if !is_imported {
            wrong.push(format!("{path} is imported by nothing: import it in tests/browser/simulator.mjs"));
        }
        for class in text.split("export class ").skip(1) {
            let name = class.split([' ', '{']).next().unwrap();
            if class.contains("static host = ") && !started.contains(&name) {
                wrong.push(format!("{path}: add {name} to PROVIDERS in tests/browser/simulator.mjs"));
            }
        }
    }
    all_empty(&wrong);
}

#[test]
fn the_manifest_requests_only_needed_permissions() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"), "manifest.json and Cargo.toml must agree");
    assert_eq!(manifest["permissions"], serde_json::json!(["storage", "alarms", "notifications", "idle"]));
    for absent in
        ["host_permissions", "content_scripts", "web_accessible_resources", "externally_connectable"]
    {
        assert!(manifest[absent].is_null(), "manifest.json must not have {absent}");
    }
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.split(';').any(|kept| kept.trim() == part), "the content policy lacks {part}");
    }
}

#[test]
fn no_file_names_a_development_machine() {
    let folders = ["src", "tests", "extension", "examples"];
    let texts = folders
        .iter()
        .flat_map(|folder| files(folder, &[".rs", ".js", ".mjs", ".html", ".css", ".json", ".txt", ".py"]));
    let tops = ["README.md", "CHANGELOG.md", "build.sh", "Cargo.toml"]
        .map(|path| File { path: path.to_owned(), text: read(path) });
    for File { path, text } in texts.chain(tops).filter(|file| !file.path.ends_with("tidy.rs")) {
        for word in ["/work/", "/root/", "/home/"] {
            assert!(!text.contains(word), "{path} names a folder of one machine: {word}");
        }
        for word in ["TODO", "FIXME", "XXX"] {
            assert!(!text.contains(word), "{path}: {word} belongs in an issue");
        }
    }
}
