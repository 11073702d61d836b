//! What has to be said before a table can be read: what a file leaves open is asked, and never guessed.
//!
//! Does not know how a question is put, nor where the answer is kept.

/// What the name of a field begins with that tells which currency a name in the file means.
pub(super) const MEANS: &str = "is:";

/// Which sign an amount has that is a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charges {
    /// What is below zero is a refund or a credit.
    Positive,
    /// What is above zero is a refund or a credit.
    Negative,
}

/// What has to be said before a table can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Where the day, the amount and the currency are.
    Columns,
    /// Whether day or month comes first: every date can be read in both ways.
    Order,
    /// What stands before decimals: every amount can be read in both ways.
    Decimals,
    /// Whether amounts are charges that are all below zero.
    Debits,
    /// Which sign a charge has: amounts have both.
    Sign,
    /// Which currency this name means.
    Currency(String),
}

const ASKS: [(&str, Question); 5] = [
    ("columns", Question::Columns),
    ("order", Question::Order),
    ("decimals", Question::Decimals),
    ("debits", Question::Debits),
    ("sign", Question::Sign),
];

impl Question {
    /// As text, to wait in the session.
    pub fn to_text(&self) -> String {
        match self {
            Question::Currency(name) => format!("{MEANS}{name}"),
            ask => ASKS.iter().find(|(_, known)| known == ask).map_or("", |(text, _)| text).to_owned(),
        }
    }

    /// What [`Question::to_text`] gave.
    pub fn parse(text: &str) -> Question {
        let named = text.strip_prefix(MEANS).map(|name| Question::Currency(name.to_owned()));
        let known = || ASKS.into_iter().find(|(known, _)| *known == text).map(|(_, ask)| ask);
        named.or_else(known).unwrap_or(Question::Columns)
    }
}
