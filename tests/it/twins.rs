//! Two keys of one account, rule L12: pointed out, and never merged.

use drawdown::worker::Event;

use crate::story::{KEY, OTHER_KEY, Story};

const HINT: &str = "probably the same as DeepSeek main";

/// Two connected keys; then what each tells, hour by hour.
fn told(one: &[&str], other: &[&str]) -> Story {
    let story = Story::connected("2026-11-20T00:00:00Z", one[0]);
    story.send("rename", &[("account", &story.id(0)), ("label", "main")]);
    story.tells(OTHER_KEY, other[0]);
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    for (hour, (one, other)) in one.iter().zip(other).enumerate().skip(1) {
        story.tells(KEY, one).tells(OTHER_KEY, other);
        story.clock(&format!("2026-11-20T{hour:02}:00:00Z")).event(Event::Alarm);
    }
    story
}

#[test]
fn l12_books_that_move_identically_are_pointed_out_and_counted_as_they_are() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let early = told(&balances[..3], &balances[..3]);
    assert!(!early.popup().contains(HINT), "two movements may be chance");
    let story = told(&balances, &balances);
    assert!(story.popup().contains(HINT), "{}", story.popup());
    assert!(
        story.dashboard().contains("It moves exactly like DeepSeek main: probably one account with two keys")
    );
    assert!(story.popup().contains("$6.00*"), "both count until the user says otherwise: {}", story.popup());
    story.send("remove", &[("account", &story.id(1)), ("history", "erase")]);
    assert!(!story.popup().contains(HINT));
    assert!(story.popup().contains("$3.00*"));
}

#[test]
fn l12_one_of_the_two_may_have_seen_something_newer() {
    let story = told(
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 2+15"],
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 1+15"],
    );
    assert!(story.popup().contains(HINT));
}

#[test]
fn l12_accounts_that_are_two_are_left_alone() {
    let idle = told(&["USD 0+5"; 6], &["USD 0+5"; 6]);
    assert!(!idle.popup().contains(HINT), "nothing moved");
    let balances = ["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+16"];
    let apart = told(&balances, &["USD 0+20", "USD 0+19", "USD 0+18.5", "USD 0+17", "USD 0+16"]);
    assert!(!apart.popup().contains(HINT), "they parted once");
}
