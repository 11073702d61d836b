//! Questions and warnings that are put off for a week.

use drawdown::route::Event;

use crate::story::{KEY, Story, has, lacks, text_of};

/// A balance that rose by $10: a question, and nothing else that needs attention.
fn asked() -> Story {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+40");
    story.set_books(KEY, "USD 0+50").clock("2026-11-20T11:00:00Z").event(Event::Alarm);
    story
}

const QUESTION: &str = "How much did you top up?";

#[test]
fn a_snoozed_question_comes_back_after_a_week() {
    let story = asked();
    let id = story.id(0);
    has(&story.at("overview"), QUESTION);
    has(&story.popup(), "Confirm");
    let snoozed = story.send("snooze", &[("account", &id), ("on", "on"), ("open", "overview")]);
    has(&text_of(&snoozed.html), "We'll ask again in a week.");
    lacks(&story.at("overview"), QUESTION);
    lacks(&story.popup(), "Confirm");
    has(&story.at(&format!("accounts/{id}")), "Snoozed until Nov 27.");
    story.clock("2026-11-27T10:59:00Z").event(Event::Alarm);
    lacks(&story.at("overview"), QUESTION);
    story.clock("2026-11-27T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), QUESTION);
}

#[test]
fn a_later_question_is_asked_though_an_earlier_one_is_snoozed() {
    let story = asked();
    story.send("snooze", &[("account", &story.id(0)), ("on", "on")]);
    story.set_books(KEY, "USD 0+70").clock("2026-11-21T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), QUESTION);
}

#[test]
fn snoozing_is_undone() {
    let story = asked();
    story.send("snooze", &[("account", &story.id(0)), ("on", "on")]);
    story.send("snooze", &[("undoes", "note"), ("account", &story.id(0)), ("on", "")]);
    has(&story.at("overview"), QUESTION);
}
