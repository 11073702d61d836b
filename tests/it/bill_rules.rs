//! Counters and bills, rules L9 to L11, and days that are known completely.

use drawdown::books::bill::{Bill, Line, Overlap, Row, Wallet, by_day, lay};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::ledger::{AccountHistory, Basis, Book, derive};
use drawdown::books::reading::{Counter, DrawOrder, Observation, Reading, Role};
use drawdown::money::Amount;
use drawdown::time::{DAY, Day, HOUR, Span};
use proptest::prelude::*;

use crate::builders::{amount, at, observed, span, usd};

fn counted(time: &str, total: &str, this_month: Option<&str>) -> Observation {
    let this_month = this_month.map(amount);
    let counter = Counter { currency: usd(), total: amount(total), this_month };
    Observation { at: at(time), role: Role::Follows, readings: vec![Reading::Counter(counter)] }
}

fn bill(day: &str, sum: &str) -> Bill {
    let mut bill = Bill::empty(usd(), Day::parse(day).unwrap());
    bill.add(Line { name: "chat".to_owned(), wallet: None, amount: amount(sum) });
    bill
}

fn book(observed: &[Observation], bills: &[Bill], is_billed: bool) -> Book {
    let history = AccountHistory::from_readings(observed.iter().collect(), DrawOrder::GrantedFirst);
    let history = AccountHistory { bills: bills.iter().collect(), is_billed, ..history };
    derive(&history, at("2026-12-01T00:00:00Z")).book_of(usd()).unwrap().clone()
}

fn november(book: &Book) -> Figure {
    book.spend(span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"))
}

fn amount_mark_reasons(figure: &Figure) -> (Option<Amount>, Mark, Vec<Reason>) {
    (figure.amount, figure.mark, figure.reasons.iter().collect())
}

#[test]
fn l9_the_increase_of_a_counter_is_exact_spend() {
    let book = book(
        &[counted("2026-11-20T00:00:00Z", "60.63", None), counted("2026-11-20T01:00:00Z", "61.005", None)],
        &[],
        false,
    );
    assert_eq!(
        amount_mark_reasons(&november(&book)),
        (Some(amount("0.375")), Mark::Exact, vec![]),
        "not the lifetime"
    );
}

#[test]
fn l9_a_decrease_restarts_the_counter_and_makes_the_month_a_floor() {
    let readings = [
        counted("2026-11-20T00:00:00Z", "60", None),
        counted("2026-11-20T01:00:00Z", "2", None),
        counted("2026-11-20T02:00:00Z", "5", None),
    ];
    let book = book(&readings, &[], false);
    assert_eq!(book.windows[0].basis, Basis::Reset);
    assert_eq!(amount_mark_reasons(&november(&book)), (Some(amount("3")), Mark::Floor, vec![Reason::Reset]));
}

#[test]
fn l9_the_providers_own_month_fills_the_time_before_the_first_reading() {
    let readings = [
        counted("2026-11-20T00:00:00Z", "60", Some("12.5")),
        counted("2026-11-21T00:00:00Z", "61", Some("13.5")),
    ];
    let book = book(&readings, &[], false);
    assert_eq!(book.since, at("2026-11-01T00:00:00Z"));
    assert_eq!(amount_mark_reasons(&november(&book)), (Some(amount("13.5")), Mark::Exact, vec![]));
}

#[test]
fn l9_a_counter_that_restarts_monthly_is_not_compared_across_the_edge() {
    let readings = [
        counted("2026-10-30T00:00:00Z", "55", Some("55")),
        counted("2026-11-29T00:00:00Z", "60", Some("60")),
        counted("2026-11-30T00:00:00Z", "62.5", Some("62.5")),
    ];
    let history = AccountHistory::from_readings(readings.iter().collect(), DrawOrder::GrantedFirst);
    let history = AccountHistory { restarts_monthly: true, ..history };
    let ledger = derive(&history, at("2026-12-01T00:00:00Z"));
    let book = ledger.book_of(usd()).unwrap();
    assert_eq!(november(book).amount, Some(amount("62.5")));
    assert_eq!(november(book).mark, Mark::Exact);
    let october = book.spend(span("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z"));
    let expected = (Some(amount("55")), Mark::Floor, vec![Reason::Reset]);
    assert_eq!(amount_mark_reasons(&october), expected);
}

#[test]
fn l9_a_balance_next_to_a_counter_is_shown_and_not_counted() {
    let mut readings =
        [counted("2026-11-20T00:00:00Z", "60", None), counted("2026-11-20T01:00:00Z", "61", None)];
    for (reading, left) in readings.iter_mut().zip(["USD 40", "USD 30"]) {
        reading.readings.extend(observed("2026-11-20T00:00:00Z", left).readings);
    }
    let book = book(&readings, &[], false);
    assert_eq!(november(&book).amount, Some(amount("1")));
    assert_eq!(book.left.unwrap().total(), amount("30"));
}

#[test]
fn l10_an_account_with_a_bill_takes_spend_only_from_it() {
    let readings = [observed("2026-11-20T00:00:00Z", "USD 40"), observed("2026-11-22T00:00:00Z", "USD 30")];
    let book = book(&readings, &[bill("2026-11-20", "1.5"), bill("2026-11-21", "0")], true);
    assert_eq!(amount_mark_reasons(&november(&book)), (Some(amount("1.5")), Mark::Exact, vec![]));
    assert_eq!(book.left.unwrap().total(), amount("30"), "its balance is shown");
}

#[test]
fn l10_an_unbilled_month_is_not_zero() {
    let book = book(&[], &[bill("2026-10-31", "1.5")], true);
    assert_eq!(amount_mark_reasons(&november(&book)), (None, Mark::Unknown, vec![Reason::NotBilled]));
    let zero = self::book(&[], &[bill("2026-11-01", "0")], true);
    assert_eq!(
        amount_mark_reasons(&november(&zero)),
        (Some(Amount::ZERO), Mark::Exact, vec![]),
        "a billed zero is zero"
    );
}

#[test]
fn l10_a_restated_bill_replaces_the_old_one() {
    let book = book(&[], &[bill("2026-11-03", "1.5"), bill("2026-11-03", "1.25")], true);
    assert_eq!(november(&book).amount, Some(amount("1.25")));
}

#[test]
fn l11_a_bill_wins_over_the_windows_of_its_days_only() {
    // Ten dollars in two days; the bill covers the second.
    let readings = [observed("2026-11-20T00:00:00Z", "USD 40"), observed("2026-11-22T00:00:00Z", "USD 30")];
    let book = book(&readings, &[bill("2026-11-21", "7")], false);
    let expected =
        (Some(amount("12")), Mark::Approximate, vec![Reason::Derived, Reason::Spread, Reason::BesideBill]);
    assert_eq!(amount_mark_reasons(&november(&book)), expected, "half of the window and the whole bill");
    let day = book.spend(Day::parse("2026-11-21").unwrap().span());
    assert_eq!(amount_mark_reasons(&day), (Some(amount("7")), Mark::Exact, vec![]));
}

#[test]
fn l14_a_windows_share_beside_a_bill_is_never_at_least() {
    // Of ten dollars in two days, the bill covers the second day. A payment may hide more on the third.
    let readings = [
        observed("2026-11-20T00:00:00Z", "USD 40"),
        observed("2026-11-22T00:00:00Z", "USD 30"),
        observed("2026-11-22T06:00:00Z", "USD 50"),
    ];
    let book = book(&readings, &[bill("2026-11-21", "7")], false);
    let (sum, mark, reasons) = amount_mark_reasons(&november(&book));
    assert_eq!((sum, mark), (Some(amount("12")), Mark::Approximate), "at most ten were spent in those days");
    assert!(reasons.contains(&Reason::Open) && reasons.contains(&Reason::BesideBill));
    let third = book.spend(Day::parse("2026-11-22").unwrap().span());
    assert_eq!((third.amount, third.mark), (Some(Amount::ZERO), Mark::Floor));
}

#[test]
fn l11_a_bill_answers_the_open_windows_of_its_days() {
    let readings = [observed("2026-11-20T10:00:00Z", "USD 3"), observed("2026-11-20T10:15:00Z", "USD 11.6")];
    let open = book(&readings, &[], false);
    assert_eq!((november(&open).mark, open.asking().count()), (Mark::Floor, 1));
    let billed = book(&readings, &[bill("2026-11-20", "1.4")], false);
    assert_eq!(
        (amount_mark_reasons(&november(&billed)), billed.asking().count()),
        ((Some(amount("1.4")), Mark::Exact, vec![]), 0)
    );
}

#[test]
fn l10_an_item_without_an_amount_makes_its_day_a_floor() {
    let bills = [bill("2026-11-19", "2"), Bill { has_unpriced: true, ..bill("2026-11-20", "1") }];
    let book = book(&[], &bills, true);
    assert_eq!(
        amount_mark_reasons(&november(&book)),
        (Some(amount("3")), Mark::Floor, vec![Reason::Unpriced])
    );
    assert_eq!(amount_mark_reasons(&on(&book, "2026-11-19")), (Some(amount("2")), Mark::Exact, vec![]));
    let whole = ["2026-11-19", "2026-11-20"].map(|day| book.is_whole(Day::parse(day).unwrap()));
    assert_eq!(whole, [true, false], "no range uses an incomplete day");
}

#[test]
fn l11_a_bill_reaches_back_before_the_baseline() {
    let readings = [observed("2026-11-20T00:00:00Z", "USD 40"), observed("2026-11-20T12:00:00Z", "USD 38")];
    let bills: Vec<_> = (1..20).map(|day| bill(&format!("2026-11-{day:02}"), "1")).collect();
    let book = book(&readings, &bills, false);
    assert_eq!(book.since, at("2026-11-01T00:00:00Z"));
    assert_eq!(november(&book).amount, Some(amount("21")));
}

#[test]
fn l11_a_declaration_on_a_billed_day_adds_nothing() {
    let readings = [observed("2026-11-20T10:00:00Z", "USD 3"), observed("2026-11-20T10:15:00Z", "USD 11.6")];
    let bills = [bill("2026-11-20", "1.4")];
    let declared = Declared { currency: usd(), kind: Kind::TopUp, amount: amount("20") };
    let correction = Correction { id: "0".to_owned(), at: readings[1].at, fact: Fact::Declared(declared) };
    let history = AccountHistory::from_readings(readings.iter().collect(), DrawOrder::GrantedFirst);
    let history = AccountHistory { bills: bills.iter().collect(), corrections: vec![&correction], ..history };
    let ledger = derive(&history, at("2026-12-01T00:00:00Z"));
    assert_eq!(november(&ledger.books[0]).amount, Some(amount("1.4")));
}

/// A bill from a file imported at `at_time`.
fn imported(day: &str, sum: &str, at_time: &str, settles_after: u64) -> Bill {
    bill(day, sum).known_at(at(at_time), settles_after).unwrap()
}

fn on(book: &Book, day: &str) -> Figure {
    book.spend(Day::parse(day).unwrap().span())
}

#[test]
fn l11_a_file_covers_the_day_of_its_import_up_to_the_import() {
    let readings = [observed("2026-11-10T00:00:00Z", "USD 20"), observed("2026-11-11T00:00:00Z", "USD 15")];
    let noon = imported("2026-11-10", "1", "2026-11-10T12:00:00Z", 0);
    let divided = book(&readings, core::slice::from_ref(&noon), false);
    let expected = (Some(amount("5")), Mark::Approximate, vec![Reason::Derived]);
    assert_eq!(amount_mark_reasons(&november(&divided)), expected, "1 billed up to noon, then 4 by balance");
    assert!(divided.is_whole(Day::parse("2026-11-10").unwrap()));
    // A reading at the time of the import divides the day too.
    let readings = [readings[0].clone(), observed("2026-11-10T12:00:00Z", "USD 18.5"), readings[1].clone()];
    let read = book(&readings, core::slice::from_ref(&noon), false);
    assert_eq!(november(&read).amount, Some(amount("4.5")), "1 billed, then 3.5");
    // If the file has more than the balance fell, the difference is not a refund.
    let more = book(&readings, &[imported("2026-11-10", "9", "2026-11-10T11:00:00Z", 0)], false);
    assert_eq!(november(&more).amount, Some(amount("12.5")));
}

#[test]
fn l11_the_window_around_an_import_covers_the_remainder_of_an_incomplete_day() {
    let readings = [observed("2026-11-10T00:00:00Z", "USD 20"), observed("2026-11-12T00:00:00Z", "USD 15")];
    let early = |lag| imported("2026-11-10", "1", "2026-11-11T02:00:00Z", lag * HOUR);
    let incomplete = book(&readings, &[early(24)], false);
    assert_eq!(
        (on(&incomplete, "2026-11-10").amount, on(&incomplete, "2026-11-11").amount),
        (Some(amount("1")), Some(amount("4")))
    );
    assert!(!incomplete.is_whole(Day::parse("2026-11-10").unwrap()));
    // If it had been complete, the window would be spread over its time.
    let complete = book(&readings, &[early(2)], false);
    assert_eq!(on(&complete, "2026-11-11").amount, Some(amount("2.5")));
    assert!(complete.is_whole(Day::parse("2026-11-10").unwrap()));
}

#[test]
fn l11_an_open_window_next_to_a_file_is_a_floor() {
    let readings = [observed("2026-11-10T06:00:00Z", "USD 3"), observed("2026-11-10T18:00:00Z", "USD 11.6")];
    let noon = imported("2026-11-10", "1.4", "2026-11-10T12:00:00Z", 0);
    let book = book(&readings, &[noon], false);
    assert_eq!((november(&book).amount, november(&book).mark), (Some(amount("1.4")), Mark::Floor));
    assert_eq!(book.asking().count(), 1, "a top-up may hide what was spent after noon");
}

#[test]
fn l11_a_zero_for_an_unfinished_day_is_ignored() {
    let known = |sum, time| bill("2026-11-10", sum).known_at(at(time), 0);
    assert_eq!(known("0", "2026-11-10T12:00:00Z"), None);
    assert_eq!(known("0", "2026-11-09T12:00:00Z"), None);
    assert_eq!(known("0", "2026-11-11T00:00:00Z"), Some(bill("2026-11-10", "0")));
    let ahead = known("2", "2026-11-09T12:00:00Z").unwrap();
    assert_eq!(ahead.amount(), amount("2"), "money of a day to come is not dropped");
    let readings = [observed("2026-11-10T00:00:00Z", "USD 20"), observed("2026-11-11T00:00:00Z", "USD 15")];
    assert_eq!(november(&book(&readings, &[ahead], false)).amount, Some(amount("5")));
}

#[test]
fn l11_the_balance_covers_the_part_of_a_utc_day_after_a_file_ends() {
    let readings = [observed("2026-11-09T00:00:00Z", "USD 40"), observed("2026-11-11T00:00:00Z", "USD 30")];
    let bills = by_day(vec![vec![row("2026-11-08T16:00:00Z", "2026-11-10T16:00:00Z", "6")]]);
    let book = book(&readings, &bills, false);
    assert_eq!(
        (on(&book, "2026-11-08").amount, on(&book, "2026-11-09").amount),
        (Some(amount("1")), Some(amount("3")))
    );
    assert_eq!(on(&book, "2026-11-10").amount, Some(amount("7")), "2 billed, and what is left of 10");
}

#[test]
fn l11_a_whole_day_of_one_file_replaces_a_part_of_another() {
    let (whole, part) = (bill("2026-11-10", "24"), row("2026-11-10T16:00:00Z", "2026-11-11T16:00:00Z", "3"));
    let parts = by_day(vec![vec![part]]);
    let mut standing = vec![whole.clone()];
    lay(&mut standing, &parts[0], Overlap::Replace);
    assert_eq!(standing, core::slice::from_ref(&whole));
    // In the other order, the whole day replaces the part.
    let mut standing = vec![parts[0].clone()];
    lay(&mut standing, &whole, Overlap::Replace);
    assert_eq!(standing, [whole]);
}

fn row(from: &str, to: &str, sum: &str) -> Row {
    let line = Line { name: "chat".to_owned(), wallet: Some(Wallet::ToppedUp), amount: amount(sum) };
    Row { currency: usd(), span: span(from, to), line }
}

fn days(bills: &[Bill]) -> Vec<String> {
    bills.iter().map(|bill| format!("{} {}", bill.day, bill.amount())).collect()
}

#[test]
fn l11_a_file_covers_a_part_of_a_day_and_its_gaps_are_zero() {
    let rows = vec![
        row("2026-11-01T16:00:00Z", "2026-11-02T16:00:00Z", "24"),
        row("2026-11-04T16:00:00Z", "2026-11-05T16:00:00Z", "12"),
    ];
    let bills = by_day(vec![rows]);
    let expected = ["2026-11-01 8", "2026-11-02 16", "2026-11-03 0", "2026-11-04 4", "2026-11-05 8"];
    assert_eq!(days(&bills), expected);
    let parts: Vec<_> = bills.iter().map(|bill| bill.part).collect();
    let (first, last) = (
        span("2026-11-01T16:00:00Z", "2026-11-02T00:00:00Z"),
        span("2026-11-05T00:00:00Z", "2026-11-05T16:00:00Z"),
    );
    assert_eq!(parts, [Some(first), None, None, None, Some(last)]);
}

#[test]
fn l11_adjacent_files_cover_one_interval_and_separate_files_do_not() {
    let one = vec![row("2026-11-01T00:00:00Z", "2026-11-02T16:00:00Z", "10")];
    let other = vec![row("2026-11-02T16:00:00Z", "2026-11-04T00:00:00Z", "8")];
    let far = vec![row("2026-11-06T00:00:00Z", "2026-11-07T00:00:00Z", "1")];
    let bills = by_day(vec![far, other, one]);
    assert_eq!(days(&bills), ["2026-11-01 6", "2026-11-02 6", "2026-11-03 6", "2026-11-06 1"]);
}

#[test]
fn l7_a_row_across_the_months_edge_makes_the_month_approximate() {
    let bills = by_day(vec![vec![
        row("2026-10-31T00:00:00Z", "2026-10-31T16:00:00Z", "1"),
        row("2026-10-31T16:00:00Z", "2026-11-01T16:00:00Z", "3"),
        row("2026-11-01T16:00:00Z", "2026-11-03T00:00:00Z", "4"),
    ]]);
    let book = book(&[], &bills, false);
    assert_eq!(
        amount_mark_reasons(&november(&book)),
        (Some(amount("6")), Mark::Approximate, vec![Reason::Spread])
    );
    let both = book.spend(span("2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    assert_eq!(
        amount_mark_reasons(&both),
        (Some(amount("8")), Mark::Exact, vec![]),
        "inside, nothing was shared out of it"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_days_and_windows_sum_to_the_whole(
        falls in prop::collection::vec((1_u64..3_000, 0_u32..900), 1..30),
        billed in prop::collection::vec((0_u64..20, 0_u32..900), 0..8),
        cut in 1_u64..(20 * 1_440),
    ) {
        let start = at("2026-11-01T07:00:00Z");
        let (mut now, mut left) = (start, amount("1000"));
        let mut readings = vec![observed("2026-11-01T07:00:00Z", "USD 1000")];
        for (minutes, cents) in &falls {
            now = now.plus(minutes * 60_000);
            left = left - Amount::whole(*cents).times(1, 100).unwrap();
            readings.push(Observation { at: now, ..observed("2026-11-01T07:00:00Z", &format!("USD {left}")) });
        }
        let bills: Vec<_> = billed.iter().map(|(day, cents)| {
            let mut bill = Bill::empty(usd(), start.plus(day * DAY).day());
            bill.add(Line { name: "x".to_owned(), wallet: None, amount: Amount::whole(*cents).times(1, 100).unwrap() });
            bill
        }).collect();
        let book = book(&readings, &bills, false);
        let whole = Span { from: book.since, to: book.until };
        let cut = whole.from.plus(cut * 60_000).min(whole.to);
        let part = |from, to| book.spend(Span { from, to }).amount.unwrap_or_default();
        prop_assert_eq!(part(whole.from, cut) + part(cut, whole.to), part(whole.from, whole.to));
        let days: Amount = whole.days().map(|day| book.spend(day.span()).amount.unwrap_or_default()).sum();
        prop_assert_eq!(days, part(whole.from.day().span().from, whole.to.plus(DAY)));
    }
}
