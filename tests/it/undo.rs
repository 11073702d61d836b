//! The Undo button of a form's message: it restores the previous value, for every form that changes a setting.

use std::cell::RefCell;
use std::rc::Rc;

use drawdown::provider::Answer;
use drawdown::route::Event;

use crate::manual::manual_account;
use crate::story::{KEY, Story, body, has, text_of};

/// The command of a reply's Undo button, with its fields.
pub(crate) fn undo_of(html: &str) -> (String, Vec<(String, String)>) {
    let (_, form) = html.split_once("<form class=\"undo\" data-do=\"").expect("an undo");
    let (form, _) = form.split_once("</form>").expect("its end");
    let (command, fields) = form.split_once('"').expect("a command");
    let fields = fields.split("name=\"").skip(1).map(|field| {
        let (name, rest) = field.split_once("\" value=\"").expect("a value");
        (name.to_owned(), rest.split('"').next().unwrap_or_default().to_owned())
    });
    (command.to_owned(), fields.collect())
}

/// Sends a form, then its Undo: the pages change, and then are as before.
#[track_caller]
pub(crate) fn is_undone(story: &Story, command: &str, fields: &[(&str, &str)]) {
    let before = story.dashboard_html();
    let done = story.send(command, fields);
    assert!(done.ok, "{command}: {}", text_of(&done.html));
    assert_ne!(story.dashboard_html(), before, "{command} {fields:?} changes something");
    let (undo, fields) = undo_of(&done.html);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let undone = story.send(&undo, &fields);
    assert!(undone.ok, "{undo}: {}", text_of(&undone.html));
    has(&text_of(&undone.html), "Undone.");
    assert_eq!(story.dashboard_html(), before, "{undo} {fields:?} brings back what was there");
}

#[test]
fn alerts_and_the_look_can_be_undone() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 5+20");
    let all = [
        ("budget", "on"),
        ("low_balance", "7.5"),
        ("run_out_days", "9"),
        ("keys", "on"),
        ("granted_expires", "on"),
        ("unusual", "on"),
        ("rise", "on"),
        ("quiet_from", "22:00"),
        ("quiet_to", "07:00"),
    ];
    is_undone(&story, "alerts", &all);
    assert!(story.send("alerts", &all).ok);
    is_undone(&story, "alerts", &[("budget", "on"), ("low_balance", "1.234"), ("low_balance.read", "1.234")]);
    is_undone(&story, "alerts", &[]);
    is_undone(&story, "appearance", &[("theme", "dark"), ("badge", "today")]);
    assert!(story.send("appearance", &[("theme", "light"), ("badge", "nothing")]).ok);
    is_undone(&story, "appearance", &[("theme", "dark"), ("badge", "nothing")]);
}

#[test]
fn days_of_an_account_can_be_undone() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 5+20");
    let id = story.id(0);
    let expires = |day: &'static str| [("account", id.as_str()), ("currency", "USD"), ("day", day)];
    is_undone(&story, "expiry_day", &expires("2026-12-24"));
    assert!(story.send("expiry_day", &expires("2026-12-01")).ok);
    is_undone(&story, "expiry_day", &expires("2026-12-24"));
    is_undone(&story, "expiry_day", &expires(""));
    let key = |day: &'static str| [("account", id.as_str()), ("key_expires", day)];
    is_undone(&story, "key_expiry", &key("2027-01-01"));
    assert!(story.send("key_expiry", &key("2027-01-01")).ok);
    is_undone(&story, "key_expiry", &key(""));

    let story = manual_account("2026-11-02T09:00:00Z", "balance", "60");
    let id = story.id(0);
    let days = |days: &'static str| [("account", id.as_str()), ("days", days)];
    is_undone(&story, "remind", &days("3"));
    assert!(story.send("remind", &days("14")).ok);
    is_undone(&story, "remind", &days(""));
}

#[test]
fn daily_rates_can_be_undone_and_give_back_the_rates_that_they_replaced() {
    let story = Story::begin("2026-10-31T12:00:00Z");
    let books = Rc::new(RefCell::new("USD 0+100, CNY 0+100"));
    let known = Rc::clone(&books);
    story.host.answers(move |request| {
        let rates = r#"{"amount":1.0,"base":"USD","date":"2026-10-30","rates":{"CNY":8}}"#;
        let body = if request.url.contains("frankfurter") { rates.to_owned() } else { body(*known.borrow()) };
        Ok(Answer::new(200, body))
    });
    story.event(Event::Start);
    story.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    story.send("seal", &[("password", crate::story::PASSWORD), ("again", crate::story::PASSWORD)]);
    *books.borrow_mut() = "USD 0+97, CNY 0+60";
    story.clock("2026-11-01T12:00:00Z").event(Event::Alarm);
    let on = [("on", "on")];
    is_undone(&story, "ecb_rates", &on);
    assert!(story.send("rate", &[("currency", "CNY"), ("rate", "0.15")]).ok);
    let by_hand = || story.send("show", &[("open", "budget")]).html.contains("value=\"0.15\"");
    assert!(by_hand());
    is_undone(&story, "ecb_rates", &on);
    assert!(by_hand());
    assert!(story.send("ecb_rates", &on).ok);
    is_undone(&story, "ecb_rates", &[("on", "")]);
}
