//! Adds the results of a refresh to the state.

use crate::books::bill::Bill;
use crate::books::ledger::{is_ahead, is_past};
use crate::books::reading::{AccountId, Counter, Observation, Reading, Role};
use crate::order::in_order;
use crate::provider::Report;
use crate::store::accounts::AccountState;
use crate::store::load_scope::months_of;
use crate::store::shard::{Shard, latest};
use crate::store::{Source, State};
use crate::time::{Span, Timestamp};

impl State {
    /// Records a provider's report of that time. Its bills replace the earlier ones of their days.
    ///
    /// An account with a key that repeats its last report on the same day adds no reading: before the next reading is stored,
    /// its last one is stored once more, at the time of its last report. So no window becomes longer than a day, and every day
    /// keeps its figure.
    ///
    /// Returns `false` and records nothing if the account is gone, if the report is not later than the account's last reading,
    /// or if a month of its bills is not loaded: see [`crate::store::LoadScope::of_bills`].
    pub fn record(&mut self, id: &AccountId, at: Timestamp, role: Role, report: Report) -> bool {
        let Report { readings, bills, limit, byok, scope: _, at: _ } = report;
        self.set_aside(id, at, at);
        if !self.is_later_than_known(id, at) || !self.bill(id, bills, at) {
            return false;
        }
        if let Some(account) = self.account_mut(id) {
            account.limit = limit;
            account.byok = byok.map(|money| (at.month(), money));
        }
        self.add(id, Observation { at, role, readings });
        true
    }

    /// Records readings alone, such as a balance that the user typed. The limit and BYOK use stay as they are.
    ///
    /// Returns `false` and records nothing if the account is gone, or if its last reading is not earlier.
    pub fn observe(&mut self, id: &AccountId, observed: Observation) -> bool {
        self.set_aside(id, observed.at, observed.at);
        let is_later = self.is_later_than_known(id, observed.at);
        if is_later {
            self.add(id, observed);
        }
        is_later
    }

    /// Whether the account exists, and its last reading of every book is earlier.
    fn is_later_than_known(&self, id: &AccountId, at: Timestamp) -> bool {
        let last = |state: &AccountState| state.last_reading().max(state.account.pulse.repeated_at);
        self.accounts.get(id).is_some_and(|state| last(state).is_none_or(|last| last < at))
    }

    /// Adds the readings, if there are any and they do not only repeat the last ones.
    fn add(&mut self, id: &AccountId, observed: Observation) {
        if !observed.readings.is_empty() {
            match self.account_mut(id).filter(|account| account.is_repeated_by(&observed)) {
                Some(account) => account.pulse.repeated_at = Some(observed.at),
                None => self.keep(id, observed),
            }
        }
        if let Some(state) = self.accounts.get_mut(id) {
            state.repeat();
        }
    }

    /// Stores a reading, after the repeated reading before it, if there is one.
    fn keep(&mut self, id: &AccountId, observed: Observation) {
        let Some(account) = self.account_mut(id) else { return };
        let repeated = account.repeated();
        account.pulse.repeated_at = None;
        for observed in repeated.into_iter().chain([observed]) {
            self.store(id, observed);
        }
    }

    fn store(&mut self, id: &AccountId, observed: Observation) {
        let now = observed.at;
        let Some(account) = self.account_mut(id) else { return };
        let before = account.last.clone();
        account.last = latest(before.iter().chain([&observed]));
        for reading in &observed.readings {
            let is_of_month = matches!(reading, Reading::Counter(Counter { this_month: Some(_), .. }));
            let is_first = !account.since.iter().any(|(known, _)| *known == reading.currency());
            // Only the first reading of a counter covers the month before it (rule L9).
            let since = if is_of_month && is_first { now.month().span().from } else { now };
            account.begin_book(reading.currency(), since);
        }
        self.shards_mut(id).for_each(Shard::keep_restored);
        if let Some(shard) = self.shard_mut(id, now.month()) {
            shard.push(observed, &before);
        }
    }

    /// Sets aside readings that lie ahead of `now`. They keep their place in the order of commits: they are stored again just
    /// before the `next` reading (rule L8).
    pub(super) fn set_aside(&mut self, id: &AccountId, now: Timestamp, next: Timestamp) {
        let shards = self.shards_mut(id);
        let marked: Vec<Observation> = shards.flat_map(|shard| shard.set_aside(now)).collect();
        if let Some(account) = self.account_mut(id) {
            account.pulse.repeated_at.take_if(|at| !is_past(*at, now));
        }
        self.go_back(id, now);
        let marked = in_order(marked, |one, other| one.at.cmp(&other.at));
        let first = (1..).zip(&marked).last().map_or(next, |(count, _)| next.minus(count));
        for (place, observed) in (0..).zip(marked) {
            let at = first.plus(place);
            let is_later =
                self.accounts.get(id).and_then(AccountState::last_reading).is_none_or(|last| last < at);
            if is_later {
                self.keep(id, Observation { at, ..observed });
            }
        }
    }

    /// The time of the last reading that does not lie ahead.
    pub(super) fn last_true(&self, id: &AccountId, now: Timestamp) -> Option<Timestamp> {
        let known = self.accounts.get(id).into_iter().flat_map(AccountState::readings);
        known.filter(|observed| !is_ahead(observed, now)).map(|observed| observed.at).max()
    }

    /// Restores the account's state without the readings set aside.
    fn go_back(&mut self, id: &AccountId, now: Timestamp) {
        let Some(state) = self.accounts.get_mut(id) else { return };
        if !state.account.last.iter().any(|last| is_ahead(last, now)) {
            return;
        }
        let last = latest(state.readings().filter(|observed| !is_ahead(observed, now)));
        let account = &mut state.account;
        account.last = last;
        account.since.retain(|(_, since)| *since <= now);
        // Days settled up to a reading that lies ahead must be settled again.
        let settled = core::mem::take(&mut account.upkeep.settled);
        for (currency, until) in settled {
            if let Some(last) = account.last_day(currency) {
                account.set_settled_until(currency, until.min(last));
            }
        }
        self.show(id, now);
    }

    /// Books the bills of an account, in place of all earlier bills of their days (rules L10 and L11).
    ///
    /// Returns `false` and books nothing if a month of them is not loaded: see [`crate::store::LoadScope::of_bills`].
    pub fn bill(&mut self, id: &AccountId, bills: Vec<Bill>, now: Timestamp) -> bool {
        let months = months_of(bills.iter());
        let end = bills.iter().map(|bill| bill.day.span().to.min(now)).max();
        if !months.iter().all(|month| self.is_at_hand(id, *month)) {
            return false;
        }
        for bill in bills {
            let Span { from, .. } = bill.day.span();
            if let Some(account) = self.account_mut(id) {
                account.begin_book(bill.currency, from);
            }
            if let Some(shard) = self.shard_mut(id, bill.day.month()) {
                shard.bill(bill);
            }
        }
        let (past, lately) =
            months.into_iter().partition::<Vec<_>, _>(|month| *month < now.month().previous());
        if let Some(account) = self.account_mut(id) {
            if account.source == Source::File {
                account.pulse.read_at = account.pulse.read_at.max(end);
            }
            account.upkeep.summed = account.upkeep.summed.into_iter().chain(lately).min();
        }
        if !past.is_empty() {
            self.sum_up(id, &past, now);
        }
        true
    }
}
