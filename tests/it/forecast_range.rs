//! Rule F5: how wide a range is, which days count, and when there is no range.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::forecast::{Burn, Interval};
use drawdown::books::ledger::{AccountHistory, Book};
use drawdown::books::plan::{Every, Plan};
use drawdown::books::rates::ExchangeRate;
use drawdown::books::reading::{AccountId, DrawOrder, Observation};
use drawdown::books::statement::{AccountInput, Forecast, Range, Statement, StatementInput};
use drawdown::money::{Amount, Currency, Rate};
use drawdown::time::{DAY, HOUR, Timestamp};
use proptest::prelude::*;

use crate::builders::{at, book, observed, usd};

/// The midnight so many days before the 29th of November.
fn midnight(before: u64) -> Timestamp {
    at("2026-11-29T00:00:00Z").minus(before * DAY)
}

/// A balance at each midnight up to the 29th, for days with this spend.
fn after_days(spent: &[u32]) -> Vec<Observation> {
    let days = u64::try_from(spent.len()).unwrap();
    let mut left = 1_000;
    let mut readings = vec![observed(&midnight(days).to_string(), &format!("USD {left}"))];
    for (place, spend) in (1..).zip(spent) {
        left -= spend;
        readings.push(observed(&midnight(days - place).to_string(), &format!("USD {left}")));
    }
    readings
}

fn spread(book: &Book, now: Timestamp) -> Interval {
    Interval::new(book, now, &Burn::new(book, now).unwrap())
}

/// Half the range over so many days, to four decimals.
fn half(readings: &[Observation], now: Timestamp, days: u64) -> Option<String> {
    spread(&book(readings), now).half(days * DAY).map(|half| half.rounded(4).to_string())
}

fn weeks(of: [u32; 4]) -> Vec<u32> {
    of.iter().flat_map(|spend| [*spend; 7]).collect()
}

#[test]
fn f5_with_28_days_four_weeks_are_compared() {
    // Weeks of 7, 14, 7 and 14: a variance of 49 / 3, a seventh of which is 7 / 3 a day. 1.638 sqrt(7 / 3 (D + D^2 /
    // 7)).
    let readings = after_days(&weeks([1, 2, 1, 2]));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("9.3619"));
    assert_eq!(half(&readings, midnight(0), 30).as_deref(), Some("31.5076"));
    // A weekly pattern adds no uncertainty, however much the days of a week differ: with 45 in the last seven days,
    // only the uncertainty of one day remains.
    let weekdays: Vec<u32> = [9, 9, 9, 9, 9, 0, 0].repeat(4);
    assert_eq!(half(&after_days(&weekdays), midnight(0), 30).as_deref(), Some("6.4286"));
}

#[test]
fn f5_with_fewer_days_they_are_compared_themselves() {
    // Fourteen days, seven at 1 and seven at 3: a variance of 14 / 13, and 1.350 from t(13). The last seven days
    // make the pace: 1.350 sqrt(14 / 13 (D + D^2 / 7)).
    let readings = after_days(&[1, 3].repeat(7));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("5.2419"));
    // 27 days, nine each at 1, 2 and 3: 1.315 from t(26), a variance of 18 / 26.
    let readings = after_days(&[1, 2, 3].repeat(9));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("4.0939"));
}

#[test]
fn f5_under_fourteen_whole_days_there_is_none() {
    let readings = after_days(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    let spread = spread(&book(&readings), midnight(0));
    assert_eq!((spread.days, spread.half(DAY)), (13, None));
}

#[test]
fn f5_equal_days_give_a_range_of_one_day_and_the_smallest_coin() {
    let even = after_days(&[2; 28]);
    assert_eq!(half(&even, midnight(0), 30).as_deref(), Some("2"), "one day at two dollars");
    let of_six_hours = spread(&book(&even), midnight(0)).half(6 * HOUR);
    assert_eq!(of_six_hours, Some(Amount::parse("0.5").unwrap()), "and no more than the time that is left");
    assert_eq!(half(&after_days(&[0; 28]), midnight(0), 30).as_deref(), Some("0.01"));
    // A balance that falls evenly may still be empty a day sooner or later.
    let runway = one(&even, &[]).accounts[0].books[0].runway.unwrap();
    let days = |run_out: Option<drawdown::books::statement::RunOut>| run_out.unwrap().days.to_text(3);
    assert_eq!(
        (runway.days.to_text(3), days(runway.soonest), days(runway.latest)),
        ("472".to_owned(), "471".to_owned(), "473".to_owned())
    );
}

#[test]
fn f5_without_a_whole_day_no_total_has_a_range() {
    // Two readings of one day, and nothing spent.
    let idle = [observed("2026-11-28T10:00:00Z", "USD 20"), observed("2026-11-28T12:00:00Z", "USD 20")];
    let statement = one(&idle, &[]);
    assert_eq!((statement.landing.range, statement.landing.whole_days), (None, 0));
    // Subscriptions only, and a removed account only.
    let plan = pro();
    assert_eq!(state(Vec::new(), core::slice::from_ref(&plan), &[], midnight(0)).next_month.range, None);
    let readings = after_days(&[2; 28]);
    let ended = AccountInput { is_ended: true, ..known("ended", of(&readings), 0) };
    let statement = state(vec![ended], &[], &[], midnight(0));
    assert_eq!((statement.landing.range, statement.landing.whole_days), (None, 0));
    // A removed account adds no uncertainty to a current one.
    let ended = AccountInput { is_ended: true, ..known("ended", of(&readings), 0) };
    let both = state(vec![ended, known("goes on", of(&readings), 0)], &[], &[], midnight(0)).next_month;
    assert_eq!((both.whole_days, both.range), (28, one(&readings, &[]).next_month.range));
}

#[test]
fn f5_a_day_in_an_open_or_long_window_does_not_count() {
    let days = |readings: &[Observation]| spread(&book(readings), midnight(0)).days;
    let readings = after_days(&[1; 20]);
    assert_eq!(days(&readings), 20);
    // A missing reading makes one window of 48 hours.
    let missed: Vec<_> = readings.iter().filter(|reading| reading.at != midnight(10)).cloned().collect();
    assert_eq!(days(&missed), 18);
    let mut risen = readings.clone();
    risen[10] = observed(&midnight(10).to_string(), "USD 1000");
    assert_eq!(days(&risen), 19, "a rise leaves open what was spent");
    // Readings at 18 h: the open window touches two days.
    let shift = |reading: &Observation| Observation { at: reading.at.minus(6 * HOUR), ..reading.clone() };
    let evening: Vec<_> = risen.iter().map(shift).collect();
    assert_eq!(days(&evening), 18 - 1, "and the first and the last day are not whole");
}

#[test]
fn f5_a_day_that_was_not_read_yet_is_not_missed() {
    let readings = after_days(&weeks([1, 2, 1, 2]));
    assert_eq!(spread(&book(&readings), midnight(0).plus(9 * HOUR)).days, 28);
    // The 28th is over but was not read yet: the 28 days before it count.
    let readings = after_days(&[1; 30]);
    let late: Vec<_> = readings.iter().take(30).cloned().collect();
    assert_eq!(spread(&book(&late), midnight(0).plus(9 * HOUR)).days, 28);
}

#[test]
fn f5_an_early_forecast_has_no_range() {
    // Many days long ago, and less than one of the last seven.
    let mut readings = after_days(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    readings.retain(|reading| reading.at <= midnight(0));
    let now = midnight(0).plus(6 * DAY + 12 * HOUR);
    assert_eq!(half(&readings, now, 7), None);
}

#[test]
fn f5_a_billed_day_counts_once_it_no_longer_grows() {
    let one = |before: u64, spend: u32| {
        let mut bill = Bill::empty(usd(), midnight(before).day());
        bill.add(Line { name: "model".to_owned(), wallet: None, amount: Amount::whole(spend) });
        bill
    };
    // Fourteen days of 1 and 3 ended by the 28th; the 28th may still grow.
    let mut bills: Vec<Bill> =
        (2..=15).map(|before| one(before, 1 + 2 * u32::from(before % 2 == 0))).collect();
    bills.push(one(1, 90));
    let history = AccountHistory {
        bills: bills.iter().collect(),
        is_billed: true,
        ..AccountHistory::from_readings(Vec::new(), DrawOrder::InAnyOrder)
    };
    let statement = state(vec![known("bills", history, DAY)], &[], &[], midnight(0).plus(HOUR));
    let next = &statement.next_month;
    // The last seven days came to 15.
    assert_eq!(
        (next.whole_days, next.figure.amount.map(|next| next.rounded(4).to_string()).as_deref()),
        (14, Some("66.4286"))
    );
    // 31 days at 1.350 sqrt(14 / 13 (31 + 31^2 / 7)).
    assert_eq!(ends(next.range), ("48.2546".to_owned(), "84.6025".to_owned()));
}

#[test]
fn f5_a_range_never_goes_below_what_is_spent() {
    // 40 on one day of fourteen; two days are left.
    let readings = after_days(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0]);
    let landing = &one(&readings, &[]).landing;
    let Range { low, high } = landing.range.unwrap();
    assert_eq!(low, Amount::whole(40));
    assert!(high > landing.figure.amount.unwrap());
}

#[test]
fn f5_a_total_never_goes_below_what_is_spent_and_the_plans() {
    // 40 on one day of fourteen: the width is far larger than the expected spend.
    let readings = after_days(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0]);
    let statement = one(&readings, &[pro()]);
    assert_eq!(
        (statement.total.plans, statement.total.spend.amount),
        (Amount::whole(20), Some(Amount::whole(40)))
    );
    let range = |forecast: &Forecast| forecast.range.unwrap();
    assert_eq!(
        range(&statement.landing).low,
        Amount::whole(60),
        "a plan that is charged is as sure as spend"
    );
    assert_eq!(range(&statement.next_month).low, Amount::whole(20), "next month has its plans alone");
    // It is charged on the 30th, so the month costs at least that.
    let late = one(&readings, &[Plan { day: 30, ..pro() }]);
    assert_eq!((late.total.plans, range(&late.landing).low), (Amount::ZERO, Amount::whole(60)));
}

#[test]
fn f5_half_widths_add_as_squares_and_plans_move_the_range() {
    let (a, b) = (after_days(&weeks([1, 2, 1, 2])), after_days(&weeks([3, 1, 3, 1])));
    let now = midnight(0);
    let plan = pro();
    let both = || vec![known("a", of(&a), 0), known("b", of(&b), 0)];
    let half = |statement: &Statement| {
        let next = &statement.next_month;
        next.range.unwrap().high - next.figure.amount.unwrap()
    };
    let (of_a, of_b) = (half(&one(&a, &[])), half(&one(&b, &[])));
    let together = half(&state(both(), &[], &[], now));
    // 5 from 3 and 4: 13 of one currency are 26 of the other.
    let squares = |half: Amount| half.over(of_a).unwrap().to_text(6);
    assert_eq!((squares(of_b), squares(together)), ("2".to_owned(), "2.236068".to_owned()));

    let planned = state(both(), &[plan], &[], now).next_month;
    assert_eq!(planned.range.unwrap().high, planned.figure.amount.unwrap() + together);
}

#[test]
fn f5_a_total_has_a_range_only_if_every_account_has_one() {
    let (a, few) = (after_days(&weeks([1, 2, 1, 2])), after_days(&[2, 3, 4]));
    let idle = after_days(&[0, 0, 0]);
    let with = |other: &[Observation]| {
        state(vec![known("a", of(&a), 0), known("b", of(other), 0)], &[], &[], midnight(0)).next_month
    };
    let next = with(&few);
    assert_eq!((next.range, next.whole_days), (None, 3));
    let next = with(&idle);
    assert_eq!((next.range, next.whole_days), (None, 3), "what it may add is not known yet");
    let next = with(&after_days(&[0; 28]));
    assert_eq!((next.range.is_some(), next.whole_days), (true, 28));
    let next = with(&few[..1]);
    assert_eq!((next.range, next.left_out.len()), (None, 1));
    let next = with(&[]);
    assert_eq!((next.range, next.left_out.len()), (None, 1), "it was never read");
}

#[test]
fn f5_ranges_are_converted_by_the_rate_that_the_user_sees() {
    let readings = after_days(&weeks([1, 2, 1, 2]));
    let rates: Vec<ExchangeRate> = serde_json::from_str(r#"["USD EUR 2 2026-11-20 hand"]"#).unwrap();
    let own = one(&readings, &[]).next_month;
    let account = vec![known("a", of(&readings), 0)];
    let known = StatementInput {
        now: midnight(0),
        currency: Currency::parse("EUR"),
        rates: &rates,
        plans: &[],
        budget: None,
        accounts: account,
    };
    let converted = Statement::new(&known).next_month;
    let twice = |amount: Amount| (amount + amount).rounded(9);
    assert_eq!(converted.range.unwrap().high.rounded(9), twice(own.range.unwrap().high));
}

#[test]
fn f6_a_balance_runs_out_between_the_high_and_the_low_pace() {
    // 14 in the last week, 958 left. Two a day, and a width of 2.5021 a day over seven days.
    let readings = after_days(&weeks([1, 2, 1, 2]));
    let runway = one(&readings, &[]).accounts[0].books[0].runway.unwrap();
    let of = |days: Rate| days.to_text(3).parse::<f64>().unwrap();
    let (soonest, latest) = (of(runway.soonest.unwrap().days), of(runway.latest.unwrap().days));
    assert_eq!(runway.days.to_text(3), "479");
    // At each end, the spend equals the balance: 958 = 2 D ± 2.502086 sqrt(D + D^2 / 7).
    let spent = |days: f64, side: f64| 2.0 * days + side * 2.502_086 * (days + days * days / 7.0).sqrt();
    assert!((spent(soonest, 1.0) - 958.0).abs() < 0.01, "{soonest}");
    assert!((spent(latest, -1.0) - 958.0).abs() < 0.01, "{latest}");

    // If the low end of the pace is zero, the balance may never run out.
    let readings = after_days(&weeks([0, 9, 0, 1]));
    let runway = one(&readings, &[]).accounts[0].books[0].runway.unwrap();
    assert!(runway.soonest.is_some() && runway.latest.is_none());
}

fn ends(range: Option<Range>) -> (String, String) {
    let Range { low, high } = range.unwrap();
    (low.rounded(4).to_string(), high.rounded(4).to_string())
}

fn pro() -> Plan {
    Plan {
        name: "Pro".to_owned(),
        amount: Amount::whole(20),
        currency: usd(),
        every: Every::Month,
        day: 3,
        since: midnight(60).day(),
        until: None,
    }
}

fn of(readings: &[Observation]) -> AccountHistory<'_> {
    AccountHistory::from_readings(readings.iter().collect(), DrawOrder::InAnyOrder)
}

fn known<'a>(id: &str, history: AccountHistory<'a>, settles_after: u64) -> AccountInput<'a> {
    AccountInput {
        id: Box::leak(Box::new(AccountId(id.to_owned()))),
        provider: "",
        history,
        since: &[],
        settles_after,
        lost: Vec::new(),
        is_watched: false,
        reloads: false,
        is_ended: false,
        stale_after: 3 * DAY,
        ends: None,
        left: &[],
        read_at: Some(midnight(0)),
    }
}

fn state(
    accounts: Vec<AccountInput<'_>>,
    plans: &[Plan],
    rates: &[ExchangeRate],
    now: Timestamp,
) -> Statement {
    Statement::new(&StatementInput { now, currency: Some(usd()), rates, plans, budget: None, accounts })
}

/// One account alone, at the 29th.
fn one(readings: &[Observation], plans: &[Plan]) -> Statement {
    state(vec![known("one", of(readings), 0)], plans, &[], midnight(0))
}

proptest! {
    /// No forecast is below what was spent, and a range contains its figure.
    #[test]
    fn no_forecast_is_below_what_is_spent(spent in prop::collection::vec(0..20_u32, 1..40)) {
        let statement = one(&after_days(&spent), &[]);
        let so_far = statement.total.so_far().amount.unwrap();
        let book = &statement.accounts[0].books[0];
        for landing in [&statement.landing, &book.landing] {
            let lands = landing.figure.amount.unwrap();
            prop_assert!(lands >= so_far);
            if let Some(Range { low, high }) = landing.range {
                prop_assert!(so_far <= low && low <= lands && lands <= high);
            }
        }
        if let Some(Range { low, high }) = statement.next_month.range {
            let next = statement.next_month.figure.amount.unwrap();
            prop_assert!(!low.is_negative() && low <= next && next <= high);
        }
    }
}
