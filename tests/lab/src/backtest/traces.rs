//! Real use by day, from `tests/fixtures/trace`, which documents its sources. The amounts of a series are taken as dollars.
//!
//! Only the weekdays of a series are known, so its calendar begins on the first matching weekday of 2026.

use drawdown::books::bill::{Bill, Line};
use drawdown::books::ledger::{AccountHistory, Book, derive};
use drawdown::books::reading::DrawOrder;
use drawdown::money::{Amount, Currency};
use drawdown::time::{Day, Month, Timestamp};

use crate::backtest::forecast::bits;
use crate::backtest::life::{Bits, weekday};

/// The number of series.
pub const SERIES: usize = 20;

/// The daily amounts of one user, team or service.
pub struct Trace {
    /// The name of its file.
    pub name: String,
    days: Vec<(Day, Amount)>,
}

impl Trace {
    /// The series of people and small teams, each with a mean of 1.
    pub fn people() -> Vec<Trace> {
        let names =
            std::fs::read_dir(folder()).expect("a folder").map(|entry| entry.expect("a file").file_name());
        let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
        names.retain(|name| name.ends_with("-cost.csv") || name.ends_with("-tokens.csv"));
        names.sort();
        names
            .iter()
            .map(|name| Trace::read(name, 1, |amount| Amount::parse(amount).expect("an amount")))
            .collect()
    }

    /// A service with many users, scaled to a mean of 1.
    pub fn service() -> Trace {
        let mut service =
            Trace::read("burstgpt-daily.csv", 0, |tokens| Amount::parse(tokens).expect("tokens"));
        let sum: Amount = service.days.iter().map(|(_, amount)| *amount).sum();
        let count = u64::try_from(service.count()).expect("few");
        let share = |amount: Amount| amount.times(count, 1)?.over(sum)?.of_whole(10_000);
        for (_, amount) in &mut service.days {
            *amount =
                Amount::from_digits(i128::from(share(*amount).expect("a share")), 4).expect("few digits");
        }
        service
    }

    /// Reads a series. The last column is the amount; `of_weekday` is the number of the weekday's column, or zero without one.
    fn read(name: &str, of_weekday: usize, amount: impl Fn(&str) -> Amount) -> Trace {
        let text = std::fs::read_to_string(format!("{}/{name}", folder())).expect("a series");
        let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|row| row.split(',').collect()).collect();
        let january = Month::parse("2026-01").expect("a month").span();
        let begins = match of_weekday {
            0 => january.from.day(),
            column => {
                let wanted: usize = rows[0][column].parse().expect("a weekday");
                january.days().find(|day| weekday(*day) == wanted).expect("every weekday")
            }
        };
        let days = std::iter::successors(Some(begins), |day| Some(day.next()));
        let amounts = rows.iter().map(|row| amount(row.last().expect("an amount")));
        Trace { name: name.to_owned(), days: days.zip(amounts).collect() }
    }

    /// The number of days.
    pub fn count(&self) -> usize {
        self.days.len()
    }

    /// The days before the origin, with the cost of each.
    pub fn known(&self, origin: usize) -> Vec<(Day, Bits)> {
        self.days[..origin].iter().map(|(day, amount)| (*day, bits(*amount) as Bits)).collect()
    }

    /// The cost of the `ahead` days from the origin.
    pub fn truth(&self, origin: usize, ahead: usize) -> f64 {
        bits(self.days[origin..origin + ahead].iter().map(|(_, amount)| *amount).sum())
    }

    /// The start of a day, or the end of the last one.
    pub fn at(&self, origin: usize) -> Timestamp {
        self.days[origin - 1].0.span().to
    }

    /// The book at the start of a day, from the bills of the eight weeks before it.
    pub fn book(&self, origin: usize) -> Book {
        let bills: Vec<Bill> = self.days[origin.saturating_sub(56)..origin]
            .iter()
            .map(|(day, amount)| bill(*day, *amount))
            .collect();
        let history = AccountHistory {
            bills: bills.iter().collect(),
            is_billed: true,
            ..AccountHistory::from_readings(Vec::new(), DrawOrder::InAnyOrder)
        };
        derive(&history, self.at(origin)).books.remove(0)
    }
}

fn folder() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/trace")
}

fn bill(day: Day, amount: Amount) -> Bill {
    let mut bill = Bill::empty(Currency::USD, day);
    bill.add(Line { name: "use".to_owned(), wallet: None, amount });
    bill
}
