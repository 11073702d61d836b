//! Services that cost money and are not tracked, and the tracked share of the expected bill (rule L18).
//!
//! Knows how the share is computed. The expected cost of a service is never added to spend.
//!
//! ```
//! use drawdown::books::figure::{Figure, Mark};
//! use drawdown::books::untracked::{Precision, SourceShare, UntrackedService};
//! use drawdown::money::{Amount, Currency, Money};
//!
//! let expected = Money { amount: Amount::whole(8), currency: Currency::USD };
//! let service = UntrackedService { name: "Runway".to_owned(), expected, note: String::new() };
//! let tracked = Figure::new(Amount::whole(92), Mark::Approximate, []);
//! let share = SourceShare::new(&tracked, Currency::USD, &[service], &[]).unwrap();
//! assert_eq!((share.percent, share.precision), (92, Precision::About));
//! ```

use serde::{Deserialize, Serialize};

use crate::books::figure::{Figure, Mark};
use crate::books::rates::{ExchangeRate, between};
use crate::money::{Amount, Currency, Money};

/// A service that the user pays for and that no source reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UntrackedService {
    /// The user's name for the service.
    pub name: String,
    /// The expected cost of a month.
    pub expected: Money,
    /// The user's note; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The share of a month's expected bill that has a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceShare {
    /// The month's forecast for everything that is tracked, subscriptions included, in the main currency.
    pub tracked: Amount,
    /// The expected cost of the untracked services that have a rate.
    pub untracked: Amount,
    /// The tracked part of the sum of both, in percent, rounded down.
    pub percent: u64,
    /// The precision of the percentage.
    pub precision: Precision,
    /// Expected amounts without a rate, which are left out (rule L1).
    pub not_converted: Vec<Money>,
}

/// The direction in which a share may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Both directions: a forecast is an estimate.
    About,
    /// The share may be lower, because an expected amount has no rate.
    AtMost,
    /// The share may be higher, because the forecast leaves something out.
    AtLeast,
}

impl SourceShare {
    /// The share for a month with a tracked forecast of `tracked` in `currency`. `None` without services, without a forecast, and
    /// if no cost is expected.
    pub fn new(
        tracked: &Figure,
        currency: Currency,
        services: &[UntrackedService],
        rates: &[ExchangeRate],
    ) -> Option<SourceShare> {
        let forecast = tracked.amount.filter(|_| !services.is_empty())?.or_zero();
        let (mut untracked, mut not_converted) = (Amount::ZERO, Vec::new());
        for UntrackedService { expected, .. } in services {
            match converted(*expected, currency, rates) {
                Some(amount) => untracked = untracked + amount,
                None => not_converted.push(*expected),
            }
        }
        let percent = forecast.over(forecast + untracked)?.of_whole(100)?;
        let precision = match (tracked.mark == Mark::Floor, not_converted.is_empty()) {
            (true, true) => Precision::AtLeast,
            (false, false) => Precision::AtMost,
            (true, false) | (false, true) => Precision::About,
        };
        Some(SourceShare { tracked: forecast, untracked, percent, precision, not_converted })
    }
}

fn converted(money: Money, to: Currency, rates: &[ExchangeRate]) -> Option<Amount> {
    if money.currency == to {
        return Some(money.amount);
    }
    Some(money.converted(between(rates, money.currency, to)?.rate, to)?.amount)
}

/// Whether two names mean the same service: all words of one are words of the other, ignoring case. A wrong guess only offers to
/// remove an entry.
pub fn is_same_service(one: &str, other: &str) -> bool {
    is_within(one, other) || is_within(other, one)
}

/// Whether a name has words, and the other name contains all of them.
fn is_within(part: &str, whole: &str) -> bool {
    let is_in_whole = |word: &str| words(whole).any(|other| other.eq_ignore_ascii_case(word));
    words(part).next().is_some() && words(part).all(is_in_whole)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(divides_words).filter(|word| !word.is_empty())
}

/// Spaces and punctuation, Chinese punctuation included. `char::is_alphanumeric` would bring tables of all of Unicode.
fn divides_words(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_ascii_punctuation()
        || matches!(sign, '·' | '‐'..='…' | '、'..='〟' | '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='､')
}
