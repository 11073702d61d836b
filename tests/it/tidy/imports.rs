//! Which files may import which: layers, no cycles, and the imports of features and providers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::tidy::{File, all_empty, files};

/// Modules in reading order: each may import from its own folder and from those above it.
const ORDER: [&str; 19] = [
    "money",
    "order",
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

/// The crate's modules that a provider's file may import.
const PROVIDERS_MAY_IMPORT: [&str; 7] =
    ["provider", "files", "books::reading", "books::bill", "money", "time", "text"];

/// The module that a file of `src` belongs to.
fn module(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap();
    path.split(['/', '.']).next().unwrap()
}

/// The imports between files of `src`. `mod` declarations do not count; a `pub use` is followed to the file that defines the
/// item.
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

    /// The file that defines the item at a path.
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

/// The shortest import cycle through a file.
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

/// A path from the root of the crate. `None` if it leads into another crate.
fn full_path(path: &str, file: &str, sources: &BTreeMap<String, String>) -> Option<String> {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    match first {
        "crate" => Some(rest.to_owned()),
        "self" => Some(format!("{file}::{rest}")),
        "super" => Some(format!("{}::{rest}", file.rsplit_once("::")?.0)),
        _ => sources.contains_key(&format!("{file}::{first}")).then(|| format!("{file}::{path}")),
    }
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
                    wrong.push(format!(
                        "{path} imports {imported}, which is below it in the list: {}",
                        line.trim()
                    ));
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
