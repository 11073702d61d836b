//! Reading the values of an answer's JSON by name.
//!
//! Knows which JSON values are an amount, a currency or a text. Knows no provider. A value that is missing or null is `None`. A
//! value of another type is a [`Problem`] that names the value: nothing is guessed.
//!
//! ```
//! use drawdown::money::Amount;
//! use drawdown::provider::{Answer, Parts};
//! use drawdown::time::Timestamp;
//!
//! let answer = Answer::new(200, r#"{"left":12.400000000000000001}"#);
//! let json = answer.json(Timestamp::from_ms(0), "what is left").unwrap();
//! assert_eq!(json.needed::<Amount>("left").unwrap().to_string(), "12.400000000000000001");
//! assert_eq!(json.part::<&str>("note"), Ok(None));
//! ```

use serde_json::Value;

use crate::money::{Amount, Currency};
use crate::provider::Problem;

/// The most bytes of a cursor: servers accept URLs of a few thousand bytes.
const LONGEST_CURSOR: usize = 4_000;

/// Whether a text of an answer may go into the URL of the next request.
pub fn is_cursor(text: &str) -> bool {
    (1..=LONGEST_CURSOR).contains(&text.len())
}

/// The values of a JSON object.
pub trait Parts {
    /// A value; `None` if it is missing or null. Fails if it has another type, or this is not an object.
    fn part<'a, T: Part<'a>>(&'a self, name: &str) -> Result<Option<T>, Problem>;

    /// A required value.
    fn needed<'a, T: Part<'a>>(&'a self, name: &str) -> Result<T, Problem> {
        self.part(name)?.ok_or_else(|| Problem::unreadable(name))
    }
}

/// A type that a JSON value can be read as.
pub trait Part<'a>: Sized {
    /// Reads the value. `None` if it has another type.
    fn from_json(value: &'a Value) -> Option<Self>;
}

impl Parts for Value {
    fn part<'a, T: Part<'a>>(&'a self, name: &str) -> Result<Option<T>, Problem> {
        // Only an object can have missing values.
        let parts = self.as_object().ok_or_else(|| Problem::unreadable(name))?;
        match parts.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => T::from_json(value).map(Some).ok_or_else(|| Problem::unreadable(name)),
        }
    }
}

impl<'a> Part<'a> for &'a Value {
    fn from_json(value: &'a Value) -> Option<&'a Value> {
        Some(value)
    }
}

impl<'a> Part<'a> for &'a [Value] {
    fn from_json(value: &'a Value) -> Option<&'a [Value]> {
        value.as_array().map(Vec::as_slice)
    }
}

impl<'a> Part<'a> for &'a str {
    fn from_json(value: &'a Value) -> Option<&'a str> {
        value.as_str()
    }
}

impl Part<'_> for bool {
    fn from_json(value: &Value) -> Option<bool> {
        value.as_bool()
    }
}

impl Part<'_> for u64 {
    fn from_json(value: &Value) -> Option<u64> {
        value.as_u64()
    }
}

/// A number or a text, parsed from its digits, never through a float.
impl Part<'_> for Amount {
    fn from_json(value: &Value) -> Option<Amount> {
        match value {
            Value::String(text) => Amount::parse(text).ok(),
            Value::Number(number) => Amount::parse(number.as_str()).ok(),
            _ => None,
        }
    }
}

impl Part<'_> for Currency {
    fn from_json(value: &Value) -> Option<Currency> {
        Currency::parse(value.as_str()?)
    }
}
