//! Exchange rates, each with its day and its source. Without a rate nothing is converted (rule L1).
//!
//! ```
//! use drawdown::books::rates::ExchangeRate;
//!
//! let rate: ExchangeRate = serde_json::from_str(r#""CNY USD 0.125 2026-11-20 ecb""#).unwrap();
//! assert_eq!((rate.from.code(), rate.to.code(), rate.rate.to_text(6).as_str()), ("CNY", "USD", "0.125"));
//! ```

use core::error::Error;
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Rate};
use crate::time::Day;

/// The value of one unit of a currency in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExchangeRate {
    /// The currency to convert from.
    pub from: Currency,
    /// The currency to convert to.
    pub to: Currency,
    /// Units of `to` for one unit of `from`.
    pub rate: Rate,
    /// The day for which the rate was valid.
    pub on: Day,
    /// The source of the rate.
    pub source: RateSource,
}

/// The source of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateSource {
    /// The user.
    Hand,
    /// The European Central Bank.
    Ecb,
}

/// A stored text that is not an exchange rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseExchangeRateError;

impl fmt::Display for ParseExchangeRateError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("not an exchange rate")
    }
}

impl Error for ParseExchangeRateError {}

/// The rate between two currencies. `None` if there is no rate.
pub fn between(rates: &[ExchangeRate], from: Currency, to: Currency) -> Option<&ExchangeRate> {
    rates.iter().find(|exchange| exchange.from == from && exchange.to == to)
}

/// The stored form: `CNY USD 0.14 2026-11-20 ecb`.
impl fmt::Display for ExchangeRate {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self.source {
            RateSource::Hand => "hand",
            RateSource::Ecb => "ecb",
        };
        let ExchangeRate { from, to, rate, on, .. } = self;
        write!(text, "{from} {to} {} {on} {source}", rate.to_text(28))
    }
}

impl From<ExchangeRate> for String {
    fn from(exchange: ExchangeRate) -> String {
        exchange.to_string()
    }
}

impl TryFrom<String> for ExchangeRate {
    type Error = ParseExchangeRateError;

    fn try_from(stored: String) -> Result<ExchangeRate, ParseExchangeRateError> {
        let mut parts = stored.split(' ');
        let mut read = || {
            let (from, to) = (Currency::parse(parts.next()?)?, Currency::parse(parts.next()?)?);
            let (rate, on) = (Rate::parse_stored(parts.next()?)?, Day::parse(parts.next()?)?);
            let source = if parts.next()? == "ecb" { RateSource::Ecb } else { RateSource::Hand };
            Some(ExchangeRate { from, to, rate, on, source })
        };
        read().ok_or(ParseExchangeRateError)
    }
}
