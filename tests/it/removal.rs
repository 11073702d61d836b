//! Removing an account: restored with its history within 30 days, erased later or at once; and erasing everything.

use drawdown::host::Tone;
use drawdown::route::Event;

use crate::rest::{Left, Rest};
use crate::story::{KEY, OTHER_KEY, Story, has, lacks, text_of};

/// Two accounts that have spent $2 and $5.
fn begin() -> Story {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.set_books(OTHER_KEY, "USD 0+50");
    story.send("connect", &[("provider", "deepseek"), ("label", "other"), ("key", OTHER_KEY)]);
    story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").set_books(OTHER_KEY, "USD 0+45");
    story.event(Event::Alarm);
    assert_eq!(story.badge().0, "$7.0");
    story
}

/// The keys of the values about an account.
fn keys_of(story: &Story, id: &str) -> Vec<String> {
    let stored = story.host.stored.borrow();
    let is_about = |(key, text): &(&String, &String)| key.contains(id) || text.contains(id);
    stored.iter().filter(is_about).map(|(key, _)| key.clone()).collect()
}

#[test]
fn a_removed_account_is_in_no_figure_and_comes_back_with_its_history() {
    let story = begin();
    let id = story.id(0);
    let removed = story.send("remove", &[("account", &id), ("history", "remove")]);
    has(&text_of(&removed.html), "Removed with its history. You can restore it for 30 days.");
    assert_eq!(story.badge().0, "$5.0");
    for place in ["overview", "budget", "settings"] {
        lacks(&story.send("show", &[("open", place)]).html, &id);
    }
    has(&story.at("accounts"), "Recently removed\nDeepSeek erased for good on Dec 22");
    assert!(!story.stored(&format!("account.{id}")).contains("ciphertext"), "its key is deleted at once");

    story.clock("2026-12-20T10:00:00Z").event(Event::Alarm);
    story.clock("2026-11-22T11:00:00Z");
    let restored = story.send("restore", &[("account", &id)]);
    has(&text_of(&restored.html), "Restored with its history. Paste its key to keep it up to date.");
    assert_eq!(story.badge().0, "$7.0", "what it cost before counts again");
    lacks(&story.at("accounts"), "Recently removed");
    let reply = story.send("replace_key", &[("account", &id), ("key", KEY)]);
    assert!(reply.ok, "{}", text_of(&reply.html));
}

#[test]
fn the_undo_of_a_removal_brings_the_account_back() {
    for history in ["keep", "remove"] {
        let story = begin();
        let id = story.id(0);
        let removed = story.send("remove", &[("account", &id), ("history", history)]).html;
        has(&removed, r#"<form class="undo" data-do="restore">"#);
        let undone = story.send("restore", &[("undoes", "note"), ("account", &id)]);
        has(&text_of(&undone.html), "Undone.");
        assert_eq!(story.badge().0, "$7.0", "{history}");
    }
}

#[test]
fn a_removed_account_is_erased_after_thirty_days() {
    let story = begin();
    let id = story.id(0);
    story.send("remove", &[("account", &id), ("history", "remove")]);
    story.clock("2026-12-22T10:14:00Z").event(Event::Alarm);
    assert!(!keys_of(&story, &id).is_empty());
    story.clock("2026-12-22T10:15:00Z").event(Event::Alarm);
    assert_eq!(keys_of(&story, &id), [""; 0]);
    assert!(!story.host.spare.borrow().as_ref().unwrap().contains(&id));
    has(&text_of(&story.send("restore", &[("account", &id)]).html), "This account no longer exists.");
}

#[test]
fn a_removed_account_is_erased_at_once_by_a_typed_word() {
    let story = begin();
    let id = story.id(0);
    story.send("remove", &[("account", &id), ("history", "remove")]);
    let reply = story.send("erase", &[("account", &id), ("word", "yes")]);
    assert_eq!((reply.ok, reply.field.as_deref()), (false, Some("word")));
    assert!(!keys_of(&story, &id).is_empty());
    has(&text_of(&story.send("erase", &[("account", &id), ("word", " Erase")]).html), "Erased for good.");
    assert_eq!(keys_of(&story, &id), [""; 0]);
    assert_eq!(story.badge().0, "$5.0");
}

#[test]
fn an_account_that_was_not_removed_is_not_erased() {
    let story = begin();
    let id = story.id(0);
    story.send("erase", &[("account", &id), ("word", "清除")]);
    assert_eq!(story.badge().0, "$7.0");
}

#[test]
fn everything_is_erased_by_a_typed_word_and_pages_follow() {
    let story = begin();
    let shown = story.send("show", &[]).rev;
    assert!(!story.send("erase_all", &[("word", "")]).ok);
    assert_eq!(story.badge().0, "$7.0");
    let erased = story.send("erase_all", &[("word", "erase")]);
    assert!(erased.ok && erased.rev > shown, "an open page shows no older commit");
    has(&text_of(&erased.html), "Everything is erased.");
    assert_eq!(story.badge(), (String::new(), Tone::Neutral));
    assert!(story.host.accounts().is_empty());
    let session = story.host.session.borrow().keys().cloned().collect::<Vec<_>>();
    assert_eq!(session, ["badge"], "nothing of the accounts is remembered");
    let stored = story.host.stored.borrow();
    let keys: Vec<_> = stored.keys().filter(|key| !key.starts_with("popup")).collect();
    assert_eq!(keys, ["accounts", "meta", "settings"]);
}

#[test]
fn erasing_everything_survives_a_stop_at_each_await() {
    let story = begin();
    let host = &*story.host;
    let (rest, mut seen) = (Rest::of(host), Left::default());
    for dies_at in 1.. {
        rest.restore(host);
        let text = crate::story::message("dashboard", "erase_all", &[("word", "erase")]);
        let is_over = host.run_dying(drawdown_lab::on_message(host, &text), dies_at).is_some();
        if !is_over && !seen.is_new(host) {
            continue;
        }
        story.event(Event::Start);
        let left = host.accounts().len();
        assert!(left == 2 || left == 0, "await {dies_at}: all is left, or nothing");
        lacks(&story.at("overview"), "was lost");
        story.send("erase_all", &[("word", "erase")]);
        assert!(host.accounts().is_empty(), "await {dies_at}");
        if is_over {
            assert!(dies_at > 6);
            break;
        }
    }
}
