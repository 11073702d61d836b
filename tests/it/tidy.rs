//! Rules for the source tree. Each message says how to fix the violation.

mod imports;
mod manifest;
mod phrases;
mod provider_files;
mod store_texts;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file may be longer if a line of its head contains this text and says why.
const LONGEST: usize = 400;
const LONG_BECAUSE: &str = "long because";

pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

/// The files in a folder and below, with these endings.
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

pub(crate) fn all_empty(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn feature_settings_have_distinct_names() {
    let (mut names, mut wrong) = (BTreeSet::new(), Vec::new());
    for File { path, text } in files("src/features", &[".rs"]) {
        let own = path.trim_start_matches("src/features/").split(['/', '.']).next().unwrap();
        for declared in text.split("Setting::new").skip(1) {
            let name = declared.split('"').nth(1).unwrap();
            if !name.starts_with(&format!("{own}.")) || !names.insert(name.to_owned()) {
                wrong.push(format!("{path}: name the setting {own}.SOMETHING, as no other is named: {name}"));
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
    assert!(lines <= 400, "extension/*.js has {lines} lines of code: what decides anything belongs in Rust");
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
fn no_file_names_a_development_machine() {
    let folders = ["src", "tests", "extension", "examples"];
    let texts = folders.iter().flat_map(|folder| {
        files(folder, &[".rs", ".js", ".mjs", ".html", ".css", ".json", ".txt", ".py", ".sh"])
    });
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
