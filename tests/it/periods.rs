//! The figures of the overview: any period by account, subscription and model, a day with its readings, the year, and
//! the month's forecast by day.

mod loading;
mod properties;
mod scene;

use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::ledger::AccountHistory;
use drawdown::books::plan::Every;
use drawdown::books::reading::AccountId;
use drawdown::books::statement::{AccountInput, ClosedMonth, Period};
use drawdown::time::DAY;

use crate::builders::{amount, at, observed, usd};
use crate::periods::scene::{
    Scene, account, bill, day, days, detail, falling, lines, month, of_bills, of_readings, plan, sums, text,
};

#[test]
fn a_month_is_split_by_account_subscription_and_model() {
    let scene = Scene::new();
    let november = scene.detail(Vec::new()).spending(Period::Month(month("2026-11")));
    assert_eq!(sums(&november), "135 = anthropic 92 + deepseek 23 + plans 20");
    assert_eq!(lines(&november), ["opus of anthropic 69", "haiku of anthropic 23", "rest of deepseek 23"]);
    assert_eq!(november.percent(amount("69")), Some(51), "51.1 percent of 135");
    assert_eq!(november.percent(amount("-1")), None, "a refund has no share");
    assert_eq!(november.charges.len(), 2, "the charge of the 28th is ahead");
    let [(currency, not_converted)] = november.sum.not_converted.as_slice() else { panic!() };
    assert_eq!((currency.code(), not_converted.amount), ("EUR", Some(amount("10"))));
    let total = november.sum.total();
    assert_eq!((total.mark, total.reasons.has(Reason::NotConverted)), (Mark::Floor, true));
}

#[test]
fn a_closed_month_a_week_and_yesterday_are_split_the_same_way() {
    let scene = Scene::new();
    let detail = scene.detail(Vec::new());
    let of = |period| sums(&detail.spending(period));
    assert_eq!(of(Period::Month(month("2026-10"))), "94 = anthropic 62 + deepseek 12 + plans 20");
    assert_eq!(of(Period::Week), "30 = anthropic 24 + deepseek 6 + plans 0");
    assert_eq!(of(Period::Yesterday), "5 = anthropic 4 + deepseek 1 + plans 0");
    assert_eq!(of(Period::Day(day("2026-11-03"))), "25 = anthropic 4 + deepseek 1 + plans 20");
    // Nothing was tracked in September, but a subscription was charged.
    let september = detail.spending(Period::Month(month("2026-09")));
    assert_eq!(sums(&september), "20 = plans 20");
    assert_eq!((september.sum.spend.mark, september.sum.total().mark), (Mark::Unknown, Mark::Floor));
    let october = detail.spending(Period::Month(month("2026-10"))).sum.total();
    assert_eq!(october.mark, Mark::Approximate, "that tracking began in it makes no floor");
}

#[test]
fn what_is_not_billed_yet_is_unknown_and_makes_the_sum_a_floor() {
    let scene = Scene::new();
    let today = scene.detail(Vec::new()).spending(Period::Day(day("2026-11-24")));
    let total = today.sum.total();
    assert_eq!((total.amount, total.mark, total.reasons.has(Reason::NotBilled)), (None, Mark::Unknown, true));
    assert!(today.lines.is_empty());
    let bills: Vec<_> = scene.bills.iter().filter(|bill| bill.day != day("2026-11-23")).cloned().collect();
    let accounts = vec![account("a", of_bills(&bills)), account("b", of_readings(&scene.readings))];
    let yesterday = detail(accounts, &[], &scene.rates, Vec::new()).spending(Period::Yesterday);
    assert_eq!(sums(&yesterday), "1 = b 1 + a unknown + plans 0");
    assert_eq!(yesterday.sum.total().mark, Mark::Floor);
}

#[test]
fn all_but_the_largest_lines_are_joined() {
    let names: Vec<String> = (1..=30).map(|number| format!("model {number}")).collect();
    let amounts: Vec<String> = (1..=30).map(|number| number.to_string()).collect();
    let of_day: Vec<_> =
        names.iter().zip(&amounts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let bills = [bill(day("2026-11-20"), &of_day)];
    let detail = detail(vec![account("a", of_bills(&bills))], &[], &[], Vec::new());
    let lines = lines(&detail.spending(Period::Month(month("2026-11"))));
    assert_eq!((lines.len(), lines[0].as_str()), (21, "model 30 of a 30"));
    assert_eq!((lines[19].as_str(), lines[20].as_str()), ("model 11 of a 11", "10 others 55"));
}

#[test]
fn every_day_of_the_month_has_its_accounts_and_charges() {
    let scene = Scene::new();
    let days = scene.detail(Vec::new()).days(month("2026-11"));
    let of = |number: usize| (text(days[number - 1].sum.total().amount), days[number - 1].sum.accounts.len());
    assert_eq!(days.len(), 24);
    assert_eq!([of(2), of(3), of(24)], [("5".into(), 2), ("25".into(), 2), ("unknown".into(), 2)]);
}

#[test]
fn the_last_30_days_have_a_gap_where_nothing_is_known() {
    let scene = Scene::new();
    let recent = scene.detail(Vec::new()).recent_days(&AccountId("deepseek".to_owned()));
    assert_eq!((recent.len(), recent[0]), (30, (day("2026-10-26"), Some(amount("1")))));
    assert_eq!(recent[29], (day("2026-11-24"), None));
    // Without a rate, it is in its own currency.
    let accounts = vec![account("deepseek", of_readings(&scene.readings))];
    let recent = detail(accounts, &[], &[], Vec::new()).recent_days(&AccountId("deepseek".to_owned()));
    assert_eq!(recent[0].1, Some(amount("8")));
}

#[test]
fn the_year_ends_with_the_forecast_and_takes_closed_months_as_stored() {
    let scene = Scene::new();
    let long = vec![(usd(), at("2026-07-15T00:00:00Z"))];
    let closed = |text: &str, spend: &str| ClosedMonth {
        account: AccountId("anthropic".to_owned()),
        currency: usd(),
        month: month(text),
        spend: Figure::new(amount(spend), Mark::Exact, []),
    };
    let billed = AccountInput { since: &long, ..account("anthropic", of_bills(&scene.bills)) };
    let stored = vec![closed("2026-07", "7"), closed("2026-09", "9")];
    let detail = detail(vec![billed], &[], &[], stored);
    let year = detail.year();
    let of = |number: usize| (year[number].month.to_string(), text(year[number].sum.spend.amount));
    assert_eq!((year.len(), of(0)), (12, ("2025-12".into(), "unknown".into())));
    assert_eq!([of(7), of(8)], [("2026-07".into(), "7".into()), ("2026-08".into(), "unknown".into())]);
    assert_eq!([of(9), of(10), of(11)].map(|(_, spend)| spend), ["9", "62", "92"]);
    assert!(year[6].sum.accounts.is_empty(), "nothing is claimed about the time before tracking");
    assert_eq!(year[8].sum.accounts.len(), 1, "a gap in tracking is unknown");
    assert_eq!(year[11].forecast, Some(detail.statement.landing.figure));
    assert_eq!(year[10].forecast, None);
    assert_eq!(year[10].sum, detail.spending(Period::Month(month("2026-10"))).sum);
}

#[test]
fn the_year_has_accounts_that_were_removed_long_ago() {
    let stored = ClosedMonth {
        account: AccountId("old".to_owned()),
        currency: usd(),
        month: month("2026-02"),
        spend: Figure::new(amount("7"), Mark::Exact, []),
    };
    let removed = AccountInput { is_ended: true, ..account("old", of_readings(&[])) };
    let year = detail(vec![removed], &[], &[], vec![stored]).year();
    assert_eq!((year[2].month, year[2].sum.total().amount), (month("2026-02"), Some(amount("7"))));
    assert_eq!(year[2].sum.accounts.len(), 1);
    assert_eq!(year[3].sum.total().amount, None);
}

#[test]
fn the_forecast_is_divided_among_the_days_to_come() {
    let scene = Scene::new();
    let detail = scene.detail(Vec::new());
    let ahead = detail.month_ahead().unwrap();
    let expected: Vec<_> = ahead.days.iter().map(|day| day.expected.to_fixed(2)).collect();
    // For the balance, half of today remains. Today's bill is not there yet.
    assert_eq!(expected, ["4.46", "4.96", "4.96", "4.96", "4.96", "4.96", "4.96"]);
    let to_date: Vec<_> = ahead.days.iter().map(|day| day.month_to_date.to_fixed(2)).collect();
    assert_eq!(to_date, ["139.46", "144.42", "149.37", "154.33", "174.29", "179.25", "184.21"]);
    assert_eq!(ahead.days.last().map(|day| day.month_to_date), detail.statement.landing.figure.amount);
    assert_eq!(ahead.charges.iter().map(|charge| charge.plan.as_str()).collect::<Vec<_>>(), ["Hosting"]);
    let last = ahead.days.last().unwrap();
    assert_eq!(last.month_to_date_range, detail.statement.landing.range);
    let range = last.range.unwrap();
    assert!(range.low <= last.expected && last.expected <= range.high, "{range:?}");
    assert!(last.month_to_date_range.is_some());
}

#[test]
fn a_bill_that_is_late_is_expected_on_its_own_day() {
    let mut bills: Vec<_> = days("2026-11-01", "2026-11-22").map(|day| bill(day, &[("opus", "4")])).collect();
    bills.push(bill(day("2026-11-23"), &[("opus", "1")]));
    let billed = AccountInput { settles_after: DAY, ..account("a", of_bills(&bills)) };
    let detail = detail(vec![billed], &[], &[], Vec::new());
    let ahead = detail.month_ahead().unwrap();
    let of = |place: usize| (ahead.days[place].day.to_string(), ahead.days[place].expected.to_string());
    // One of the 23rd's four dollars is billed.
    assert_eq!([of(0), of(1)], [("2026-11-23".into(), "3".into()), ("2026-11-24".into(), "4".into())]);
    assert_eq!(ahead.days.last().map(|day| day.month_to_date), detail.statement.landing.figure.amount);
}

#[test]
fn charges_are_announced_for_30_days() {
    let scene = Scene::new();
    let mut yearly = plan("Domain", 12, "USD", 24, "2024-12-24");
    yearly.every = Every::Year;
    let late = plan("Late", 1, "USD", 25, "2026-12-25");
    let plans = [&scene.plans[..], &[yearly, late]].concat();
    let charges = detail(Vec::new(), &plans, &[], Vec::new()).upcoming();
    let charges: Vec<_> =
        charges.iter().map(|of| format!("{} {} {}", of.day, of.plan, text(of.amount))).collect();
    let expected =
        ["2026-11-28 Hosting 15", "2026-12-03 Pro 20", "2026-12-05 Editor unknown", "2026-12-24 Domain 12"];
    assert_eq!(charges, expected);
}

#[test]
fn this_month_is_compared_with_the_same_days_of_the_last() {
    let scene = Scene::new();
    let september = bill(day("2026-09-30"), &[("opus", "9")]);
    let bills: Vec<_> = scene.bills.iter().cloned().chain([september]).collect();
    let of = |plans| detail(vec![account("a", of_bills(&bills))], plans, &[], Vec::new()).than_last_month();
    let comparison = of(&[]).unwrap();
    // $46 in 23 days, and now $92.
    assert_eq!((comparison.before.amount, comparison.change.percent), (Some(amount("46")), 200));
    assert_eq!(comparison.until, at("2026-10-24T12:00:00Z"));
    let comparison = of(&scene.plans[..1]).unwrap();
    assert_eq!((comparison.before.amount, comparison.change.percent), (Some(amount("66")), 170));
    // Tracking began last month: there is nothing to compare with.
    assert_eq!(scene.detail(Vec::new()).than_last_month(), None);
    let unread = vec![account("a", of_bills(&bills)), account("b", of_readings(&[]))];
    assert_eq!(detail(unread, &[], &[], Vec::new()).than_last_month(), None);
}

#[test]
fn the_balance_with_the_earliest_date_runs_out_first() {
    let scene = Scene::new();
    let soon = falling("USD", "2026-11-10", "2026-11-24", 50, 2);
    let accounts = vec![
        account("bills", of_bills(&scene.bills)),
        account("later", of_readings(&scene.readings)),
        account("soon", of_readings(&soon)),
    ];
    let detail = detail(accounts, &[], &[], Vec::new());
    let (account, book, runway) = detail.statement.runs_out_first().unwrap();
    // $22 left at midnight, at $2 a day.
    assert_eq!((account.id.0.as_str(), book.currency, runway.date), ("soon", usd(), day("2026-12-05")));
    let none = scene.detail(Vec::new());
    assert_eq!(none.statement.runs_out_first().map(|(account, ..)| account.id.0.as_str()), Some("deepseek"));
}

#[test]
fn a_day_has_its_readings_and_what_was_derived_from_them() {
    let readings = [
        observed("2026-11-19T22:00:00Z", "USD 20"),
        observed("2026-11-20T02:00:00Z", "USD 16"),
        observed("2026-11-20T10:00:00Z", "USD 25"),
        observed("2026-11-21T10:00:00Z", "USD 25"),
    ];
    let top_up = Correction {
        id: "t".to_owned(),
        at: at("2026-11-20T09:00:00Z"),
        fact: Fact::Declared(Declared { currency: usd(), kind: Kind::TopUp, amount: amount("10") }),
    };
    let history = AccountHistory { corrections: vec![&top_up], ..of_readings(&readings) };
    let detail = detail(vec![account("a", history)], &[], &[], Vec::new()).day(day("2026-11-20"));
    // Half of the four dollars around midnight, and one of the ten that were paid in.
    assert_eq!(sums(&detail.spending), "3 = a 3 + plans 0");
    let book = &detail.accounts[0].books[0];
    let times: Vec<_> = book.readings.iter().map(|reading| reading.at).collect();
    assert_eq!(times, [at("2026-11-20T02:00:00Z"), at("2026-11-20T10:00:00Z")]);
    let windows: Vec<_> = book
        .windows
        .iter()
        .map(|of| (text(of.spend.amount), of.counted.to_string(), of.declared.len()))
        .collect();
    assert_eq!(
        windows,
        [("4".into(), "2".into(), 0), ("1".into(), "1".into(), 1), ("0".into(), "0".into(), 0)]
    );
    assert_eq!((book.billed, book.is_compacted), (None, false));
}

#[test]
fn a_billed_day_has_its_lines() {
    let scene = Scene::new();
    let detail = scene.detail(Vec::new());
    let of_day = detail.day(day("2026-11-20"));
    assert_eq!(
        of_day.accounts.iter().map(|of| of.id.0.as_str()).collect::<Vec<_>>(),
        ["deepseek", "anthropic"]
    );
    let billed = &of_day.accounts[1].books[0];
    assert_eq!((billed.billed, billed.lines.len()), (Some(amount("4")), 2));
    assert!(detail.day(day("2026-08-01")).accounts.is_empty(), "before tracking began");
}
