//! The form in which a shard rests.
//!
//! Knows the names and the order of what is stored. Does not know which part of it is needed when.
//!
//! ```text
//!   {"before":   [the last readings before the month, as JSON],
//!    "days":     [[1, "readings of the first"], [2, "..."]],
//!    "settled":  [["USD", "settled days"]],
//!    "bills":    [a bill per book and day], "billed": [a bill per book, its lines merged],
//!    "files":    [["imports", a bill that they brought]],
//!    "corrections": [of days that are thinned], "is_part_lost": true}
//! ```

use serde::{Deserialize, Serialize, Serializer};

use crate::bill::Bill;
use crate::correction::Correction;
use crate::money::Currency;
use crate::period::Day;
use crate::reading::{Observed, read_day, write_next};
use crate::state::billed::MonthsBill;
use crate::state::filed::Filed;

/// What rests of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) before: Vec<Observed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) days: Vec<DayKept>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) settled: Vec<(Currency, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) bills: Vec<Bill>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) billed: Vec<MonthsBill>,
    /// What files brought, in the order of their import.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) files: Vec<Filed>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) corrections: Vec<Correction>,
    /// Some readings of this month were damaged, so that its spend is a floor.
    #[serde(skip_serializing_if = "is_whole")]
    pub(super) is_part_lost: bool,
    /// Readings as the first version wrote them: they become texts when the shard is written again.
    #[serde(skip_serializing)]
    pub(super) readings: Vec<Observed>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_whole(is_part_lost: &bool) -> bool {
    !is_part_lost
}

/// A day's readings, `[number, text]` in storage.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "(u32, String)")]
pub(super) struct DayKept {
    pub(super) number: u32,
    pub(super) text: String,
    /// Where they were asked for.
    pub(super) observed: Option<Vec<Observed>>,
}

impl From<(u32, String)> for DayKept {
    fn from((number, text): (u32, String)) -> DayKept {
        DayKept { number, text, observed: None }
    }
}

impl Serialize for DayKept {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.number, &self.text).serialize(to)
    }
}

impl DayKept {
    /// Writes its text anew.
    pub(super) fn rewrite(&mut self, day: Day) {
        self.text.clear();
        let mut before = None;
        for observed in self.observed.iter().flatten() {
            write_next(&mut self.text, day, before, observed);
            before = Some(observed);
        }
    }
}

impl Kept {
    /// Adds a reading to its day.
    pub(super) fn insert(&mut self, observed: Observed) {
        let day = observed.at.day();
        let place = self.days.partition_point(|kept| kept.number < day.number());
        if self.days.get(place).is_none_or(|kept| kept.number != day.number()) {
            let new = DayKept { number: day.number(), text: String::new(), observed: Some(Vec::new()) };
            self.days.insert(place, new);
        }
        let Some(kept) = self.days.get_mut(place) else { return };
        let known = kept.observed.get_or_insert_with(|| read_day(day, &kept.text).unwrap_or_default());
        let place = known.partition_point(|other| other.at <= observed.at);
        if place == known.len() {
            write_next(&mut kept.text, day, known.last(), &observed);
            known.push(observed);
        } else {
            // A clock that ran ahead was here before.
            known.insert(place, observed);
            kept.rewrite(day);
        }
    }

    /// Its readings as the first version wrote them, put among the days.
    pub(super) fn renew(&mut self) {
        core::mem::take(&mut self.readings).into_iter().for_each(|observed| self.insert(observed));
    }

    /// Whether nothing is in it that could be lost.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty() && self.settled.is_empty() && self.billed.is_empty()
    }
}
