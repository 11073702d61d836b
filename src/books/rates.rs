//! Rates of exchange: one currency's worth in another, with its day and its source. Without a rate nothing is converted
//! (rule L1).
//!
//! ```
//! use drawdown::books::rates::Exchange;
//!
//! let rate: Exchange = serde_json::from_str(r#""CNY USD 0.125 2026-11-20 ecb""#).unwrap();
//! assert_eq!((rate.from.code(), rate.to.code(), rate.rate.to_text(6).as_str()), ("CNY", "USD", "0.125"));
//! ```

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Rate};
use crate::time::Day;

/// What one unit of a currency is worth in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Exchange {
    /// The currency of which there is one unit.
    pub from: Currency,
    /// The currency in which that is told.
    pub to: Currency,
    /// Units of `to` for one of `from`.
    pub rate: Rate,
    /// The day of the rate.
    pub on: Day,
    /// Who told it.
    pub told_by: ToldBy,
}

/// Who told a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldBy {
    /// The user.
    Hand,
    /// The European Central Bank.
    Ecb,
}

/// The rate between two currencies. `None` where there is none.
pub fn between(rates: &[Exchange], from: Currency, to: Currency) -> Option<&Exchange> {
    rates.iter().find(|exchange| exchange.from == from && exchange.to == to)
}

/// In storage: `CNY USD 0.14 2026-11-20 ecb`.
impl fmt::Display for Exchange {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self.told_by {
            ToldBy::Hand => "hand",
            ToldBy::Ecb => "ecb",
        };
        let Exchange { from, to, rate, on, .. } = self;
        write!(text, "{from} {to} {} {on} {source}", rate.to_text(28))
    }
}

impl From<Exchange> for String {
    fn from(exchange: Exchange) -> String {
        exchange.to_string()
    }
}

impl TryFrom<String> for Exchange {
    type Error = &'static str;

    fn try_from(stored: String) -> Result<Exchange, &'static str> {
        let mut parts = stored.split(' ');
        let mut read = || {
            let (from, to) = (Currency::read(parts.next()?)?, Currency::read(parts.next()?)?);
            let (rate, on) = (Rate::read_stored(parts.next()?)?, Day::read(parts.next()?)?);
            let told_by = if parts.next()? == "ecb" { ToldBy::Ecb } else { ToldBy::Hand };
            Some(Exchange { from, to, rate, on, told_by })
        };
        read().ok_or("no rate of exchange")
    }
}
