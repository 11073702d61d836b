//! Every provider is complete: card, fixtures, permissions, simulator, documentation.

use std::collections::BTreeSet;

use drawdown::provider::{Provider, ecb};
use drawdown::providers;
use serde_json::Value;

use crate::tidy::{File, all_empty, files, read, root};

/// The file and line of a card, by its id.
fn place_of_card(sources: &[File], id: &str) -> String {
    let wanted = format!("id: \"{id}\",");
    let place = sources.iter().find_map(|File { path, text }| {
        let line = text.lines().position(|line| line.trim() == wanted)?;
        Some(format!("{path}:{}", line + 1))
    });
    place.unwrap_or_else(|| panic!("no file of src/providers has a card with the line {wanted}"))
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
    let sources = files("src/providers", &[".rs"]);
    let mut missing = Vec::new();
    // The bank that publishes the rates is not a provider, and receives no key.
    let mut origins = BTreeSet::from([ecb::ORIGIN]);
    for Provider { card, others, .. } in providers::ALL {
        let place = place_of_card(&sources, card.id);
        for origin in card.origins {
            origins.insert(*origin);
            if origin.ends_with(".invalid") {
                missing
                    .push(format!("{place}: {origin} is a placeholder, put the provider's own origin there"));
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
            missing.push(format!("{place}: give key.page, the address where the key is made"));
        }
        for field in setup.fields {
            if !card.known_errors.iter().any(|(name, _)| *name == field.name) {
                missing.push(format!("{place}: say in known_errors what {} takes", field.name));
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
        let others = others.iter().flat_map(|other| {
            [("covers of another scope", other.card.covers), ("not_permitted", other.card.not_permitted)]
        });
        let errors = card.known_errors.iter().copied();
        let steps = setup.steps.iter().map(|(text, _)| ("a step of setup", *text));
        let labels = setup.fields.iter().map(|field| (field.name, field.label));
        let choices = setup.fields.iter().flat_map(|field| field.choices.iter().copied());
        for (name, text) in
            named.into_iter().chain(others).chain(errors).chain(steps).chain(labels).chain(choices)
        {
            if text.en.is_empty() || text.zh.is_empty() {
                missing.push(format!("{place}: {name} is empty in one language"));
            }
        }
    }
    let written = [("src/providers", ".rs"), ("tests/fixtures", ".txt"), ("tests/browser/simulated", ".mjs")];
    for File { path, text } in written.iter().flat_map(|(folder, ending)| files(folder, &[ending])) {
        for (place, _) in text.lines().enumerate().filter(|(_, line)| line.contains("FILL")) {
            missing.push(format!("{path}:{}: fill in what the skeleton leaves open", place + 1));
        }
    }
    // A file may hold several cards: of providers, or of one provider's keys with other scopes.
    let list = read("src/providers.rs");
    for File { path, text } in sources {
        let module = path.trim_start_matches("src/providers/").trim_end_matches(".rs");
        for name in
            text.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": Provider = "))
        {
            let is_other = text.contains(&format!("others: &[{}]", name.0));
            if !is_other && !list.contains(&format!("{module}::{}", name.0)) {
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
