//! Rates of exchange: one currency's worth in another, with its day and where it is from.
//!
//! Knows how to ask for the European Central Bank's reference rates, which Frankfurter publishes without a key, and how to
//! read them. Does not know which currencies meet. Without a rate nothing is converted (rule L1).
//! Source: <https://frankfurter.dev> (v1: `GET /v1/latest?base=USD&symbols=CNY`), 2026-11.
//!
//! ```
//! use drawdown::exchange::{Exchange, read};
//! use drawdown::money::Currency;
//! use drawdown::period::Timestamp;
//! use drawdown::provider::Answer;
//!
//! let currency = |code| Currency::read(code).unwrap();
//! let body = r#"{"amount":1.0,"base":"USD","date":"2026-11-20","rates":{"CNY":8.0}}"#.to_owned();
//! let answer = Answer { status: 200, retry_after: None, body };
//! let rates = read(&answer, Timestamp::from_ms(0), currency("USD"), &[currency("CNY")]).unwrap();
//! assert_eq!(rates[0].rate.to_text(6), "0.125");
//! assert_eq!(serde_json::to_string(&rates[0]).unwrap(), r#""CNY USD 0.125 2026-11-20 ecb""#);
//! ```

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::money::{Amount, Currency, Rate};
use crate::period::{Day, Timestamp};
use crate::provider::{Answer, Parts, Problem};

/// Where the reference rates are asked for.
pub const ORIGIN: &str = "https://api.frankfurter.dev";

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

/// Where to ask for what these currencies are worth in `to`.
pub fn address(to: Currency, from: &[Currency]) -> String {
    let from: Vec<&str> = from.iter().map(Currency::code).collect();
    format!("{ORIGIN}/v1/latest?base={to}&symbols={}", from.join(","))
}

/// Reads the answer. What it does not tell has no new rate; a rate of nothing is refused with all others.
pub fn read(
    answer: &Answer,
    now: Timestamp,
    to: Currency,
    from: &[Currency],
) -> Result<Vec<Exchange>, Problem> {
    let told = answer.json(now, "the rates")?;
    if told.needed::<Currency>("base")? != to {
        return Err(Problem::unreadable("base"));
    }
    let on = Day::read(told.needed("date")?).ok_or(Problem::unreadable("date"))?;
    let rates: &Value = told.needed("rates")?;
    let mut read = Vec::new();
    for from in from {
        // Told is how many units of the other are worth one of the main currency.
        let Some(told) = rates.part::<Amount>(from.code())? else { continue };
        let rate = Amount::whole(1).over(told).and_then(Rate::above_zero);
        let rate = rate.ok_or_else(|| Problem::unreadable(from.code()))?;
        read.push(Exchange { from: *from, to, rate, on, told_by: ToldBy::Ecb });
    }
    Ok(read)
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
