//! The state of an account at one moment: a balance or a counter per book ([`Reading`]), and the [`Observation`] that holds them
//! with their time.
//!
//! Knows the shape of a reading and its compact stored form. Does not know its meaning: that is the ledger's task. Bills are for
//! days, not for moments: see [`crate::books::bill`].
//!
//! ```
//! use drawdown::books::reading::Observation;
//!
//! let stored = r#"[1795330800000,"",[{"balance":["USD","5.00","15.00"]},{"balance":["CNY","100.00"]}]]"#;
//! let observed: Observation = serde_json::from_str(stored).unwrap();
//! assert_eq!(observed.at.to_string(), "2026-11-22T07:00:00Z");
//! assert_eq!(serde_json::to_string(&observed).unwrap(), stored);
//! ```

mod day;

pub use day::{parse_day, write_next};

use core::error::Error;
use core::fmt;
use core::mem;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::time::Timestamp;

/// One observation of one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Prepaid money left.
    Balance(Balance),
    /// A total that only grows.
    Counter(Counter),
}

impl Reading {
    /// A balance that is not split into pools.
    pub fn balance(currency: Currency, total: Amount) -> Reading {
        Reading::Balance(Balance { currency, pools: Pools::Total(total) })
    }

    /// The currency of the book.
    pub fn currency(&self) -> Currency {
        match self {
            Reading::Balance(balance) => balance.currency,
            Reading::Counter(counter) => counter.currency,
        }
    }

    /// Whether both are balances, or both counters, in the same currency.
    pub fn is_same_figure(&self, other: &Reading) -> bool {
        self.currency() == other.currency() && mem::discriminant(self) == mem::discriminant(other)
    }

    /// The money left in the book. `None` for a counter.
    pub fn left(&self) -> Option<Money> {
        match self {
            Reading::Balance(Balance { currency, pools }) => {
                Some(Money { amount: pools.total(), currency: *currency })
            }
            Reading::Counter(_) => None,
        }
    }
}

/// A total that only grows, in one currency: all spend since the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Counter {
    /// The book.
    pub currency: Currency,
    /// All spend since the beginning.
    pub total: Amount,
    /// The spend of the reading's UTC month, if the provider reports it (rule L9).
    pub this_month: Option<Amount>,
}

/// Prepaid money left in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Balance {
    /// The book.
    pub currency: Currency,
    /// The money left in it.
    pub pools: Pools,
}

/// The parts of a balance, if the provider reports them. Each may be negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pools {
    /// The total only.
    Total(Amount),
    /// Promotional and paid money.
    Split {
        /// Promotional money, which may expire.
        granted: Amount,
        /// Money that the user paid in.
        topped_up: Amount,
    },
}

impl Pools {
    /// The whole balance.
    pub fn total(self) -> Amount {
        match self {
            Pools::Total(total) => total,
            Pools::Split { granted, topped_up } => granted + topped_up,
        }
    }

    /// The granted money left. `None` if only the total is known.
    pub fn granted(self) -> Option<Amount> {
        match self {
            Pools::Total(_) => None,
            Pools::Split { granted, .. } => Some(granted),
        }
    }
}

/// The readings of one refresh of an account, with their time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredObservation", into = "(Timestamp, Role, Vec<Reading>)")]
pub struct Observation {
    /// When the answer arrived.
    pub at: Timestamp,
    /// The observation's role in the ledger.
    pub role: Role,
    /// One reading per book. A book that is absent from the answer is absent here, which is not a zero (rule L1).
    pub readings: Vec<Reading>,
}

/// The role of an observation in the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The time since the previous observation is a window.
    #[default]
    #[serde(rename = "")]
    Follows,
    /// The observation is a new baseline: it is not compared with earlier ones (rules L2 and L12).
    #[serde(rename = "baseline")]
    Baseline,
    /// The observation was taken by a clock that was ahead: it is stored, and never used (rule L8).
    #[serde(rename = "aside")]
    Aside,
}

/// The pool that a provider uses first, if the balance is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawOrder {
    /// Granted money before paid money.
    GrantedFirst,
    /// The provider does not say.
    InAnyOrder,
}

/// The short random id of an account: a connection to a provider, or an account kept by hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub String);

/// Sorts observations by time. Observations with the same time keep their order.
pub fn by_time<'a>(observations: impl Iterator<Item = &'a Observation>) -> Vec<&'a Observation> {
    in_order(observations, |one, other| one.at.cmp(&other.at))
}

/// A stored text that is not a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseReadingError;

impl fmt::Display for ParseReadingError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("not a reading")
    }
}

impl Error for ParseReadingError {}

/// A stored balance is `[code, total]` or `[code, granted, topped-up]`. The form is compact, because there are many.
impl TryFrom<Vec<String>> for Balance {
    type Error = ParseReadingError;

    fn try_from(stored: Vec<String>) -> Result<Balance, ParseReadingError> {
        let amount = |text: &String| Amount::parse_stored(text).map_err(|_| ParseReadingError);
        let pools = match stored.as_slice() {
            [_, total] => Pools::Total(amount(total)?),
            [_, granted, topped_up] => {
                Pools::Split { granted: amount(granted)?, topped_up: amount(topped_up)? }
            }
            _ => return Err(ParseReadingError),
        };
        let currency = stored.first().and_then(|code| Currency::parse(code)).ok_or(ParseReadingError)?;
        Ok(Balance { currency, pools })
    }
}

impl From<Balance> for Vec<String> {
    fn from(balance: Balance) -> Vec<String> {
        let amounts = match balance.pools {
            Pools::Split { granted, topped_up } => vec![granted, topped_up],
            Pools::Total(total) => vec![total],
        };
        let amounts = amounts.into_iter().map(Amount::to_stored);
        [balance.currency.to_string()].into_iter().chain(amounts).collect()
    }
}

/// A stored counter is `[code, total]` or `[code, total, this month]`.
impl TryFrom<Vec<String>> for Counter {
    type Error = ParseReadingError;

    fn try_from(stored: Vec<String>) -> Result<Counter, ParseReadingError> {
        let amount = |text: &String| Amount::parse_stored(text).map_err(|_| ParseReadingError);
        let (code, total, this_month) = match stored.as_slice() {
            [code, total] => (code, amount(total)?, None),
            [code, total, this_month] => (code, amount(total)?, Some(amount(this_month)?)),
            _ => return Err(ParseReadingError),
        };
        Ok(Counter { currency: Currency::parse(code).ok_or(ParseReadingError)?, total, this_month })
    }
}

impl From<Counter> for Vec<String> {
    fn from(counter: Counter) -> Vec<String> {
        let amounts = [Some(counter.total), counter.this_month].into_iter().flatten();
        [counter.currency.to_string()].into_iter().chain(amounts.map(Amount::to_stored)).collect()
    }
}

/// A stored observation is `[time, role, [reading, ...]]`.
#[derive(Deserialize)]
struct StoredObservation(Timestamp, Role, Vec<StoredReading>);

/// A stored reading. Earlier versions also stored the unused rest of a report here: it is ignored.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredReading {
    Balance(Balance),
    Counter(Counter),
    Bill(IgnoredAny),
    Limit(IgnoredAny),
    #[serde(alias = "apart")]
    Byok(IgnoredAny),
}

impl From<StoredObservation> for Observation {
    fn from(StoredObservation(at, role, stored): StoredObservation) -> Observation {
        let readings = stored.into_iter().filter_map(|stored| match stored {
            StoredReading::Balance(balance) => Some(Reading::Balance(balance)),
            StoredReading::Counter(counter) => Some(Reading::Counter(counter)),
            StoredReading::Bill(_) | StoredReading::Limit(_) | StoredReading::Byok(_) => None,
        });
        Observation { at, role, readings: readings.collect() }
    }
}

impl From<Observation> for (Timestamp, Role, Vec<Reading>) {
    fn from(Observation { at, role, readings }: Observation) -> (Timestamp, Role, Vec<Reading>) {
        (at, role, readings)
    }
}
