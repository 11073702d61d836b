//! Unites an account's data from another computer with the data here (rule L19).

use crate::books::ledger::is_past;
use crate::books::reading::{AccountId, Observation, Role};
use crate::money::Currency;
use crate::order::in_order;
use crate::store::merge::by_time;
use crate::store::month_totals::MonthTotals;
use crate::store::shard::{Shard, latest};
use crate::store::state::State;
use crate::store::sync::item::Item;
use crate::time::{Month, Timestamp};

impl State {
    /// Adds an item's data that is unknown here, and updates the settled days.
    pub(super) fn unite(&mut self, id: &AccountId, item: &Item, now: Timestamp) {
        self.unite_readings(id, item, now);
        // A statement is about readings, so it follows them; an undoing statement follows the one it undoes.
        for correction in in_order(item.corrections.iter().cloned(), |one, other| one.at.cmp(&other.at)) {
            if is_past(correction.at, now) && !self.corrections_of(id).contains(&correction.id) {
                // Thinned days stay as they were settled.
                let _ = self.add_correction(id, correction, now);
            }
        }
        if let Some(totals) = &item.totals {
            self.unite_totals(id, totals);
        }
        self.unite_files(id, &item.files, &item.undone, now);
    }

    /// Adds the totals of months that are not stored here.
    fn unite_totals(&mut self, id: &AccountId, text: &str) {
        let Some(state) = self.accounts.get_mut(id) else { return };
        let Some(first) = state.account.months.iter().min().copied() else { return };
        // A new account has no totals yet.
        state.totals.get_or_insert_with(|| MonthTotals::begin(id.clone())).add_before(first, text);
    }

    fn corrections_of(&self, id: &AccountId) -> Vec<String> {
        let of_account = self.account(id).into_iter().flat_map(|account| &account.corrections);
        let of_shards = self.shards(id).flat_map(Shard::corrections);
        of_account.chain(of_shards).map(|correction| correction.id.clone()).collect()
    }

    fn unite_readings(&mut self, id: &AccountId, item: &Item, now: Timestamp) {
        let Some(account) = self.account(id) else { return };
        let (thinned, repeated) = (account.thinned(), account.repeated());
        let known = by_time(self.shards(id).flat_map(Shard::every_reading));
        let is_known = |at: Timestamp| known.binary_search_by(|known| known.at.cmp(&at)).is_ok();
        let mut new = item.readings();
        new.retain(|observed| {
            is_past(observed.at, now) && observed.at.day() >= thinned && !is_known(observed.at)
        });
        let Some(first) = new.first().map(|observed| observed.at) else { return };
        // A repeated value becomes a stored reading if a newer reading exists.
        let is_newer = |again: &Observation| new.iter().any(|observed| observed.at > again.at);
        let again = repeated.filter(is_newer);
        if again.is_some()
            && let Some(account) = self.account_mut(id)
        {
            account.pulse.repeated_at = None;
        }
        let first = again.as_ref().map_or(first, |again| first.min(again.at));
        let mut currencies: Vec<Currency> = Vec::new();
        for reading in new.iter().flat_map(|observed| &observed.readings) {
            if !currencies.contains(&reading.currency()) {
                currencies.push(reading.currency());
                // From the start of the window that the first new reading divides.
                self.settle_anew(id, reading.currency(), first.day(), first);
            }
        }
        let mut readings = by_time(known.into_iter().chain(new.iter().cloned()).chain(again));
        self.follow_on(id, item, &mut readings);
        self.set_readings(id, &readings, first.month());
        if let Some(account) = self.account_mut(id) {
            for observed in &new {
                for reading in &observed.readings {
                    account.begin_book(reading.currency(), observed.at);
                }
            }
            account.last = latest(account.last.iter().chain(&readings));
            let newest = new.iter().map(|observed| observed.at).max();
            account.pulse.read_at = account.pulse.read_at.max(newest);
        }
        self.show(id, now);
        self.settle_account(id, now);
    }

    /// A baseline on one computer becomes a following reading if the other computer has earlier ones.
    fn follow_on(&self, id: &AccountId, item: &Item, readings: &mut [Observation]) {
        let since = self.account(id).into_iter().flat_map(|account| &account.since);
        let begun: Vec<Timestamp> = since.chain(&item.since).map(|(_, since)| *since).collect();
        let first = readings.iter().find(|observed| observed.role != Role::Aside).map(|observed| observed.at);
        for observed in readings {
            if observed.role == Role::Baseline && begun.contains(&observed.at) && first < Some(observed.at) {
                observed.role = Role::Follows;
            }
        }
    }

    /// Stores readings in the shards of their months, from one month on.
    fn set_readings(&mut self, id: &AccountId, readings: &[Observation], from: Month) {
        let mut months: Vec<Month> = self.shards(id).map(|shard| shard.month).collect();
        for month in readings.iter().map(|observed| observed.at.month()) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
        let mut before: Vec<Observation> = Vec::new();
        for month in in_order(months, Month::cmp) {
            let Some(shard) = self.shard_mut(id, month) else { continue };
            let read: Vec<Observation> =
                readings.iter().filter(|observed| observed.at.month() == month).cloned().collect();
            let opening = latest(shard.readings_before().iter().chain(&before));
            if month >= from {
                shard.set_readings(&read, opening.clone());
            }
            before = latest(opening.iter().chain(&read));
        }
        if let Some(account) = self.account_mut(id) {
            account.months = in_order(account.months.drain(..), Month::cmp);
        }
    }
}
