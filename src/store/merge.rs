//! Merges an account with the same account of a backup, so that nothing is counted twice.
//!
//! Knows which data wins if both sides have some. Does not know how the same account is found, nor the format of a file.
//!
//! ```text
//!   settled days, thinned on a side   per book: those of the side that began first, then those of the other
//!   readings from there on            both, by time; of two at the same time, the present one
//!   bills                             those of days for which the present account has none
//!   files and corrections             each once; files compared by their content, corrections by id
//!   credit with an end date           each once, by its purchase; of two end dates, the present account's
//!   use in peak hours                 from files: for days without any in the present account
//!   closed months                     as closed here; a missing one is added
//!   clients                           the present ones; a missing one is added
//!   accounts kept by hand             everything from the side that was updated last
//!   invoices, and past forecasts      for months that have none here, even if the account is kept by hand
//! ```
//!
//! Both sides are settled first, so that each day of a side is either settled or has its readings. From the first day whose
//! readings both sides have, days are settled again.

mod records;
mod settled;

use crate::books::correction::Correction;
use crate::books::ledger::{AccountHistory, SettledDay, derive, is_past};
use crate::books::reading::{AccountId, Observation, Role};
use crate::money::Currency;
use crate::order::in_order;
use crate::store::account::{Account, Source};
use crate::store::accounts::AccountState;
use crate::store::imports::Import;
use crate::store::merge::records::merge_records;
use crate::store::merge::settled::merge_settled;
use crate::store::shard::{Shard, latest};
use crate::store::state::State;
use crate::time::{Day, Month, Timestamp};

/// The data of one side, across its months.
struct Side {
    readings: Vec<Observation>,
    settled: Vec<SettledDay>,
    /// The first day with all its readings.
    thinned: Day,
    /// Its first day; `None` if it has no book.
    begins: Option<Day>,
    /// Its last reading, at the time when it was reported again.
    repeated: Option<Observation>,
}

impl Side {
    fn new(state: &AccountState) -> Side {
        let account = &state.account;
        let begins = account.since.iter().map(|(_, since)| since.day()).min();
        let thinned = account.thinned();
        Side {
            readings: by_time(state.shards.iter().flat_map(Shard::every_reading)),
            settled: state.shards.iter().flat_map(Shard::every_settled).collect(),
            thinned: if begins.is_none_or(|begins| begins >= thinned) { Day::FIRST } else { thinned },
            begins,
            repeated: account.repeated(),
        }
    }

    fn begins_before(&self, day: Day) -> bool {
        self.begins.is_some_and(|begins| begins < day)
    }

    /// For each book that ends before a day, settles the last day; then drops the readings before that day.
    fn settle_before(&mut self, cut: Day, account: &Account, history: &AccountHistory<'_>, now: Timestamp) {
        for book in &derive(history, now).books {
            let last = account.last_day(book.currency).filter(|last| *last < cut);
            let is_known =
                |settled: &SettledDay, last| settled.day == last && settled.currency == book.currency;
            if let Some(last) = last
                && !self.settled.iter().any(|settled| is_known(settled, last))
            {
                self.settled.extend(book.settle(last));
            }
        }
        self.readings.retain(|observed| observed.at.day() >= cut);
    }

    /// A baseline here becomes a following reading if the other side has earlier readings.
    fn follow(&mut self, other: &Side) {
        let is_whole = self.thinned == Day::FIRST;
        let Some(first) = self.readings.iter_mut().find(|observed| observed.role != Role::Aside) else {
            return;
        };
        let is_later = other.readings.iter().any(|observed| observed.at < first.at)
            || other.begins_before(first.at.day());
        if is_whole && is_later && first.role == Role::Baseline {
            first.role = Role::Follows;
        }
    }
}

impl State {
    /// Adds an account of a backup that does not exist here.
    pub(super) fn adopt(&mut self, mut other: AccountState) {
        let id = other.account.id.clone();
        move_to(&mut other, &id);
        self.accounts.0.push(other);
    }

    /// Merges an account of a backup into the same account here; needs [`crate::store::LoadScope::Whole`] of both. The other
    /// account is settled already.
    pub(super) fn merge(&mut self, id: &AccountId, mut other: AccountState, now: Timestamp) {
        self.settle_account(id, now);
        let Some(present) = self.accounts.get_mut(id) else { return };
        move_to(&mut other, id);
        merge_records(&mut present.account, &mut other.account);
        if [&*present, &other].iter().any(|state| state.account.source.currency().is_some()) {
            let gone = take_newer(present, other);
            self.erased.extend(gone.into_iter().map(|key| (key, None)));
        } else {
            merge_read(present, &other, now);
        }
        self.show(id, now);
        self.settle_account(id, now);
    }
}

fn move_to(state: &mut AccountState, id: &AccountId) {
    state.account.id = id.clone();
    state.shards.iter_mut().for_each(|shard| shard.move_to(id));
    state.totals.iter_mut().for_each(|totals| totals.move_to(id));
}

/// Merges accounts kept by hand. Figures typed on two sides do not add up, so only one side's count. Returns the keys of
/// removed months.
fn take_newer(present: &mut AccountState, other: AccountState) -> Vec<String> {
    if other.account.known_until() <= present.account.known_until() {
        present.account.add_credits(&other.account.expires);
        return Vec::new();
    }
    let Account { id, months, .. } = &present.account;
    let is_gone = |month: &&Month| !other.account.months.contains(month);
    let gone = months.iter().filter(is_gone).map(|month| Shard::key(id, *month)).collect();
    let known = core::mem::replace(present, other);
    let account = &mut present.account;
    let mut credits = known.account.expires;
    core::mem::swap(&mut account.expires, &mut credits);
    account.add_credits(&credits);
    account.label = known.account.label;
    account.life = known.account.life;
    account.budgets = known.account.budgets;
    account.remind_days = known.account.remind_days;
    account.features = known.account.features;
    let of_backup = core::mem::replace(&mut account.clients, known.account.clients);
    account.clients.add_missing(&of_backup);
    let of_backup = core::mem::replace(&mut account.closings, known.account.closings);
    account.closings.add_missing(&of_backup);
    // A key belongs to the source that it makes.
    if known.account.source == Source::Key || known.account.credential.is_some() {
        account.credential = known.account.credential;
    }
    gone
}

/// Merges accounts with data from their provider or from files.
fn merge_read(present: &mut AccountState, other: &AccountState, now: Timestamp) {
    let (mut here, mut there) = (Side::new(present), Side::new(other));
    here.follow(&there);
    there.follow(&here);
    let cut = here.thinned.max(there.thinned);
    let are_both_before = here.begins_before(cut) && there.begins_before(cut);
    let settled_here: Vec<Day> =
        here.settled.iter().map(|settled| settled.day).filter(|day| *day < cut).collect();
    if are_both_before {
        here.settle_before(cut, &present.account, &present.history(), now);
        there.settle_before(cut, &other.account, &other.history(), now);
    }
    let numbers = merge_imports(&mut present.account, &other.account);
    let corrections = new_corrections(present, other, &settled_here);
    let until = settled_until([&present.account, &other.account], cut, are_both_before);
    let settled = merge_settled(&here.settled, &there.settled, |currency| {
        let since = |account: &Account| {
            account.since.iter().find(|(known, _)| *known == currency).map(|(_, since)| *since)
        };
        let (here, there) = (since(&present.account), since(&other.account));
        there.is_some_and(|there| here.is_none_or(|here| there < here))
    });
    merge_account(&mut present.account, &other.account);
    present.account.adopt_peak_use(&other.account, &numbers);
    // A reading set aside here stays aside, although the backup repeats it at a time of the same wrong clock.
    let is_repeated_aside = other.account.last.iter().any(|last| has_aside(&here.readings, last.at));
    let there_again = there.repeated.take().filter(|again| !is_repeated_aside && is_past(again.at, now));
    let readings = merge_readings(present, here.repeated.take(), there_again, here.readings, there.readings);
    let is_settled = |settled: &SettledDay| {
        until.iter().any(|(currency, until)| *currency == settled.currency && settled.day < *until)
    };
    let settled: Vec<SettledDay> = settled.into_iter().filter(is_settled).collect();
    present.account.upkeep.thinned = Some(cut).filter(|cut| *cut > Day::FIRST);
    present.account.upkeep.settled = until;
    let months = months_of(present, other, &readings, &settled);
    let mut before: Vec<Observation> = Vec::new();
    for month in months {
        let of_other = other.shards.iter().find(|shard| shard.month == month);
        let Some(shard) = present.shard_mut(month) else { continue };
        let is_new = shard.is_new();
        let read: Vec<Observation> =
            readings.iter().filter(|observed| observed.at.month() == month).cloned().collect();
        let opening =
            shard.readings_before().iter().chain(of_other.into_iter().flat_map(Shard::readings_before));
        let first = read.first().map(|first| first.at);
        let opening = before.iter().chain(opening);
        let opening = opening
            .filter(|known| first.is_some_and(|first| known.at < first) && !has_aside(&readings, known.at));
        let opening = latest(opening);
        before = latest(before.iter().chain(&opening).chain(&read));
        shard.set_readings(&read, opening);
        let of_month = settled.iter().filter(|settled| settled.day.month() == month).copied();
        shard.set_settled(&of_month.collect::<Vec<_>>());
        if let Some(other) = of_other {
            let number =
                |import: u32| numbers.iter().find(|(there, _)| *there == import).map(|(_, here)| *here);
            shard.merge_bills(other, number);
            if is_new {
                shard.take_loss(other);
            }
        }
        let thinned = corrections.iter().filter(|correction| correction.at.day() < cut);
        let of_month = thinned.filter(|correction| correction.at.month() == month).cloned();
        shard.correct_all(of_month);
    }
    let account = &mut present.account;
    account.corrections.extend(corrections.into_iter().filter(|correction| correction.at.day() >= cut));
    account.months = in_order(account.months.drain(..), Month::cmp);
}

/// Merges the accounts' own fields: the user's choices here stay, and missing ones are added.
fn merge_account(here: &mut Account, there: &Account) {
    let is_other_newer = there.pulse.read_at > here.pulse.read_at;
    here.pulse.read_at = here.pulse.read_at.max(there.pulse.read_at);
    if here.credential.is_none() && there.credential.is_some() {
        here.credential.clone_from(&there.credential);
        here.pulse.is_key_lost = false;
        here.pulse.problem = None;
    }
    for (currency, since) in &there.since {
        here.begin_book(*currency, *since);
    }
    let habits = there.habits.iter().filter(|habit| !here.habits.contains(habit)).copied();
    let habits: Vec<_> = habits.collect();
    here.habits.extend(habits);
    here.add_credits(&there.expires);
    for budget in &there.budgets {
        if !here.budgets.iter().any(|known| known.currency == budget.currency) {
            here.budgets.push(*budget);
        }
    }
    for left in &there.left {
        if !here.left.contains(left) {
            here.left.push(*left);
        }
    }
    here.left = in_order(here.left.drain(..), |one, other| one.at.cmp(&other.at));
    here.limit = here.limit.or(there.limit);
    here.byok = if is_other_newer { there.byok.or(here.byok) } else { here.byok.or(there.byok) };
    here.key_expires = here.key_expires.or(there.key_expires);
    here.learn_prices(there.prices.clone());
    here.clients.add_missing(&there.clients);
    here.closings.add_missing(&there.closings);
    here.features.add_missing(&there.features);
}

/// Adds the imports that are unknown here, compared by their content. Returns each one's number there and here.
fn merge_imports(here: &mut Account, there: &Account) -> Vec<(u32, u32)> {
    let brought = |import: &Import| import.books.iter().map(|book| (book.span, book.sum)).collect::<Vec<_>>();
    let mut numbers = Vec::new();
    for import in &there.imports {
        let is_it = |known: &Import| known.file == import.file && brought(known) == brought(import);
        if here.imports.iter().any(is_it) {
            continue;
        }
        let number = here.imports.iter().map(|import| import.number + 1).max().unwrap_or(1);
        numbers.push((import.number, number));
        here.imports.push(Import { number, ..import.clone() });
    }
    numbers
}

/// The corrections that are unknown here, except those of thinned days, which stay as they were settled here.
fn new_corrections(here: &AccountState, there: &AccountState, settled_here: &[Day]) -> Vec<Correction> {
    let every = |state: &AccountState| {
        let of_months = state.shards.iter().flat_map(Shard::corrections);
        state.account.corrections.iter().chain(of_months).cloned().collect::<Vec<_>>()
    };
    let known = every(here);
    let is_new = |correction: &Correction| {
        !known.iter().any(|known| known.id == correction.id) && !settled_here.contains(&correction.at.day())
    };
    every(there).into_iter().filter(is_new).collect()
}

/// The day until which each book stays settled.
fn settled_until(accounts: [&Account; 2], cut: Day, are_both_before: bool) -> Vec<(Currency, Day)> {
    let mut until: Vec<(Currency, Day)> = Vec::new();
    for account in accounts {
        for (currency, _) in &account.since {
            let day = if are_both_before { cut } else { account.settled_until(*currency).min(cut) };
            match until.iter_mut().find(|(known, _)| known == currency) {
                Some((_, known)) => *known = day.min(*known),
                None => until.push((*currency, day)),
            }
        }
    }
    until.retain(|(_, until)| *until > Day::FIRST);
    until
}

/// The readings of both, by time. Also sets the account's last readings, and the time at which the very last was reported
/// again.
fn merge_readings(
    present: &mut AccountState,
    here_again: Option<Observation>,
    there_again: Option<Observation>,
    mut here: Vec<Observation>,
    mut there: Vec<Observation>,
) -> Vec<Observation> {
    // What a side has set aside it has stored again, at a time that its clock had reached. If both have, one of the two counts.
    let aside = |readings: &[Observation]| -> Vec<Observation> {
        readings.iter().filter(|observed| observed.role == Role::Aside).cloned().collect()
    };
    let (mut by_both, aside_there) = (aside(&here), aside(&there));
    let is_aside_there = |at| has_aside(&aside_there, at);
    by_both.retain(|known| is_aside_there(known.at));
    there.retain(|observed| {
        let is_it = |known: &Observation| known.at > observed.at && known.readings == observed.readings;
        observed.role == Role::Aside || !by_both.iter().any(is_it)
    });
    for observed in here.iter_mut().filter(|observed| is_aside_there(observed.at)) {
        observed.role = Role::Aside;
    }
    let known = in_order(here.iter().map(|observed| observed.at), Timestamp::cmp);
    let new = there.into_iter().filter(|observed| known.binary_search(&observed.at).is_err());
    let mut readings = by_time(here.into_iter().chain(new));
    let (first, last) = match (here_again, there_again) {
        (Some(one), Some(other)) if one.at > other.at => (Some(other), Some(one)),
        (Some(one), Some(other)) => (Some(one), Some(other)),
        (one, other) => (None, one.or(other)),
    };
    // A repeated value becomes a stored reading if another reading follows; the very last one is not stored yet.
    let is_same = |one: &Observation, other: &Observation| one.readings == other.readings;
    let newest = readings.iter().rev().find(|observed| observed.role != Role::Aside);
    let is_last =
        |again: &Observation| newest.is_some_and(|newest| newest.at < again.at && is_same(newest, again));
    let repeated_at = last.as_ref().filter(|last| is_last(last)).map(|last| last.at);
    let is_stored = |again: &Observation| repeated_at.is_some() && is_last(again);
    let stored: Vec<_> = [first, last].into_iter().flatten().filter(|again| !is_stored(again)).collect();
    for again in stored {
        if !readings.iter().any(|observed| observed.at == again.at) {
            readings = by_time(readings.into_iter().chain([again]));
        }
    }
    let account = &mut present.account;
    account.pulse.repeated_at = repeated_at;
    let last = account.last.iter().filter(|last| !has_aside(&readings, last.at));
    account.last = latest(last.chain(&readings));
    readings
}

/// Whether the reading of a moment is set aside.
fn has_aside(readings: &[Observation], at: Timestamp) -> bool {
    readings.iter().any(|observed| observed.at == at && observed.role == Role::Aside)
}

/// Every month of both, in order.
fn months_of(
    here: &AccountState,
    there: &AccountState,
    readings: &[Observation],
    settled: &[SettledDay],
) -> Vec<Month> {
    let of_accounts = here.account.months.iter().chain(&there.account.months).copied();
    let of_readings = readings.iter().map(|observed| observed.at.month());
    let of_days = settled.iter().map(|settled| settled.day.month());
    let mut months: Vec<Month> = Vec::new();
    for month in of_accounts.chain(of_readings).chain(of_days) {
        if !months.contains(&month) {
            months.push(month);
        }
    }
    in_order(months, Month::cmp)
}

pub(super) fn by_time(observations: impl Iterator<Item = Observation>) -> Vec<Observation> {
    in_order(observations, |one, other| one.at.cmp(&other.at))
}
