//! Backup and restore: every figure comes back in a fresh browser, nothing is counted twice in a browser with data, keys are
//! never in clear text, and a file that is not a backup changes nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::digest::digest;
use drawdown::route::{Event, Reply};
use serde_json::{Map, Value, json};

use crate::busy_browser;
use crate::story::{KEY, PASSWORD, Story, has, lacks, text_of};

/// Downloads a backup file.
pub(crate) fn back_up(story: &Story) -> String {
    let reply = story.send("back_up", &[]);
    assert!(reply.ok, "{}", text_of(&reply.html));
    reply.file.expect("a file").text
}

pub(crate) fn restore(story: &Story, file: &str, password: &str) -> Reply {
    let file = STANDARD.encode(file);
    story.send(
        "restore_backup",
        &[("file.0", &file), ("file.0.name", "drawdown-backup.json"), ("password", password)],
    )
}

#[track_caller]
pub(crate) fn restored(story: &Story, file: &str, password: &str) -> String {
    let reply = restore(story, file, password);
    let text = text_of(&reply.html);
    assert!(reply.ok, "{text}");
    text
}

/// A new browser at the same time, with other random names.
pub(crate) fn fresh(now: &str) -> Story {
    let story = Story::begin(now);
    story.host.seed(77);
    story.event(Event::Start);
    story
}

/// A backup of a browser with one account kept by hand.
pub(crate) fn of_another_computer() -> String {
    let story = fresh("2026-11-20T10:00:00Z");
    story.send("by_hand", &[("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")]);
    back_up(&story)
}

/// The stored values, without those that differ between commits.
pub(crate) fn stored(story: &Story) -> Vec<(String, String)> {
    let stored = story.host.stored.borrow();
    let kept =
        stored.iter().filter(|(key, _)| !key.starts_with("popup") && *key != "meta" && *key != "pulse");
    kept.map(|(key, text)| (key.clone(), text.clone())).collect()
}

/// The figures of the overview, the budget and the card of each account.
fn figures(story: &Story) -> String {
    let cards = story.host.accounts();
    let cards = cards.iter().filter(|account| account["removed"].is_null());
    let cards = cards.map(|account| format!("accounts/{}", account["id"].as_str().unwrap()));
    let places = ["overview", "overview/2026-10", "budget"].map(str::to_owned).into_iter().chain(cards);
    places.map(|place| story.at(&place)).collect()
}

#[track_caller]
fn same(one: &str, other: &str) {
    for (place, (line, expected)) in one.lines().zip(other.lines()).enumerate() {
        let before = || one.lines().take(place).skip(place.saturating_sub(3)).collect::<Vec<_>>();
        let after = || other.lines().skip(place).take(3).collect::<Vec<_>>();
        assert_eq!(line, expected, "after {:?}: {:?}", before(), after());
    }
    assert_eq!(one.lines().count(), other.lines().count());
}

/// A backup file with changed values, and the digest that matches them.
pub(crate) fn changed(file: &str, change: impl FnOnce(&mut Map<String, Value>)) -> String {
    let mut file: Value = serde_json::from_str(file).unwrap();
    let stored = file["stored"].as_object_mut().unwrap();
    change(stored);
    let all: String = stored.iter().map(|(key, value)| format!("{key} {value}\n")).collect();
    file["digest"] = json!(digest(&all));
    file.to_string()
}

#[test]
fn every_figure_comes_back_in_a_fresh_browser() {
    let story = busy_browser::begin();
    story.send("drop_key", &[("account", &story.id(0))]);
    story.send("erase", &[("account", &story.id(7)), ("word", "erase")]);
    for day in 23..27 {
        story.clock(&format!("2026-11-{day}T12:00:00Z")).event(Event::Alarm);
    }
    let file = back_up(&story);
    story.host.close_browser();
    story.event(Event::Start);
    let other = fresh("2026-11-26T12:00:00Z");
    has(
        &restored(&other, &file, ""),
        "Restored. 7 accounts added. Unlock with the password of the backup, then allow access to each provider on its account's page.",
    );
    same(&figures(&other), &figures(&story));
    assert_eq!(other.badge(), story.badge());
    assert_eq!(other.popup(), story.popup());

    other.clock("2026-11-26T12:20:00Z").sent();
    let unlocked = other.send("unlock", &[("password", PASSWORD)]);
    assert!(unlocked.ok, "{}", text_of(&unlocked.html));
    assert!(other.sent() > 0, "its keys are in use");
}

#[test]
fn a_backup_holds_keys_only_as_they_are_sealed_and_nothing_of_one_browser() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.send("stay_unlocked", &[("on", "on")]);
    story.send("replace_key", &[("account", &story.id(0)), ("key", KEY)]);
    let data_key = story.host.session.borrow().get("data-key").cloned().expect("it is unlocked");
    let reply = story.send("back_up", &[]);
    let file = reply.file.unwrap();
    assert_eq!((file.name.as_str(), &file.next), ("drawdown-backup-2026-11-22.json", &None));
    for secret in [KEY, PASSWORD, data_key.as_str()] {
        lacks(&file.text, secret);
        lacks(&reply.html, secret);
    }
    let parsed: Value = serde_json::from_str(&file.text).unwrap();
    let keys: Vec<&String> = parsed["stored"].as_object().unwrap().keys().collect();
    let id = story.id(0);
    let account = format!("account.{id}");
    let [readings, months] = [format!("readings.{id}.2026-11"), format!("months.{id}")];
    let expected = [&account, "accounts", "alerts", "meta", &months, "pulse", &readings, "settings", "vault"];
    assert_eq!(keys, expected);
    assert!(parsed["stored"][&account]["credential"]["text"].is_string(), "the key is sealed");
    assert!(parsed["stored"][&account]["replacement"].is_null());
    assert!(story.stored("settings").contains("vault.wrap"));
    for name in ["vault.wrap", "vault.stays_unlocked"] {
        lacks(&file.text, name);
    }
}

#[test]
fn a_key_that_no_password_seals_is_in_no_backup() {
    let story = Story::begin("2026-11-22T10:00:00Z");
    story.set_books(KEY, "USD 0+20").event(Event::Start);
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    let file: Value = serde_json::from_str(&back_up(&story)).unwrap();
    assert!(file["stored"][format!("account.{}", story.id(0))]["credential"].is_null());
    let other = fresh("2026-11-22T10:00:00Z");
    has(&restored(&other, &file.to_string(), ""), "1 account needs its key again.");
}

#[test]
fn restoring_into_the_same_browser_changes_nothing_once_and_twice() {
    let story = busy_browser::begin();
    let file = back_up(&story);
    story.event(Event::Start);
    let shown = figures(&story);
    has(&restored(&story, &file, ""), "Combined with what was here:");
    same(&figures(&story), &shown);
    let kept = stored(&story);
    restored(&story, &file, "");
    assert_eq!(stored(&story), kept);
    same(&figures(&story), &shown);
}

/// A browser with an account that has spent a dollar an hour since the morning.
pub(crate) fn computer(password: &str) -> Story {
    let story = Story::begin("2026-11-22T08:00:00Z");
    story.set_books(KEY, "USD 0+40").event(Event::Start);
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.send("seal", &[("password", password), ("again", password)]);
    for hour in 9..12 {
        read(&story, hour, 0);
    }
    story
}

/// Reads the account at a minute of an hour.
pub(crate) fn read(story: &Story, hour: u32, minute: u32) {
    let cents = (hour - 8) * 100 + minute * 100 / 60;
    let left = 4000 - cents;
    story.set_books(KEY, &format!("USD 0+{}.{:02}", left / 100, left % 100));
    story.clock(&format!("2026-11-22T{hour:02}:{minute:02}:00Z")).event(Event::Alarm);
}

#[test]
fn a_file_that_is_no_whole_backup_changes_nothing_and_says_why() {
    let file = back_up(&computer(PASSWORD));
    let story = Story::connected("2026-11-22T12:00:00Z", "USD 0+20");
    story.clock("2026-11-22T12:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    let before = stored(&story);
    let id = |stored: &Map<String, Value>| stored["accounts"][0].as_str().unwrap().to_owned();
    let cut = &file[..file.len() / 2];
    let digit = file.replacen(r#""has_vault":true"#, r#""has_vault":false"#, 1);
    assert_ne!(digit, file);
    let without = |what: fn(&str) -> String| {
        changed(&file, |stored| {
            let key = what(&id(stored));
            assert!(stored.remove(&key).is_some(), "{key}");
        })
    };
    let put = |key: &'static str, value: Value| {
        changed(&file, |stored| {
            stored.insert(key.to_owned(), value);
        })
    };
    let damaged = [
        cut.to_owned(),
        digit,
        without(|id| format!("account.{id}")),
        without(|id| format!("readings.{id}.2026-11")),
        without(|_| "vault".to_owned()),
        without(|_| "settings".to_owned()),
        put("settings", json!({"plans": 7})),
        put("vault", json!("broken")),
        changed(&file, |stored| {
            let id = id(stored);
            stored["accounts"] = json!([id, id]);
        }),
        changed(&file, |stored| {
            let key = format!("readings.{}.2026-11", id(stored));
            stored[&key]["days"][0][1] = json!("no readings");
        }),
        changed(&file, |stored| stored["meta"]["version"] = json!("five")),
        file.replacen("\"version\":1", "\"version\":\"one\"", 1),
    ];
    for (place, damaged) in damaged.iter().enumerate() {
        let reply = restore(&story, damaged, PASSWORD);
        let text = text_of(&reply.html);
        assert!(
            !reply.ok && text.contains("This backup is damaged. Nothing was restored."),
            "{place}: {text}"
        );
        assert_eq!(reply.field.as_deref(), Some("file"));
    }
    let newer = [
        file.replacen("\"version\":1", "\"version\":2", 1),
        changed(&file, |stored| stored["meta"]["version"] = json!(6)),
    ];
    for newer in &newer {
        has(&text_of(&restore(&story, newer, "").html), "made by a newer version of Drawdown");
    }
    for foreign in
        ["", "{}", "[1]", "date,amount\n", r#"{"format":"other","version":1}"#, "{\"accounts\":\"[]\"}"]
    {
        has(&text_of(&restore(&story, foreign, "").html), "This isn't a Drawdown backup.");
    }
    let bytes = STANDARD.encode([0xff, 0xfe, 0, 1]);
    let binary = story.send("restore_backup", &[("file.0", &bytes), ("file.0.name", "x.json")]);
    has(&text_of(&binary.html), "This isn't a Drawdown backup.");
    let large = story.send("restore_backup", &[("file.0.size", "99000000"), ("file.0.name", "x.json")]);
    has(&text_of(&large.html), "This file is too large for a backup.");
    has(&text_of(&story.send("restore_backup", &[]).html), "Choose a backup file.");
    assert_eq!(stored(&story), before);
}

#[test]
fn an_editor_may_write_the_same_backup_in_another_way() {
    let one = computer(PASSWORD);
    let parsed: Value = serde_json::from_str(&back_up(&one)).unwrap();
    let other = fresh("2026-11-22T11:00:00Z");
    restored(&other, &format!("\u{feff}{}", serde_json::to_string_pretty(&parsed).unwrap()), "");
    assert_eq!(other.badge().0, "$3.0");
}

#[test]
fn the_page_says_when_a_backup_is_due() {
    let story = computer(PASSWORD);
    lacks(&story.at("data"), "Last backup");
    story.clock("2026-12-22T07:59:00Z");
    lacks(&story.at("data"), "Last backup");
    story.clock("2026-12-22T08:00:00Z");
    for place in ["data", "settings"] {
        has(&story.at(place), "Last backup: never");
    }
    back_up(&story);
    let html = story.send("show", &[("open", "data")]).html;
    has(&html, r#"<p class="soft">Last backup: <time datetime="2026-12-22T08:00:00Z""#);
    story.clock("2027-01-21T08:00:00Z");
    has(&story.send("show", &[("open", "data")]).html, r#"<p class="note">Last backup: <time"#);
}

#[test]
fn the_settings_say_how_a_second_computer_shows_the_same() {
    let settings = computer(PASSWORD).at("settings");
    has(&settings, "Download a backup here and restore it on the other computer.");
    has(&settings, "Two computers don't double a total.");
}
