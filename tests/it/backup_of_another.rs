//! A backup of another computer: what both read counts once, an account of both is found by its key or by its movements, and
//! accounts that are new here keep their keys if the password of the backup is given.

use drawdown::route::Event;

use crate::backup::{back_up, changed, computer, fresh, read, restore, restored, stored};
use crate::story::{KEY, OTHER_KEY, PASSWORD, PLAN, Story, has, lacks, text_of};

const THEIR_PASSWORD: &str = "another horse battery";

#[test]
fn two_computers_that_read_the_same_account_count_it_once() {
    let one = computer(PASSWORD);
    let other = fresh("2026-11-22T11:00:00Z");
    restored(&other, &back_up(&one), "");
    other.set_books(KEY, "USD 0+37");
    other.send("unlock", &[("password", PASSWORD)]);
    // Each computer continues alone, at its own minutes; the first is off in the afternoon.
    for hour in 12..15 {
        read(&one, hour, 0);
        read(&other, hour, 30);
    }
    for hour in 15..20 {
        read(&other, hour, 30);
    }
    read(&one, 20, 0);
    let file = back_up(&other);
    has(&restored(&one, &file, PASSWORD), "Restored. Combined with what was here: DeepSeek.");
    assert_eq!(one.badge().0, "$12", "from 40 to 28, once");
    let kept = stored(&one);
    restored(&one, &file, PASSWORD);
    assert_eq!(stored(&one), kept, "the second time nothing is new");
}

#[test]
fn an_account_that_was_connected_on_both_is_found_by_its_key() {
    let (one, other) = (computer(PASSWORD), Story::begin("2026-11-22T11:10:00Z"));
    other.host.seed(77);
    other.set_books(KEY, "USD 0+36.84").event(Event::Start);
    other.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    other.send("seal", &[("password", THEIR_PASSWORD), ("again", THEIR_PASSWORD)]);
    read(&other, 12, 0);
    assert_eq!(other.badge().0, "84¢");
    let id = other.id(0);
    has(&restored(&other, &back_up(&one), PASSWORD), "Restored. Combined with what was here: DeepSeek.");
    assert_eq!(other.host.accounts().len(), 1);
    assert_eq!(other.id(0), id);
    assert_eq!(other.badge().0, "$4.0", "what the other has seen before counts, and the time between both");
    assert!(other.sent() > 0);
    read(&other, 13, 0);
    assert_eq!(other.badge().0, "$5.0", "its key is in use");
}

#[test]
fn an_account_that_was_connected_on_both_is_found_by_its_books() {
    let (one, other) = (computer(PASSWORD), computer(THEIR_PASSWORD));
    // The same movements, with another key of the account and another name.
    let file = back_up(&one);
    let from = one.id(0);
    let renamed = |text: &str| text.replace(&from, "0badcafe");
    let other_id = changed(&renamed(&file), |_| ());
    for minute in [15, 30, 45] {
        read(&other, 11, minute);
    }
    has(&restored(&other, &other_id, ""), "Combined with what was here: DeepSeek.");
    assert_eq!(other.host.accounts().len(), 1);
    assert_eq!(other.badge().0, "$3.8");
}

#[test]
fn accounts_that_are_not_here_are_added_with_their_keys_sealed_anew() {
    let one = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    one.send("plan", &PLAN);
    one.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+18").event(Event::Alarm);
    let file = back_up(&one);
    let other = Story::begin("2026-11-22T10:15:00Z");
    other.host.seed(77);
    other.set_books(OTHER_KEY, "USD 0+50").set_books(KEY, "USD 0+18").event(Event::Start);
    other.send("connect", &[("provider", "deepseek"), ("label", "mine"), ("key", OTHER_KEY)]);
    other.send("seal", &[("password", THEIR_PASSWORD), ("again", THEIR_PASSWORD)]);
    let vault = other.stored("vault");
    let before = stored(&other);

    let reply = restore(&other, &file, "the wrong password");
    assert!(!reply.ok);
    assert_eq!(reply.field.as_deref(), Some("password"));
    has(&text_of(&reply.html), "That's not the password of this backup. Nothing was restored.");
    assert_eq!(stored(&other), before);

    let said = restored(&other, &file, PASSWORD);
    has(&said, "Restored. 1 account added.");
    lacks(&said, "needs its key");
    assert_eq!(other.stored("vault"), vault, "the vault here stays");
    assert_eq!(other.badge().0, "$22", "two dollars and the subscription");
    has(&other.at("budget"), "Pro");
    other.host.close_browser();
    other.event(Event::Start);
    other.sent();
    other.clock("2026-11-22T10:30:00Z").set_books(KEY, "USD 0+17");
    assert!(other.send("unlock", &[("password", THEIR_PASSWORD)]).ok);
    assert_eq!(other.badge().0, "$23", "the key of the backup opens with the password here");
}

#[test]
fn without_the_password_of_the_backup_its_accounts_come_without_keys() {
    let file = back_up(&Story::connected("2026-11-22T10:00:00Z", "USD 0+20"));
    let other = Story::begin("2026-11-22T10:15:00Z");
    other.host.seed(77);
    other.set_books(OTHER_KEY, "USD 0+50").event(Event::Start);
    other.send("connect", &[("provider", "deepseek"), ("label", "mine"), ("key", OTHER_KEY)]);
    other.send("seal", &[("password", THEIR_PASSWORD), ("again", THEIR_PASSWORD)]);
    let vault = other.stored("vault");
    other.send("lock", &[]);
    let locked = restore(&other, &file, PASSWORD);
    has(&text_of(&locked.html), "Unlock Drawdown first, or leave the password empty");
    assert!(!locked.ok);
    assert_eq!(other.host.accounts().len(), 1);

    let said = restored(&other, &file, "");
    has(&said, "Restored. 1 account added. 1 account needs its key again.");
    assert!(other.host.accounts()[1]["credential"].is_null());
    assert!(!other.host.accounts()[0]["credential"].is_null(), "the key that is here stays");
    assert_eq!(other.stored("vault"), vault);
}

#[test]
fn an_account_that_was_removed_comes_back_once() {
    let story = computer(PASSWORD);
    let file = back_up(&story);
    read(&story, 12, 0);
    let id = story.id(0);
    story.send("remove", &[("account", &id), ("history", "remove")]);
    assert_eq!(story.badge().0, "");
    let said = restored(&story, &file, "");
    lacks(&said, "needs its key");
    assert_eq!(story.host.accounts().len(), 1);
    assert_eq!(story.badge().0, "$4.0", "what was read after the backup counts too");
    lacks(&story.at("accounts"), "Recently removed");
    read(&story, 13, 0);
    assert_eq!(story.badge().0, "$5.0");
}

#[test]
fn what_was_lost_comes_back_and_what_was_corrected_stays() {
    let story = computer(PASSWORD);
    let id = story.id(0);
    let declare = [("account", id.as_str()), ("kind", "top_up"), ("currency", "USD")];
    story.send("declare", &[&declare[..], &[("amount", "5"), ("at", "2026-11-22T10:30:00Z")]].concat());
    let file = back_up(&story);
    let corrected = story.badge().0;
    assert_eq!(corrected, "$8.0");
    let key = format!("readings.{id}.2026-11");
    story.host.stored.borrow_mut().remove(&key);
    story.event(Event::Start);
    assert_ne!(story.badge().0, corrected);
    restored(&story, &file, "");
    has(&story.badge().0, "8.0");
    restored(&story, &file, "");
    has(&story.badge().0, "8.0");
}

#[test]
fn an_account_that_is_kept_by_hand_is_taken_from_where_it_was_updated_last() {
    let one = Story::begin("2026-11-20T10:00:00Z");
    one.event(Event::Start);
    one.send("by_hand", &[("label", "Modal"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")]);
    let other = fresh("2026-11-20T10:00:00Z");
    restored(&other, &back_up(&one), "");
    let id = one.id(0);
    one.clock("2026-11-21T10:00:00Z").send("figure", &[("account", &id), ("amount", "9")]);
    other.clock("2026-11-22T10:00:00Z").send("figure", &[("account", &id), ("amount", "12")]);
    one.clock("2026-11-22T10:00:00Z");
    let (older, newer) = (back_up(&one), back_up(&other));
    restored(&one, &newer, "");
    assert_eq!(one.badge().0, "$12");
    restored(&other, &older, "");
    assert_eq!(other.badge().0, "$12");
}
