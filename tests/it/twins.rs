//! Two keys of one account, rule L12: pointed out, and never merged.

use drawdown::route::Event;

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
    let byok = told(&balances, &["USD 0+20", "USD 0+19", "USD 0+18.5", "USD 0+17", "USD 0+16"]);
    assert!(!byok.popup().contains(HINT), "they parted once");
}

#[test]
fn l12_the_same_values_at_other_times_are_no_twin() {
    // Two people, two accounts, a cent at a time: the second does hours later what the first did.
    let story = told(
        &[
            "USD 0+10",
            "USD 0+9.99",
            "USD 0+9.98",
            "USD 0+9.97",
            "USD 0+9.97",
            "USD 0+9.97",
            "USD 0+9.97",
            "USD 0+9.97",
        ],
        &[
            "USD 0+10",
            "USD 0+10",
            "USD 0+10",
            "USD 0+10",
            "USD 0+10",
            "USD 0+9.99",
            "USD 0+9.98",
            "USD 0+9.97",
        ],
    );
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_a_book_that_comes_and_goes_is_no_movement() {
    let books = ["USD 0+5, CNY 0+7", "USD 0+5", "USD 0+5, CNY 0+7", "USD 0+5", "USD 0+5, CNY 0+7"];
    let story = told(&books, &books);
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_a_value_that_only_one_saw_is_tolerated() {
    let story = told(
        &["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+16", "USD 0+15"],
        &["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+15.9", "USD 0+15"],
    );
    assert!(story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_a_removed_account_is_no_twin() {
    for place in [0, 1] {
        let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
        let story = told(&balances, &balances);
        assert!(story.popup().contains(HINT));
        story.send("remove", &[("account", &story.id(place)), ("history", "keep")]);
        assert!(!story.popup().contains(HINT), "{place}: {}", story.popup());
    }
}

#[test]
fn l12_a_new_baseline_is_compared_anew() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let story = told(&balances, &balances);
    let third = "sk-00000000000000000000000000000000";
    story.clock("2026-11-20T05:00:00Z").tells(third, "USD 0+60");
    story.send("replace_key", &[("account", &story.id(1)), ("key", third)]);
    let taken = story.send("take_key", &[("account", &story.id(1)), ("books", "begin_anew")]);
    assert!(taken.ok);
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}
