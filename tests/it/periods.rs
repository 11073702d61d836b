//! The figures of the overview: any period by account, subscription and model, a day with its readings, the year, and
//! the month's forecast by day.

use drawdown::app::detailed_statement;
use drawdown::books::bill::{Bill, Line};
use drawdown::books::correction::{Correction, Declared, Fact, Kind};
use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::ledger::AccountHistory;
use drawdown::books::plan::{Every, Plan};
use drawdown::books::rates::ExchangeRate;
use drawdown::books::reading::{AccountId, DrawOrder, Observation};
use drawdown::books::statement::{
    AccountInput, ClosedMonth, DetailedStatement, LineName, Period, Spending, StatementInput,
};
use drawdown::money::{Amount, Currency};
use drawdown::store::{LoadScope, State};
use drawdown::time::{DAY, Day, HOUR, Month, Span, Timestamp};
use proptest::prelude::*;

use crate::builders::{amount, at, observed, usd};
use crate::history::{Disk, first};

const NOON: &str = "2026-11-24T12:00:00Z";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn days(from: &str, to: &str) -> impl Iterator<Item = Day> {
    Span { from: day(from).span().from, to: day(to).span().to }.days()
}

/// A bill of a day in USD.
fn bill(day: Day, lines: &[(&str, &str)]) -> Bill {
    let lines = lines.iter().map(|(name, text)| Line {
        name: (*name).to_owned(),
        wallet: None,
        amount: amount(text),
    });
    Bill { lines: lines.collect(), ..Bill::empty(usd(), day) }
}

/// A balance at each midnight that falls by a constant amount.
fn falling(code: &str, from: &str, to: &str, start: u32, by: u32) -> Vec<Observation> {
    let left = (0..).map(|place| start - place * by);
    let midnights = days(from, to).map(|day| day.span().from.to_string());
    midnights.zip(left).map(|(at, left)| observed(&at, &format!("{code} {left}"))).collect()
}

fn plan(name: &str, price: u32, code: &str, day: u32, since: &str) -> Plan {
    Plan {
        name: name.to_owned(),
        amount: Amount::whole(price),
        currency: Currency::parse(code).unwrap(),
        every: Every::Month,
        day,
        since: Day::parse(since).unwrap(),
        until: None,
    }
}

fn of_readings(readings: &[Observation]) -> AccountHistory<'_> {
    AccountHistory::from_readings(readings.iter().collect(), DrawOrder::InAnyOrder)
}

fn of_bills(bills: &[Bill]) -> AccountHistory<'_> {
    AccountHistory { bills: bills.iter().collect(), is_billed: true, ..of_readings(&[]) }
}

fn account<'a>(id: &str, history: AccountHistory<'a>) -> AccountInput<'a> {
    AccountInput {
        id: Box::leak(Box::new(AccountId(id.to_owned()))),
        provider: "",
        history,
        since: &[],
        settles_after: 0,
        lost: Vec::new(),
        is_watched: false,
        reloads: false,
        is_ended: false,
        stale_after: 3 * DAY,
        ends: None,
        left: &[],
        read_at: Some(at(NOON)),
    }
}

/// What the overview is tested with, at noon of 24 November.
struct Scene {
    bills: Vec<Bill>,
    readings: Vec<Observation>,
    plans: Vec<Plan>,
    rates: Vec<ExchangeRate>,
}

impl Scene {
    /// An account that is billed $2 a day in October and $4 in November, a balance of yuan that falls by a dollar's worth
    /// a day from 20 October on, and three subscriptions, one of them in euros.
    fn new() -> Scene {
        let october = days("2026-10-01", "2026-10-31").map(|day| bill(day, &[("opus", "2")]));
        let november =
            days("2026-11-01", "2026-11-23").map(|day| bill(day, &[("opus", "3"), ("haiku", "1")]));
        let rate = serde_json::from_str(r#""CNY USD 0.125 2026-11-20 ecb""#).unwrap();
        Scene {
            bills: october.chain(november).collect(),
            readings: falling("CNY", "2026-10-20", "2026-11-24", 1_000, 8),
            plans: vec![
                plan("Pro", 20, "USD", 3, "2026-01-03"),
                plan("Hosting", 15, "USD", 28, "2026-11-28"),
                plan("Editor", 10, "EUR", 5, "2026-11-05"),
            ],
            rates: vec![rate],
        }
    }

    fn detail(&self, closed: Vec<ClosedMonth>) -> DetailedStatement<'_> {
        let accounts = vec![
            account("deepseek", of_readings(&self.readings)),
            account("anthropic", of_bills(&self.bills)),
        ];
        detail(accounts, &self.plans, &self.rates, closed)
    }
}

fn detail<'a>(
    accounts: Vec<AccountInput<'a>>,
    plans: &'a [Plan],
    rates: &'a [ExchangeRate],
    closed: Vec<ClosedMonth>,
) -> DetailedStatement<'a> {
    let input = StatementInput { now: at(NOON), currency: Some(usd()), rates, plans, budget: None, accounts };
    DetailedStatement::new(input, closed)
}

fn text(amount: Option<Amount>) -> String {
    amount.map_or_else(|| "unknown".to_owned(), |amount| amount.to_string())
}

/// `total = account + account + subscriptions`, each with what it came to.
fn sums(spending: &Spending) -> String {
    let accounts = spending.sum.accounts.iter();
    let accounts = accounts.map(|account| format!("{} {}", account.id.0, text(account.spend.amount)));
    let parts: Vec<_> = accounts.chain([format!("plans {}", spending.sum.plans)]).collect();
    format!("{} = {}", text(spending.sum.total().amount), parts.join(" + "))
}

fn lines(spending: &Spending) -> Vec<String> {
    let line = |name: &LineName| match name {
        LineName::Named(id, name) => format!("{name} of {}", id.0),
        LineName::NotBrokenDown(id) => format!("rest of {}", id.0),
        LineName::Other(count) => format!("{count} others"),
    };
    spending.lines.iter().map(|of| format!("{} {}", line(&of.name), of.amount)).collect()
}

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
    // Nothing was tracked in September. A subscription was charged all the same.
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
    // Without a rate, in its own currency.
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
    // The balance has half of today ahead. Today's bill is not there yet.
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
    // A dollar of the four of the 23rd is billed.
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
    // Tracking began within the last month: there is nothing to compare with.
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

#[test]
fn a_month_that_closed_long_ago_is_loaded_with_its_days_and_lines() {
    let (mut disk, now) = (Disk::new(), at(NOON));
    let id = disk.id.clone();
    // A dollar in two days, from 10 March on.
    disk.change(now, &LoadScope::Lately, |state| {
        for place in 0..130 {
            let at = at("2026-03-10T00:00:00Z").plus(2 * place * DAY);
            assert!(state.observe(&id, observed(&at.to_string(), &format!("USD {}", 500 - place))));
        }
    });
    let bills = vec![bill(day("2026-03-15"), &[("chat", "5")])];
    let scope = LoadScope::of_bills(&id, bills.iter());
    assert!(disk.change(now, &scope, |state| state.bill(&id, bills, now)));
    disk.settle(now);

    let march = month("2026-03");
    let (state, read) = disk.load(now, &LoadScope::Overview(Period::Month(march)));
    assert!(read.contains(&format!("readings.{}.2026-03", id.0)), "{read:?}");
    let detail = detailed_statement(&state, now);
    let spending = detail.spending(Period::Month(march));
    // 21 days by readings, and one by its bill.
    assert_eq!(sums(&spending), "15.5 = one 15.5 + plans 0");
    assert_eq!(lines(&spending), ["rest of one 10.5", "chat of one 5"]);
    let year = detail.year();
    assert_eq!(spending.sum, year.iter().find(|of| of.month == march).unwrap().sum);
    let on = |text: &str| detail.spending(Period::Day(day(text))).sum.spend.amount;
    assert_eq!((on("2026-03-14"), on("2026-03-15")), (Some(amount("0.5")), Some(amount("5"))));
    assert!(detail.day(day("2026-03-14")).accounts[0].books[0].is_compacted, "its readings are gone");
    assert_eq!(state.first_month(), Some(march));
    // This month is the same, whichever closed month is loaded next to it.
    let (state, read) = disk.load(now, &LoadScope::Overview(Period::Week));
    assert!(!read.contains(&format!("readings.{}.2026-03", id.0)), "{read:?}");
    let plain = detailed_statement(&state, now).spending(Period::Month(month("2026-11")));
    assert_eq!(plain, detail.spending(Period::Month(month("2026-11"))));
    assert_eq!(first(&state).id, id);
}

#[test]
fn a_month_of_two_years_ago_still_has_its_models() {
    let mut disk = Disk::new();
    let (id, then) = (disk.id.clone(), month("2024-11"));
    let bills: Vec<_> =
        days("2024-11-10", "2024-11-11").map(|day| bill(day, &[("chat", "2"), ("coder", "1")])).collect();
    let scope = LoadScope::of_bills(&id, bills.iter());
    let now = at(NOON);
    assert!(disk.change(now, &scope, |state| state.bill(&id, bills, now)));
    disk.settle(now);
    let of = |disk: &Disk, period: Period| {
        let (state, _) = disk.load(now, &LoadScope::Overview(Period::Month(then)));
        lines(&detailed_statement(&state, now).spending(period))
    };
    assert_eq!(of(&disk, Period::Month(then)), ["chat of one 4", "coder of one 2"]);
    assert_eq!(of(&disk, Period::Day(day("2024-11-10"))), ["rest of one 3"], "a day keeps its amount only");
    // A day that is billed again has its own lines, and the month's are those of days that no longer count.
    let again = vec![bill(day("2024-11-10"), &[("chat", "5")])];
    assert!(disk.change(now, &scope, |state| state.bill(&id, again, now)));
    assert_eq!(of(&disk, Period::Month(then)), ["chat of one 5", "rest of one 3"]);
}

#[test]
fn the_overview_reads_the_day_that_is_shown_and_the_days_with_questions() {
    let (mut disk, now) = (Disk::new(), at(NOON));
    let begins = at("2026-10-01T00:07:00Z");
    disk.observe(observed(&begins.to_string(), "USD 500"));
    disk.change(now, &LoadScope::Lately, |state| {
        let id = first(state).id.clone();
        for place in 1..54 * 8 {
            // Every three hours a dollar less. At noon of 10 October, five came in.
            let paid = if place >= 76 { 5 } else { 0 };
            let at = begins.plus(place * 3 * HOUR);
            assert!(state.observe(&id, observed(&at.to_string(), &format!("USD {}", 500 + paid - place))));
        }
    });
    disk.settle(now);
    let load = |scope: &LoadScope| disk.load(now, scope).0;
    let readings = |state: &State, text: &str| {
        let day = detailed_statement(state, now).day(day(text));
        let book = &day.accounts[0].books[0];
        (book.spend.amount, book.readings.len(), book.windows.len(), book.is_compacted)
    };
    let (all, shown) = (load(&LoadScope::Answerable), day("2026-10-20"));
    let overview = load(&LoadScope::Overview(Period::Day(shown)));
    assert_eq!(readings(&all, "2026-10-20"), (Some(amount("8")), 8, 9, false));
    assert_eq!(readings(&overview, "2026-10-20"), readings(&all, "2026-10-20"));
    assert_eq!(readings(&overview, "2026-10-25"), (Some(amount("8")), 0, 0, true), "a whole day is not read");
    let asking = |state: &State| detailed_statement(state, now).statement.accounts[0].books[0].asking.clone();
    assert_eq!(asking(&overview).len(), 1, "a question of 45 days ago");
    assert_eq!(asking(&overview), asking(&all));
    assert!(asking(&load(&LoadScope::Lately)).is_empty());
    let year = |state: &State| detailed_statement(state, now).year();
    assert_eq!(year(&overview), year(&all));
}

/// What an account was told at hours after 20 September: what it spent since, and what it was billed, in cents.
#[derive(Clone, Debug)]
struct Told {
    currency: usize,
    is_billed: bool,
    steps: Vec<(u64, i64)>,
}

fn told() -> impl Strategy<Value = Told> {
    let steps = prop::collection::vec((1..60_u64, -200..2_000_i64), 0..60);
    (0..3_usize, any::<bool>(), steps).prop_map(|(currency, is_billed, steps)| Told {
        currency,
        is_billed,
        steps,
    })
}

const CODES: [&str; 3] = ["USD", "CNY", "EUR"];

impl Told {
    fn moments(&self) -> impl Iterator<Item = (Timestamp, Amount)> {
        let mut now = at("2026-09-20T00:00:00Z");
        self.steps.iter().filter_map(move |(hours, cents)| {
            now = now.plus(hours * HOUR);
            (now <= at(NOON)).then(|| (now, Amount::from_digits((*cents).into(), 2).unwrap()))
        })
    }

    fn readings(&self) -> Vec<Observation> {
        let mut left = Amount::whole(1_000);
        let reading = |(at, spent): (Timestamp, Amount)| {
            left = left - spent;
            observed(&at.to_string(), &format!("{} {left}", CODES[self.currency]))
        };
        if self.is_billed { Vec::new() } else { self.moments().map(reading).collect() }
    }

    fn bills(&self) -> Vec<Bill> {
        let mut bills: Vec<Bill> = Vec::new();
        let currency = Currency::parse(CODES[self.currency]).unwrap();
        for (at, spent) in self.moments().filter(|_| self.is_billed) {
            let name = format!("model {}", spent.digits().0.rem_euclid(30));
            let line = Line { name, wallet: None, amount: spent };
            match bills.last_mut().filter(|last| last.day == at.day()) {
                Some(last) => last.add(line),
                None => bills.push(Bill { lines: vec![line], ..Bill::empty(currency, at.day()) }),
            }
        }
        bills
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Accounts, subscriptions and lines sum to the total, days to the month, and the days ahead to the forecast.
    #[test]
    fn the_parts_sum_to_the_total(told in prop::collection::vec(told(), 0..4), fixed in 0..3_usize) {
        let kept: Vec<_> = told.iter().map(|told| (told.readings(), told.bills())).collect();
        let accounts = told.iter().zip(&kept).enumerate().map(|(place, (told, (readings, bills)))| {
            let history = if told.is_billed { of_bills(bills) } else { of_readings(readings) };
            account(&place.to_string(), history)
        });
        let scene = Scene::new();
        let detail = detail(accounts.collect(), &scene.plans[..fixed], &scene.rates, Vec::new());
        let this = month("2026-11");
        for period in [Period::Month(this), Period::Month(month("2026-10")), Period::Week, Period::Yesterday] {
            let spending = detail.spending(period);
            let known = |amount: Option<Amount>| amount.unwrap_or_default();
            let accounts: Amount = spending.sum.accounts.iter().map(|of| known(of.spend.amount)).sum();
            prop_assert_eq!(accounts, known(spending.sum.spend.amount));
            prop_assert_eq!(accounts + spending.sum.plans, known(spending.sum.total().amount));
            let lines: Amount = spending.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(lines, accounts);
            prop_assert!(spending.lines.len() <= 21);
        }
        let spending = detail.spending(Period::Month(this));
        let total = &detail.statement.total;
        prop_assert_eq!(spending.sum.total(), total.so_far());
        prop_assert_eq!(&spending.sum.not_converted, &total.not_converted);
        let of_days = detail.days(this).into_iter().map(|day| day.sum.total().amount.unwrap_or_default());
        prop_assert_eq!(of_days.sum::<Amount>(), spending.sum.total().amount.unwrap_or_default());
        if let Some(ahead) = detail.month_ahead() {
            let last = ahead.days.last().unwrap();
            prop_assert_eq!(Some(last.month_to_date), detail.statement.landing.figure.amount);
            prop_assert_eq!(last.month_to_date_range, detail.statement.landing.range);
            prop_assert!(ahead.days.iter().all(|day| !day.expected.is_negative()));
            let is_in = |of: &drawdown::books::statement::DayForecast| {
                of.range.is_none_or(|range| range.low <= of.expected && of.expected <= range.high)
            };
            prop_assert!(ahead.days.iter().all(is_in));
        }
    }
}
