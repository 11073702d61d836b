//! Accounts kept by hand: balances and bills that the user types.

use drawdown::host::Tone;
use drawdown::money::Amount;
use drawdown::route::Event;
use serde_json::Value;

use crate::builders::amount;
use crate::story::{Story, has, lacks, text_of};

/// A story that begins with one account kept by hand.
pub(crate) fn manual_account(now: &str, kind: &str, amount: &str) -> Story {
    let story = Story::begin(now);
    story.event(Event::Start);
    let fields = [("label", "RunPod"), ("currency", "usd"), ("tells", kind), ("amount", amount)];
    has(&text_of(&story.send("by_hand", &fields).html), "Added with");
    story
}

pub(crate) fn type_balance(story: &Story, now: &str, amount: &str) -> String {
    story.clock(now);
    text_of(&story.send("figure", &[("account", &story.id(0)), ("amount", amount)]).html)
}

pub(crate) fn type_balance_at(story: &Story, at: &str, amount: &str) -> String {
    text_of(&story.send("figure", &[("account", &story.id(0)), ("amount", amount), ("at", at)]).html)
}

/// The exact sum of a month's stored bills.
pub(crate) fn billed_sum(story: &Story, month: &str) -> Amount {
    let shard: Value =
        serde_json::from_str(&story.stored(&format!("readings.{}.{month}", story.id(0)))).unwrap();
    let lines = shard["bills"].as_array().unwrap().iter().flat_map(|bill| bill["l"].as_array().unwrap());
    lines.map(|line| amount(line[1].as_str().unwrap())).sum()
}

#[test]
fn a_month_of_typed_balances() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    has(
        &story.popup(),
        "RRunPod –\n$50.00 left · spend appears after the next refresh · entered 2026-11-02T09:00:00Z",
    );
    has(&story.popup(), "Up to date");
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Neutral));

    has(&type_balance(&story, "2026-11-04T09:00:00Z", "44"), "Saved: $44.00.");
    // $6 in two days; $44 last 14 days and 16 hours. Three days later there is no new figure, and nothing has changed: the pace
    // is that of the known time.
    for now in ["2026-11-04T09:00:00Z", "2026-11-07T09:00:00Z"] {
        let popup = story.clock(now).popup();
        has(&popup, "\n$6.00*\n$3.00* a day · Up to date");
        has(&popup, "November forecast\n$85.88*");
        has(&popup, "RRunPod $6.00*\n$3.00* a day · $44.00 left · entered 2026-11-04T09:00:00Z\n");
        has(&story.card(0), "$44.00 left\nruns out around Nov 19\n");
        lacks(&popup, "Current balance");
    }

    // After a week the page asks for a new figure, and the runway is shorter by the passed days.
    story.clock("2026-11-12T10:00:00Z").event(Event::Alarm);
    let popup = story.popup();
    has(&popup, "≥ $6.00\n$3.00* a day · Not up to date");
    has(&popup, "entered 2026-11-04T09:00:00Z. Update balance · $44.00 left");
    has(&popup, "Current balance (USD)\n[Save]");
    assert_eq!(story.badge(), ("$6.0".to_owned(), Tone::Amber));

    // It rose, so the usual question about a rise is asked.
    let dashboard = type_balance(&story, "2026-11-12T12:00:00Z", "58");
    has(&dashboard, "Your balance went up by $14.00 between 2026-11-04T09:00:00Z and 2026-11-12T12:00:00Z.");
    has(&dashboard, "[I topped up $20.00 (so $6.00 was spent)]");
    has(&story.popup(), "≥ $6.00\n");
    let id = story.id(0);
    let top_up = [("account", id.as_str()), ("currency", "USD"), ("kind", "top_up"), ("amount", "20")];
    let when = ("at", "2026-11-12T12:00:00Z");
    has(&text_of(&story.send("declare", &[top_up.as_slice(), &[when]].concat()).html), "Saved: $20.00.");
    has(&story.popup(), "\n$12.00*\n");

    // A window across two months gives each month its share.
    type_balance(&story, "2026-12-04T12:00:00Z", "36");
    let popup = story.popup();
    has(&popup, "\n$3.50*\n");
    has(&popup, "November: $30.50*");
}

#[test]
fn an_impossible_balance_is_refused_in_the_account_and_loses_nothing() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    story.clock("2026-11-05T09:00:00Z");
    for wrong in ["", "much", "12.5.0"] {
        has(&type_balance_at(&story, "", wrong), "Enter a number");
    }
    has(&type_balance_at(&story, "2026-11-02T08:00:00Z", "40"), "You already entered a later figure.");
    has(&type_balance_at(&story, "2026-11-05T09:01:00Z", "40"), "That's in the future.");
    has(&type_balance_at(&story, "noon", "40"), "Enter a valid date and time.");
    has(&story.popup(), "$50.00 left · spend appears after the next refresh");
    // An earlier time is accepted if it is after the last one.
    has(&type_balance_at(&story, "2026-11-04T09:00:00Z", "45"), "Saved: $45.00.");
    has(&type_balance_at(&story, "", "44"), "Saved: $44.00.");
    has(&story.popup(), "\n$6.00*\n");
    has(&type_balance_at(&story, "2026-11-04T10:00:00Z", "40"), "You already entered a later figure.");
    has(&story.popup(), "\n$6.00*\n");
    let bill = manual_account("2026-11-02T09:00:00Z", "bill", "50");
    has(&type_balance(&bill, "2026-11-03T09:00:00Z", "-1"), "A bill can't be below 0");

    let story = Story::begin("2026-11-02T09:00:00Z");
    let fields = |label, currency, amount| {
        let fields = [("label", label), ("currency", currency), ("tells", "bill"), ("amount", amount)];
        text_of(&story.send("by_hand", &fields).html)
    };
    has(&fields(" ", "USD", "1"), "Enter a name.");
    has(&fields("RunPod", "dollars", "1"), "Enter a three-letter currency code");
    has(&fields("RunPod", "USD", "-1"), "Enter a number");
    has(&text_of(&story.send("by_file", &[("label", "")]).html), "Enter a name.");
    assert_eq!(story.stored("accounts"), "", "nothing was kept");
}

#[test]
fn a_clock_that_ran_ahead_does_not_block_later_entries() {
    let story = manual_account("2026-11-02T09:00:00Z", "balance", "50");
    type_balance(&story, "2027-03-01T09:00:00Z", "49");
    has(&type_balance(&story, "2026-11-04T09:00:00Z", "44"), "Saved: $44.00.");
    has(&story.popup(), "\n$6.00*\n");
    let story = manual_account("2026-11-02T12:00:00Z", "bill", "3");
    type_balance(&story, "2027-03-01T09:00:00Z", "7");
    has(&type_balance(&story, "2026-11-04T12:00:00Z", "7"), "Saved: $7.00.");
    has(&story.popup(), "\n$7.00*\n");
}

#[test]
fn a_month_of_typed_bills() {
    let story = manual_account("2026-11-04T12:00:00Z", "bill", "7");
    // $7 in three and a half days. The day of the entry is incomplete: three days at $2 make the pace.
    let popup = story.popup();
    has(&popup, "\n$7.00*\n$2.00* a day · Up to date");
    has(&popup, "November forecast\n$60.00*");
    has(&popup, "December forecast\n$62.00*");
    lacks(&popup, "since");
    assert_eq!(story.spent_by_day(), ["Nov 1 $2.00*", "Nov 2 $2.00*", "Nov 3 $2.00*", "Nov 4 $1.00*"]);
    lacks(&story.card(0), "By model");
    // The forecast does not change until the next entry.
    has(&story.clock("2026-11-06T12:00:00Z").popup(), "November forecast\n$60.00*");

    // Earlier days keep their figures; the new amount is spread evenly over its time.
    type_balance(&story, "2026-11-08T12:00:00Z", "17");
    let days =
        ["Nov 3 $2.00*", "Nov 4 $2.25*", "Nov 5 $2.50*", "Nov 6 $2.50*", "Nov 7 $2.50*", "Nov 8 $1.25*"];
    assert_eq!(story.spent_by_day()[2..], days);
    let popup = story.popup();
    has(&popup, "\n$17.00*\n$2.25* a day");
    has(&popup, "November forecast\n$67.50*");
    let why = story.click("show", &[]).html;
    has(&why, "Includes amounts you confirmed.");

    // Another entry for the same day replaces it, higher or lower, and the sum equals it to the last digit.
    for typed in ["18.01", "107.7", "17.37"] {
        type_balance(&story, "2026-11-08T18:00:00Z", typed);
        assert_eq!(billed_sum(&story, "2026-11"), amount(typed));
        assert_eq!(story.spent_by_day()[1..3], ["Nov 2 $2.00*", "Nov 3 $2.00*"]);
    }

    // Less than on an earlier day: the earlier entries were wrong, so the whole month is spread again.
    type_balance(&story, "2026-11-12T12:00:00Z", "11.5");
    assert_eq!(billed_sum(&story, "2026-11"), amount("11.5"));
    let whole_days = (1..=11).map(|day| format!("Nov {day} $1.00*"));
    let days: Vec<_> = whole_days.chain(["Nov 12 $0.50*".to_owned()]).collect();
    assert_eq!(story.spent_by_day(), days);
    has(&story.popup(), "November forecast\n$30.00*");

    // A new month without an entry. The old month has no end until one is entered.
    story.clock("2026-12-01T08:00:00Z").event(Event::Alarm);
    assert_eq!(story.badge(), ("–".to_owned(), Tone::Grey));
    has(&story.popup(), "November: ≥ $11.50");
    has(&type_balance_at(&story, "2026-11-30T23:00:00Z", "29.5"), "Saved: $29.50.");
    has(&story.popup(), "November: $29.50*");
    type_balance(&story, "2026-12-02T12:00:00Z", "3");
    let popup = story.popup();
    has(&popup, "\n$3.00*\n");
    has(&popup, "November: $29.50*");
    assert_eq!(story.spent_by_day(), ["Dec 1 $2.00*", "Dec 2 $1.00*"]);
}

#[test]
fn a_month_without_a_final_entry_is_a_floor() {
    let story = manual_account("2026-11-20T12:00:00Z", "bill", "39");
    type_balance(&story, "2026-12-02T12:00:00Z", "3");
    has(&story.popup(), "November: ≥ $39.00");
    has(&story.click("show", &[]).html, "Some days have no data.");
}

#[test]
fn an_account_of_an_unknown_provider_is_managed_like_any_other() {
    let story = manual_account("2026-11-02T12:00:00Z", "bill", "3");
    let id = story.id(0);
    let send = |command: &str, fields: &[(&str, &str)]| {
        text_of(&story.send(command, &[&[("account", id.as_str())], fields].concat()).html)
    };
    has(&send("rename", &[("label", " ")]), "Enter a name.");
    has(&send("rename", &[("label", "Lambda")]), "\nLambda Entered\n");
    has(&send("pause", &[]), "[Resume]");
    has(&send("resume", &[]), "[Pause]");
    for key in ["[Replace key]", "[Add a key]", "the key is deleted", "Add the key again"] {
        lacks(&story.dashboard(), key);
    }
    story.send("hide", &[("hidden", "on")]);
    lacks(&story.popup(), "3.00");
    story.send("hide", &[("hidden", "")]);
    send("remove", &[("history", "keep")]);
    has(&story.popup(), "LLambda $3.00*\nremoved");
    has(&send("figure", &[("amount", "9")]), "This account no longer exists.");

    let story = manual_account("2026-11-02T12:00:00Z", "balance", "3");
    let id = story.id(0);
    story.send("remove", &[("account", &id), ("history", "remove")]);
    story.send("erase", &[("account", &id), ("word", "erase")]);
    let keys: Vec<_> = story.host.stored.borrow().keys().cloned().collect();
    assert!(!keys.iter().any(|key| key.starts_with("readings.") || key.starts_with("months.")), "{keys:?}");
}

#[test]
fn a_refused_bill_after_a_clock_that_ran_ahead_loses_nothing() {
    let story = manual_account("2026-11-03T12:00:00Z", "bill", "5");
    type_balance(&story, "2026-11-20T12:00:00Z", "90");
    // The clock is corrected: a wrong entry is refused, and a right one is accepted.
    story.clock("2026-11-06T12:00:00Z");
    has(&type_balance_at(&story, "2026-11-02T12:00:00Z", "4"), "You already entered a later figure.");
    assert_eq!(billed_sum(&story, "2026-11"), amount("90"));
    has(&type_balance_at(&story, "", "9"), "Saved: $9.00.");
    assert_eq!(billed_sum(&story, "2026-11"), amount("9"));
    has(&story.dashboard(), "Nov 3\n$");
}
