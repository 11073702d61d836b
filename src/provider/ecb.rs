//! The request and the answer for the European Central Bank's reference rates, which Frankfurter publishes without a key.
//! Source: <https://frankfurter.dev> (v1: `GET /v1/latest?base=USD&symbols=CNY`), 2026-11.
//!
//! ```
//! use drawdown::provider::ecb::read;
//! use drawdown::money::Currency;
//! use drawdown::provider::Answer;
//! use drawdown::time::Timestamp;
//!
//! let currency = |code| Currency::parse(code).unwrap();
//! let body = r#"{"amount":1.0,"base":"USD","date":"2026-11-20","rates":{"CNY":8.0}}"#.to_owned();
//! let answer = Answer::new(200, body);
//! let rates = read(&answer, Timestamp::from_ms(0), currency("USD"), &[currency("CNY")]).unwrap();
//! assert_eq!(serde_json::to_string(&rates[0]).unwrap(), r#""CNY USD 0.125 2026-11-20 ecb""#);
//! ```

use serde_json::Value;

use crate::books::rates::{ExchangeRate, RateSource};
use crate::money::{Amount, Currency, Rate};
use crate::provider::{Answer, Parts, Problem};
use crate::time::{Day, Timestamp};

/// The origin of the reference rates.
pub const ORIGIN: &str = "https://api.frankfurter.dev";

/// The URL of the rates from these currencies to `to`.
pub fn address(to: Currency, from: &[Currency]) -> String {
    let from: Vec<&str> = from.iter().map(Currency::code).collect();
    format!("{ORIGIN}/v1/latest?base={to}&symbols={}", from.join(","))
}

/// Reads the answer. A currency that is missing in it gets no new rate. Fails if a rate is zero.
pub fn read(
    answer: &Answer,
    now: Timestamp,
    to: Currency,
    from: &[Currency],
) -> Result<Vec<ExchangeRate>, Problem> {
    let json = answer.json(now, "the rates")?;
    if json.needed::<Currency>("base")? != to {
        return Err(Problem::unreadable("base"));
    }
    let on = Day::parse(json.needed("date")?).ok_or(Problem::unreadable("date"))?;
    let rates: &Value = json.needed("rates")?;
    let mut read = Vec::new();
    for from in from {
        // The answer has units of `from` for one unit of `to`.
        let Some(inverse) = rates.part::<Amount>(from.code())? else { continue };
        let rate = Amount::whole(1).over(inverse).and_then(Rate::above_zero);
        let rate = rate.ok_or_else(|| Problem::unreadable(from.code()))?;
        read.push(ExchangeRate { from: *from, to, rate, on, source: RateSource::Ecb });
    }
    Ok(read)
}
