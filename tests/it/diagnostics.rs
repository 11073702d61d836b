//! Diagnostics: the replay computes the same figures from the file, the file contains no key, name or real amount, and the saved
//! text is the shown text.

use drawdown::app::statement;
use drawdown::money::Amount;
use drawdown::route::{Event, Reply};
use drawdown_lab::replay::{look, replay};
use serde_json::{Value, json};

use crate::builders::amount;
use crate::busy_browser;
use crate::story::{KEY, Story, has, lacks, text_of};

/// The file shown on the page.
fn shown(story: &Story, fields: &[(&str, &str)]) -> String {
    let reply = story.send("diagnose", fields);
    assert!(reply.ok, "{}", text_of(&reply.html));
    has(&text_of(&reply.html), "This is the whole file. Nothing has been saved yet.");
    let [(name, text)] = reply.fill.as_slice() else { panic!("{:?}", reply.fill.len()) };
    assert_eq!(name, "diagnostics");
    text.clone()
}

fn save(story: &Story, text: &str) -> Reply {
    story.send("save_diagnostics", &[("diagnostics", text)])
}

/// The result of the replay.
fn computed(file: &str) -> Value {
    let computed: Value = serde_json::from_str(&replay(file).unwrap()).unwrap();
    assert_eq!(computed["refused"], Value::Array(Vec::new()), "{file}");
    computed
}

/// The month's figures on the pages: each book's spend, mark and balance.
fn books(story: &Story) -> Vec<Option<Amount>> {
    look(&story.host, |state, now| {
        let mut accounts = statement(state, now).accounts;
        accounts.sort_by(|one, other| one.id.cmp(&other.id));
        let books = accounts.iter().flat_map(|account| &account.books);
        books.map(|book| book.spend.amount).collect()
    })
}

fn books_of(computed: &Value) -> Vec<Option<Amount>> {
    let accounts = computed["accounts"].as_array().unwrap().iter();
    let books = accounts.flat_map(|account| account["books"].as_array().unwrap());
    books.map(|book| book["spend"].as_str().map(amount)).collect()
}

#[test]
fn the_replay_computes_the_same_figures_from_the_file() {
    let story = busy_browser::begin();
    let file = shown(&story, &[("amounts", "on")]);
    let computed = computed(&file);
    assert_eq!(books_of(&computed), books(&story));
    let (total, mark) = look(&story.host, |state, now| {
        let total = statement(state, now).total;
        (total.spend.amount.unwrap().to_string(), serde_json::to_value(total.spend.mark).unwrap())
    });
    assert_eq!((&computed["total"]["spend"], &computed["total"]["mark"]), (&Value::from(total), &mark));
}

#[test]
fn without_real_amounts_every_figure_is_the_same_multiple() {
    let story = busy_browser::begin();
    let file = shown(&story, &[]);
    has(&file, "\"amounts\": \"disguised\"");
    let pairs = books_of(&computed(&file)).into_iter().zip(books(&story));
    let factors = pairs.map(|(disguised, real)| {
        let (disguised, real) = disguised.zip(real)?;
        assert!(real.is_zero() || disguised != real, "{real}");
        disguised.over(real).map(|factor| factor.to_text(4))
    });
    let mut factors: Vec<String> = factors.flatten().collect();
    assert!(factors.len() > 3, "{factors:?}");
    factors.dedup();
    assert_eq!(factors.len(), 1, "{factors:?}");
}

#[test]
fn the_file_holds_no_key_no_name_and_no_setting_of_an_account() {
    let story = busy_browser::begin();
    story.send("rename", &[("account", &story.id(0)), ("label", "Ada's secret project")]);
    for fields in [&[][..], &[("amounts", "on")]] {
        let file = shown(&story, fields);
        for word in [KEY, "Ada", "secret", "credential", "deepseek-chat", "Pro"] {
            lacks(&file, word);
        }
    }
}

#[test]
fn what_is_saved_is_what_was_shown() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let text = shown(&story, &[]);
    let reply = save(&story, &text);
    has(&text_of(&reply.html), "Saved as drawdown-diagnostics-2026-11-22.json.");
    let file = reply.file.unwrap();
    assert_eq!(
        (file.name.as_str(), file.text.as_str()),
        ("drawdown-diagnostics-2026-11-22.json", text.as_str())
    );
    let nothing = save(&story, "");
    assert!(!nothing.ok && nothing.file.is_none());
    has(&text_of(&nothing.html), "Show the file first, then save it.");
}

#[test]
fn the_file_lists_what_was_set_aside_lost_and_unreadable() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    // The clock runs a day ahead for one reading.
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    story.clock("2026-11-22T11:00:00Z").event(Event::Start);
    let readings = format!("readings.{}.2026-11", story.id(0));
    let file: Value = serde_json::from_str(&shown(&story, &[])).unwrap();
    assert_eq!(file["accounts"][0]["set_aside"], json!(["2026-11-23T10:00:00Z"]));
    assert_eq!(file["accounts"][0]["lost_months"], json!([]));

    story.host.stored.borrow_mut().insert(readings.clone(), "damaged".to_owned());
    story.refuse(KEY).clock("2026-11-22T11:30:00Z").event(Event::Alarm);
    let text = shown(&story, &[]);
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["accounts"][0]["lost_months"], json!(["2026-11"]));
    assert_eq!(computed(&text)["accounts"][0]["problem"], "key_refused");
    story.host.stored.borrow_mut().insert("settings".to_owned(), "damaged".to_owned());
    story.event(Event::Alarm);
    let file: Value = serde_json::from_str(&shown(&story, &[])).unwrap();
    assert_eq!(file["unreadable"], json!([{"value": "settings", "recovered": true}]));
}
