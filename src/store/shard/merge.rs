//! Merges a shard with that of a backup: bills by day, files by import. Readings and settled days are merged across months by
//! the caller.

use crate::books::correction::Correction;
use crate::books::ledger::SettledDay;
use crate::books::reading::{AccountId, Observation, parse_day};
use crate::money::Currency;
use crate::store::imported_bills::{self, day_of};
use crate::store::month_bill::MonthBill;
use crate::store::settled_days;
use crate::store::shard::Shard;
use crate::store::stored_shard::StoredDay;

impl Shard {
    /// Its stored text, whether it has changed or not.
    pub(in crate::store) fn text(&self) -> Option<String> {
        serde_json::to_string(&self.kept).ok()
    }

    /// Whether any part of it could not be read.
    pub(in crate::store) fn is_damaged(&self) -> bool {
        // A shard that is listed but missing is lost too.
        self.damaged.is_some()
    }

    /// Moves it to an account without a shard of this month, so that it is written.
    pub(in crate::store) fn move_to(&mut self, account: &AccountId) {
        self.account = account.clone();
        self.is_changed = true;
    }

    /// Every stored reading, in order, including those of days that are not shown.
    pub(in crate::store) fn every_reading(&self) -> Vec<Observation> {
        let read = |kept: &StoredDay| match &kept.observed {
            Some(observed) => Some(observed.clone()),
            None => parse_day(self.month.day(kept.number), &kept.text).ok(),
        };
        self.kept.days.iter().filter_map(read).flatten().collect()
    }

    /// The last readings before the month.
    pub(in crate::store) fn readings_before(&self) -> &[Observation] {
        &self.kept.before
    }

    /// Replaces its readings, and the last ones before them. It must be shown again.
    pub(in crate::store) fn set_readings(&mut self, readings: &[Observation], before: Vec<Observation>) {
        if self.every_reading() != readings {
            self.kept.days.clear();
            readings.iter().cloned().for_each(|observed| self.kept.insert(observed));
            self.is_changed = true;
        }
        if self.kept.before != before {
            self.kept.before = before;
            self.is_changed = true;
        }
    }

    /// Every settled day, including those that replace no readings.
    pub(in crate::store) fn every_settled(&self) -> Vec<SettledDay> {
        let read = |(currency, text): &(Currency, String)| settled_days::read(self.month, *currency, text);
        self.kept.settled.iter().filter_map(read).flatten().collect()
    }

    /// Replaces its settled days by these, in their order. It must be shown again.
    pub(in crate::store) fn set_settled(&mut self, days: &[SettledDay]) {
        let mut currencies: Vec<Currency> = self.kept.settled.iter().map(|(currency, _)| *currency).collect();
        for settled in days {
            if !currencies.contains(&settled.currency) {
                currencies.push(settled.currency);
            }
        }
        let text = |currency: Currency| {
            let of_book = days.iter().filter(|settled| settled.currency == currency);
            (currency, settled_days::write(of_book))
        };
        let settled = currencies.into_iter().map(text).filter(|(_, text)| !text.is_empty());
        let settled: Vec<_> = settled.collect();
        if self.kept.settled != settled {
            self.kept.settled = settled;
            self.is_changed = true;
        }
    }

    /// Adds the bills of days without one, and the bills of files; `number` maps an import to its number here, or to `None` if
    /// it is known. It must be shown again.
    pub(in crate::store) fn merge_bills(&mut self, other: &Shard, number: impl Fn(u32) -> Option<u32>) {
        let merged = |billed: &MonthBill| billed.days(self.month).unwrap_or_default();
        let merged: Vec<_> = self.kept.billed.iter().flat_map(merged).collect();
        let known: Vec<_> = self.kept.bills.iter().chain(&merged).map(day_of).collect();
        let is_new = |day: &(Currency, _)| !known.contains(day);
        for billed in &other.kept.billed {
            let has_days = self.kept.bills.iter().any(|bill| bill.currency == billed.currency);
            let place = self.kept.billed.iter().position(|known| known.currency == billed.currency);
            match place.and_then(|place| self.kept.billed.get_mut(place)) {
                // The merged lines belong to all days of the month, so the month with more days wins.
                Some(known) if known.count() < billed.count() => *known = billed.clone(),
                Some(_) => continue,
                None if has_days => continue,
                None => self.kept.billed.push(billed.clone()),
            }
            self.is_changed = true;
        }
        let billed: Vec<_> = other.kept.bills.iter().filter(|bill| is_new(&day_of(bill))).cloned().collect();
        self.is_changed |= !billed.is_empty();
        self.kept.bills.extend(billed);
        self.is_changed |= imported_bills::merge(&mut self.kept.files, &other.kept.files, number);
    }

    /// Whether it was created for the merge, and holds nothing of its own.
    pub(in crate::store) fn is_new(&self) -> bool {
        self.kept.is_empty() && self.kept.bills.is_empty() && self.kept.files.is_empty()
    }

    /// Takes over that some of the month's readings were lost in the other.
    pub(in crate::store) fn take_loss(&mut self, other: &Shard) {
        self.kept.is_part_lost |= other.kept.is_part_lost;
    }

    /// Adds the corrections of thinned days.
    pub(in crate::store) fn correct_all(&mut self, corrections: impl Iterator<Item = Correction>) {
        corrections.for_each(|correction| self.correct(correction));
    }
}
