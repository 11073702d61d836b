//! Short constructors for the values that tests use.

use drawdown::books::ledger::{AccountHistory, Book, Ledger, derive};
use drawdown::books::reading::{Balance, DrawOrder, Observation, Pools, Reading, Role};
use drawdown::money::{Amount, Currency};
use drawdown::time::{Span, Timestamp};

/// A time after everything that a test's file covers.
pub(crate) const LATER: Timestamp = Timestamp::from_ms(4_000_000_000_000);

pub(crate) fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap_or_else(|_| panic!("no amount: {text}"))
}

pub(crate) fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|| panic!("no time: {text}"))
}

pub(crate) fn span(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

/// `USD 20` is a total, `USD 5+15` is granted and topped-up money; several books are separated by commas.
pub(crate) fn observed(time: &str, books: &str) -> Observation {
    let readings = books.split(", ").filter(|book| !book.is_empty()).map(|book| {
        let (code, left) = book.split_once(' ').unwrap();
        let pools = match left.split_once('+') {
            Some((granted, paid)) => Pools::Split { granted: amount(granted), topped_up: amount(paid) },
            None => Pools::Total(amount(left)),
        };
        Reading::Balance(Balance { currency: Currency::parse(code).unwrap(), pools })
    });
    Observation { at: at(time), role: Role::Follows, readings: readings.collect() }
}

/// Observations at hours of 20 November 2026, in the order given: `["0 USD 20", "10 USD 18"]`.
pub(crate) fn hours(texts: &[&str]) -> Vec<Observation> {
    let one = |texts: &&str| {
        let (hour, books) = texts.split_once(' ').unwrap();
        observed(&format!("2026-11-20T{hour:0>2}:00:00Z"), books)
    };
    texts.iter().map(one).collect()
}

/// The ledger of these readings much later, at a provider that spends granted money first.
pub(crate) fn ledger(observed: &[Observation]) -> Ledger {
    known(observed, DrawOrder::GrantedFirst, LATER)
}

/// The ledger of readings only.
pub(crate) fn known(observed: &[Observation], spending: DrawOrder, now: Timestamp) -> Ledger {
    derive(&AccountHistory::from_readings(observed.iter().collect(), spending), now)
}

/// The dollar book of that ledger.
pub(crate) fn book(observed: &[Observation]) -> Book {
    let books = ledger(observed).books;
    books.into_iter().find(|book| book.currency == usd()).expect("a dollar book")
}
