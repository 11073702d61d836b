//! The scene for tests of the overview, and the text form of its figures.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::ledger::AccountHistory;
use drawdown::books::plan::{Every, Plan};
use drawdown::books::rates::ExchangeRate;
use drawdown::books::reading::{AccountId, DrawOrder, Observation};
use drawdown::books::statement::{
    AccountInput, ClosedMonth, DetailedStatement, LineName, Spending, StatementInput,
};
use drawdown::money::{Amount, Currency};
use drawdown::time::{DAY, Day, Month, Span};

use crate::builders::{amount, at, observed, usd};

pub(super) const NOON: &str = "2026-11-24T12:00:00Z";

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub(super) fn days(from: &str, to: &str) -> impl Iterator<Item = Day> {
    Span { from: day(from).span().from, to: day(to).span().to }.days()
}

/// A bill of a day in USD.
pub(super) fn bill(day: Day, lines: &[(&str, &str)]) -> Bill {
    let lines = lines.iter().map(|(name, text)| Line {
        name: (*name).to_owned(),
        wallet: None,
        amount: amount(text),
    });
    Bill { lines: lines.collect(), ..Bill::empty(usd(), day) }
}

/// A balance at each midnight that falls by a constant amount.
pub(super) fn falling(code: &str, from: &str, to: &str, start: u32, by: u32) -> Vec<Observation> {
    let left = (0..).map(|place| start - place * by);
    let midnights = days(from, to).map(|day| day.span().from.to_string());
    midnights.zip(left).map(|(at, left)| observed(&at, &format!("{code} {left}"))).collect()
}

pub(super) fn plan(name: &str, price: u32, code: &str, day: u32, since: &str) -> Plan {
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

pub(super) fn of_readings(readings: &[Observation]) -> AccountHistory<'_> {
    AccountHistory::from_readings(readings.iter().collect(), DrawOrder::InAnyOrder)
}

pub(super) fn of_bills(bills: &[Bill]) -> AccountHistory<'_> {
    AccountHistory { bills: bills.iter().collect(), is_billed: true, ..of_readings(&[]) }
}

pub(super) fn account<'a>(id: &str, history: AccountHistory<'a>) -> AccountInput<'a> {
    AccountInput {
        id: Box::leak(Box::new(AccountId(id.to_owned()))),
        provider: "",
        history,
        since: &[],
        settles_after: 0,
        lost: Vec::new(),
        is_watched: false,
        credits: &[],
        reloads: false,
        is_ended: false,
        stale_after: 3 * DAY,
        ends: None,
        left: &[],
        read_at: Some(at(NOON)),
    }
}

/// The data for tests of the overview, at noon of 24 November.
pub(super) struct Scene {
    pub(super) bills: Vec<Bill>,
    pub(super) readings: Vec<Observation>,
    pub(super) plans: Vec<Plan>,
    pub(super) rates: Vec<ExchangeRate>,
}

impl Scene {
    /// An account billed $2 a day in October and $4 in November, a yuan balance that falls by a dollar's worth a day from 20
    /// October, and three subscriptions, one of them in euros.
    pub(super) fn new() -> Scene {
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

    pub(super) fn detail(&self, closed: Vec<ClosedMonth>) -> DetailedStatement<'_> {
        let accounts = vec![
            account("deepseek", of_readings(&self.readings)),
            account("anthropic", of_bills(&self.bills)),
        ];
        detail(accounts, &self.plans, &self.rates, closed)
    }
}

pub(super) fn detail<'a>(
    accounts: Vec<AccountInput<'a>>,
    plans: &'a [Plan],
    rates: &'a [ExchangeRate],
    closed: Vec<ClosedMonth>,
) -> DetailedStatement<'a> {
    let input = StatementInput { now: at(NOON), currency: Some(usd()), rates, plans, budget: None, accounts };
    DetailedStatement::new(input, closed)
}

pub(super) fn text(amount: Option<Amount>) -> String {
    amount.map_or_else(|| "unknown".to_owned(), |amount| amount.to_string())
}

/// `total = account + account + subscriptions`, each with its amount.
pub(super) fn sums(spending: &Spending) -> String {
    let accounts = spending.sum.accounts.iter();
    let accounts = accounts.map(|account| format!("{} {}", account.id.0, text(account.spend.amount)));
    let parts: Vec<_> = accounts.chain([format!("plans {}", spending.sum.plans)]).collect();
    format!("{} = {}", text(spending.sum.total().amount), parts.join(" + "))
}

pub(super) fn lines(spending: &Spending) -> Vec<String> {
    let line = |name: &LineName| match name {
        LineName::Named(id, name) => format!("{name} of {}", id.0),
        LineName::NotBrokenDown(id) => format!("rest of {}", id.0),
        LineName::Other(count) => format!("{count} others"),
    };
    spending.lines.iter().map(|of| format!("{} {}", line(&of.name), of.amount)).collect()
}
