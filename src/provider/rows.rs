//! The rows of one answer: each counts once, and a missing amount is not zero.
//!
//! Knows when two rows describe the same item. Does not know the item.
//!
//! ```
//! use drawdown::provider::{Rows, row_key};
//! use serde_json::json;
//!
//! let [one, other] = [json!({"model": "a", "usage": 1}), json!({"model": "a", "usage": 2})];
//! let mut rows = Rows::default();
//! assert_eq!(rows.is_new(row_key(&one, &["usage"]), &one), Ok(true));
//! assert_eq!(rows.is_new(row_key(&one, &["usage"]), &one), Ok(false));
//! assert!(rows.is_new(row_key(&other, &["usage"]), &other).is_err());
//! ```

use serde_json::Value;

use crate::books::bill::Places;
use crate::money::Amount;
use crate::provider::{Parts, Problem};

/// The rows of one answer so far.
#[derive(Debug, Default)]
pub struct Rows<'a> {
    places: Places,
    known: Vec<&'a Value>,
    is_any_priced: bool,
    is_any_unpriced: bool,
}

impl<'a> Rows<'a> {
    /// Whether the row is new: a repeated row counts once. Fails if an earlier row with this key has other values.
    pub fn is_new(&mut self, key: String, row: &'a Value) -> Result<bool, Problem> {
        match self.known.get(self.places.of(key)) {
            None => {
                self.known.push(row);
                Ok(true)
            }
            Some(known) if row_key(known, &[]) == row_key(row, &[]) => Ok(false),
            Some(_) => Err(Problem::unreadable("rows that agree")),
        }
    }

    /// The amount with this name in a row. `None` if it is missing or null.
    pub fn amount(&mut self, row: &Value, name: &str) -> Result<Option<Amount>, Problem> {
        let amount = if row.is_null() { None } else { row.part(name)? };
        self.is_any_priced |= amount.is_some();
        self.is_any_unpriced |= amount.is_none();
        Ok(amount)
    }

    /// Fails if there are rows and none has an amount, because the provider probably renamed it. `what` names the amount.
    pub fn check_amounts(&self, what: &str) -> Result<(), Problem> {
        if self.is_any_unpriced && !self.is_any_priced { Err(Problem::unreadable(what)) } else { Ok(()) }
    }
}

/// The key of a row: all its values except those named in `measures`, at any depth.
pub fn row_key(row: &Value, measures: &[&str]) -> String {
    let mut key = String::new();
    add_to_key(row, measures, &mut key);
    key
}

fn add_to_key(value: &Value, measures: &[&str], key: &mut String) {
    match value {
        Value::Null => key.push('0'),
        Value::Bool(is_so) => key.push(if *is_so { '+' } else { '-' }),
        Value::Number(number) => key.push_str(number.as_str()),
        Value::String(text) => {
            key.push('"');
            key.push_str(text);
        }
        Value::Array(parts) => parts.iter().for_each(|part| add_to_key(part, measures, key)),
        Value::Object(parts) => {
            for (name, part) in parts.iter().filter(|(name, _)| !measures.contains(&name.as_str())) {
                key.push_str(name);
                key.push(':');
                add_to_key(part, measures, key);
            }
        }
    }
    key.push(',');
}
