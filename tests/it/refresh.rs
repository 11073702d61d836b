//! Alarms and refreshes: what is read when, and the state after a failure or an interruption.

use std::rc::Rc;

use drawdown::host::{Alarm, FetchError, Tone};
use drawdown::route::{Event, on_event};
use drawdown::time::{HOUR, MINUTE};
use drawdown_lab::on_message;
use futures_util::future::{join, join3};

use crate::builders::at;
use crate::story::{AccountAnswer, KEY, OTHER_KEY, Story, message, text_of};

#[test]
fn the_alarm_is_set_once_and_reads_due_accounts() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let every = 15 * MINUTE;
    let first = Some(Alarm { at: at("2026-11-22T10:05:00Z"), every });
    assert_eq!(story.host.alarm.get(), first, "there is no spend before the second reading");
    story.clock("2026-11-22T10:05:00Z").event(Event::Alarm);
    assert_eq!(story.host.alarm.get(), first, "the browser repeats it at 10:20");
    story.sent();
    let set = story.host.alarms_set.get();
    story.clock("2026-11-22T10:10:00Z").event(Event::Start);
    story.event(Event::Alarm);
    assert_eq!(story.sent(), 0, "nothing is due yet");
    story.clock("2026-11-22T10:19:45Z").event(Event::Alarm);
    assert_eq!(story.sent(), 1, "an alarm may come a little early");
    assert_eq!(story.host.alarms_set.get(), set, "setting it again would restart its countdown");
    story.host.alarm.set(None);
    story.event(Event::Start);
    assert_eq!(story.host.alarms_set.get(), set + 1, "a browser may forget it");
}

#[test]
fn after_a_long_sleep_there_is_one_catch_up() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.sent();
    story
        .clock("2026-11-25T09:00:00Z")
        .set_books(KEY, "USD 0+14")
        .event(Event::Start)
        .event(Event::Alarm)
        .event(Event::Alarm);
    assert_eq!(story.sent(), 1);
    assert_eq!(story.badge().0, "$6.0");
}

#[test]
fn a_failure_keeps_the_last_figure_with_its_age() {
    let problems = [
        (AccountAnswer::Status(401, None), "Key rejected", Tone::Red),
        (AccountAnswer::Status(402, None), "Key lacks permission", Tone::Neutral),
        (AccountAnswer::Status(403, None), "Key lacks permission", Tone::Neutral),
        (AccountAnswer::Status(429, None), "Rate limited, retrying", Tone::Neutral),
        (AccountAnswer::Status(500, None), "Provider error, retrying", Tone::Neutral),
        (AccountAnswer::Status(503, None), "Provider error, retrying", Tone::Neutral),
        (AccountAnswer::Text("<html>".to_owned()), "Unexpected answer", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::Offline), "No connection", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::TimedOut), "Provider error, retrying", Tone::Neutral),
        (AccountAnswer::Nothing(FetchError::TooLong), "Unexpected answer", Tone::Neutral),
    ];
    for (answer, words, tone) in problems {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18.5").event(Event::Alarm);
        story.clock("2026-11-22T10:30:00Z").set_answer(KEY, answer.clone()).event(Event::Alarm);
        let popup = story.popup();
        assert!(
            popup.contains(&format!("{words} · $18.50 left · last updated 2026-11-22T10:15:00Z")),
            "{answer:?}: {popup}"
        );
        assert!(popup.contains("\n$1.50*\n"), "{answer:?}: {popup}");
        assert!(popup.contains("Not up to date"), "{answer:?}: a failed read is not up to date: {popup}");
        assert_eq!(story.badge(), ("$1.5".to_owned(), tone), "{answer:?}");
        let next = story.clock("2026-11-23T10:30:00Z").set_books(KEY, "USD 0+18").click("refresh", &[]);
        assert!(!text_of(&next.html).contains(words), "{answer:?}: it goes when it is over");
        assert_eq!(story.badge().0, "$2.0", "{answer:?}: nothing was lost");
    }
}

#[test]
fn retry_after_is_honored() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    for status in [429, 503] {
        story
            .clock("2026-11-22T10:15:00Z")
            .set_answer(KEY, AccountAnswer::Status(status, Some("3600".to_owned())));
        story.click("refresh", &[]);
        story.sent();
        story.clock("2026-11-22T11:14:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
        story.click("refresh", &[]);
        assert_eq!(story.sent(), 0, "{status}: not even by the button");
        story.clock("2026-11-22T11:15:01Z").click("refresh", &[]);
        assert_eq!(story.sent(), 1, "{status}");
        story.clock("2026-11-22T10:00:00Z");
    }
}

#[test]
fn failures_back_off_and_offline_does_not() {
    let tries = |answer: AccountAnswer| {
        let story = Story::connected("2026-11-22T00:00:00Z", "USD 0+20");
        story.set_answer(KEY, answer);
        story.sent();
        let mut tried = Vec::new();
        for quarter in 1..=96 {
            story.host.set_now(at("2026-11-22T00:00:00Z").plus(quarter * 15 * MINUTE));
            story.event(Event::Alarm);
            if story.sent() > 0 {
                tried.push(quarter);
            }
        }
        tried
    };
    assert_eq!(
        tries(AccountAnswer::Status(500, None)),
        [1, 2, 4, 8, 16, 32, 56, 80],
        "a quarter of an hour, doubled up to six"
    );
    assert_eq!(tries(AccountAnswer::Nothing(FetchError::Offline)).len(), 96);
}

#[test]
fn a_failing_account_affects_no_other() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story
        .set_books(OTHER_KEY, "USD 0+50")
        .send("connect", &[("provider", "deepseek"), ("label", "work"), ("key", OTHER_KEY)]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").refuse(OTHER_KEY).event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("DDeepSeek $1.00*"), "{popup}");
    assert!(
        popup.contains("DDeepSeek work –\nKey rejected · $50.00 left · last updated 2026-11-22T10:00:00Z"),
        "{popup}"
    );
    assert!(popup.contains("\n≥ $1.00\n"), "a sum with an unknown part is at least: {popup}");
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Red));
}

#[test]
fn one_refresh_at_a_time() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.sent();
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let refresh = message("popup", "refresh", &[]);
    let host = Rc::clone(&story.host);
    let (one, two) = host.run(join(on_message(&*host, &refresh), on_message(&*host, &refresh)));
    assert_eq!(story.sent(), 1, "the second waits, and finds read what it came for");
    assert_eq!(text_of(&one.html), text_of(&two.html));
}

#[test]
fn concurrent_commands_lose_nothing() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let id = story.id(0);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
    let host = Rc::clone(&story.host);
    let (refresh, rename) = (
        message("popup", "refresh", &[]),
        message("dashboard", "rename", &[("account", &id), ("label", "mine")]),
    );
    let settings = message("dashboard", "settings", &[("period_minutes", "30")]);
    host.run(join3(on_message(&*host, &refresh), on_message(&*host, &rename), on_message(&*host, &settings)));
    assert!(story.popup().contains("DDeepSeek mine $1.00*"), "{}", story.popup());
    assert!(story.stored("settings").contains("\"period_minutes\":30"));
}

#[test]
fn progress_shows_while_accounts_are_read() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+50").send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    story.clock("2026-11-22T10:15:00Z");
    let host = Rc::clone(&story.host);
    let refresh = message("popup", "refresh", &[]);
    let mut seen = Vec::new();
    for dies_at in 1.. {
        let before = (host.stored.borrow().clone(), host.session.borrow().clone());
        let ended = host.run_dying(on_message(&*host, &refresh), dies_at).is_some();
        let foot = story.first_frame().lines().rev().nth(1).unwrap_or_default().to_owned();
        if !seen.contains(&foot) {
            seen.push(foot);
        }
        (*host.stored.borrow_mut(), *host.session.borrow_mut()) = before;
        if ended {
            break;
        }
    }
    assert_eq!(
        seen,
        [
            "Updated 2026-11-22T10:00:00Z · next 2026-11-22T10:05:00Z",
            "Refreshing (0 of 2)",
            "Updated 2026-11-22T10:15:00Z · next 2026-11-22T10:30:00Z",
        ]
    );
}

#[test]
fn an_interrupted_refresh_is_reported() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    let host = Rc::clone(&story.host);
    let fetching = (1..).find(|dies_at| {
        story.sent();
        host.run_dying(on_message(&*host, &message("popup", "refresh", &[])), *dies_at);
        story.sent() == 1
    });
    assert!(fetching.is_some());
    story.event(Event::Start);
    assert!(story.popup().contains("The last refresh was interrupted · $20.00 left"), "{}", story.popup());
    assert!(story.popup().contains("[Refresh]"), "it can be asked for again");
    story.set_books(KEY, "USD 0+19").click("refresh", &[]);
    assert!(!story.popup().contains("cut short"));
}

#[test]
fn a_stale_account_makes_the_total_a_floor() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19").event(Event::Alarm);
    story.set_answer(KEY, AccountAnswer::Nothing(FetchError::Offline));
    story.host.set_now(at("2026-11-22T10:15:00Z").plus(HOUR / 2));
    story.event(Event::Alarm);
    assert!(story.popup().contains("\n$1.00*\n"), "{}", story.popup());
    story.host.set_now(at("2026-11-22T10:15:00Z").plus(HOUR));
    story.event(Event::Alarm);
    let popup = story.popup();
    assert!(popup.contains("\n≥ $1.00\n") && popup.contains("Not up to date"), "{popup}");
    assert_eq!(story.badge(), ("$1.0".to_owned(), Tone::Grey));
}

#[test]
fn a_retired_api_is_not_called_again_until_its_account_is_resumed() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    story.set_answer(KEY, AccountAnswer::Status(410, None)).clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    let asked = || story.host.sent.borrow().len();
    let calls = asked();
    assert!(story.popup().contains("API discontinued · $20.00 left"), "{}", story.popup());
    for hour in 11..20 {
        story.clock(&format!("2026-11-22T{hour}:00:00Z")).event(Event::Alarm);
        story.send("refresh", &[]);
    }
    assert_eq!(asked(), calls);
    assert!(story.popup().contains("$20.00 left"), "its history stays\n{}", story.popup());
    story.set_books(KEY, "USD 5+14");
    story.send("pause", &[("account", &story.id(0))]);
    story.send("resume", &[("account", &story.id(0))]);
    assert_eq!(asked(), calls + 1);
    assert!(story.popup().contains("$19.00 left"), "{}", story.popup());
}

#[test]
fn repeatedly_interrupted_attempts_back_off() {
    let story = Story::connected("2026-11-22T00:00:00Z", "USD 5+15");
    let host = &*story.host;
    let mut attempts = 0;
    for minutes in (15..=12 * 60).step_by(15) {
        story.clock(&format!("2026-11-22T{:02}:{:02}:00Z", minutes / 60, minutes % 60));
        let asked = host.sent.borrow().len();
        // The browser kills the worker while it waits for the answer.
        let dies_at = (1..).find(|awaits| {
            let is_over = host.run_dying(on_event(host, Event::Alarm), *awaits).is_some();
            is_over || host.sent.borrow().len() > asked
        });
        assert!(dies_at.is_some());
        attempts += host.sent.borrow().len() - asked;
        host.run(on_event(host, Event::Start));
    }
    assert!(attempts >= 2, "it is tried again");
    assert!(attempts <= 8, "{attempts} attempts in 12 hours of 48 alarms");
}

#[test]
fn a_failed_save_is_shown_until_one_succeeds() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 5+15");
    const SAID: &str = "Couldn't save. Your disk may be full. Your earlier data is safe.";
    story.host.is_full.set(true);
    story.set_books(KEY, "USD 5+13").clock("2026-11-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("!".to_owned(), Tone::Red));
    assert_eq!(story.title(), format!("Drawdown. {SAID}"));
    for page in [story.popup(), story.dashboard()] {
        assert!(page.contains(SAID), "{page}");
    }

    // A command that can be saved brings no new figures, so the old ones are not shown as new.
    story.host.is_full.set(false);
    story.send("hide", &[("hidden", "")]);
    assert_eq!(story.badge().0, "!");
    story.clock("2026-11-22T10:30:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("$2.0".to_owned(), Tone::Neutral));
    assert!(!story.popup().contains(SAID));

    // The same with the button.
    story.host.is_full.set(true);
    story.clock("2026-11-22T11:00:00Z").event(Event::Alarm);
    story.host.is_full.set(false);
    assert!(story.popup().contains(SAID));
    story.clock("2026-11-22T11:01:00Z").send("refresh", &[]);
    assert_eq!(story.badge().0, "$2.0");
    assert!(!story.popup().contains(SAID));
}
