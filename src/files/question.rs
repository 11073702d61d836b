//! The questions that the user must answer before a table can be read. What is ambiguous is never guessed.
//!
//! Does not know the words of a question, nor where the answer is kept.

use serde::{Deserialize, Serialize};

/// The prefix of the form fields that say which currency a name in the file means.
pub(super) const MEANS: &str = "is:";

/// The sign of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charges {
    /// Charges are positive: a negative amount is a refund or a credit.
    Positive,
    /// Charges are negative: a positive amount is a refund or a credit.
    Negative,
}

/// A question to the user about a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// Which columns have the day, the amount and the currency.
    Columns,
    /// Whether day or month comes first: every date is ambiguous.
    Order,
    /// What the decimal separator is: every amount is ambiguous.
    Decimals,
    /// Whether the amounts are charges, although all are negative.
    Debits,
    /// The sign of charges: some amounts are positive and some negative.
    Sign,
    /// Which currency this name means.
    Currency(String),
}
