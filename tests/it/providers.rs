//! Every provider against its fixtures: text files with a few header lines, a blank line, and the body of an answer.
//! Most of them are failures, and their names say what is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use drawdown::provider::{Answer, Provider, Query, Step, WrongKey};
use drawdown::providers::{self, deepseek};
use drawdown::reading::{Pools, Reading};

use crate::make::at;

fn fixtures(provider: &Provider) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(provider.card.id);
    let entries = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} is missing", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_fixture_reads_as_it_says() {
    let mut wrong = Vec::new();
    for provider in &providers::ALL {
        for path in fixtures(provider) {
            let text = fs::read_to_string(&path).unwrap();
            let (head, body) = text.split_once("\n\n").expect("a blank line ends the head");
            let header = |name: &str| {
                head.lines()
                    .filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            let answer = Answer {
                status: header("status")[0].parse().unwrap(),
                retry_after: header("retry-after").first().cloned(),
                body: body.trim_end_matches('\n').to_owned(),
            };
            let told = tell(provider, &answer);
            if told != header("expect") {
                wrong.push(format!("{}: {told:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What one answer told, line by line, books in the order of their codes.
fn tell(provider: &Provider, answer: &Answer) -> Vec<String> {
    let query = query();
    let ask = (provider.first)(&query);
    let mut told: Vec<String> = match (provider.read)(&query, &ask, answer) {
        Ok(Step::Done(readings)) => readings.iter().map(in_words).collect(),
        Ok(Step::More(readings, next)) => {
            readings.iter().map(in_words).chain([format!("asks {}", next.url)]).collect()
        }
        Err(problem) => vec![format!("problem {}", serde_json::to_string(&problem).unwrap())],
    };
    if told.is_empty() {
        told.push("nothing".to_owned());
    }
    told.sort();
    told
}

fn query() -> Query<'static> {
    let now = at("2026-11-22T07:00:00Z");
    Query { settings: &[], from: now.month().previous().day(1), now }
}

fn in_words(reading: &Reading) -> String {
    let Reading::Balance(balance) = reading else { return format!("{reading:?}") };
    match balance.pools {
        Pools::Total(total) => format!("{} total {}", balance.currency, total.to_stored()),
        Pools::Split { granted, topped_up } => {
            format!(
                "{} granted {} topped-up {}",
                balance.currency,
                granted.to_stored(),
                topped_up.to_stored()
            )
        }
    }
}

#[test]
fn a_wrong_kind_of_key_is_told_before_any_call() {
    let check = |key: &str| deepseek::PROVIDER.card.check_key(key);
    assert_eq!(check("sk-0123456789abcdef0123456789abcdef"), Ok(()));
    assert_eq!(check(""), Err(WrongKey::Empty));
    assert_eq!(check("sk-ant-api03-x"), Err(WrongKey::Of("Anthropic")));
    assert_eq!(check("sk-or-v1-x"), Err(WrongKey::Of("OpenRouter")));
    assert_eq!(check("sk-proj-x"), Err(WrongKey::Of("OpenAI")));
    assert_eq!(check("AIzaSyX"), Err(WrongKey::Of("Google")));
    assert_eq!(check("ghp_x"), Err(WrongKey::OtherPrefix));
    assert_eq!(check("sk-with a space"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-with\r\nX-Header: 1"), Err(WrongKey::Garbled));
    assert_eq!(check("sk-кириллица"), Err(WrongKey::Garbled));
}

#[test]
fn a_first_request_goes_to_an_origin_on_the_card() {
    let query = query();
    for provider in &providers::ALL {
        let ask = (provider.first)(&query);
        assert!(provider.card.origins.contains(&ask.origin()), "{} is not on the card", ask.origin());
    }
}
