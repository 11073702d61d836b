//! The accounts of a state, each with the part of its history that an operation loads.

use std::collections::BTreeSet;

use crate::books::ledger::{AccountHistory, SettledDay, is_ahead};
use crate::books::reading::{AccountId, Observation, Reading};
use crate::books::statement::COMPARED;
use crate::host::Values;
use crate::money::Currency;
use crate::order::in_order;
use crate::store::account::{Account, Source, book_of};
use crate::store::load_scope::{Hours, LoadScope, LoadView};
use crate::store::month_totals::MonthTotals;
use crate::store::shard::{Shard, latest};
use crate::time::{Day, Month, Timestamp};

/// One account with its history.
#[derive(Clone, Debug)]
pub(super) struct AccountState {
    pub(super) account: Account,
    /// The loaded months.
    pub(super) shards: Vec<Shard>,
    /// The totals of its months; `None` if they are not loaded.
    pub(super) totals: Option<MonthTotals>,
    /// Whether its history is not loaded, because its figures are known.
    pub(super) is_skipped: bool,
    /// Its last reading, at the time when it was last reported again.
    repeated: Option<Observation>,
}

impl AccountState {
    pub(super) fn new(account: Account) -> AccountState {
        AccountState { account, shards: Vec::new(), totals: None, is_skipped: false, repeated: None }
    }

    /// Loads its history as far back as an operation needs, and adds missing keys to `needed`.
    pub(super) fn load(
        &mut self,
        stored: &Values,
        now: Timestamp,
        reach: &LoadScope,
        hours: Hours,
        needed: &mut Vec<String>,
    ) {
        let AccountState { account, shards, totals, .. } = self;
        let is_summed_up = reach.needs_totals(&account.id, now);
        *totals = if is_summed_up { MonthTotals::load(&account.id, stored) } else { None };
        if is_summed_up && totals.is_none() {
            needed.push(MonthTotals::key(&account.id));
        }
        for month in reach.months(account, now, totals.as_ref()) {
            let key = Shard::key(&account.id, month);
            match stored.get(&key) {
                None => needed.push(key),
                // Nothing is parsed twice: if keys are missing, the whole load is repeated.
                Some(_) if !needed.is_empty() => {}
                Some(text) => shards.push(Shard::load(account, month, text)),
            }
        }
        if needed.is_empty() {
            // The second copy lacks the last readings, and they decide which days are read.
            if account.last.is_empty() {
                account.last = last_stored(shards);
            }
            let view = reach.view(account, now, hours);
            self.show(&view);
        }
    }

    /// Loads damaged texts that were kept before, and adds missing keys to `needed`.
    pub(super) fn recall_damaged(&mut self, stored: &Values, needed: &mut Vec<String>) {
        needed.extend(self.shards.iter_mut().filter_map(|shard| shard.recall_damaged(stored)));
        needed.extend(self.totals.iter_mut().filter_map(|totals| totals.recall_damaged(stored)));
    }

    /// Completes a load: an account without a pulse is known up to its last reading.
    pub(super) fn complete(&mut self) {
        let account = &mut self.account;
        if account.pulse.read_at.is_none() {
            account.pulse.read_at = account.known_until();
        }
        self.repeat();
    }

    /// Updates the repeated reading after a change of the last reading or of its latest report.
    pub(super) fn repeat(&mut self) {
        self.repeated = self.account.repeated();
    }

    /// The input of its ledger, as far as it is loaded.
    pub(super) fn history(&self) -> AccountHistory<'_> {
        let AccountState { account, shards, .. } = self;
        // Of two readings at the same time the first one wins, and an opening holds less than the reading it was made from.
        let openings = shards.iter().flat_map(Shard::opening).chain(&account.last);
        let observed = shards.iter().flat_map(Shard::observed).chain(openings).chain(&self.repeated);
        AccountHistory {
            observed: observed.collect(),
            bills: shards.iter().flat_map(Shard::bills).collect(),
            month_lines: shards.iter().flat_map(Shard::month_lines).collect(),
            settled: shards.iter().flat_map(Shard::settled).collect(),
            corrections: account
                .corrections
                .iter()
                .chain(shards.iter().flat_map(Shard::corrections))
                .collect(),
            habits: &account.habits,
            draw_order: account.draw_order(),
            restarts_monthly: account.card().is_some_and(|card| card.terms.restarts_monthly),
            is_billed: account.is_billed(),
            is_typed: matches!(account.source, Source::Bill(_)),
        }
    }

    /// The loaded readings, including those that open a book, in no order.
    pub(super) fn readings(&self) -> impl Iterator<Item = &Observation> {
        self.shards.iter().flat_map(|shard| shard.opening().chain(shard.observed())).chain(&self.account.last)
    }

    /// The loaded months with readings that were damaged in storage.
    pub(super) fn lost_months(&self) -> Vec<Month> {
        self.shards.iter().filter(|shard| shard.is_part_lost()).map(|shard| shard.month).collect()
    }

    /// Whether the shard of a month is loaded, or does not exist yet.
    pub(super) fn is_at_hand(&self, month: Month) -> bool {
        !self.account.months.contains(&month) || self.shards.iter().any(|shard| shard.month == month)
    }

    /// The shard of a month, or a new one if it does not exist yet. `None` if it exists and is not loaded.
    pub(super) fn shard_mut(&mut self, month: Month) -> Option<&mut Shard> {
        if !self.is_at_hand(month) {
            return None;
        }
        if !self.account.months.contains(&month) {
            self.account.months.push(month);
            self.shards.push(Shard::begin(self.account.id.clone(), month));
        }
        self.shards.iter_mut().find(|shard| shard.month == month)
    }

    /// Reads the days of its shards that the view needs.
    pub(super) fn show(&mut self, view: &LoadView) {
        let mut whole: BTreeSet<(Day, Currency)> = BTreeSet::new();
        for shard in &mut self.shards {
            let settled = shard.read_settled();
            let stands = |settled: &&SettledDay| settled.whole.is_some() && view.may_stand(settled.day);
            whole.extend(settled.iter().filter(stands).map(|settled| (settled.day, settled.currency)));
        }
        whole.retain(|(day, currency)| view.has_settled(*currency, *day));
        let until = self.read_back(view);
        let stands = |day: Day| {
            day < until
                && view.may_stand(day)
                && view.books_on(day).all(|currency| whole.contains(&(day, currency)))
        };
        // The window that ends a read day ends on the next day.
        let is_read = |day: Day| view.reads(day) && (!stands(day) || !stands(day.span().from.minus(1).day()));
        for shard in &mut self.shards {
            shard.show(view, is_read, stands);
        }
        self.repeat();
    }

    /// Reads days from the last one back until there are enough values to find a duplicate account (rule L12); of several
    /// books, the one with the most changes decides. Returns the first of these days.
    fn read_back(&mut self, view: &LoadView) -> Day {
        let (mut values, mut until) = (LastValues::default(), view.whole_until);
        if view.whole_until <= view.read_from || self.account.is_ended() {
            return until;
        }
        let shards = in_order(self.shards.iter_mut(), |one, other| other.month.cmp(&one.month));
        for shard in shards {
            for (day, observed) in shard.days_back(view.read_from) {
                until = until.min(day);
                values.add(observed, view.now);
                if values.are_enough() {
                    return until;
                }
            }
        }
        view.read_from
    }

    /// The time of the last reading that is not known to come from a wrong clock.
    pub(super) fn last_reading(&self) -> Option<Timestamp> {
        self.account.last.iter().map(|last| last.at).max()
    }
}

/// The last stored readings of each book, without those of a wrong clock.
fn last_stored(shards: &mut [Shard]) -> Vec<Observation> {
    shards.iter_mut().for_each(|shard| shard.days_back(Day::FIRST).for_each(drop));
    let last: Vec<Observation> = shards.iter().flat_map(|shard| shard.last(&[])).collect();
    latest(last.iter())
}

/// The number of successive values of each book, from the newest back.
#[derive(Default)]
struct LastValues(Vec<(Reading, usize)>);

impl LastValues {
    /// Counts a day's readings, from the newest back.
    fn add(&mut self, observed: &[Observation], now: Timestamp) {
        for observed in observed.iter().rev().filter(|observed| !is_ahead(observed, now)) {
            for reading in &observed.readings {
                match self.0.iter_mut().find(|(known, _)| book_of(known) == book_of(reading)) {
                    Some((known, _)) if known == reading => {}
                    Some((known, count)) => (*known, *count) = (reading.clone(), *count + 1),
                    None => self.0.push((reading.clone(), 1)),
                }
            }
        }
    }

    fn are_enough(&self) -> bool {
        self.0.iter().any(|(_, count)| *count > COMPARED)
    }
}

/// A direction in the list of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the first account.
    Up,
    /// Towards the last account.
    Down,
}

/// The accounts in the user's order: by the time of connection, until one is moved.
#[derive(Clone, Debug, Default)]
pub struct Accounts(pub(super) Vec<AccountState>);

impl Accounts {
    /// All accounts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.0.iter().map(|state| &state.account)
    }

    /// All accounts, mutable.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Account> {
        self.0.iter_mut().map(|state| &mut state.account)
    }

    /// Adds a new account.
    pub fn push(&mut self, account: Account) {
        self.0.push(AccountState::new(account));
    }

    /// Moves an active account past the next active one. Returns its new position, from 1, and the number of active accounts.
    /// `None` if there is no such account.
    pub fn shift(&mut self, id: &AccountId, direction: Direction) -> Option<(usize, usize)> {
        let is_current = |state: &AccountState| !state.account.is_ended();
        let places = self.0.iter().enumerate().filter(|(_, state)| is_current(state)).map(|(place, _)| place);
        let places: Vec<usize> = places.collect();
        let is_it = |place: &usize| self.0.get(*place).is_some_and(|state| state.account.id == *id);
        let from = places.iter().position(is_it)?;
        let to = match direction {
            Direction::Up => from.saturating_sub(1),
            Direction::Down => (from + 1).min(places.len() - 1),
        };
        self.0.swap(*places.get(from)?, *places.get(to)?);
        Some((to + 1, places.len()))
    }

    /// Whether there are no accounts.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of accounts.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, id: &AccountId) -> Option<&AccountState> {
        self.0.iter().find(|state| state.account.id == *id)
    }

    pub(super) fn get_mut(&mut self, id: &AccountId) -> Option<&mut AccountState> {
        self.0.iter_mut().find(|state| state.account.id == *id)
    }
}

impl FromIterator<Account> for Accounts {
    fn from_iter<T: IntoIterator<Item = Account>>(accounts: T) -> Accounts {
        Accounts(accounts.into_iter().map(AccountState::new).collect())
    }
}
