//! Two keys of one account, rule L12: reported, and joined only if the user says that they are the same.

use drawdown::route::Event;
use drawdown_lab::on_message;

use crate::rest::{Left, Rest};
use crate::story::{KEY, OTHER_KEY, Story, message};

const HINT: &str = "possible duplicate of DeepSeek main";

/// Two connected keys, with their hourly balances.
fn two_accounts(one: &[&str], other: &[&str]) -> Story {
    let story = Story::connected("2026-11-20T00:00:00Z", one[0]);
    story.send("rename", &[("account", &story.id(0)), ("label", "main")]);
    story.set_books(OTHER_KEY, other[0]);
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY)]);
    for (hour, (one, other)) in one.iter().zip(other).enumerate().skip(1) {
        story.set_books(KEY, one).set_books(OTHER_KEY, other);
        story.clock(&format!("2026-11-20T{hour:02}:00:00Z")).event(Event::Alarm);
    }
    story
}

#[test]
fn l12_identical_books_are_reported_and_still_counted() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let early = two_accounts(&balances[..3], &balances[..3]);
    assert!(!early.popup().contains(HINT), "two movements may be chance");
    let story = two_accounts(&balances, &balances);
    assert!(story.popup().contains(HINT), "{}", story.popup());
    assert!(
        story
            .dashboard()
            .contains("This account changes exactly like DeepSeek main. If it's the same account")
    );
    assert!(story.popup().contains("$6.00*"), "both count until the user says otherwise: {}", story.popup());
    story.send("remove", &[("account", &story.id(1)), ("history", "remove")]);
    assert!(!story.popup().contains(HINT));
    assert!(story.popup().contains("$3.00*"));
}

#[test]
fn l12_joined_accounts_are_one_with_all_that_both_read() {
    let story = two_accounts(
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 2+15"],
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 1+15"],
    );
    let (stays, goes) = (story.id(0), story.id(1));
    assert!(story.popup().contains("$7.00*"), "3 and 4: {}", story.popup());
    for (one, other) in [(&*goes, &*goes), (&*goes, "unknown"), ("unknown", &*stays)] {
        assert!(!story.send("join", &[("account", one), ("into", other)]).ok);
    }
    assert_eq!(story.host.accounts().len(), 2, "nothing was lost");
    let joined = story.send("join", &[("account", &goes), ("into", &stays)]);
    assert!(
        joined.ok && joined.html.contains("Both accounts are now one: DeepSeek main."),
        "{}",
        joined.html
    );
    assert_eq!(story.host.accounts().len(), 1);
    assert!(!story.popup().contains(HINT));
    // The account that stays read 17 at four o'clock, the other read 16.
    story.set_books(KEY, "USD 0.5+15").clock("2026-11-20T05:00:00Z").event(Event::Alarm);
    assert!(story.popup().contains("$4.50*"), "{}", story.popup());
    let of_other =
        story.host.stored.borrow().keys().filter(|key| key.contains(&goes)).cloned().collect::<Vec<_>>();
    assert_eq!(of_other, [""; 0], "nothing of the other is left");
}

#[test]
fn l12_a_worker_that_dies_while_accounts_are_joined_did_all_or_nothing() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let story = two_accounts(&balances, &balances);
    let (rest, mut seen) = (Rest::of(&story.host), Left::default());
    for dies_at in 1.. {
        rest.restore(&story.host);
        let (stays, goes) = (story.id(0), story.id(1));
        let form = [("account", &*goes), ("into", &*stays), ("submission", "0a1b2c3d-once")];
        let text = message("dashboard", "join", &form);
        let is_over = story.host.run_dying(on_message(&*story.host, &text), dies_at).is_some();
        if !is_over && !seen.is_new(&story.host) {
            continue;
        }
        story.event(Event::Start);
        let count = story.host.accounts().len();
        let shows = if count == 2 { "$6.00*" } else { "$3.00*" };
        assert!(story.popup().contains(shows), "await {dies_at}, {count} accounts: {}", story.popup());
        assert!(story.send("join", &form).ok, "await {dies_at}: the form is sent again");
        assert_eq!(story.host.accounts().len(), 1, "await {dies_at}");
        assert!(story.popup().contains("$3.00*"), "await {dies_at}: {}", story.popup());
        if is_over {
            assert!(dies_at > 3, "there are more awaits");
            break;
        }
    }
}

#[test]
fn l12_a_duplicate_can_be_snoozed() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let story = two_accounts(&balances, &balances);
    let hints = || story.at("overview").matches("This account changes exactly like").count();
    assert_eq!(hints(), 1, "of the one that was connected later");
    let fields = [("account", &*story.id(1)), ("of", "duplicate"), ("on", "on")];
    assert!(story.send("snooze", &fields).ok);
    assert_eq!(hints(), 0);
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_one_duplicate_may_be_newer() {
    let story = two_accounts(
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 2+15"],
        &["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15", "USD 1+15"],
    );
    assert!(story.popup().contains(HINT));
}

#[test]
fn l12_separate_accounts_are_not_reported() {
    let idle = two_accounts(&["USD 0+5"; 6], &["USD 0+5"; 6]);
    assert!(!idle.popup().contains(HINT), "nothing moved");
    let balances = ["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+16"];
    let byok = two_accounts(&balances, &["USD 0+20", "USD 0+19", "USD 0+18.5", "USD 0+17", "USD 0+16"]);
    assert!(!byok.popup().contains(HINT), "they parted once");
}

#[test]
fn l12_equal_values_at_other_times_are_no_duplicate() {
    // Two users with two accounts: the second balance moves like the first, hours later.
    let story = two_accounts(
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
fn l12_an_absent_book_is_no_movement() {
    let books = ["USD 0+5, CNY 0+7", "USD 0+5", "USD 0+5, CNY 0+7", "USD 0+5", "USD 0+5, CNY 0+7"];
    let story = two_accounts(&books, &books);
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_a_value_seen_by_one_account_is_tolerated() {
    let story = two_accounts(
        &["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+16", "USD 0+15"],
        &["USD 0+20", "USD 0+19", "USD 0+18", "USD 0+17", "USD 0+15.9", "USD 0+15"],
    );
    assert!(story.popup().contains(HINT), "{}", story.popup());
}

#[test]
fn l12_a_removed_account_is_no_duplicate() {
    for place in [0, 1] {
        let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
        let story = two_accounts(&balances, &balances);
        assert!(story.popup().contains(HINT));
        story.send("remove", &[("account", &story.id(place)), ("history", "keep")]);
        assert!(!story.popup().contains(HINT), "{place}: {}", story.popup());
    }
}

#[test]
fn l12_a_new_baseline_restarts_the_comparison() {
    let balances = ["USD 5+15", "USD 4+15", "USD 2.5+15", "USD 2+15"];
    let story = two_accounts(&balances, &balances);
    let third = "sk-00000000000000000000000000000000";
    story.clock("2026-11-20T05:00:00Z").set_books(third, "USD 0+60");
    story.send("replace_key", &[("account", &story.id(1)), ("key", third)]);
    let taken = story.send("take_key", &[("account", &story.id(1)), ("books", "begin_anew")]);
    assert!(taken.ok);
    assert!(!story.popup().contains(HINT), "{}", story.popup());
}
