//! The questions that the user must answer before a table can be read. What is ambiguous is never guessed.
//!
//! Does not know the words of a question, nor where the answer is kept.

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
#[derive(Clone, Debug, PartialEq, Eq)]
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

const NAMES: [(&str, Question); 5] = [
    ("columns", Question::Columns),
    ("order", Question::Order),
    ("decimals", Question::Decimals),
    ("debits", Question::Debits),
    ("sign", Question::Sign),
];

impl Question {
    /// As text, for session storage.
    pub fn to_text(&self) -> String {
        match self {
            Question::Currency(name) => format!("{MEANS}{name}"),
            question => {
                NAMES.iter().find(|(_, known)| known == question).map_or("", |(text, _)| text).to_owned()
            }
        }
    }

    /// Parses the result of [`Question::to_text`]. Unknown text asks for the columns.
    pub fn parse(text: &str) -> Question {
        let named = text.strip_prefix(MEANS).map(|name| Question::Currency(name.to_owned()));
        let known = || NAMES.into_iter().find(|(known, _)| *known == text).map(|(_, question)| question);
        named.or_else(known).unwrap_or(Question::Columns)
    }
}
