//! A real service, day by day, from `tests/fixtures/trace`, which also holds the attribution. A million tokens count as
//! a dollar.
//!
//! Its calendar is not published, so there is no month to forecast. Each origin forecasts the sum of some days ahead.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::forecast::{Burn, Interval};
use drawdown::books::ledger::{AccountHistory, derive};
use drawdown::books::reading::DrawOrder;
use drawdown::money::{Amount, Currency};
use drawdown::time::{DAY, Day, Month};

use crate::backtest::forecast::bits;
use crate::backtest::life::Bits;
use crate::backtest::score::Case;

/// The first origin, at which all days that a range uses are known.
const FIRST: usize = 28;

/// The spend of each day.
pub fn days() -> Vec<(Day, Bits)> {
    let text = include_str!("../../../fixtures/trace/burstgpt-daily.csv");
    let first = Month::parse("2026-01").expect("a month").day(1);
    let days = std::iter::successors(Some(first), |day| Some(day.next()));
    let tokens = |row: &str| row.split(',').nth(2).and_then(|tokens| tokens.parse::<u64>().ok());
    let spent = text.lines().skip(1).map(|row| tokens(row).expect("tokens") / 100);
    days.zip(spent).collect()
}

/// The forecasts of so many days ahead, at every origin.
pub fn forecasts(ahead: usize) -> Vec<Case> {
    let days = days();
    (FIRST..=days.len() - ahead).map(|origin| at(&days, origin, ahead)).collect()
}

/// The forecast at one origin, from bills by the day.
fn at(days: &[(Day, Bits)], origin: usize, ahead: usize) -> Case {
    let (known, to_come) = days.split_at(origin);
    let now = known.last().expect("a day").0.span().to;
    let bills: Vec<Bill> = known.iter().map(|(day, spend)| bill(*day, *spend)).collect();
    let history = AccountHistory {
        bills: bills.iter().collect(),
        is_billed: true,
        ..AccountHistory::from_readings(Vec::new(), DrawOrder::InAnyOrder)
    };
    let ledger = derive(&history, now);
    let book = &ledger.books[0];
    let burn = Burn::new(book, now).expect("a pace");
    let ms = u64::try_from(ahead).expect("few") * DAY;
    let (amount, half) = (burn.over(ms), Interval::new(book, now, &burn).half(ms));
    let range = half.map(|half| (bits((amount - half).or_zero()), bits(amount + half)));
    let truth = to_come.iter().take(ahead).map(|(_, spend)| *spend).sum::<Bits>() as f64;
    Case { truth, spent: 0.0, amount: bits(amount), range, rivals: [0.0; 3] }
}

fn bill(day: Day, spend: Bits) -> Bill {
    let mut bill = Bill::empty(Currency::USD, day);
    let amount = Amount::from_digits(i128::from(spend), 4).expect("few digits");
    bill.add(Line { name: "tokens".to_owned(), wallet: None, amount });
    bill
}
