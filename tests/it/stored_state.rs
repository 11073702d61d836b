//! Settings, and stored values that are damaged, old, too new or cannot be written.

use drawdown::route::Event;
use drawdown::time::MINUTE;
use serde_json::Value;

use crate::story::{KEY, Story, text_of};

#[test]
fn settings_are_saved_all_or_none() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let set = |fields: &[(&str, &str)]| text_of(&story.send("settings", fields).html);
    let before = story.stored("settings");
    assert!(set(&[("period_minutes", "4")]).contains("Refresh every 5 to 1440 minutes"));
    assert!(set(&[("period_minutes", "1.5")]).contains("Refresh every 5 to 1440 minutes"));
    assert!(
        set(&[("period_minutes", "30"), ("currency", "dollar")])
            .contains("Enter a three-letter currency code")
    );
    assert!(set(&[("lock_after_minutes", "-1")]).contains("Lock after 1 to 1440 minutes"));
    assert_eq!(story.stored("settings"), before);
    assert!(set(&[("period_minutes", " 30 "), ("currency", "cny")]).contains("Saved."));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.every), Some(30 * MINUTE));
    assert!(set(&[("period_minutes", "")]).contains("Saved."));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.every), Some(15 * MINUTE), "as usual");
}

#[test]
fn hidden_amounts_are_hidden_everywhere() {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 5+15, CNY 1+8");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18.5, CNY 1+3").event(Event::Alarm);
    story.click("hide", &[("hidden", "on")]);
    let shown = [story.click("show", &[]).html, story.send("show", &[]).html, story.title(), story.badge().0]
        .join("\n");
    for amount in ["1.5", "18.5", "5.00", "3.00", "$", "¥"] {
        assert!(!text_of(&shown).contains(amount), "{amount} is in {}", text_of(&shown));
    }
    story.click("hide", &[("hidden", "")]);
    assert!(story.popup().contains("$18.50 left"));
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let before = story.host.stored.borrow().clone();
    story.host.is_full.set(true);
    let reply = story.click("refresh", &[]);
    assert!(
        text_of(&reply.html).contains("Couldn't save. Your disk may be full."),
        "{}",
        text_of(&reply.html)
    );
    assert_eq!(*story.host.stored.borrow(), before);
    story.host.is_full.set(false);
    story.event(Event::Start).clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    assert_eq!(story.badge().0, "$2.0");
}

#[test]
fn values_of_a_newer_version_are_not_changed() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.host.stored.borrow_mut().insert("meta".to_owned(), "{\"version\":99,\"rev\":9}".to_owned());
    let before = story.host.stored.borrow().clone();
    story.event(Event::Alarm);
    assert!(story.popup().contains("Your data was saved by a newer version of Drawdown."));
    assert_eq!(*story.host.stored.borrow(), before);
}

#[test]
fn damaged_readings_make_the_month_a_floor_and_are_preserved() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    let key = format!("readings.{}.2026-11", story.id(0));
    story.host.stored.borrow_mut().insert(key.clone(), "[[[".to_owned());
    story.clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 0+17").event(Event::Alarm);
    let popup = story.popup();
    assert!(
        popup.contains("DDeepSeek ≥ $1.00"),
        "what went before is lost, and the last reading is not: {popup}"
    );
    assert_eq!(story.stored(&format!("damaged.{key}")), "[[[");
    story.clock("2026-11-22T10:45:00Z").set_books(KEY, "USD 0+16").event(Event::Alarm);
    assert!(story.popup().contains("DDeepSeek ≥ $2.00"), "it stays a floor: {}", story.popup());

    // A missing shard has the same effect.
    story.host.stored.borrow_mut().remove(&key);
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+15").event(Event::Alarm);
    assert!(story.popup().contains("DDeepSeek ≥ $1.00"), "{}", story.popup());
}

#[test]
fn values_of_the_first_version_are_read_and_rewritten() {
    let story = Story::connected("2026-11-21T10:00:00Z", "USD 5+15, CNY 0+7");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 3.75+15.00, CNY 0+7").event(Event::Alarm);
    let popup = story.popup();
    let key = format!("readings.{}.2026-11", story.id(0));
    let old = r#"{"before":[],"readings":[
        [1795255200000,"baseline",[{"balance":["USD","5","15"]},{"balance":["CNY","0","7"]},
            {"bill":{"c":"USD","d":"2026-11-20"}},{"limit":{"amount":"9","currency":"USD"}},{"apart":{"amount":"1","currency":"USD"}}]],
        [1795342500000,"",[{"balance":["USD","3.75","15.00"]},{"balance":["CNY","0","7"]}]]],"is_part_lost":false}"#;
    let new = story.stored(&key);
    story.host.stored.borrow_mut().insert(key.clone(), old.to_owned());
    story.host.stored.borrow_mut().insert("meta".to_owned(), "{\"version\":1,\"rev\":9}".to_owned());
    assert_eq!(story.popup(), popup);
    assert_eq!(story.stored(&key), old, "to look changes nothing");
    story.clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 3+15.00, CNY 0+7").event(Event::Alarm);
    let days = |text: &str| -> Value { serde_json::from_str::<Value>(text).unwrap()["days"].take() };
    let [is, was] = [days(&story.stored(&key)), days(&new)];
    assert_eq!(is[0], was[0], "a day that is over");
    assert!(is[1][1].as_str().unwrap().starts_with(was[1][1].as_str().unwrap()), "{is}");
    assert!(story.popup().contains("$2.00*"), "{}", story.popup());
}
