//! Questions and warnings that are snoozed for a week, each separately.

use drawdown::route::{Event, Reply};

use crate::story::{KEY, Story, has, lacks, text_of};
use crate::undo::undo_of;

/// A balance that rose by $10: a question, and nothing else that needs attention.
fn with_question() -> Story {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+40");
    story.set_books(KEY, "USD 0+50").clock("2026-11-20T11:00:00Z").event(Event::Alarm);
    story
}

const QUESTION: &str = "How much did you top up?";
const SHORT: &str = "runs out around";

/// The items that the first account's card offers to snooze, or to end the snooze of if `on` is empty.
fn offered(story: &Story, on: &str) -> Vec<String> {
    let html = story.card_html(0);
    let forms = html.split("data-do=\"snooze\"").skip(1).filter_map(|form| form.split_once("</form>"));
    let forms = forms.filter(|(form, _)| form.contains(&format!("name=\"on\" value=\"{on}\"")));
    let of = forms.filter_map(|(form, _)| {
        form.split_once("name=\"of\" value=\"")?.1.split('"').next().map(str::to_owned)
    });
    of.collect()
}

/// Snoozes the items whose names begin with `begin`.
fn snooze(story: &Story, begin: &str) -> Reply {
    let items = offered(story, "on");
    let item =
        items.iter().find(|item| item.starts_with(begin)).unwrap_or_else(|| panic!("{begin} of {items:?}"));
    let id = story.id(0);
    let reply = story.send("snooze", &[("account", &id), ("of", item), ("on", "on"), ("open", "overview")]);
    assert!(reply.ok, "{item}");
    reply
}

#[test]
fn a_snoozed_question_comes_back_after_a_week() {
    let story = with_question();
    let id = story.id(0);
    has(&story.at("overview"), QUESTION);
    has(&story.popup(), "Confirm");
    has(&text_of(&snooze(&story, "question USD").html), "We'll ask again in a week.");
    lacks(&story.at("overview"), QUESTION);
    lacks(&story.popup(), "Confirm");
    // On its own page it can still be answered.
    let card = story.at(&format!("accounts/{id}"));
    has(&card, "Snoozed until Nov 27.");
    has(&card, QUESTION);
    story.clock("2026-11-27T10:59:00Z").event(Event::Alarm);
    lacks(&story.at("overview"), QUESTION);
    story.clock("2026-11-27T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), QUESTION);
}

#[test]
fn of_two_questions_one_is_snoozed_and_the_other_is_asked() {
    let story = with_question();
    story.set_books(KEY, "USD 0+70").clock("2026-11-21T11:00:00Z").event(Event::Alarm);
    assert_eq!(offered(&story, "on").len(), 2);
    let overview = story.at("overview");
    has(&overview, "Your balance went up by $10.00");
    has(&overview, "Your balance went up by $20.00");
    snooze(&story, "question USD");
    let overview = story.at("overview");
    lacks(&overview, "Your balance went up by $10.00");
    has(&overview, "Your balance went up by $20.00");
    // The popup asks the remaining question.
    has(&story.popup(), "I topped up $20.00");
    snooze(&story, "question USD");
    lacks(&story.at("overview"), QUESTION);
    // A later question is asked.
    story.set_books(KEY, "USD 0+100").clock("2026-11-22T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), "Your balance went up by $30.00");
}

#[test]
fn snoozing_is_undone() {
    let story = with_question();
    let before = story.dashboard_html();
    let snoozed = snooze(&story, "question USD");
    let (command, fields) = undo_of(&snoozed.html);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(story.send(&command, &fields).ok);
    assert_eq!(story.dashboard_html(), before);
}

/// A balance that lasts two days, with a key that expires within the week.
fn short() -> Story {
    let story = Story::connected("2026-11-20T10:00:00Z", "USD 0+20");
    story.clock("2026-11-22T10:00:00Z").set_books(KEY, "USD 0+10").event(Event::Alarm);
    story.send("key_expiry", &[("account", &story.id(0)), ("key_expires", "2026-11-25")]);
    story
}

#[test]
fn a_snoozed_warning_hides_no_other() {
    let story = short();
    let attention = |story: &Story| {
        let overview = story.at("overview");
        overview
            .split_once("Needs your attention")
            .map(|(_, rest)| rest.split("By account").next().unwrap().to_owned())
    };
    assert_eq!(offered(&story, "on"), ["key_expires", "runs_out USD"]);
    snooze(&story, "runs_out");
    let left = attention(&story).expect("the key still expires");
    has(&left, "key expires Nov 25");
    lacks(&left, SHORT);
    assert_eq!(
        (offered(&story, "on"), offered(&story, "")),
        (vec!["key_expires".to_owned()], vec!["runs_out USD".to_owned()])
    );
    snooze(&story, "key_expires");
    lacks(&story.popup(), "key expires");
    let id = story.id(0);
    has(&story.at(&format!("accounts/{id}")), "Snoozed until Nov 29.");
    assert_eq!(attention(&story).filter(|text| text.contains("Nov 25")), None);

    // A refused key is shown, and so is a new question.
    story.clock("2026-11-22T11:00:00Z").refuse(KEY).event(Event::Alarm);
    has(&attention(&story).expect("a refused key"), "Key rejected");
    story.clock("2026-11-22T12:00:00Z").set_books(KEY, "USD 0+20").event(Event::Alarm);
    has(&attention(&story).expect("a question"), QUESTION);

    // The warning returns at once.
    story.send("snooze", &[("account", &id), ("of", "key_expires"), ("on", "")]);
    has(&attention(&story).expect("the key again"), "key expires Nov 25");
}

#[test]
fn a_balance_that_is_nearly_empty_is_told_though_it_was_snoozed() {
    let story = short();
    snooze(&story, "runs_out");
    story.clock("2026-11-23T10:00:00Z").set_books(KEY, "USD 0+1").event(Event::Alarm);
    has(&story.at("overview"), SHORT);
    assert_eq!(offered(&story, "on"), ["key_expires"]);
}

#[test]
fn what_earlier_versions_snoozed_stays_snoozed() {
    let story = with_question();
    let key = format!("account.{}", story.id(0));
    let stored = story.stored(&key);
    let at = drawdown::time::Timestamp::parse("2026-11-20T11:30:00Z").unwrap().ms();
    let with = stored.replacen('{', &format!("{{\"features\":{{\"snooze.at\":{at}}},"), 1);
    assert!(!stored.contains("\"features\""), "{stored}");
    story.host.stored.borrow_mut().insert(key, with);
    story.clock("2026-11-20T12:00:00Z").event(Event::Alarm);
    lacks(&story.at("overview"), QUESTION);
    has(&story.card(0), "Snoozed until Nov 27.");
    // A question since then is not snoozed.
    story.set_books(KEY, "USD 0+70").clock("2026-11-21T11:00:00Z").event(Event::Alarm);
    has(&story.at("overview"), "Your balance went up by $20.00");
    lacks(&story.at("overview"), "Your balance went up by $10.00");
    let (of, id) = (offered(&story, "").remove(0), story.id(0));
    story.send("snooze", &[("account", &id), ("of", &of), ("on", "")]);
    has(&story.at("overview"), "Your balance went up by $10.00");
}

#[test]
fn an_item_without_a_name_is_not_snoozed() {
    let story = with_question();
    let before = story.stored(&format!("account.{}", story.id(0)));
    let long = "x".repeat(61);
    for of in ["", long.as_str()] {
        assert!(!story.send("snooze", &[("account", &story.id(0)), ("of", of), ("on", "on")]).ok, "{of}");
    }
    assert_eq!(story.stored(&format!("account.{}", story.id(0))), before);
}
