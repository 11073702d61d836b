//! The stored readings of accounts.

use std::collections::BTreeMap;

use drawdown::books::reading::{AccountId, Observation, parse_day};
use drawdown::time::Month;
use serde_json::Value;

use crate::fake::Fake;

/// The stored readings of each account. They are parsed when a stored text of the account changes.
#[derive(Default)]
pub struct StoredReadings {
    accounts: BTreeMap<AccountId, Parsed>,
}

#[derive(Default)]
struct Parsed {
    /// The stored texts, by month.
    texts: Vec<(Month, String)>,
    observed: Vec<Observation>,
}

impl StoredReadings {
    /// The readings of an account, in order, and its last answer, which may be a repeated one.
    pub fn of(&self, id: &AccountId) -> &[Observation] {
        self.accounts.get(id).map_or(&[], |parsed| &parsed.observed)
    }

    /// Parses the readings of an account again if they changed. Returns whether they did.
    pub fn read(&mut self, host: &Fake, id: &AccountId) -> bool {
        let (stored, prefix) = (host.stored.borrow(), format!("readings.{}.", id.0));
        let month_of = |key: &str| key.strip_prefix(&prefix).and_then(Month::parse);
        let texts: Vec<(Month, &String)> =
            stored.iter().filter_map(|(key, text)| Some((month_of(key)?, text))).collect();
        let parsed = self.accounts.entry(id.clone()).or_default();
        if texts.iter().map(|(_, text)| *text).eq(parsed.texts.iter().map(|(_, text)| text)) {
            return false;
        }
        parsed.observed = texts.iter().flat_map(|(month, text)| observed(*month, text)).collect();
        parsed.texts = texts.into_iter().map(|(month, text)| (month, text.clone())).collect();
        true
    }
}

fn observed(month: Month, text: &str) -> Vec<Observation> {
    let shard: Value = serde_json::from_str(text).unwrap_or_default();
    let days: Vec<(u32, String)> = serde_json::from_value(shard["days"].clone()).unwrap_or_default();
    days.iter().filter_map(|(day, text)| parse_day(month.day(*day), text).ok()).flatten().collect()
}
