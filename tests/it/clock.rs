//! Time on the worker: the end of a month, a wrong clock, and old history.

use drawdown::host::{FetchError, Tone};
use drawdown::route::Event;
use drawdown::time::DAY;
use serde_json::Value;

use crate::builders::at;
use crate::story::{AccountAnswer, KEY, Story};

#[test]
fn the_alarm_fires_at_the_end_of_the_month() {
    let story = Story::connected("2026-11-30T23:57:00Z", "USD 0+20");
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.at), Some(at("2026-12-01T00:00:00Z")));
}

#[test]
fn a_new_month_begins_while_locked() {
    let story = Story::connected("2026-11-29T00:00:00Z", "USD 0+120");
    story.clock("2026-11-30T23:45:00Z").set_books(KEY, "USD 0+112").event(Event::Alarm);
    story.host.close_browser();
    story.event(Event::Start);
    assert_eq!(story.badge(), ("$8.0".to_owned(), Tone::Grey));
    assert_eq!(story.host.alarm.get().map(|alarm| alarm.at), Some(at("2026-12-01T00:00:00Z")));

    story.clock("2026-12-01T00:00:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Grey), "no last-month figure is this month's");
    let frame = story.first_frame();
    assert!(frame.starts_with("December30 days left\n"), "{frame}");
    assert!(frame.contains("\n–\n"), "{frame}");
    assert!(frame.contains("November: ≥ $8.00"), "a quarter of an hour of it was not seen: {frame}");
    story.clock("2026-12-07T23:59:00Z").event(Event::Alarm);
    assert!(story.first_frame().contains("November: ≥ $8.00"), "for a week");
    story.clock("2026-12-08T00:00:00Z").event(Event::Alarm);
    assert!(!story.first_frame().contains("November"), "and no longer");
}

#[test]
fn a_new_month_begins_while_offline() {
    let story = Story::connected("2026-11-29T00:00:00Z", "USD 0+20");
    story.clock("2026-11-30T23:45:00Z").set_books(KEY, "USD 0+12").event(Event::Alarm);
    story
        .clock("2026-12-01T00:00:00Z")
        .set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline))
        .event(Event::Alarm);
    assert_eq!(story.badge().0, "–");
    // The next reading covers the night too, and divides it between both months.
    story.clock("2026-12-01T00:15:00Z").set_books(KEY, "USD 0+11.5").event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n$0.25*\n"), "{popup}");
    assert!(popup.contains("November: $8.25*"), "{popup}");
}

#[test]
fn a_clock_that_ran_ahead_is_forgotten() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-25T10:00:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    // The clock is corrected. The wrong reading is ahead, and does not block true ones.
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    assert_eq!(story.badge().0, "$2.0");
    // When that time comes, the wrong reading still does not count.
    story.clock("2026-11-25T09:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
    story.clock("2026-11-25T11:00:00Z").set_books(KEY, "USD 0+9").event(Event::Alarm);
    assert_eq!(story.badge().0, "$11", "{}", story.popup());
    assert!(!story.popup().contains("top-up to confirm"));
}

#[test]
fn a_clock_that_goes_back_refuses_readings_until_it_has_caught_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T09:55:00Z").set_books(KEY, "USD 0+19").click("refresh", &[]);
    assert_eq!(story.badge().0, "–", "not later than the last reading");
    story.clock("2026-11-22T10:01:00Z").click("refresh", &[]);
    assert_eq!(story.badge().0, "$1.0");
}

#[test]
fn the_next_reading_covers_a_month_without_one() {
    let story = Story::connected("2026-08-31T00:00:00Z", "USD 0+70");
    story.clock("2026-11-10T00:00:00Z").set_books(KEY, "USD 0+0").event(Event::Alarm);
    let popup = story.popup();
    // 71 days at 70/71 dollars a day; nine are in November.
    assert!(popup.contains("\n$8.87*\n"), "{popup}");
}

#[test]
fn history_is_compacted_once_a_day() {
    let story = Story::connected("2026-10-02T10:00:00Z", "USD 0+20");
    story.clock("2026-10-30T10:00:00Z").set_books(KEY, "USD 0+12").event(Event::Alarm);
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+8").event(Event::Alarm);
    let (popup, dashboard) = (story.popup(), story.dashboard());
    assert!(story.stored(&format!("readings.{}.2026-10", story.id(0))).contains("settled"));
    assert!(popup.contains("\n$3.70*\n"), "{popup}");
    let writes = story.host.writes.get();
    story.event(Event::Start);
    assert_eq!(story.host.writes.get(), writes, "it was done today, and nothing has changed");
    assert_eq!((story.popup(), story.dashboard()), (popup, dashboard));
    story.clock("2026-11-21T00:00:00Z").event(Event::Start);
    assert_eq!(story.host.writes.get(), writes + 2, "and is done again tomorrow");
}

#[test]
fn an_old_question_is_asked_on_the_dashboard_and_not_in_the_popup() {
    let story = Story::connected("2026-09-20T10:00:00Z", "USD 0+20");
    for day in 1..46_u64 {
        story.host.set_now(at("2026-09-20T10:00:00Z").plus(day * DAY));
        let paid = if day < 5 { 20 } else { 90 };
        story.set_books(KEY, &format!("USD 0+{}", paid - day)).event(Event::Alarm);
        assert_eq!(story.first_frame(), story.popup(), "day {day}: after all other steps of the alarm");
    }
    assert!(story.dashboard().contains("went up by $69.00 between"), "{}", story.dashboard());
    for day in 46..75_u64 {
        story.host.set_now(at("2026-09-20T10:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{}", 90 - day)).event(Event::Alarm);
    }
    assert!(!story.dashboard().contains("rose $69"), "its day is thinned, and nothing can be answered");
}

#[test]
fn old_months_are_not_loaded() {
    let story = Story::connected("2026-01-01T00:00:00Z", "USD 0+900");
    for day in 1..320_u64 {
        story.host.set_now(at("2026-01-01T00:00:00Z").plus(day * DAY));
        story.set_books(KEY, &format!("USD 0+{}", 900 - day)).event(Event::Alarm);
    }
    assert_eq!(story.host.stored.borrow().keys().filter(|key| key.starts_with("readings.")).count(), 11);
    // Without the older months, this month and the last are unchanged.
    let popup = story.popup();
    let older =
        |key: &String| key.starts_with("readings.") && !key.ends_with("2026-11") && !key.ends_with("2026-10");
    story.host.stored.borrow_mut().retain(|key, _| !older(key));
    assert_eq!(story.popup(), popup);
    assert!(popup.contains("\n$15.00*\n"), "{popup}");
}

#[test]
fn alarms_continue_after_a_clock_that_ran_ahead_is_set_back() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    story.clock("2026-11-22T20:00:00Z").event(Event::Alarm);
    story.sent();
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 1);
    story.clock("2026-11-22T10:20:00Z").event(Event::Alarm);
    assert_eq!(story.sent(), 0, "and keep to their interval");
}

#[test]
fn the_first_frame_is_valid_for_its_version_and_utc_month() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    let is_until = |month: &str| {
        let frame: Value = serde_json::from_str(&story.stored("popup")).unwrap();
        assert_eq!(frame["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(frame["until"].as_u64(), Some(at(&format!("{month}-01T00:00:00Z")).ms()));
    };
    is_until("2026-12");
    story.set_books(KEY, "USD 5+14").clock("2026-12-31T23:59:59Z").event(Event::Alarm);
    is_until("2027-01");
    story.set_books(KEY, "USD 5+13").clock("2027-01-01T00:00:00Z").event(Event::Alarm);
    is_until("2027-02");
}
