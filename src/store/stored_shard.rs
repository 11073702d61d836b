//! The stored form of a shard.
//!
//! Knows the names and the order of its fields. Does not know which part of it is needed when.
//!
//! ```text
//!   {"before":   [the last readings before the month, as JSON],
//!    "days":     [[1, "readings of the first"], [2, "..."]],
//!    "settled":  [["USD", "settled days"]],
//!    "files":    [["imports", a bill from files]],
//!    "corrections": [for thinned days], "is_part_lost": true}
//!    "corrections": [of days that are thinned], "is_part_lost": true}
//! ```

use serde::{Deserialize, Serialize, Serializer};

use crate::books::bill::Bill;
use crate::books::correction::Correction;
use crate::books::reading::{Observation, parse_day, write_next};
use crate::money::Currency;
use crate::store::imported_bills::ImportedBill;
use crate::store::month_bill::MonthBill;
use crate::store::settled_days;
use crate::time::{Day, Month};

/// The stored fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StoredShard {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) before: Vec<Observation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) days: Vec<StoredDay>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) settled: Vec<(Currency, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bills: Vec<Bill>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) billed: Vec<MonthBill>,
    /// The bills from files, in order of import.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) files: Vec<ImportedBill>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) corrections: Vec<Correction>,
    /// Whether some readings of this month were damaged, so that its spend is a floor.
    #[serde(skip_serializing_if = "is_whole")]
    pub(super) is_part_lost: bool,
    /// Readings in the form of version 1: they become texts when the shard is written again.
    #[serde(skip_serializing)]
    pub(super) readings: Vec<Observation>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_whole(is_part_lost: &bool) -> bool {
    !is_part_lost
}

/// A day's readings, `[number, text]` in storage.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "(u32, String)")]
pub(super) struct StoredDay {
    pub(super) number: u32,
    pub(super) text: String,
    /// Its parsed readings, if they were asked for.
    pub(super) observed: Option<Vec<Observation>>,
    is_changed: bool,
}

/// Compares the stored fields.
impl PartialEq for StoredDay {
    fn eq(&self, other: &StoredDay) -> bool {
        (self.number, &self.text) == (other.number, &other.text)
    }
}

impl From<(u32, String)> for StoredDay {
    fn from((number, text): (u32, String)) -> StoredDay {
        StoredDay { number, text, observed: None, is_changed: false }
    }
}

impl Serialize for StoredDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.number, &self.text).serialize(to)
    }
}

impl StoredDay {
    /// Writes its text again.
    pub(super) fn rewrite(&mut self, day: Day) {
        self.text.clear();
        self.is_changed = true;
        let mut before = None;
        for observed in self.observed.iter().flatten() {
            write_next(&mut self.text, day, before, observed);
            before = Some(observed);
        }
    }
}

impl StoredShard {
    /// Adds a reading to its day.
    pub(super) fn insert(&mut self, observed: Observation) {
        let day = observed.at.day();
        let place = self.days.partition_point(|kept| kept.number < day.number());
        if self.days.get(place).is_none_or(|kept| kept.number != day.number()) {
            let new = StoredDay::from((day.number(), String::new()));
            self.days.insert(place, StoredDay { observed: Some(Vec::new()), ..new });
        }
        let Some(kept) = self.days.get_mut(place) else { return };
        let known = kept.observed.get_or_insert_with(|| parse_day(day, &kept.text).unwrap_or_default());
        let place = known.partition_point(|other| other.at <= observed.at);
        if place == known.len() {
            write_next(&mut kept.text, day, known.last(), &observed);
            known.push(observed);
            kept.is_changed = true;
        } else {
            // A clock that ran ahead wrote readings before.
            known.insert(place, observed);
            kept.rewrite(day);
        }
    }

    /// Whether it equals this text, and each changed day reads back as intended.
    pub(super) fn is_read_from(&self, text: &str, month: Month) -> bool {
        let reads = |kept: &StoredDay| {
            !kept.is_changed || parse_day(month.day(kept.number), &kept.text).ok() == kept.observed
        };
        serde_json::from_str(text).is_ok_and(|read: StoredShard| read == *self)
            && self.days.iter().all(reads)
            && self
                .settled
                .iter()
                .all(|(currency, days)| settled_days::read(month, *currency, days).is_some())
            && self.billed.iter().all(|billed| billed.days(month).is_some())
    }

    /// Moves its readings from the form of version 1 into the days.
    pub(super) fn renew(&mut self) {
        for observed in core::mem::take(&mut self.readings) {
            self.insert(observed);
        }
    }

    /// Whether it holds nothing that could be lost.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty() && self.settled.is_empty() && self.billed.is_empty()
    }
}
