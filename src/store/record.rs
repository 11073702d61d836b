//! What a refresh adds to the state.

use crate::books::bill::Bill;
use crate::books::ledger::{is_ahead, is_past};
use crate::books::reading::{AccountId, Counter, Observation, Reading};
use crate::money::{Amount, Money};
use crate::store::accounts::AccountState;
use crate::store::load_scope::months_of;
use crate::store::shard::latest;
use crate::store::{Source, State};
use crate::time::{Span, Timestamp, in_order};

impl State {
    /// Keeps what an account told. What a clock that ran ahead has left is set aside for good first (rule L8). Bills are
    /// booked in place of those of their days before, and no reading is kept of them.
    ///
    /// An account with a key that reports the same again on the same day adds no reading: its last one is stored once
    /// more, at the time of its last report, before anything else is. So no window becomes longer than a day, and every
    /// day keeps its figure.
    ///
    /// `false`, and nothing is kept, when it is not later than the last reading, or bills a month that is not looked at.
    pub fn observe(&mut self, id: &AccountId, observed: Observation) -> bool {
        let Observation { at: now, role, readings } = observed;
        let (mut bills, mut limits, mut others) = (Vec::<Bill>::new(), Vec::new(), Vec::new());
        let mut byok: Option<Money> = None;
        for reading in readings {
            match reading {
                Reading::Bill(bill) => bills.push(bill),
                Reading::Limit(limit) => limits.push(limit),
                Reading::Byok(money) => {
                    byok = money.plus(byok.unwrap_or(Money { amount: Amount::ZERO, ..money }));
                }
                Reading::Balance(_) | Reading::Counter(_) => others.push(reading),
            }
        }
        let byok = byok.map(|money| (now.month(), money));
        self.set_aside(id, now, now);
        let Some(state) = self.accounts.get(id) else { return false };
        let last = state.last_reading().max(state.account.repeated_at);
        if last.is_some_and(|last| last >= now) || !self.bill(id, bills, now) {
            return false;
        }
        if let Some(account) = self.account_mut(id) {
            account.limit = limits.pop();
            account.byok = byok;
        }
        if !others.is_empty() {
            let observed = Observation { at: now, role, readings: others };
            match self.account_mut(id).filter(|account| account.is_repeated_by(&observed)) {
                Some(account) => account.repeated_at = Some(now),
                None => self.keep(id, observed),
            }
        }
        if let Some(state) = self.accounts.get_mut(id) {
            state.repeat();
        }
        true
    }

    /// Stores a reading, after the one before it as it was last reported again.
    fn keep(&mut self, id: &AccountId, observed: Observation) {
        let Some(account) = self.account_mut(id) else { return };
        let repeated = account.repeated();
        account.repeated_at = None;
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
            // Only the first reading of a counter tells of the month before it (rule L9).
            let since = if is_of_month && is_first { now.month().span().from } else { now };
            account.begin_book(reading.currency(), since);
        }
        if let Some(shard) = self.shard_mut(id, now.month()) {
            shard.push(observed, &before);
        }
    }

    /// Sets aside what lies ahead of `now`. It keeps its place in the order of commits: what it told is kept again just
    /// before the `next` reading (rule L8).
    pub(super) fn set_aside(&mut self, id: &AccountId, now: Timestamp, next: Timestamp) {
        let shards = self.shards_mut(id);
        let marked: Vec<Observation> = shards.flat_map(|shard| shard.set_aside(now)).collect();
        if let Some(account) = self.account_mut(id) {
            account.repeated_at.take_if(|at| !is_past(*at, now));
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

    /// When the last reading was taken that does not lie ahead.
    pub(super) fn last_true(&self, id: &AccountId, now: Timestamp) -> Option<Timestamp> {
        let known = self.accounts.get(id).into_iter().flat_map(AccountState::readings);
        known.filter(|observed| !is_ahead(observed, now)).map(|observed| observed.at).max()
    }

    /// Goes back to what is known without what was marked.
    fn go_back(&mut self, id: &AccountId, now: Timestamp) {
        let Some(state) = self.accounts.get_mut(id) else { return };
        if !state.account.last.iter().any(|last| is_ahead(last, now)) {
            return;
        }
        let last = latest(state.readings().filter(|observed| !is_ahead(observed, now)));
        let account = &mut state.account;
        account.last = last;
        account.since.retain(|(_, since)| *since <= now);
        // What was settled up to a reading that lies ahead is to be settled anew.
        let settled = core::mem::take(&mut account.upkeep.settled);
        for (currency, until) in settled {
            if let Some(last) = account.last_day(currency) {
                account.set_settled_until(currency, until.min(last));
            }
        }
        self.show(id, now);
    }

    /// Books what an account was billed, in place of all that was billed for those days before (rules L10 and L11).
    ///
    /// `false`, and nothing is booked, where a month of them is not looked at: see [`crate::store::LoadScope::of_bills`].
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
                account.read_at = account.read_at.max(end);
            }
            account.upkeep.summed = account.upkeep.summed.into_iter().chain(lately).min();
        }
        if !past.is_empty() {
            self.sum_up(id, &past, now);
        }
        true
    }
}
