//! One account's readings of one UTC month, as they rest.
//!
//! A shard begins with the last reading of each book before it, so that it can be read without older ones: a refresh
//! reads and writes two months, however long the history is.

use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::correction::Correction;
use crate::host::Values;
use crate::ledger::is_ahead;
use crate::money::Currency;
use crate::period::{Month, Timestamp};
use crate::reading::{AccountId, Observed, Reading, Role, in_order};
use crate::state::Account;

/// A shard, and what it needs to be written.
#[derive(Clone, Debug)]
pub(super) struct Shard {
    pub(super) account: AccountId,
    pub(super) month: Month,
    kept: Kept,
    /// Whether it has to be written.
    is_changed: bool,
    /// The stored text, where that could not be read. It is kept beside the shard that is written over it.
    damaged: Option<String>,
}

/// What rests of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    before: Vec<Observed>,
    readings: Vec<Observed>,
    #[serde(default)]
    bills: Vec<Bill>,
    #[serde(default)]
    corrections: Vec<Correction>,
    /// Some readings of this month were damaged, so that its spend is a floor.
    #[serde(default)]
    is_part_lost: bool,
}

impl Shard {
    /// The keys of an account's shards that a moment needs: of its month and the one before, as far as there are any.
    pub(super) fn keys(account: &Account, now: Timestamp) -> impl Iterator<Item = String> {
        months(account, now).map(|month| key(&account.id, month))
    }

    /// Every key that an account's shards ever had.
    pub(super) fn all_keys(account: &Account) -> impl Iterator<Item = String> {
        let keys = account.months.iter().map(|month| key(&account.id, *month));
        keys.flat_map(|key| [damaged_key(&key), key])
    }

    /// Reads the shards that a moment needs.
    pub(super) fn load(account: &Account, stored: &Values, now: Timestamp) -> impl Iterator<Item = Shard> {
        months(account, now).map(|month| {
            // A month is noted in the same write as its first reading, so a shard that is not there was lost.
            let text = stored.get(&key(&account.id, month)).flatten();
            let read = text.and_then(|text| serde_json::from_str(text).ok());
            let damaged = if read.is_none() { text.map(str::to_owned) } else { None };
            // The account itself still knows the last readings.
            let lost = || Kept {
                before: account.last.clone(),
                readings: Vec::new(),
                bills: Vec::new(),
                corrections: Vec::new(),
                is_part_lost: true,
            };
            let kept = read.unwrap_or_else(lost);
            Shard { account: account.id.clone(), month, kept, is_changed: false, damaged }
        })
    }

    /// A new month's shard, with its first reading.
    pub(super) fn begin(account: AccountId, before: Vec<Observed>, first: Observed) -> Shard {
        let month = first.at.month();
        let kept = Kept {
            before,
            readings: vec![first],
            bills: Vec::new(),
            corrections: Vec::new(),
            is_part_lost: false,
        };
        Shard { account, month, kept, is_changed: true, damaged: None }
    }

    /// Adds a reading.
    pub(super) fn push(&mut self, observed: Observed) {
        self.kept.readings.push(observed);
        self.is_changed = true;
    }

    /// Marks what a clock that ran ahead has left, so that it is never taken for a reading when its time comes.
    pub(super) fn set_aside(&mut self, now: Timestamp) {
        for observed in self.kept.before.iter_mut().chain(&mut self.kept.readings) {
            if observed.role != Role::Aside && is_ahead(observed, now) {
                observed.role = Role::Aside;
                self.is_changed = true;
            }
        }
    }

    /// All of it, with the last readings before.
    pub(super) fn observed(&self) -> impl Iterator<Item = &Observed> {
        self.kept.before.iter().chain(&self.kept.readings)
    }

    /// Adds what the user stated.
    pub(super) fn correct(&mut self, correction: Correction) {
        self.kept.corrections.push(correction);
        self.is_changed = true;
    }

    /// Books a day's bill, in place of the one before.
    pub(super) fn bill(&mut self, bill: Bill) {
        let is_other = |known: &Bill| (known.currency, known.day) != (bill.currency, bill.day);
        self.kept.bills.retain(is_other);
        self.kept.bills.push(bill);
        self.is_changed = true;
    }

    /// What was billed in its month.
    pub(super) fn bills(&self) -> impl Iterator<Item = &Bill> {
        self.kept.bills.iter()
    }

    /// What was declared of its month.
    pub(super) fn corrections(&self) -> impl Iterator<Item = &Correction> {
        self.kept.corrections.iter()
    }

    /// Whether some of its readings were damaged.
    pub(super) fn is_part_lost(&self) -> bool {
        self.kept.is_part_lost
    }

    /// What has to be written of it.
    pub(super) fn save(&self, values: &mut Values) {
        if !self.is_changed {
            return;
        }
        let key = key(&self.account, self.month);
        if let Some(damaged) = &self.damaged {
            values.set(damaged_key(&key), Some(damaged.clone()));
        }
        values.set(key, serde_json::to_string(&self.kept).ok());
    }
}

/// The last observation of each book, each once, in order.
pub(super) fn latest<'a>(observed: impl Iterator<Item = &'a Observed>) -> Vec<Observed> {
    let (mut seen, mut last): (Vec<Currency>, Vec<Observed>) = (Vec::new(), Vec::new());
    for observed in in_order(observed).into_iter().rev() {
        let told = observed.readings.iter().map(Reading::currency);
        let unseen: Vec<_> = told.filter(|currency| !seen.contains(currency)).collect();
        if !unseen.is_empty() {
            seen.extend(unseen);
            last.push(observed.clone());
        }
    }
    last.reverse();
    last
}

fn months(account: &Account, now: Timestamp) -> impl Iterator<Item = Month> {
    [now.month().previous(), now.month()].into_iter().filter(|month| account.months.contains(month))
}

fn key(AccountId(id): &AccountId, month: Month) -> String {
    format!("readings.{id}.{month}")
}

fn damaged_key(key: &str) -> String {
    format!("damaged.{key}")
}
