//! The user's statements about an account, in addition to its readings.

use crate::books::correction::{Correction, Declared, Fact, Kind, standing};
use crate::books::reading::{AccountId, Observation, Role};
use crate::money::{Amount, Currency};
use crate::store::State;
use crate::store::shard::Shard;
use crate::time::{Day, Timestamp};

/// Why a statement of the user is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionError {
    /// There is no such account.
    NoSuchAccount,
    /// There is no such correction to undo, or it is already undone.
    NoSuchCorrection,
    /// It would change a day whose readings are deleted (rule L13).
    TooOld,
    /// It lies before the first reading of the book (rule L2).
    BeforeTracking,
    /// It lies in the future.
    InFuture,
    /// A later figure was typed before.
    NotLater,
}

impl State {
    /// Adds the user's statement about an account; needs [`crate::store::LoadScope::Answerable`]. The days that it changes are
    /// settled again. A top-up becomes a habit, which later proposals begin with (rule L5), until it is undone.
    pub fn correct(
        &mut self,
        id: &AccountId,
        correction: Correction,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        if correction.at > now {
            return Err(CorrectionError::InFuture);
        }
        self.add_correction(id, correction, now)
    }

    /// Like [`State::correct`], for a statement that another computer has accepted: its clock may be somewhat ahead of this one.
    pub(super) fn add_correction(
        &mut self,
        id: &AccountId,
        correction: Correction,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let account = self.account(id).ok_or(CorrectionError::NoSuchAccount)?;
        let (currency, at) = match &correction.fact {
            Fact::Declared(declared) => (declared.currency, correction.at),
            Fact::Undone(other) => self.standing(id, other)?,
        };
        let since = account.since.iter().find(|(known, _)| *known == currency);
        if since.is_none_or(|(_, since)| at <= *since) {
            return Err(CorrectionError::BeforeTracking);
        }
        // Its window may begin on a thinned day.
        let from = self.window_of(id, currency, at);
        if from.unwrap_or(at.day()) < account.thinned() {
            return Err(CorrectionError::TooOld);
        }
        let from = from.ok_or(CorrectionError::BeforeTracking)?;
        if let Fact::Undone(other) = &correction.fact {
            self.forget_habit(id, other);
        }
        let Some(account) = self.account_mut(id) else { return Err(CorrectionError::NoSuchAccount) };
        if let Fact::Undone(other) = &correction.fact {
            // Its end date is removed with it.
            account
                .expires
                .retain(|credit| credit.purchase.as_ref().is_none_or(|bought| bought.id != *other));
        }
        if let Fact::Declared(Declared { currency, kind: Kind::TopUp, amount }) = correction.fact
            && amount > Amount::ZERO
            && !account.habits.contains(&(currency, amount))
        {
            account.habits.push((currency, amount));
        }
        account.corrections.push(correction);
        account.set_settled_until(currency, account.settled_until(currency).min(from));
        self.show(id, now);
        self.settle_account(id, now);
        Ok(())
    }

    /// The book and the time of a correction that can be undone.
    fn standing(&self, id: &AccountId, name: &str) -> Result<(Currency, Timestamp), CorrectionError> {
        let known = self.account(id).map(|account| account.corrections.as_slice()).unwrap_or_default();
        let is_it = |(correction, _): &(&Correction, &Declared)| correction.id == name;
        if let Some((correction, declared)) = standing(known.iter()).find(is_it) {
            return Ok((declared.currency, correction.at));
        }
        let shards = self.shards(id);
        let is_thinned = shards.flat_map(Shard::corrections).any(|correction| correction.id == name);
        Err(if is_thinned { CorrectionError::TooOld } else { CorrectionError::NoSuchCorrection })
    }

    /// Forgets the habit of an undone top-up, unless another top-up of that amount stands.
    fn forget_habit(&mut self, id: &AccountId, undone: &str) {
        let Some(account) = self.account(id) else { return };
        let of_shards = self.shards(id);
        let known: Vec<_> =
            account.corrections.iter().chain(of_shards.flat_map(Shard::corrections)).collect();
        let top_ups: Vec<_> = standing(known.into_iter())
            .filter(|(_, declared)| declared.kind == Kind::TopUp)
            .map(|(known, declared)| (known.id == undone, (declared.currency, declared.amount)))
            .collect();
        let Some((_, habit)) = top_ups.iter().find(|(is_undone, _)| *is_undone).copied() else { return };
        if top_ups.iter().all(|(is_undone, other)| *is_undone || *other != habit)
            && let Some(account) = self.account_mut(id)
        {
            account.habits.retain(|known| *known != habit);
        }
    }

    /// The first day of the window that contains a moment. `None` before the first window.
    pub(super) fn window_of(&self, id: &AccountId, currency: Currency, at: Timestamp) -> Option<Day> {
        let history = self.history(self.account(id)?);
        let billing = |observed: &&Observation| {
            observed.at < at
                && observed.role != Role::Aside
                && observed.readings.iter().any(|reading| reading.currency() == currency)
        };
        history.observed.into_iter().filter(billing).map(|observed| observed.at.day()).max()
    }
}
