//! Merging a shard with that of a backup: bills by day, files by import. What is merged across months, its readings and its
//! settled days, is handed out and taken back.

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
    /// What is stored of it, to be written whether it has changed or not.
    pub(in crate::store) fn text(&self) -> Option<String> {
        serde_json::to_string(&self.kept).ok()
    }

    /// Whether anything of it could not be read.
    pub(in crate::store) fn is_damaged(&self) -> bool {
        // A shard that is listed and not there is lost too.
        self.damaged.is_some()
    }

    /// Gives it to an account that has no shard of this month, to be written.
    pub(in crate::store) fn move_to(&mut self, account: &AccountId) {
        self.account = account.clone();
        self.is_changed = true;
    }

    /// Every stored reading, in order, those of days included that are not shown.
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

    /// Puts these in place of its readings, and of the last ones before them. It is to be shown again.
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

    /// Every settled day, those included that stand for nothing now.
    pub(in crate::store) fn every_settled(&self) -> Vec<SettledDay> {
        let read = |(currency, text): &(Currency, String)| settled_days::read(self.month, *currency, text);
        self.kept.settled.iter().filter_map(read).flatten().collect()
    }

    /// Puts these, in their order, in place of its settled days. It is to be shown again.
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

    /// Takes the bills of days that it has none of, and what files brought; `number` gives an import the number that it has
    /// here, or none where it is known. It is to be shown again.
    pub(in crate::store) fn merge_bills(&mut self, other: &Shard, number: impl Fn(u32) -> Option<u32>) {
        let merged = |billed: &MonthBill| billed.days(self.month).unwrap_or_default();
        let merged: Vec<_> = self.kept.billed.iter().flat_map(merged).collect();
        let known: Vec<_> = self.kept.bills.iter().chain(&merged).map(day_of).collect();
        let is_new = |day: &(Currency, _)| !known.contains(day);
        for billed in &other.kept.billed {
            let has_days = self.kept.bills.iter().any(|bill| bill.currency == billed.currency);
            let place = self.kept.billed.iter().position(|known| known.currency == billed.currency);
            match place.and_then(|place| self.kept.billed.get_mut(place)) {
                // The lines of a month belong to all of its days, so that of the longer one counts.
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

    /// Whether it was begun for what is merged into it, and holds nothing of its own.
    pub(in crate::store) fn is_new(&self) -> bool {
        self.kept.is_empty() && self.kept.bills.is_empty() && self.kept.files.is_empty()
    }

    /// Takes over that some of the month's readings were lost where they came from.
    pub(in crate::store) fn take_loss(&mut self, other: &Shard) {
        self.kept.is_part_lost |= other.kept.is_part_lost;
    }

    /// Keeps corrections of thinned days that it does not have.
    pub(in crate::store) fn correct_all(&mut self, corrections: impl Iterator<Item = Correction>) {
        corrections.for_each(|correction| self.correct(correction));
    }
}
