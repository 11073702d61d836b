//! Two computers of one user, and the area that their browsers sync.

use drawdown::route::{Event, on_event};
use drawdown_lab::on_message;

use crate::rest::{Left, Rest};
use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, message};

const OTHER_PASSWORD: &str = "staple battery horse";

/// Delivers one computer's writes to the other.
pub(crate) fn carry(from: &Story, to: &Story) {
    let items = from.host.synced.borrow().clone();
    let changed = *to.host.synced.borrow() != items;
    *to.host.synced.borrow_mut() = items;
    if changed {
        to.event(Event::Synced);
    }
}

/// The first computer with one account, with sync on.
pub(crate) fn syncing() -> Story {
    let first = Story::connected("2026-11-20T08:00:00Z", "USD 0+20");
    first.send("budget", &[("amount", "50"), ("currency", "USD")]);
    let said = first.send("sync_on", &[]);
    assert!(said.ok, "{}", said.html);
    first
}

/// An empty second computer that knows of the first.
pub(crate) fn fresh(first: &Story, now: &str, books: &str) -> Story {
    let second = Story::begin(now);
    second.host.seed(77);
    second.set_books(KEY, books);
    second.event(Event::Start);
    carry(first, &second);
    second
}

/// A second computer that was given the password of the first.
pub(crate) fn joined(first: &Story, now: &str, books: &str) -> Story {
    let second = fresh(first, now, books);
    second.send("sync_join", &[("password", PASSWORD)]);
    second
}

/// A computer's name in the keys of its items.
pub(crate) fn name_of(computer: &Story) -> String {
    computer.stored("sync").trim_matches('"').split(' ').next().unwrap().to_owned()
}

/// A computer's items in its copy of the area.
pub(crate) fn written(computer: &Story) -> Vec<(String, String)> {
    let own = format!(".{}.", name_of(computer));
    computer.host.synced.borrow().clone().into_iter().filter(|(key, _)| key.contains(&own)).collect()
}

#[test]
fn a_second_computer_is_set_up_by_one_password() {
    let first = syncing();
    first.set_books(KEY, "USD 0+18.50").clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    let second = fresh(&first, "2026-11-20T09:05:00Z", "USD 0+18.50");
    assert!(second.at("overview").contains("Drawdown is set up on another computer"));
    let wrong = second.send("sync_join", &[("password", "not the password")]);
    assert!(!wrong.ok && wrong.field.as_deref() == Some("password"), "{}", wrong.html);
    let joined = second.send("sync_join", &[("password", PASSWORD)]);
    assert!(joined.ok && joined.html.contains("1 account is here now"), "{}", joined.html);
    assert_eq!(second.host.accounts().len(), 1);
    let total = "$1.50";
    assert!(first.popup().contains(total), "{}", first.popup());
    assert!(second.popup().contains(total), "{}", second.popup());
    assert!(second.at("budget").contains("50"), "the budget came along");
    assert_eq!(second.stored("vault"), first.stored("vault"), "one password");
}

#[test]
fn what_one_computer_read_while_the_other_slept_counts_on_both() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    // The second reads while the first is off, and a top-up comes in between.
    for (now, books) in
        [("10:00", "USD 0+17"), ("11:00", "USD 0+16"), ("12:00", "USD 0+66"), ("13:00", "USD 0+65")]
    {
        second.set_books(KEY, books).clock(&format!("2026-11-20T{now}:00Z")).event(Event::Alarm);
    }
    carry(&second, &first);
    first.set_books(KEY, "USD 0+65").clock("2026-11-20T13:05:00Z").event(Event::Alarm);
    assert!(first.popup().contains("$5.00"), "{}", first.popup());
    assert!(second.popup().contains("$5.00"), "{}", second.popup());
    // Nothing is written while nothing changes.
    carry(&first, &second);
    second.clock("2026-11-20T13:14:00Z").event(Event::Alarm);
    let writes = second.host.synced_writes.get();
    for minute in 15..30 {
        second.clock(&format!("2026-11-20T13:{minute}:00Z")).event(Event::Alarm);
    }
    assert_eq!(second.host.synced_writes.get(), writes);
}

#[test]
fn the_area_holds_no_key_no_name_and_no_figure() {
    let first = syncing();
    first.send("rename", &[("account", &first.id(0)), ("label", "Workhorse")]);
    first.clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    let area = format!("{:?}", first.host.synced.borrow());
    for secret in [KEY, PASSWORD, "Workhorse", "deepseek", "20.00", "USD"] {
        assert!(!area.contains(secret), "{secret} is in {area}");
    }
}

#[test]
fn the_later_change_of_a_setting_counts_on_both() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    let id = first.id(0);
    first.clock("2026-11-20T08:10:00Z").send("rename", &[("account", &id), ("label", "Older")]);
    second.clock("2026-11-20T08:20:00Z").send("rename", &[("account", &id), ("label", "Newer")]);
    first.event(Event::Answered);
    let of_first = first.host.synced.borrow().clone();
    second.event(Event::Answered);
    // Each receives the other's items, in either order.
    let of_second = second.host.synced.borrow().clone();
    for (key, text) in of_second {
        first.host.synced.borrow_mut().insert(key, text);
    }
    for (key, text) in of_first {
        second.host.synced.borrow_mut().insert(key, text);
    }
    for computer in [&first, &second] {
        computer.clock("2026-11-20T08:30:00Z").event(Event::Synced);
        assert!(computer.at("accounts").contains("Newer"), "{}", computer.at("accounts"));
    }
}

#[test]
fn a_computer_with_accounts_of_its_own_joins_and_keeps_them() {
    let first = syncing();
    let second = Story::begin("2026-11-20T08:02:00Z");
    second.host.seed(5);
    second.set_books(KEY, "USD 0+20").set_books(OTHER_KEY, "USD 0+7").event(Event::Start);
    second.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    second.send("seal", &[("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)]);
    second.send("connect", &[("provider", "deepseek"), ("key", KEY)]);
    second.send("budget", &[("amount", "9"), ("currency", "USD")]);
    assert_eq!(second.host.accounts().len(), 2);
    carry(&first, &second);
    assert!(!second.send("sync_on", &[]).ok, "it would sync beside the other");
    let joined = second.send("sync_join", &[("open", "settings"), ("password", PASSWORD)]);
    assert!(joined.ok, "{}", joined.html);
    assert_eq!(second.host.accounts().len(), 2, "the account of the same key is one");
    assert_eq!(second.stored("vault"), first.stored("vault"));
    assert!(second.at("budget").contains("50"), "what was there before counts");
    // Its other account reaches the first computer.
    second.clock("2026-11-20T08:10:00Z").event(Event::Alarm);
    first.set_books(OTHER_KEY, "USD 0+7");
    carry(&second, &first);
    assert_eq!(first.host.accounts().len(), 2);
    first.clock("2026-11-20T08:15:00Z").event(Event::Alarm);
    assert!(first.at("accounts").contains("$7.00"), "{}", first.at("accounts"));
}

#[test]
fn a_changed_password_reaches_the_other_computer() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    first.clock("2026-11-20T09:00:00Z");
    let changed = [("current", PASSWORD), ("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
    assert!(first.send("change_password", &changed).ok);
    first.event(Event::Answered);
    second.clock("2026-11-20T09:01:00Z");
    carry(&first, &second);
    assert_eq!(second.stored("vault"), first.stored("vault"));
    second.send("lock", &[]);
    assert!(!second.send("unlock", &[("password", PASSWORD)]).ok);
    assert!(second.send("unlock", &[("password", OTHER_PASSWORD)]).ok);
}

#[test]
fn a_vault_that_somebody_else_put_there_is_not_taken() {
    let first = syncing();
    let stranger = Story::connected("2026-11-20T08:00:00Z", "USD 0+20");
    let vault: serde_json::Value = serde_json::from_str(&stranger.stored("vault")).unwrap();
    let mut item: serde_json::Value = {
        let area = first.host.synced.borrow();
        serde_json::from_str(area.iter().find(|(key, _)| key.ends_with(".vault")).unwrap().1).unwrap()
    };
    item["vault"] = vault;
    item["at"] = serde_json::json!(4_000_000_000_000_u64);
    first.host.synced.borrow_mut().insert("drawdown.99999999.vault".to_owned(), item.to_string());
    let before = first.stored("vault");
    first.clock("2026-11-20T09:00:00Z").event(Event::Synced);
    assert_eq!(first.stored("vault"), before);
    assert!(first.at("settings").contains("Another computer syncs with a different password"));
}

#[test]
fn a_removed_account_is_removed_on_both_and_never_comes_back() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    second.clock("2026-11-20T08:10:00Z").event(Event::Alarm);
    let id = first.id(0);
    first.clock("2026-11-20T09:00:00Z").send("remove", &[("account", &id), ("history", "remove")]);
    first.event(Event::Answered);
    let of_second: Vec<_> =
        second.host.synced.borrow().iter().map(|(key, text)| (key.clone(), text.clone())).collect();
    carry(&first, &second);
    assert!(!second.at("accounts").contains("$20.00"), "{}", second.at("accounts"));
    let stored = second.stored(&format!("account.{id}"));
    assert!(stored.contains("\"credential\":null"), "its key is gone: {stored}");
    // An old item of the second computer arrives late.
    first.host.synced.borrow_mut().extend(of_second);
    first.clock("2026-11-20T10:00:00Z").event(Event::Synced);
    assert!(first.at("accounts").contains("Restore") || !first.at("accounts").contains("$20.00"));
}

#[test]
fn a_lost_item_means_nothing_and_is_written_again() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    first.host.synced.borrow_mut().clear();
    second.host.synced.borrow_mut().clear();
    for computer in [&first, &second] {
        computer.clock("2026-11-20T09:00:00Z").event(Event::Synced);
        assert_eq!(computer.host.accounts().len(), 1);
        assert!(!computer.host.synced.borrow().is_empty());
    }
}

#[test]
fn turned_off_it_keeps_everything_and_removes_what_was_asked() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    second.clock("2026-11-20T08:10:00Z").event(Event::Alarm);
    let all = second.host.synced.borrow().len();
    assert!(second.send("sync_off", &[("clear", "own")]).ok);
    assert_eq!(second.host.synced.borrow().len(), all / 2);
    assert_eq!(second.host.accounts().len(), 1);
    second.set_books(KEY, "USD 0+19").clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    assert_eq!(second.host.synced.borrow().len(), all / 2, "nothing more is written");
    carry(&second, &first);
    assert_eq!(first.host.accounts().len(), 1, "a missing item means nothing");
    assert!(first.send("sync_off", &[("clear", "all")]).ok);
    assert!(first.host.synced.borrow().is_empty());
}

#[test]
fn a_forgotten_password_is_a_fact_for_the_others() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    second.clock("2026-11-20T08:10:00Z").event(Event::Alarm);
    carry(&second, &first);
    first.clock("2026-11-20T09:00:00Z").send("lock", &[]);
    first.send("forget_password", &[]);
    carry(&first, &second);
    assert!(second.at("settings").contains("another computer gave up its keys"), "{}", second.at("settings"));
    assert!(second.stored("vault").len() > 10, "its own keys stay");
}

#[test]
fn a_worker_that_dies_at_any_await_of_a_sync_loses_and_doubles_nothing() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    second.set_books(KEY, "USD 0+17").clock("2026-11-20T10:00:00Z").event(Event::Alarm);
    *first.host.synced.borrow_mut() = second.host.synced.borrow().clone();
    let (rest, mut seen) = (Rest::of(&first.host), Left::default());
    for dies_at in 1.. {
        rest.restore(&first.host);
        first.set_books(KEY, "USD 0+17").clock("2026-11-20T10:05:00Z");
        let ended = first.host.run_dying(on_event(&*first.host, Event::Synced), dies_at);
        if ended.is_none() && !seen.is_new(&first.host) {
            continue;
        }
        first.clock("2026-11-20T10:10:00Z").event(Event::Start);
        first.clock("2026-11-20T10:20:00Z").event(Event::Alarm);
        assert!(first.popup().contains("$3.00"), "await {dies_at}: {}", first.popup());
        let items = first.host.synced.borrow().len();
        assert_eq!(items, 6, "await {dies_at}: three items of each computer");
        if ended.is_some() {
            assert!(dies_at > 6, "there are more awaits");
            break;
        }
    }
}

#[test]
fn a_worker_that_dies_while_a_computer_joins_leaves_it_able_to_join() {
    let first = syncing();
    let second = fresh(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    let text = message("dashboard", "sync_join", &[("password", PASSWORD)]);
    let (rest, mut seen) = (Rest::of(&second.host), Left::default());
    for dies_at in 1.. {
        rest.restore(&second.host);
        second.clock("2026-11-20T08:05:00Z");
        let ended = second.host.run_dying(on_message(&*second.host, &text), dies_at).is_some();
        if !ended && !seen.is_new(&second.host) {
            continue;
        }
        second.clock("2026-11-20T08:10:00Z").event(Event::Start);
        if second.stored("sync").is_empty() {
            assert!(second.send("sync_join", &[("password", PASSWORD)]).ok, "await {dies_at}");
        } else if !second.host.session.borrow().contains_key("data-key") {
            assert!(second.send("unlock", &[("password", PASSWORD)]).ok, "await {dies_at}");
        }
        for now in ["2026-11-20T08:20:00Z", "2026-11-20T08:40:00Z"] {
            second.clock(now).event(Event::Alarm);
        }
        assert_eq!(second.host.accounts().len(), 1, "await {dies_at}");
        assert!(second.popup().contains("$0.00"), "await {dies_at}: {}", second.popup());
        if ended {
            break;
        }
    }
}

#[test]
fn a_damaged_record_of_syncing_is_said_and_sync_can_be_turned_on_again() {
    let first = syncing();
    first.host.stored.borrow_mut().insert("sync".to_owned(), "{\"cut".to_owned());
    first.clock("2026-11-20T09:00:00Z").event(Event::Start);
    assert!(first.at("overview").contains("lost or damaged the stored \"sync\""), "{}", first.at("overview"));
    assert_eq!(first.host.accounts().len(), 1);
    assert!(first.send("sync_on", &[]).ok);
    first.clock("2026-11-20T09:10:00Z").event(Event::Alarm);
    assert!(first.at("settings").contains("Sync is on."));
    assert_eq!(first.host.accounts().len(), 1);
}

#[test]
fn an_item_in_another_place_is_not_taken_in() {
    let first = syncing();
    let second = joined(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    second.clock("2026-11-20T08:10:00Z").send("rename", &[("account", &second.id(0)), ("label", "Moved")]);
    second.event(Event::Answered);
    // The item of one account replaces another computer's, and one is cut off.
    let item =
        second.host.synced.borrow().iter().find(|(key, _)| key.ends_with(&second.id(0))).unwrap().1.clone();
    let place = format!("drawdown.77777777.{}", second.id(0));
    first.host.synced.borrow_mut().insert(place, item.clone());
    first
        .host
        .synced
        .borrow_mut()
        .insert("drawdown.66666666.settings".to_owned(), item[..item.len() / 2].to_owned());
    first.host.synced.borrow_mut().insert("something.else".to_owned(), "7".to_owned());
    first.clock("2026-11-20T08:20:00Z").event(Event::Synced);
    assert!(!first.at("accounts").contains("Moved"));
    assert_eq!(first.host.accounts().len(), 1);
}
