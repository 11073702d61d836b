//! Facts that only the user knows. A [`Correction`] is stored next to the readings and never changes them.
//!
//! Knows what can be declared and undone (rules L5 and L6). Does not know its effect on a window's spend: the ledger
//! computes that each time it is derived.
//!
//! ```
//! use drawdown::books::correction::{Correction, Fact, standing};
//!
//! let stored = r#"[["a1",1795330800000,{"declared":["USD","top_up","10.00"]}],["b2",1795330900000,{"undone":"a1"}]]"#;
//! let corrections: Vec<Correction> = serde_json::from_str(stored).unwrap();
//! assert!(matches!(&corrections[0].fact, Fact::Declared(declared) if declared.amount.to_string() == "10"));
//! assert_eq!(standing(corrections.iter()).count(), 0);
//! ```

use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency, ParseAmountError};
use crate::order::distinct;
use crate::time::{DAY, Timestamp};

/// A fact that the user states about an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, Timestamp, Fact)", into = "(String, Timestamp, Fact)")]
pub struct Correction {
    /// A short random id.
    pub id: String,
    /// When the stated event happened. It belongs to the window with `from < at <= to` (rule L5).
    pub at: Timestamp,
    /// The stated fact.
    pub fact: Fact,
}

/// The fact that a correction states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Money was added or removed without being spent.
    Declared(Declared),
    /// The correction with that id is undone.
    Undone(String),
}

/// Money that was added or removed without being spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Currency, Kind, Amount)", into = "(Currency, Kind, Amount)")]
pub struct Declared {
    /// The book's currency.
    pub currency: Currency,
    /// The reason for the change.
    pub kind: Kind,
    /// The amount; never negative. An expiry or a refund of zero means that the fall was spent.
    pub amount: Amount,
}

/// The ways in which a balance changes without spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Paid in by the user (rule L5).
    TopUp,
    /// Granted by the provider.
    Gift,
    /// Granted money that expired (rule L6).
    Expiry,
    /// Paid money that went back to the user, or to another account (rule L6).
    Refund,
}

impl Kind {
    /// Every kind, the most frequent first.
    pub const ALL: [Kind; 4] = [Kind::TopUp, Kind::Gift, Kind::Expiry, Kind::Refund];

    /// The name of the kind in forms.
    pub fn name(self) -> &'static str {
        match self {
            Kind::TopUp => "top_up",
            Kind::Gift => "gift",
            Kind::Expiry => "expiry",
            Kind::Refund => "refund",
        }
    }

    /// Parses a kind from its name in forms.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A balance that the user typed for an account whose provider reports only bills. It gives the run-out date (rule F6),
/// and is never counted as spend (rule L10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ManualFigure {
    /// The book's currency.
    pub currency: Currency,
    /// The moment at which the balance was correct.
    pub at: Timestamp,
    /// The balance.
    pub amount: Amount,
}

impl ManualFigure {
    /// How long a typed balance is used. Every bill since then has to be loaded for it each time.
    const VALID_FOR: u64 = 184 * DAY;

    /// Whether the balance is recent enough to compute the rest.
    pub fn counts(&self, now: Timestamp) -> bool {
        now.since(self.at) <= ManualFigure::VALID_FOR
    }
}

/// The declarations that are not undone, each with its correction. The order of the corrections does not matter.
pub fn standing<'a>(
    corrections: impl Iterator<Item = &'a Correction> + Clone,
) -> impl Iterator<Item = (&'a Correction, &'a Declared)> {
    let undone = corrections.clone().filter_map(|correction| match &correction.fact {
        Fact::Undone(id) => Some(id.as_str()),
        Fact::Declared(_) => None,
    });
    let undone = distinct(undone);
    corrections.filter_map(move |correction| match &correction.fact {
        Fact::Declared(declared) if !undone.contains(correction.id.as_str()) => Some((correction, declared)),
        _ => None,
    })
}

impl From<(String, Timestamp, Fact)> for Correction {
    fn from((id, at, fact): (String, Timestamp, Fact)) -> Correction {
        Correction { id, at, fact }
    }
}

impl From<Correction> for (String, Timestamp, Fact) {
    fn from(Correction { id, at, fact }: Correction) -> (String, Timestamp, Fact) {
        (id, at, fact)
    }
}

/// The stored form is one text: `USD 1795330800000 12.50`.
impl TryFrom<String> for ManualFigure {
    type Error = ParseAmountError;

    fn try_from(stored: String) -> Result<ManualFigure, ParseAmountError> {
        let mut parts = stored.split(' ');
        let mut part = || parts.next().ok_or(ParseAmountError);
        let currency = Currency::parse(part()?).ok_or(ParseAmountError)?;
        let at = Timestamp::from_ms(part()?.parse().map_err(|_| ParseAmountError)?);
        Ok(ManualFigure { currency, at, amount: Amount::parse_stored(part()?)? })
    }
}

impl From<ManualFigure> for String {
    fn from(ManualFigure { currency, at, amount }: ManualFigure) -> String {
        format!("{currency} {} {}", at.ms(), amount.to_stored())
    }
}

impl From<(Currency, Kind, Amount)> for Declared {
    fn from((currency, kind, amount): (Currency, Kind, Amount)) -> Declared {
        Declared { currency, kind, amount }
    }
}

impl From<Declared> for (Currency, Kind, Amount) {
    fn from(Declared { currency, kind, amount }: Declared) -> (Currency, Kind, Amount) {
        (currency, kind, amount)
    }
}
