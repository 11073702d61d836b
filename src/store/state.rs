//! The stored state as far as one operation loads it, and its accessors.

use crate::books::alert::AlertState;
use crate::books::figure::Figure;
use crate::books::ledger::AccountHistory;
use crate::books::past_forecast::PastForecast;
use crate::books::reading::AccountId;
use crate::host::Values;
use crate::money::Currency;
use crate::order::distinct;
use crate::providers;
use crate::store::account::Account;
use crate::store::accounts::AccountState;
use crate::store::accounts::Accounts;
use crate::store::keys::damaged_key;
use crate::store::load_scope::{Hours, LoadScope};
use crate::store::loaded::{Skip, Unusable};
use crate::store::month_totals::MonthTotals;
use crate::store::request_log::{Log, Outgoing, Sent};
use crate::store::settings::Settings;
use crate::store::shard::Shard;
use crate::store::sync::SyncRecord;
use crate::time::{Month, Timestamp};
use crate::vault::Vault;

/// The digests of the sections of the popup's first frame, by their ids.
pub type Frame = Vec<(String, String)>;

/// The result of a load.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// The state is complete.
    Complete(Box<State>),
    /// More keys are needed.
    Needs(Vec<String>),
    /// The stored values cannot be used, and nothing may be written.
    Unusable(Unusable),
}

/// The stored state, as far as one operation needs it (see [`LoadScope`]).
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The number of commits: a page never shows an older state over a newer one.
    pub rev: u64,
    /// The user's choices.
    pub settings: Settings,
    /// The sealed data key.
    pub vault: Option<Vault>,
    /// This computer's sync record, while syncing is on.
    pub sync: Option<SyncRecord>,
    /// The accounts, in the user's order.
    pub accounts: Accounts,
    /// Which alerts held when they were last checked.
    pub alerts: AlertState,
    /// The forecasts of the total, for the last 13 months.
    pub forecasts: Vec<PastForecast>,
    /// The accounts that were removed with their history, and can be restored.
    pub(super) removed: Vec<Account>,
    pub(super) reach: LoadScope,
    pub(super) log: Option<Log>,
    /// The remaining texts of values that held data of an erased account.
    pub(super) erased: Vec<(String, Option<String>)>,
    /// The keys of lost values, and whether the second copy had each; shown until the user confirms.
    pub(super) troubles: Vec<(String, bool)>,
    pub(super) done: Vec<String>,
    /// Damaged texts still to be kept, by their keys.
    pub(super) unreadable: Vec<(String, String)>,
    /// The stored first frame of the popup.
    pub frame: Frame,
    /// The stored second copy, if it was read. Otherwise it is the copy of what is stored.
    pub(super) spare: Option<Option<String>>,
    /// Damaged texts that are already kept.
    pub(super) kept_damaged: Values,
    pub(super) stored: Values,
}

impl State {
    /// Loads the stored values, as far as `now` needs them.
    pub fn load(stored: &Values, now: Timestamp, reach: &LoadScope) -> Loaded {
        State::load_without(stored, now, reach, &Skip::NONE)
    }

    /// Like [`State::load`], without the history of accounts whose figures are known, if nothing was committed since.
    pub fn load_without(stored: &Values, now: Timestamp, reach: &LoadScope, skip: &Skip<'_>) -> Loaded {
        let mut state = match State::load_root(stored, now) {
            Ok(state) => state,
            Err(none) => return none,
        };
        state.set_removed_apart(reach);
        let mut needed: Vec<String> = state.unreadable.iter().map(|(key, _)| damaged_key(key)).collect();
        needed.retain(|key| stored.get(key).is_none());
        let (is_current, hours) = (state.rev == skip.rev, Hours::of(&state.settings));
        for known in &mut state.accounts.0 {
            known.is_skipped = is_current && skip.accounts.contains(&known.account.id);
            if !known.is_skipped {
                known.load(stored, now, reach, hours, &mut needed);
            }
        }
        if !needed.is_empty() {
            return Loaded::Needs(needed);
        }
        for known in &mut state.accounts.0 {
            known.recall_damaged(stored, &mut needed);
        }
        if !needed.is_empty() {
            return Loaded::Needs(needed);
        }
        state.accounts.0.iter_mut().for_each(AccountState::complete);
        state.reach = reach.clone();
        Loaded::Complete(Box::new(state))
    }

    /// The lost or damaged values, by key, and whether the second copy had each; the newest last.
    pub fn troubles(&self) -> &[(String, bool)] {
        &self.troubles
    }

    /// Whether a value was lost or damaged, and the user has not confirmed it.
    pub fn is_damaged(&self, key: &str) -> bool {
        self.troubles.iter().any(|(of, _)| of == key)
    }

    /// Records that the user has confirmed them.
    pub fn forget_troubles(&mut self) {
        self.troubles.clear();
    }

    /// Whether an account's history is loaded, as far back as this operation needs.
    pub fn has_history(&self, id: &AccountId) -> bool {
        self.accounts.get(id).is_some_and(|state| !state.is_skipped)
    }

    /// The account with that id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.get(id).map(|state| &state.account)
    }

    /// The account with that id, mutable.
    pub fn account_mut(&mut self, id: &AccountId) -> Option<&mut Account> {
        self.accounts.get_mut(id).map(|state| &mut state.account)
    }

    /// The history of an account, for its ledger, as far back as this operation needs.
    pub fn history(&self, account: &Account) -> AccountHistory<'_> {
        let nothing = || AccountHistory::from_readings(Vec::new(), account.draw_order());
        self.accounts.get(&account.id).map_or_else(nothing, AccountState::history)
    }

    /// The totals of an account's months, except this one, in no order; empty unless loaded for [`LoadScope::Answerable`] or
    /// [`LoadScope::Overview`].
    pub fn months(&self, id: &AccountId) -> impl Iterator<Item = (Month, Currency, Figure)> {
        self.accounts.get(id).and_then(|state| state.totals.as_ref()).into_iter().flat_map(MonthTotals::iter)
    }

    /// The first month with stored data.
    pub fn first_month(&self) -> Option<Month> {
        self.accounts.iter().flat_map(|account| &account.months).copied().min()
    }

    /// The loaded months with readings of an account that were damaged in storage.
    pub fn lost_months(&self, id: &AccountId) -> Vec<Month> {
        self.accounts.get(id).map(AccountState::lost_months).unwrap_or_default()
    }

    /// Every client of an account or of one of its lines, each once, by name.
    pub fn clients(&self) -> Vec<&str> {
        let names = self.accounts.iter().flat_map(|account| account.clients.names());
        distinct(names).into_iter().collect()
    }

    /// The latest requests, in order of time; `None` if the log is not loaded.
    pub fn requests(&self) -> Option<&[Sent]> {
        self.log.as_ref().map(Log::sent)
    }

    /// Logs requests. Those of an account that was erased in the meantime are dropped.
    pub fn note(&mut self, out: Outgoing, now: Timestamp) {
        let is_account = self.accounts.iter().any(|account| account.id.0 == out.of);
        let is_known = is_account || out.is_for_all() || providers::find(&out.of).is_some();
        if let Some(log) = self.log.as_mut().filter(|_| is_known) {
            log.add(out, now);
        }
    }

    /// Marks the accounts of a refresh in progress, except those that it has read already.
    pub fn mark_attempts(&mut self, began: Timestamp, ids: &[AccountId], now: Timestamp) {
        for id in ids {
            if let Some(account) = self.account_mut(id) {
                account.pulse.attempt = account.is_asked_still(began, now).then_some(began);
            }
        }
    }

    /// The ids of all accounts, in order.
    pub(super) fn ids(&self) -> Vec<AccountId> {
        self.accounts.iter().map(|account| account.id.clone()).collect()
    }

    /// Whether an account's shard of a month is loaded, or there is none yet.
    pub(super) fn is_at_hand(&self, id: &AccountId, month: Month) -> bool {
        self.accounts.get(id).is_none_or(|state| state.is_at_hand(month))
    }

    /// An account's shard of a month, or a new one if none is stored. `None` if one is stored but not loaded.
    pub(super) fn shard_mut(&mut self, id: &AccountId, month: Month) -> Option<&mut Shard> {
        self.accounts.get_mut(id)?.shard_mut(month)
    }

    /// The loaded shards of an account.
    pub(super) fn shards(&self, id: &AccountId) -> impl Iterator<Item = &Shard> {
        self.accounts.get(id).into_iter().flat_map(|state| &state.shards)
    }

    /// The loaded shards of an account, mutable.
    pub(super) fn shards_mut(&mut self, id: &AccountId) -> impl Iterator<Item = &mut Shard> {
        self.accounts.get_mut(id).into_iter().flat_map(|state| &mut state.shards)
    }

    /// The totals of an account's months, if they are loaded.
    pub(super) fn totals_mut(&mut self, id: &AccountId) -> Option<&mut MonthTotals> {
        self.accounts.get_mut(id)?.totals.as_mut()
    }

    /// Looks back only as far as a refresh does, so that the shown figures do not depend on the operation before.
    pub fn look_lately(&mut self, now: Timestamp) {
        if self.reach != LoadScope::Lately {
            self.reach = LoadScope::Lately;
            self.ids().iter().for_each(|id| self.show(id, now));
        }
    }

    /// Parses an account's loaded shards again, after its settled days changed.
    pub(super) fn show(&mut self, id: &AccountId, now: Timestamp) {
        let (reach, hours) = (&self.reach, Hours::of(&self.settings));
        if let Some(state) = self.accounts.get_mut(id) {
            let view = reach.view(&state.account, now, hours);
            state.show(&view);
        }
    }
}
