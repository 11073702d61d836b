//! The questions that the user must answer before a table can be read. Nothing ambiguous is ever guessed.
//!
//! Does not know the words of a question, nor where the answer is stored.

use serde::{Deserialize, Serialize};

/// The prefix of the form fields that give the currency of a name in the file.
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
    /// Asks for the columns with the day, the amount and the currency.
    Columns,
    /// Asks whether day or month comes first: every date is ambiguous.
    Order,
    /// Asks for the decimal separator: every amount is ambiguous.
    Decimals,
    /// Asks whether the amounts are charges, although all are negative.
    Debits,
    /// Asks for the sign of charges: some amounts are positive and some negative.
    Sign,
    /// Asks for the currency of this name.
    Currency(String),
}
