//! Events that write little or nothing: the start of a refresh, an equal balance, an unchanged badge.

use std::collections::BTreeMap;
use std::rc::Rc;

use drawdown::route::{Event, on_event, on_form};
use drawdown::store::section_key;
use drawdown::ui::Form;
use drawdown::vault::Secret;
use drawdown_lab::fake::Fake;

use crate::builders::at;
use crate::story::{KEY, Story, message};

/// The keys whose values differ.
fn changed(before: &BTreeMap<String, String>, host: &Fake) -> Vec<String> {
    let stored = host.stored.borrow();
    stored.iter().filter(|(key, text)| before.get(*key) != Some(*text)).map(|(key, _)| key.clone()).collect()
}

/// An account without spend for more than a week, so its pace no longer changes.
fn unchanging() -> Story {
    let story = Story::connected("2026-11-10T10:00:00Z", "USD 0+20");
    for day in 11..=22 {
        story.clock(&format!("2026-11-{day}T10:00:00Z")).event(Event::Alarm);
    }
    story
}

#[test]
fn an_equal_balance_writes_only_the_pulse_the_log_and_the_charts_present() {
    let story = unchanging();
    story.clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    let before = story.host.stored.borrow().clone();
    story.clock("2026-11-22T12:00:00Z").event(Event::Alarm);
    let chart = section_key("chart");
    let allowed = ["meta", "popup", &*chart, "pulse", "requests"];
    let keys = changed(&before, &story.host);
    assert!(keys.iter().all(|key| allowed.contains(&&**key)), "{keys:?}");
    assert_eq!(story.host.accounts()[0]["read_at"], at("2026-11-22T12:00:00Z").ms());
    assert!(story.popup().contains("Updated 2026-11-22T12:00:00Z"), "{}", story.popup());
    // Then both times are stored, because nothing was spent until noon.
    story.clock("2026-11-22T13:00:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    assert_eq!(story.host.accounts()[0]["repeated_at"], serde_json::Value::Null);
    assert_eq!(crate::killed_worker::readings(&story.host).len(), 12 + 3);
}

/// A worker that has just started, in a session in which no step has needed anything.
fn forget_needs(host: &Fake) {
    *host.memory.borrow_mut() = Rc::default();
    host.session.borrow_mut().retain(|name, _| !name.starts_with("needed-"));
}

#[test]
fn a_worker_that_is_awake_reads_what_it_needs_at_once() {
    let story = unchanging();
    let host = &*story.host;
    let shown = || {
        host.reads.set(0);
        (story.popup(), host.reads.get())
    };
    let wake = || *host.memory.borrow_mut() = Rc::default();
    forget_needs(host);
    let (woken, first) = shown();
    let (awake, then) = shown();
    assert_eq!((first, then), (3, 1), "the list, the accounts and their months; then all of them");
    assert_eq!(awake, woken);
    wake();
    assert_eq!(shown(), (woken, 1), "the session has told the next worker");
    // Reading a removed account's keys finds nothing, and needs no second read.
    let fields = [("account", &*story.id(0)), ("history", "remove")];
    assert!(story.send("remove", &fields).ok);
    assert_eq!(shown().1, 1);
}

#[test]
fn an_overview_that_is_opened_again_reads_what_it_needs_at_once() {
    let story = Story::connected("2026-08-10T10:00:00Z", "USD 0+20");
    for month in 9..=11 {
        story.clock(&format!("2026-{month:02}-10T10:00:00Z")).event(Event::Alarm);
    }
    let host = &*story.host;
    let reads = || {
        host.reads.set(0);
        (story.at("overview"), host.reads.get())
    };
    let wake = || *host.memory.borrow_mut() = Rc::default();
    forget_needs(host);
    let (shown, first) = reads();
    assert!(first > 1, "nothing is known yet");
    assert_eq!(reads(), (shown.clone(), 1));
    wake();
    assert_eq!(reads(), (shown, 1), "the next worker knows them too");
}

#[test]
fn figures_are_derived_again_after_a_minute_and_after_a_commit() {
    let story = unchanging();
    let host = &*story.host;
    let shown = || {
        host.read.borrow_mut().clear();
        let popup = story.popup();
        (popup, host.read.borrow().iter().any(|key| key.starts_with("readings.")))
    };
    story.clock("2026-11-22T11:00:00Z").set_books(KEY, "USD 0+15").event(Event::Alarm);
    let (popup, is_history_read) = shown();
    assert!(popup.contains("$5.00") && !is_history_read, "{popup}");
    *host.memory.borrow_mut() = Rc::default();
    assert_eq!(shown(), (popup, true), "a new worker derives the same");
    story.clock("2026-11-22T11:00:59Z");
    assert!(!shown().1);
    story.clock("2026-11-22T11:01:00Z");
    assert!(shown().1);
    // Figures of a commit that could not be written are not shown.
    story.clock("2026-11-22T11:30:00Z").set_books(KEY, "USD 0+14");
    host.is_full.set(true);
    story.event(Event::Alarm);
    let (popup, _) = shown();
    assert!(popup.contains("$5.00") && !popup.contains("$6.00"), "{popup}");
}

#[test]
fn a_refresh_writes_nothing_when_it_begins_and_removes_its_marks() {
    let story = unchanging();
    story.clock("2026-11-22T11:00:00Z");
    let host = &*story.host;
    let (before, writes) = (host.stored.borrow().clone(), host.writes.get());
    let mut was_begun = false;
    for dies_at in 1.. {
        let ended = host.run_dying(on_event(host, Event::Alarm), dies_at);
        if host.writes.get() > writes {
            break;
        }
        assert!(ended.is_none() && *host.stored.borrow() == before);
        was_begun |= host.session.borrow().contains_key("attempts");
    }
    assert!(was_begun, "the session remembers it");
    story.event(Event::Start).clock("2026-11-22T12:00:00Z").event(Event::Alarm);
    assert!(!host.session.borrow().contains_key("attempts"));
}

#[test]
fn an_interrupted_attempt_counts_as_one_failure() {
    let story = unchanging();
    story.clock("2026-11-22T11:00:00Z");
    let host = &*story.host;
    story.event(Event::Alarm);
    story.clock("2026-11-22T12:00:00Z");
    let began = at("2026-11-22T11:59:00Z").ms();
    let attempts = format!(r#"{{"began":{began},"accounts":["{}"],"progress":"Hidden"}}"#, story.id(0));
    host.session.borrow_mut().insert("attempts".to_owned(), attempts);
    for _ in 0..2 {
        story.event(Event::Start);
        let account = &host.accounts()[0];
        assert_eq!((&account["failures"], &account["is_cut_short"]), (&1.into(), &true.into()));
    }
    assert_eq!(host.accounts()[0]["asked_at"], began);
}

#[test]
fn the_badge_is_painted_if_it_changed_and_after_a_restart() {
    let story = unchanging();
    let is_painted = |act: &dyn Fn()| {
        story.host.badge.borrow_mut().take();
        act();
        story.host.badge.borrow().is_some()
    };
    story.clock("2026-11-22T11:00:00Z").event(Event::Alarm);
    story.clock("2026-11-22T11:01:00Z");
    assert!(!is_painted(&|| _ = story.event(Event::Alarm)), "nothing is due");
    story.clock("2026-11-22T11:30:00Z").set_books(KEY, "USD 0+12");
    assert!(is_painted(&|| _ = story.event(Event::Alarm)), "eight dollars were spent");
    assert!(!is_painted(&|| drop(story.popup())), "to look changes nothing");
    story.host.close_browser();
    assert!(is_painted(&|| _ = story.event(Event::Start)));
}

#[test]
fn a_refresh_by_button_shows_its_progress() {
    let story = unchanging();
    let host = &*story.host;
    story.clock("2026-11-22T11:00:00Z");
    for dies_at in 1.. {
        if host
            .run_dying(on_form(host, Form::read(Secret::new(&message("popup", "refresh", &[])))), dies_at)
            .is_some()
        {
            panic!("it never showed");
        }
        if story.first_frame().contains("Refreshing (0 of 1") {
            break;
        }
    }
    story.event(Event::Start);
    assert!(!story.first_frame().contains("Refreshing (0 of 1"), "it was cut off");
}
