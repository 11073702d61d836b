//! The use in peak hours from exports: which of it counts.
//!
//! Knows that a later import replaces the days of an earlier one, or is added to them, like its bills. Does not know prices.

pub(super) mod record;

use crate::books::bill::Overlap;
use crate::books::peak::PeakUse;
use crate::order::in_order;
use crate::store::account::Account;
use crate::store::peak_use::record::ImportedPeakUse;
use crate::time::DAY;

/// The time for which a day's use is kept: about three months.
const KEPT_FOR: u64 = 92 * DAY;

impl Account {
    /// Adds the use in peak hours from the last import, and keeps about three months before its last day.
    pub fn learn_peak_use(&mut self, uses: &[PeakUse], overlap: Overlap) {
        let Some(import) = self.imports.last().map(|import| import.number) else { return };
        self.peak.extend(uses.iter().map(|used| ImportedPeakUse { import, overlap, used: *used }));
        let last = self.peak.iter().map(|known| known.used.day).max();
        self.peak.retain(|known| {
            last.is_none_or(|last| last.span().from.since(known.used.day.span().from) < KEPT_FOR)
        });
    }

    /// The use of each day from the imports in effect, in order of currency and day.
    pub fn peak_use(&self) -> Vec<PeakUse> {
        let mut days: Vec<PeakUse> = Vec::new();
        for import in self.imports.iter().filter(|import| import.undone.is_none()) {
            let of_import = self.peak.iter().filter(|known| known.import == import.number);
            for ImportedPeakUse { used, overlap, .. } in of_import {
                match days.iter_mut().find(|known| known.is_same_day(used)) {
                    Some(known) if *overlap == Overlap::Add => known.add(used),
                    Some(known) => *known = *used,
                    None => days.push(*used),
                }
            }
        }
        in_order(days, |one, other| (one.currency, one.day).cmp(&(other.currency, other.day)))
    }

    /// Adds the use from another state's imports, under their numbers here. Days with known use here stay.
    pub(super) fn adopt_peak_use(&mut self, other: &Account, numbers: &[(u32, u32)]) {
        let here = self.peak_use();
        let is_known = |used: &PeakUse| here.iter().any(|known| known.is_same_day(used));
        let is_new = |known: &&ImportedPeakUse| known.overlap == Overlap::Add || !is_known(&known.used);
        for known in other.peak.iter().filter(is_new) {
            let number = numbers.iter().find(|(there, _)| *there == known.import).map(|(_, here)| *here);
            self.peak.extend(number.map(|import| ImportedPeakUse { import, ..known.clone() }));
        }
    }
}
