//! What is new: shown after an update until it is closed, never after a first installation.

use drawdown::route::Event;
use serde_json::{Value, json};

use crate::backup::back_up;
use crate::story::{Story, has, lacks, text_of};

const NOW: &str = "2026-11-21T10:00:00Z";
const SEEN: &str = "whats_new.seen";

/// The version stored in the settings.
fn seen(story: &Story) -> Value {
    let settings: Value = serde_json::from_str(&story.stored("settings")).unwrap();
    settings[SEEN].clone()
}

/// Gives the story the storage of another version, with this stored version.
fn left_by(story: &Story, version: &Value) {
    let mut settings: Value = serde_json::from_str(&story.stored("settings")).unwrap();
    settings[SEEN] = version.clone();
    story.host.stored.borrow_mut().insert("settings".to_owned(), settings.to_string());
}

/// The lines of one part of this version's section in the changelog.
fn lines(part: &str) -> Vec<String> {
    let changelog = crate::tidy::read("CHANGELOG.md");
    let (_, section) = changelog.split_once(&format!("\n## {}\n", env!("CARGO_PKG_VERSION"))).unwrap();
    let (_, part) = section.split_once(&format!("\n### {part}\n")).unwrap();
    let lines = part.lines().take_while(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.strip_prefix("- ")).map(str::to_owned).collect()
}

#[test]
fn a_first_installation_shows_no_news() {
    let story = Story::connected(NOW, "USD 5+15");
    assert_eq!(seen(&story), env!("CARGO_PKG_VERSION"));
    lacks(&story.dashboard(), "What's new");
}

#[test]
fn an_update_shows_the_lines_of_the_changelog_until_they_are_closed() {
    let story = Story::connected(NOW, "USD 5+15");
    left_by(&story, &json!("0.0.9"));
    story.event(Event::Start);
    let page = story.at("overview");
    let title = format!("What's new in Drawdown {}", env!("CARGO_PKG_VERSION"));
    has(&page, &title);
    let english = lines("What's new");
    assert!((1..=5).contains(&english.len()), "a few lines: {english:?}");
    english.iter().for_each(|line| has(&page, line));
    has(&story.at("settings"), &title);
    lacks(&story.popup(), "What's new");
    lacks(&text_of(&story.send("close_news", &[]).html), "What's new");
    story.event(Event::Start);
    lacks(&story.dashboard(), "What's new");
    has(&story.at("overview"), "$20.00 left");
}

#[test]
fn an_update_shows_as_many_lines_in_chinese() {
    let story = Story::connected(NOW, "USD 5+15");
    left_by(&story, &json!("0.0.9"));
    story.send("settings", &[("language", "zh")]);
    let page = story.at("overview");
    has(&page, &format!("Drawdown {} 新功能", env!("CARGO_PKG_VERSION")));
    let chinese = lines("新功能");
    assert_eq!(chinese.len(), lines("What's new").len());
    chinese.iter().for_each(|line| has(&page, line));
}

#[test]
fn a_version_that_remembers_none_or_a_newer_one_shows_no_news() {
    for version in [Value::Null, json!("1000.0.0"), json!(env!("CARGO_PKG_VERSION"))] {
        let story = Story::connected(NOW, "USD 5+15");
        left_by(&story, &version);
        story.event(Event::Start);
        lacks(&story.dashboard(), "What's new");
        assert_ne!(seen(&story), Value::Null);
    }
}

#[test]
fn a_backup_does_not_hold_what_this_browser_has_seen() {
    lacks(&back_up(&Story::connected(NOW, "USD 5+15")), SEEN);
}
