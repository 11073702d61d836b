//! A synced area that is full, or that the browser refuses to write.

use drawdown::route::Event;
use drawdown_lab::fake::{SYNC_QUOTA, synced_size};

use crate::story::{KEY, PASSWORD, Story};
use crate::sync::{fresh, syncing, written};

const FULL: &str = "The space is nearly full";
/// The share of one of two computers, which leave 2,048 of 102,400 bytes free.
const SHARE_OF_TWO: usize = 50_176;

#[test]
fn a_refused_write_is_said_and_tried_again() {
    let first = syncing();
    first.host.is_sync_refused.set(true);
    first.set_books(KEY, "USD 0+19").clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    assert!(first.at("settings").contains("Your browser refused to sync the last change"));
    assert_eq!(first.badge().0, "$1.0", "the refresh counts all the same");
    assert!(first.popup().contains("$1.00"));
    first.host.is_sync_refused.set(false);
    let before = first.host.synced.borrow().clone();
    first.clock("2026-11-20T09:15:00Z").event(Event::Alarm);
    assert_ne!(*first.host.synced.borrow(), before);
    assert!(!first.at("settings").contains("Your browser refused to sync"));
}

/// Fills the area with items of another computer until so many bytes are free.
fn fill(story: &Story, free: usize) {
    let mut left = SYNC_QUOTA - story.host.synced_bytes() - free;
    let mut synced = story.host.synced.borrow_mut();
    for place in 0.. {
        let key = format!("drawdown.66666666.{place:08x}");
        let around = synced_size(&key, "");
        let size = left.min(8_000);
        if size <= around {
            break;
        }
        synced.insert(key, "0".repeat(size - around));
        left -= size;
    }
}

#[test]
fn a_new_computer_announces_itself_in_a_full_area_and_writes_the_rest_once_there_is_room() {
    let first = syncing();
    let second = fresh(&first, "2026-11-20T08:05:00Z", "USD 0+20");
    fill(&second, 1_024);
    assert!(second.send("sync_join", &[("password", PASSWORD)]).ok);
    let kinds = |computer: &Story| -> Vec<String> {
        let keys = written(computer).into_iter().map(|(key, _)| key);
        keys.filter_map(|key| Some(key.rsplit_once('.')?.1.to_owned())).collect()
    };
    assert_eq!(kinds(&second), ["vault"], "its vault alone fits");
    assert!(second.at("settings").contains(FULL), "{}", second.at("settings"));
    // The other sees the vault, and writes less.
    second.host.synced.borrow_mut().retain(|key, _| !key.starts_with("drawdown.66666666."));
    fill(&second, 40_000);
    second.clock("2026-11-20T08:20:00Z").event(Event::Synced);
    assert_eq!(kinds(&second), [&*second.id(0), "settings", "vault"]);
    assert!(!second.at("settings").contains(FULL));
}

#[test]
fn computers_that_use_all_of_their_shares_leave_room_for_a_new_one() {
    let first = syncing();
    for place in 0..90 {
        let label = format!("Service {place} {}", "x".repeat(70));
        let fields = [("label", &*label), ("currency", "USD"), ("tells", "balance"), ("amount", "40")];
        assert!(first.send("by_hand", &fields).ok);
    }
    // Another computer with all of its share.
    first.host.synced.borrow_mut().clear();
    fill(&first, SYNC_QUOTA - SHARE_OF_TWO);
    first.clock("2026-11-20T09:00:00Z").event(Event::Alarm);
    let used = first.host.synced_bytes();
    assert!(used > 2 * SHARE_OF_TWO - 3_000 && used <= 2 * SHARE_OF_TWO, "{used}");
    assert!(first.at("settings").contains(FULL), "{}", first.at("settings"));
}
