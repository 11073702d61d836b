//! What the user states and files tell of an account, beside its readings.

use crate::bill::Bill;
use crate::correction::{Correction, Fact, Kind};
use crate::reading::AccountId;
use crate::state::{Shard, State};

/// Why what the user stated of an account is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The account is no longer there.
    NoSuchAccount,
    /// Its day has been thinned out, so that nothing about it can change (rule L13).
    TooOld,
    /// It lies before the first reading.
    BeforeTracking,
    /// It lies in the future.
    InFuture,
    /// What is to be taken back was not stated, or has been taken back.
    NothingToUndo,
}

impl State {
    /// Keeps what the user stated of an account. A top-up becomes a habit, which later proposals begin with (rule L5).
    pub fn correct(&mut self, id: &AccountId, correction: Correction) -> Result<(), NotKept> {
        let month = correction.at.month();
        let is_known = |shard: &&mut Shard| shard.account == *id && shard.month == month;
        let shard = self.shards.iter_mut().find(is_known).ok_or(NotKept::TooOld)?;
        if let (Fact::Declared(declared), Some(account)) =
            (&correction.fact, self.accounts.iter_mut().find(|account| account.id == *id))
            && declared.kind == Kind::TopUp
            && !account.habits.contains(&(declared.currency, declared.amount))
        {
            account.habits.push((declared.currency, declared.amount));
        }
        shard.correct(correction);
        Ok(())
    }

    /// Books what an account was billed, in place of all that was billed for those days before (rules L10 and L11).
    pub fn bill(&mut self, id: &AccountId, bills: Vec<Bill>) {
        for bill in bills {
            let month = bill.day.month();
            let is_known = |shard: &&mut Shard| shard.account == *id && shard.month == month;
            if let Some(shard) = self.shards.iter_mut().find(is_known) {
                shard.bill(bill);
            }
        }
    }
}
