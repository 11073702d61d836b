//! Accounts that were removed with their history: hidden from every figure and page, restorable for 30 days, then erased.
//!
//! ```text
//!   connected -> removed -> erased for good, after 30 days or at once
//!                        -> restored: the account and its history, without its key
//! ```
//!
//! A removed account stays among the stored accounts and in their second copy. A load keeps it separate, so that no other code
//! sees it. Its key, its requests and every damaged text that may hold its key are erased when it is removed.

use crate::books::reading::AccountId;
use crate::store::account::{Account, AccountStatus};
use crate::store::accounts::AccountState;
use crate::store::keys::{DAMAGED_ACCOUNTS, damaged_key};
use crate::store::load_scope::LoadScope;
use crate::store::month_totals::MonthTotals;
use crate::store::request_log;
use crate::store::shard::Shard;
use crate::store::state::State;
use crate::time::{DAY, Timestamp};

/// The time for which a removed account can be restored.
const RESTORED_FOR: u64 = 30 * DAY;

impl State {
    /// The removed accounts that can be restored, each with the time when it is erased.
    pub fn removed(&self) -> impl Iterator<Item = (&Account, Timestamp)> {
        self.removed.iter().filter_map(|account| Some((account, account.removed?.plus(RESTORED_FOR))))
    }

    /// Removes an account with its history, and its key at once; needs the whole log.
    pub fn remove(&mut self, id: &AccountId, now: Timestamp) {
        for AccountState { mut account, .. } in
            self.accounts.0.extract_if(.., |state| state.account.id == *id)
        {
            account.lose_key();
            account.life = AccountStatus::Ended;
            account.removed = Some(now);
            self.removed.push(account);
        }
        self.erase_damaged(id);
        self.alerts.forget(id);
        if let Some(log) = &mut self.log {
            log.erase(id);
            self.erased.push((request_log::DAMAGED.to_owned(), None));
        }
    }

    /// Separates the removed accounts, except those to be restored.
    pub(super) fn set_removed_apart(&mut self, reach: &LoadScope) {
        for state in &mut self.accounts.0 {
            if reach.restores(&state.account.id) && state.account.removed.take().is_some() {
                state.account.life = AccountStatus::Active;
            }
        }
        let removed = self.accounts.0.extract_if(.., |state| state.account.removed.is_some());
        self.removed = removed.map(|state| state.account).collect();
    }

    /// Erases a removed account and every reading of it. `false` if there is none.
    pub fn erase(&mut self, id: &AccountId) -> bool {
        let mut is_any = false;
        for account in self.removed.extract_if(.., |account| account.id == *id) {
            let keys = Shard::all_keys(&account).chain(MonthTotals::all_keys(id));
            self.erased.extend(keys.chain([Account::key(id)]).map(|key| (key, None)));
            is_any = true;
        }
        if is_any {
            self.erase_damaged(id);
        }
        is_any
    }

    /// Erases the damaged texts that may hold an account's key.
    fn erase_damaged(&mut self, id: &AccountId) {
        self.erased.push((damaged_key(&Account::key(id)), None));
        if let Some(damaged) = self.stored.get(DAMAGED_ACCOUNTS).flatten() {
            let left: Vec<&str> = damaged.lines().filter(|line| !line.contains(&id.0)).collect();
            self.erased.push((DAMAGED_ACCOUNTS.to_owned(), (!left.is_empty()).then(|| left.join("\n"))));
        }
    }

    /// Whether a removed account can no longer be restored.
    pub(super) fn is_erasing_due(&self, now: Timestamp) -> bool {
        self.removed().any(|(_, until)| until <= now)
    }

    /// Erases the accounts that were removed too long ago to be restored.
    pub(super) fn erase_expired(&mut self, now: Timestamp) {
        let expired = self.removed().filter(|(_, until)| *until <= now);
        let expired: Vec<AccountId> = expired.map(|(account, _)| account.id.clone()).collect();
        for id in &expired {
            self.erase(id);
        }
    }

    /// Every stored account, including removed ones.
    pub(super) fn stored_accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().chain(&self.removed)
    }
}
