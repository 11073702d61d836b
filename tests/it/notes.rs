//! A command's message is shown once: in its section, or at the top if its section has nothing left to show.

use drawdown::route::{Event, Reply};

use crate::story::{KEY, PASSWORD, Story, has, lacks, text_of};
use crate::undo::undo_of;

/// The section of a reply that shows a message, and the message.
fn message(reply: &Reply) -> (String, String) {
    let sections = reply.html.split("<section id=\"").skip(1);
    let saying: Vec<_> = sections.filter(|section| section.contains("class=\"said note")).collect();
    let [section] = saying.as_slice() else {
        panic!("{} sections say it: {}", saying.len(), text_of(&reply.html))
    };
    let (id, rest) = section.split_once('"').expect("an id");
    let tag = rest.split('>').next().expect("its tag");
    assert!(!tag.contains(" hidden"), "{id} is hidden");
    let (_, note) = rest.split_once("class=\"said note").expect("a note");
    let note = note.split_once("</div>").expect("its end").0;
    (id.to_owned(), text_of(&format!("<div{note}")))
}

/// A balance that rose by $10.
fn with_question() -> Story {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+40");
    story.set_books(KEY, "USD 0+50").clock("2026-11-20T11:00:00Z").event(Event::Alarm);
    story
}

fn answer<'a>(id: &'a str, at: &'a str, open: &'a str) -> Vec<(&'a str, &'a str)> {
    let answer = [("account", id), ("kind", "top_up"), ("currency", "USD"), ("amount", "10"), ("at", at)];
    answer.into_iter().chain([("amount.read", "10"), ("open", open)]).collect()
}

#[test]
fn the_answer_to_the_last_question_is_said_at_the_top_with_its_undo() {
    let story = with_question();
    let (id, at) = (story.id(0), "2026-11-20T11:00:00Z");
    has(&story.at("overview"), "Needs your attention");
    let answered = story.send("declare", &answer(&id, at, "overview"));
    let (section, text) = message(&answered);
    assert_eq!((section.as_str(), text.as_str()), ("note", "Saved: $10.00.\n[Undo]"));
    lacks(&text_of(&answered.html), "Needs your attention");
    // The message of its undo is where the question is asked again, or at the top.
    let (command, fields) = undo_of(&answered.html);
    assert!(fields.contains(&("undoes".to_owned(), "note".to_owned())), "{fields:?}");
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let undone = story.send(&command, &[&fields[..], &[("open", "overview")]].concat());
    assert_eq!(message(&undone), ("note".to_owned(), "Undone.".to_owned()));
    has(&text_of(&undone.html), "Needs your attention");
}

#[test]
fn an_answer_is_said_in_its_section_while_that_has_more_to_ask() {
    let story = with_question();
    story.set_books(KEY, "USD 0+70").clock("2026-11-21T11:00:00Z").event(Event::Alarm);
    let id = story.id(0);
    let answered = story.send("declare", &answer(&id, "2026-11-20T11:00:00Z", "overview"));
    assert_eq!(message(&answered).0, "attention");
    // On the account's card, and in its row of the popup.
    let card = format!("accounts/{id}");
    let answered = story.send("declare", &answer(&id, "2026-11-21T11:00:00Z", &card));
    assert_eq!(message(&answered).0, format!("account-{id}"));
    let story = with_question();
    let answered = story.click("declare", &answer(&story.id(0), "2026-11-20T11:00:00Z", ""));
    assert_eq!(message(&answered).0, "accounts");
}

#[test]
fn what_empties_its_section_is_said_at_the_top() {
    let story = with_question();
    let id = story.id(0);
    // The only account that can be restored is erased.
    story.send("by_file", &[("label", "Vast")]);
    let other = story.id(1);
    story.send("remove", &[("account", &other), ("history", "remove")]);
    has(&story.at("accounts"), "Restore Vast");
    let erased = story.send("erase", &[("account", &other), ("word", "erase"), ("open", "accounts")]);
    assert_eq!(message(&erased), ("note".to_owned(), "Erased for good.".to_owned()));

    // The only question is snoozed.
    let of =
        format!("question USD {}", drawdown::time::Timestamp::parse("2026-11-20T11:00:00Z").unwrap().ms());
    let fields = [("account", &*id), ("of", &of), ("on", "on"), ("open", "overview")];
    let snoozed = story.send("snooze", &fields);
    assert_eq!(message(&snoozed), ("note".to_owned(), "We'll ask again in a week.\n[Undo]".to_owned()));
}

#[test]
fn a_refusal_is_said_in_its_section_or_at_the_top() {
    let story = with_question();
    // The vault was locked meanwhile, so the form that changes the password is gone.
    story.send("lock", &[]);
    let passwords =
        [("current", PASSWORD), ("password", "another good password"), ("again", "another good one")];
    let refused = story.send("change_password", &passwords);
    assert!(!refused.ok);
    assert_eq!(message(&refused).0, "password", "the section of a locked vault");
    let elsewhere = story.send("change_password", &[&passwords[..], &[("open", "budget")]].concat());
    assert_eq!(message(&elsewhere).0, "note", "on a place without that section");
}
