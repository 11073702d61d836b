//! A copied profile: two computers that write under one name, until one of them notices.

use drawdown::route::Event;

use crate::story::{KEY, Story};
use crate::sync::{name_of, syncing};

/// A computer with a copy of another's profile.
fn copy_of(first: &Story) -> Story {
    let copy = Story::begin("2026-11-20T08:01:00Z");
    copy.host.seed(77);
    copy.set_books(KEY, "USD 0+20");
    *copy.host.stored.borrow_mut() = first.host.stored.borrow().clone();
    *copy.host.session.borrow_mut() = first.host.session.borrow().clone();
    *copy.host.synced.borrow_mut() = first.host.synced.borrow().clone();
    copy
}

#[test]
fn what_a_copied_profile_tells_stays_though_the_other_wrote_later() {
    let first = syncing();
    let copy = copy_of(&first);
    let by_hand = [("label", "Rented GPU"), ("currency", "USD"), ("tells", "balance"), ("amount", "40")];
    assert!(copy.clock("2026-11-20T09:00:00Z").send("by_hand", &by_hand).ok);
    copy.event(Event::Answered);
    first.set_books(KEY, "USD 0+17").clock("2026-11-20T09:30:00Z").event(Event::Alarm);
    // Only the new account's item arrives: the others were written later.
    let id = copy.id(1);
    let synced = copy.host.synced.borrow().clone();
    let (key, text) = synced.into_iter().find(|(key, _)| key.contains(&id)).expect("the item of the account");
    first.host.synced.borrow_mut().insert(key.clone(), text.clone());
    first.clock("2026-11-20T09:40:00Z").event(Event::Synced);
    first.clock("2026-11-20T09:50:00Z").event(Event::Alarm);
    assert_ne!(name_of(&first), name_of(&copy));
    assert_eq!(first.host.synced.borrow().get(&key), Some(&text));
    assert!(first.at("accounts").contains("Rented GPU"));
}

#[test]
fn a_copied_profile_takes_a_name_of_its_own_and_both_count() {
    let first = syncing();
    let copy = copy_of(&first);
    // Each reads a fall that the other does not: 3 before a top-up, and 1 after it.
    first.set_books(KEY, "USD 0+17").clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    copy.set_books(KEY, "USD 0+50").clock("2026-11-20T09:30:00Z").event(Event::Alarm);
    for (now, from, to) in [("09:40", &first, &copy), ("09:50", &copy, &first), ("10:00", &first, &copy)] {
        for (computer, second) in [(&first, 0), (&copy, 7)] {
            computer.set_books(KEY, "USD 0+49").clock(&format!("2026-11-20T{now}:0{second}Z"));
        }
        // An item that both wrote under one name is that of the last writer.
        let items = from.host.synced.borrow().clone();
        to.host.synced.borrow_mut().extend(items);
        for computer in [&first, &copy] {
            computer.event(Event::Synced);
            computer.event(Event::Alarm);
        }
    }
    assert_ne!(name_of(&first), name_of(&copy));
    for computer in [&first, &copy] {
        assert!(computer.popup().contains("$4.00"), "{}", computer.popup());
    }
}
