//! Short ways to write down what the tests speak of.

use drawdown::books::ledger::{Book, Ledger, Told, derive};
use drawdown::books::reading::{Balance, Observed, Pools, Reading, Role, Spending};
use drawdown::money::{Amount, Currency};
use drawdown::time::{Span, Timestamp};

pub(crate) fn amount(text: &str) -> Amount {
    Amount::read(text).unwrap_or_else(|_| panic!("no amount: {text}"))
}

pub(crate) fn usd() -> Currency {
    Currency::read("USD").unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::read(text).unwrap_or_else(|| panic!("no time: {text}"))
}

pub(crate) fn span(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

/// `USD 20` is a total, `USD 5+15` is granted and topped-up money; several books are separated by commas.
pub(crate) fn observed(time: &str, told: &str) -> Observed {
    let readings = told.split(", ").filter(|book| !book.is_empty()).map(|book| {
        let (code, left) = book.split_once(' ').unwrap();
        let pools = match left.split_once('+') {
            Some((granted, paid)) => Pools::Split { granted: amount(granted), topped_up: amount(paid) },
            None => Pools::Total(amount(left)),
        };
        Reading::Balance(Balance { currency: Currency::read(code).unwrap(), pools })
    });
    Observed { at: at(time), role: Role::Follows, readings: readings.collect() }
}

/// Observations at hours of 20 November 2026, in the order given: `["0 USD 20", "10 USD 18"]`.
pub(crate) fn hours(told: &[&str]) -> Vec<Observed> {
    let one = |told: &&str| {
        let (hour, books) = told.split_once(' ').unwrap();
        observed(&format!("2026-11-20T{hour:0>2}:00:00Z"), books)
    };
    told.iter().map(one).collect()
}

/// What a provider that spends granted money first leaves in the ledger, as known much later.
pub(crate) fn ledger(observed: &[Observed]) -> Ledger {
    known(observed, Spending::GrantedFirst, at("2026-12-31T00:00:00Z"))
}

/// What readings alone come to.
pub(crate) fn known(observed: &[Observed], spending: Spending, now: Timestamp) -> Ledger {
    derive(&Told::of(observed.iter().collect(), spending), now)
}

/// The dollar book of that.
pub(crate) fn book(observed: &[Observed]) -> Book {
    let books = ledger(observed).books;
    books.into_iter().find(|book| book.currency == usd()).expect("a dollar book")
}
