//! Rule F5: the width of a range, the days that count, and when there is no range.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::forecast::Outlook;
use drawdown::books::ledger::{AccountHistory, Book};
use drawdown::books::plan::{Every, Plan};
use drawdown::books::rates::ExchangeRate;
use drawdown::books::reading::{AccountId, DrawOrder, Observation};
use drawdown::books::statement::{AccountInput, Forecast, Range, Statement, StatementInput};
use drawdown::money::{Amount, Currency, Rate};
use drawdown::time::{DAY, HOUR, Timestamp};
use proptest::prelude::*;

use crate::builders::{at, book, observed, usd};

/// The midnight this number of days before 29 November.
fn midnight(before: u64) -> Timestamp {
    at("2026-11-29T00:00:00Z").minus(before * DAY)
}

/// The balance at each midnight up to the 29th, for days with this spend.
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

fn outlook(book: &Book, now: Timestamp) -> Outlook {
    Outlook::new(book, now).unwrap()
}

/// Half the width of this month's forecast range over `days` days, to four decimals.
fn half(readings: &[Observation], now: Timestamp, days: u64) -> Option<String> {
    let outlook = outlook(&book(readings), now);
    let half = outlook.interval.half(days * DAY, outlook.pace.over(days * DAY));
    half.map(|half| half.rounded(4).to_string())
}

fn weeks(of: [u32; 4]) -> Vec<u32> {
    of.iter().flat_map(|spend| [*spend; 7]).collect()
}

#[test]
fn f5_days_a_week_apart_are_compared() {
    // Weeks of 1, 2, 1 and 2 a day: days a week apart differ by 1, so s^2 = 1 / 2, and t for 21 pairs is 1.323. The mean
    // is 1.5, so p = 2 s / 1.5. The pace missed the last week by 60.1 % and the last two by 13.1 %, so k = 0.650. It is
    // 1.725 a day.
    let readings = after_days(&weeks([1, 2, 1, 2]));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("8.3236"));
    // A weekly pattern adds nothing, however much the days of a week differ: q = 0. What remains is the pace, which is lower
    // after a weekend and missed by 17.1 % twice: k = sqrt((0 + 2 x 0.171^2) / 3), times 30 x 5.4911.
    let weekdays: Vec<u32> = [9, 9, 9, 9, 9, 0, 0].repeat(4);
    assert_eq!(half(&after_days(&weekdays), midnight(0), 30).as_deref(), Some("22.9633"));
}

#[test]
fn f5_with_fewer_days_there_are_fewer_pairs() {
    // Fourteen alternating days: seven pairs that differ by 2, so s^2 = 2, t is 1.415 and p = 2 s / 2. There was no pace before,
    // so k = p: sqrt(1.415^2 x 2 (7 + 7^2 / 14) + (1.414 x 7 x 2.0692)^2).
    let readings = after_days(&[1, 3].repeat(7));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("21.4859"));
    // 27 days, nine each at 1, 2 and 3: twenty pairs and a t of 1.325.
    let readings = after_days(&[1, 2, 3].repeat(9));
    assert_eq!(half(&readings, midnight(0), 7).as_deref(), Some("9.152"));
}

#[test]
fn f5_an_account_that_missed_its_pace_before_has_a_wider_range() {
    let half = |spent: &[u32]| half(&after_days(spent), midnight(0), 7).unwrap().parse::<f64>().unwrap();
    let steady = half(&[2, 2, 2, 2, 3, 3, 3].repeat(4));
    let doubled = [[1, 1, 1, 1, 2, 2, 2].repeat(3), vec![3, 3, 3, 3, 4, 4, 4]].concat();
    assert!(half(&doubled) > 2.0 * steady, "{steady} {}", half(&doubled));
}

#[test]
fn f5_under_fourteen_whole_days_there_is_none() {
    let readings = after_days(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    let interval = outlook(&book(&readings), midnight(0)).interval;
    assert_eq!((interval.days, interval.half(DAY, Amount::whole(1))), (13, None));
}

#[test]
fn f5_equal_days_give_a_range_of_one_day_and_the_smallest_coin() {
    let even = after_days(&[2; 28]);
    assert_eq!(half(&even, midnight(0), 30).as_deref(), Some("2"), "one day at two dollars");
    let outlook = outlook(&book(&even), midnight(0));
    let of_six_hours = outlook.interval.half(6 * HOUR, outlook.pace.over(6 * HOUR));
    assert_eq!(of_six_hours, Some(Amount::parse("0.5").unwrap()), "and no more than the time that is left");
    assert_eq!(half(&after_days(&[0; 28]), midnight(0), 30).as_deref(), Some("0.01"));
    // A balance that falls evenly may still be empty a day earlier or later.
    let (soonest, latest) = outlook.runway_range(Amount::whole(100)).unwrap();
    assert_eq!((soonest.to_text(3), latest.unwrap().to_text(3)), ("49".to_owned(), "51".to_owned()));
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
    let days = |readings: &[Observation]| outlook(&book(readings), midnight(0)).interval.days;
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
    assert_eq!(outlook(&book(&readings), midnight(0).plus(9 * HOUR)).interval.days, 28);
    // The 28th is over but was not read yet: the 28 days before it count.
    let readings = after_days(&[1; 30]);
    let late: Vec<_> = readings.iter().take(30).cloned().collect();
    assert_eq!(outlook(&book(&late), midnight(0).plus(9 * HOUR)).interval.days, 28);
}

#[test]
fn f5_an_early_forecast_has_no_range() {
    // Many days long ago, and less than one day of the last seven.
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
    // Seven pairs of days differ by 2: s = 1.4142, q = 2.0011, k = 1.4142, so the half-width over 31 days is
    // sqrt(q^2 (31 + 31^2 / 14) + (k x 66.4286)^2) = 96.04, and the low end is zero.
    assert_eq!(ends(next.range), ("0".to_owned(), "162.473".to_owned()));
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

/// Half the width of the total's range for next month.
fn half_of_next(statement: &Statement) -> Amount {
    let next = &statement.next_month;
    next.range.unwrap().high - next.figure.amount.unwrap()
}

#[test]
fn f5_a_total_has_the_range_of_the_days_of_the_sum() {
    let now = midnight(0);
    let days = |own: &[u32], other: &[u32]| {
        own.iter().zip(other).map(|(own, other)| own + other).collect::<Vec<_>>()
    };
    let half = |own: &[u32], other: &[u32], plans: &[Plan]| {
        let (own, other) = (after_days(own), after_days(other));
        half_of_next(&state(vec![known("a", of(&own), 0), known("b", of(&other), 0)], plans, &[], now))
    };
    let (own, other) = (weeks([1, 2, 1, 2]), weeks([3, 1, 3, 1]));
    let of_sum = half_of_next(&one(&after_days(&days(&own, &other)), &[]));
    assert_eq!(half(&own, &other, &[]), of_sum);
    assert_eq!(half(&own, &other, &[pro()]), of_sum, "plans move a range, and don't widen it");
    // Accounts that rise and fall together are as uncertain as one account with their sum; accounts that balance out are not.
    let up = half(&own, &own, &[]).over(half_of_next(&one(&after_days(&own), &[]))).unwrap();
    assert_eq!(up.to_text(6), "2");
    let even = half(&weeks([1, 2, 1, 2]), &weeks([2, 1, 2, 1]), &[]);
    assert_eq!(even.rounded(6), Amount::whole(3), "a day at three");
}

#[test]
fn f5_without_common_days_half_widths_add_as_squares() {
    let now = midnight(0);
    // Each has 14 known days or more, but fewer than 14 in common.
    let early: Vec<_> = after_days(&[weeks([1, 2, 1, 2]), vec![1; 12]].concat());
    let mut early: Vec<_> = early.into_iter().take(29).collect();
    early.push(observed(&now.to_string(), "USD 946"));
    let late = after_days(&[1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    let halves = [half_of_next(&one(&early, &[])), half_of_next(&one(&late, &[]))];
    let both = state(vec![known("a", of(&early), 0), known("b", of(&late), 0)], &[], &[], now);
    let squares = halves.map(|half| half.to_string().parse::<f64>().unwrap().powi(2));
    let half = half_of_next(&both).to_string().parse::<f64>().unwrap();
    assert!((half - (squares[0] + squares[1]).sqrt()).abs() < 0.000_1, "{half} {halves:?}");
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
fn f6_a_balance_runs_out_between_the_high_and_the_low_end() {
    // A pace of 1.7252 a day, a q of 0.9355 over 28 days and a k of 0.65; 100 left.
    let outlook = outlook(&book(&after_days(&weeks([1, 2, 1, 2]))), midnight(0));
    let of = |days: Rate| days.to_text(6).parse::<f64>().unwrap();
    let left = Amount::whole(100);
    assert_eq!(outlook.runway(left).unwrap().to_text(3), "57.964");
    let (soonest, latest) = outlook.runway_range(left).unwrap();
    let (soonest, latest) = (of(soonest), of(latest.unwrap()));
    // At each end, the spend equals the balance.
    let spent = |days: f64, side: f64| {
        let (pace, q, k) = (1.725_200_8, 0.935_502_3, 0.650_037_8);
        let of_days = q * q * (days + days * days / 28.0);
        pace * days + side * (of_days + (k * pace * days).powi(2)).sqrt()
    };
    assert!((spent(soonest, 1.0) - 100.0).abs() < 0.01, "{soonest}");
    assert!((spent(latest, -1.0) - 100.0).abs() < 0.01, "{latest}");

    // A late end gives no date, and neither does one that never comes.
    assert_eq!(outlook.runway_range(Amount::whole(500)).unwrap().1, None);
    // If the low end of the spend never reaches the balance, it may never run out.
    let readings = after_days(&weeks([0, 9, 0, 1]));
    let runway = one(&readings, &[]).accounts[0].books[0].runway.unwrap();
    assert!(runway.soonest.is_some() && runway.latest.is_none());
}

#[test]
fn f6_no_run_out_is_told_that_is_more_than_three_years_away() {
    let days = |spent: &[u32]| one(&after_days(spent), &[]).accounts[0].books[0].runway?.days.of_whole(1);
    assert_eq!(days(&[1; 28]), Some(972));
    assert_eq!(days(&[1, 0].repeat(14)), None);
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
        credits: &[],
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
    /// No forecast is below the spend so far, and a range contains its figure.
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
