//! One account as it rests: its sealed key, and all that is known of it but its readings.

use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency};
use crate::period::{Day, Month, Timestamp};
use crate::provider::Problem;
use crate::reading::{AccountId, Observed};
use crate::vault::Sealed;

/// One account, with all that is known of its state but its readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its short random name.
    pub id: AccountId,
    /// Its provider's id.
    pub provider: String,
    /// What the user calls it; may be empty.
    pub label: String,
    /// What its provider lets the user choose.
    #[serde(default)]
    pub settings: Vec<(String, String)>,
    /// Whether it is refreshed.
    pub life: Life,
    /// Its sealed key; none after a forgotten password.
    pub credential: Option<Sealed>,
    /// A key that was tried in place of the present one, until the user says how its books go on (rule L12).
    pub replacement: Option<Replacement>,
    /// Top-ups that its user confirmed, each amount once.
    #[serde(default)]
    pub habits: Vec<(Currency, Amount)>,
    /// The day on which the granted credit of a book expires, as its user entered it.
    #[serde(default)]
    pub expires: Vec<(Currency, Day)>,
    /// The months of which readings rest.
    pub months: Vec<Month>,
    /// When each book began.
    pub since: Vec<(Currency, Timestamp)>,
    /// The last reading of each book.
    pub last: Vec<Observed>,
    /// When it was last read.
    pub read_at: Option<Timestamp>,
    /// When the refresh began that is under way, or was cut short.
    pub attempt: Option<Timestamp>,
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// How many times in a row it could not be read.
    pub failures: u32,
    /// Not to be asked before: the provider said so.
    pub not_before: Option<Timestamp>,
    /// What stood in the way the last time.
    pub problem: Option<Problem>,
    /// Whether the last refresh was cut short: the browser stopped the worker.
    pub is_cut_short: bool,
}

/// Whether an account goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// It is refreshed.
    Active,
    /// The user paused it; spend may go on unseen.
    Paused,
    /// The user removed it and kept its history.
    Ended,
}

/// A new key for an account, tried and not yet taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The sealed key.
    pub credential: Sealed,
    /// What it told.
    pub observed: Observed,
}

impl Account {
    /// A new one, of which nothing is known yet.
    pub fn new(id: AccountId, provider: &str, label: String, credential: Sealed) -> Account {
        Account {
            id,
            provider: provider.to_owned(),
            label,
            settings: Vec::new(),
            life: Life::Active,
            credential: Some(credential),
            replacement: None,
            habits: Vec::new(),
            expires: Vec::new(),
            months: Vec::new(),
            since: Vec::new(),
            last: Vec::new(),
            read_at: None,
            attempt: None,
            asked_at: None,
            failures: 0,
            not_before: None,
            problem: None,
            is_cut_short: false,
        }
    }

    /// Its key is gone, and with it whatever was under way with it.
    pub fn lose_key(&mut self) {
        self.credential = None;
        self.replacement = None;
        self.attempt = None;
    }
}
