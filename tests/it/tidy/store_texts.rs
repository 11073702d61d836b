//! The stores' texts give a reason for every permission and every kind of site, in both languages.

use std::collections::BTreeSet;

use drawdown::providers;
use serde_json::Value;

use crate::tidy::{all_empty, files, read};

const LISTINGS: [&str; 2] = ["extension/store/listing.en.md", "extension/store/listing.zh-CN.md"];
const ENDINGS: [&str; 2] = [".en.md", ".zh-CN.md"];

/// The items of a list that begin with code, such as "- `storage`: why": the code and its reason.
fn reasons(text: &str) -> Vec<(&str, &str)> {
    let items = text.lines().filter_map(|line| line.strip_prefix("- ")?.split_once('`'));
    items.filter_map(|(_, rest)| rest.split_once('`')).collect()
}

fn strings<'a>(manifest: &'a Value, key: &str) -> BTreeSet<&'a str> {
    manifest[key].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

#[test]
fn every_permission_and_no_other_has_a_reason_in_both_languages() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    for path in LISTINGS {
        let listing = read(path);
        let said = reasons(&listing).into_iter().filter(|(code, _)| !code.contains("://"));
        let said: BTreeSet<_> = said.filter(|(_, why)| why.len() > 20).map(|(code, _)| code).collect();
        assert_eq!(said, strings(&manifest, "permissions"), "{path}");
    }
}

/// The providers' APIs are one kind of site. A site of no provider, and a provider's site other than its API, are each their own
/// kind.
#[test]
fn every_kind_of_site_has_a_reason_in_both_languages() {
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    let hosts = strings(&manifest, "optional_host_permissions");
    let apis: BTreeSet<_> =
        providers::ALL.iter().filter_map(|provider| provider.card.origins.first()).collect();
    let origins: BTreeSet<_> = hosts.iter().filter_map(|host| host.strip_suffix("/*")).collect();
    assert_eq!(origins.len(), hosts.len());
    let mut wrong = Vec::new();
    for path in LISTINGS {
        let listing = read(path);
        let said: BTreeSet<_> = reasons(&listing).into_iter().map(|(code, _)| code).collect();
        for origin in origins.iter().filter(|origin| !apis.contains(origin) && !said.contains(*origin)) {
            wrong.push(format!("{path}: say why {origin} is reached"));
        }
        for origin in said.iter().filter(|code| code.contains("://") && !origins.contains(*code)) {
            wrong.push(format!("{path}: {origin} is not in manifest.json"));
        }
        if !said.iter().any(|origin| apis.contains(origin)) {
            wrong.push(format!("{path}: name the API of a provider as an example"));
        }
    }
    all_empty(&wrong);
}

#[test]
fn every_text_for_users_stands_in_both_languages() {
    let texts = files("extension/store", &ENDINGS);
    let sections = |ending: &str| {
        let own = texts.iter().filter(|file| file.path.ends_with(ending));
        own.map(|file| {
            let parts = file.text.lines().filter(|line| line.starts_with('#') || line.starts_with("**"));
            (file.path.trim_end_matches(ending).to_owned(), parts.count())
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(sections(ENDINGS[0]).len(), 2, "the listing and the privacy policy");
    assert_eq!(sections(ENDINGS[0]), sections(ENDINGS[1]), "the same texts with as many sections");
}
