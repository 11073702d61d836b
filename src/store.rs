//! What rests in the browser's storage: keys, formats, version.
//!
//! Knows how stored texts become values and back, and what a refresh adds to them. Does not know the browser, the
//! screens. Every value is JSON text, but for the log, which is lines. One account's history rests in one shard a month, so that a refresh reads and writes
//! two of them. Days older than 28 days are settled: their figures rest beside their readings, and are used in their
//! place. After 62 days their readings go (rule L13).
//!
//! ```text
//!   meta              version, and how often anything was committed
//!   settings          what the user chose
//!   vault             the data key, sealed under the password
//!   accounts          all accounts, with sealed credentials
//!   alerts            which alerts held when they were last judged
//!   readings.ID.MONTH one account's readings, settled days and bills of one UTC month
//!   months.ID         what each month of one account came to
//!   requests          what went out lately
//!   popup             what the popup shows before the worker is awake
//!   damaged.KEY       what could not be read of a value, kept as it was
//!   spare             in a second store: settings, vault and accounts once more
//! ```
//!
//! ```
//! use drawdown::host::{SPARE, Values};
//! use drawdown::time::Timestamp;
//! use drawdown::store::{Loaded, LoadScope, State};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! // A first run is told from a loss by the second copy, which holds nothing then.
//! let mut stored = Values::default();
//! assert!(matches!(State::load(&stored, now, &LoadScope::Lately), Loaded::Needs(keys) if keys == [SPARE]));
//! stored.set(SPARE.to_owned(), None);
//! assert!(matches!(State::load(&stored, now, &LoadScope::Lately), Loaded::Complete(state) if state.accounts.is_empty()));
//! ```

mod account;
mod compaction;
mod corrections;
mod imported_bills;
mod imports;
mod load_scope;
mod loaded;
mod manual;
mod month_bill;
mod month_totals;
mod naming;
mod record;
mod recovery;
mod request_log;
mod root;
mod schedule;
mod settings;
mod settled_days;
mod shard;
mod stored_shard;
mod submissions;

pub use account::{Account, AccountStatus, Replacement, Source};
pub use corrections::CorrectionError;
pub use imports::{Import, ImportConflict, ImportedPeriod, Importing};
pub use load_scope::{LoadScope, months_of};
pub use loaded::{Loaded, Skip, Unusable};
pub use request_log::{MOST_REQUESTS, Outgoing, Sent};
pub use schedule::Ended;
pub use settings::Settings;

use serde::Serialize;

use crate::books::alert::AlertState;
use crate::books::figure::Figure;
use crate::books::ledger::AccountHistory;
use crate::books::reading::AccountId;
use crate::host::{SPARE, Values};
use crate::money::Currency;
use crate::providers;
use crate::store::month_totals::MonthTotals;
use crate::store::recovery::{SecondCopy, damaged_key, kept_beside};
use crate::store::request_log::{DAMAGED, Log, REQUESTS};
use crate::store::root::{Meta, is_read_from};
use crate::store::shard::Shard;
use crate::time::{Month, Timestamp};
use crate::vault::Vault;

/// The version of all that rests. A higher one was written by a newer Drawdown and is left alone. The first kept each
/// reading as JSON, and the second knew no imports; both are still read.
const VERSION: u32 = 3;
/// Where the popup's first frame rests.
pub const POPUP: &str = "popup";
const META: &str = "meta";
const SETTINGS: &str = "settings";
const VAULT: &str = "vault";
const ACCOUNTS: &str = "accounts";
const ALERTS: &str = "alerts";
/// It may hold some of an account that is erased.
const DAMAGED_ACCOUNTS: &str = "damaged.accounts";

/// The keys that every load begins with.
pub fn root_keys() -> Vec<String> {
    [META, SETTINGS, VAULT, ACCOUNTS, ALERTS, DAMAGED_ACCOUNTS].map(str::to_owned).to_vec()
}

/// The same, with the log of requests.
pub fn keys_with_log() -> Vec<String> {
    root_keys().into_iter().chain([REQUESTS, DAMAGED].map(str::to_owned)).collect()
}

/// All that rests, as far as one moment needs it (see [`LoadScope`]).
#[derive(Clone, Debug, Default)]
pub struct State {
    /// How often anything was committed: a page never shows an older state over a newer.
    pub rev: u64,
    /// What the user chose.
    pub settings: Settings,
    /// The sealed data key.
    pub vault: Option<Vault>,
    /// The accounts, in the order in which they were connected.
    pub accounts: Vec<Account>,
    /// Which alerts held when they were last judged.
    pub alerts: AlertState,
    reach: LoadScope,
    /// The accounts whose history is not loaded, because their figures are known.
    skipped: Vec<AccountId>,
    shards: Vec<Shard>,
    totals: Vec<MonthTotals>,
    log: Option<Log>,
    /// What is left of values that held some of an account that is erased.
    erased: Vec<(String, Option<String>)>,
    /// What was lost, and whether the second copy had it; told until its reader has noted it.
    troubles: Vec<(String, bool)>,
    done: Vec<String>,
    /// Damaged texts that are still to be kept, by their keys.
    aside: Vec<(&'static str, String)>,
    /// The digest of the popup's first frame as it is stored.
    pub frame: Option<String>,
    /// The second copy as it rests.
    spare: Option<String>,
    /// Damaged texts that are kept already.
    beside: Values,
    stored: Values,
}

impl State {
    /// Reads what is stored, as far as `now` needs it.
    pub fn load(stored: &Values, now: Timestamp, reach: &LoadScope) -> Loaded {
        State::load_without(stored, now, reach, &Skip::NONE)
    }

    /// The same without the history of accounts whose figures are known, as long as nothing was committed since.
    pub fn load_without(stored: &Values, now: Timestamp, reach: &LoadScope, skip: &Skip<'_>) -> Loaded {
        let mut state = match State::load_root(stored, now) {
            Ok(state) => state,
            Err(none) => return none,
        };
        let mut needed: Vec<String> = state.aside.iter().map(|(key, _)| damaged_key(key)).collect();
        needed.retain(|key| stored.get(key).is_none());
        if state.rev == skip.rev {
            let is_skipped = |account: &&Account| skip.accounts.contains(&account.id);
            state.skipped =
                state.accounts.iter().filter(is_skipped).map(|account| account.id.clone()).collect();
        }
        for account in state.accounts.iter().filter(|account| !state.skipped.contains(&account.id)) {
            let is_summed_up = reach.needs_totals(&account.id, now);
            let totals = if is_summed_up { MonthTotals::load(&account.id, stored) } else { None };
            if is_summed_up && totals.is_none() {
                needed.push(MonthTotals::key(&account.id));
            }
            let months = reach.months(account, now, totals.as_ref());
            state.totals.extend(totals);
            let view = reach.view(account, now);
            for month in months {
                let key = Shard::key(&account.id, month);
                match stored.get(&key) {
                    None => needed.push(key),
                    // Nothing is read twice: where more is needed, all begins anew.
                    Some(_) if !needed.is_empty() => {}
                    Some(text) => state.shards.push(Shard::load(account, month, text, &view)),
                }
            }
        }
        if !needed.is_empty() {
            return Loaded::Needs(needed);
        }
        needed.extend(state.shards.iter_mut().filter_map(|shard| shard.recall_damaged(stored)));
        needed.extend(state.totals.iter_mut().filter_map(|totals| totals.recall_damaged(stored)));
        if !needed.is_empty() {
            return Loaded::Needs(needed);
        }
        for account in state.accounts.iter_mut().filter(|account| account.last.is_empty()) {
            // The second copy does not hold them.
            let shards = state.shards.iter().filter(|shard| shard.account == account.id);
            account.last = shard::latest(shards.flat_map(|shard| shard.opening().chain(shard.observed())));
            account.read_at = account.read_at.or(account.last.iter().map(|last| last.at).max());
        }
        state.reach = reach.clone();
        Loaded::Complete(Box::new(state))
    }

    /// Adds the next number to what a commit writes, and notes which first frame of the popup it leaves. Whether there is
    /// anything to write: where nothing but the number would differ, there is not.
    pub fn number(&mut self, values: &mut Values, frame: Option<String>) -> bool {
        self.frame = frame;
        let before = text(&self.meta());
        if values.is_empty() && self.stored.get(META) == Some(before.as_deref()) {
            return false;
        }
        self.rev += 1;
        values.set(META.to_owned(), text(&self.meta()));
        true
    }

    fn meta(&self) -> Meta {
        Meta {
            version: VERSION,
            rev: self.rev,
            has_vault: self.vault.is_some(),
            troubles: self.troubles.clone(),
            done: self.done.clone(),
            frame: self.frame.clone(),
        }
    }

    /// What differs from what is stored, without the number of the commit.
    pub fn changes(&mut self) -> Values {
        let root = [
            (SETTINGS, text(&self.settings)),
            (VAULT, self.vault.as_ref().and_then(text)),
            (ACCOUNTS, text(&self.accounts)),
            (ALERTS, (!self.alerts.is_empty()).then(|| text(&self.alerts)).flatten()),
        ];
        let mut values = Values::default();
        for (key, text) in root {
            if self.stored.get(key) != Some(text.as_deref()) {
                values.set(key.to_owned(), text);
            }
        }
        for (key, damaged) in self.aside.drain(..) {
            let key = damaged_key(key);
            let text = kept_beside(self.beside.get(&key).flatten(), &damaged);
            values.set(key, Some(text));
        }
        let spare = SecondCopy::text(self);
        if spare != self.spare {
            values.set(SPARE.to_owned(), spare);
        }
        self.shards.iter().for_each(|shard| shard.save(&mut values));
        self.totals.iter().for_each(|totals| totals.save(&mut values));
        self.log.iter_mut().for_each(|log| log.save(&mut values));
        self.erased.drain(..).for_each(|(key, left)| values.set(key, left));
        values
    }

    /// Whether what is about to be written reads back as what it was written from. Only what changes is looked at.
    pub fn is_read_from(&self, values: &Values) -> bool {
        is_read_from(values, SETTINGS, Some(&self.settings))
            && is_read_from(values, VAULT, self.vault.as_ref())
            && is_read_from(values, ACCOUNTS, Some(&self.accounts))
            && is_read_from(values, ALERTS, Some(&self.alerts).filter(|alerts| !alerts.is_empty()))
            && self.shards.iter().all(|shard| shard.is_read_from(values))
            && self.totals.iter().all(|totals| totals.is_read_from(values))
            && self.log.iter().all(|log| log.is_read_from(values))
    }

    /// What the browser lost or damaged, by its key, and whether the second copy had it; the newest last.
    pub fn troubles(&self) -> &[(String, bool)] {
        &self.troubles
    }

    /// Whether a value was lost or damaged, and nobody has noted it yet.
    pub fn is_damaged(&self, key: &str) -> bool {
        self.troubles.iter().any(|(of, _)| of == key)
    }

    /// Their reader has noted them.
    pub fn forget_troubles(&mut self) {
        self.troubles.clear();
    }

    /// Whether an account's history is loaded, as far as this moment looks back.
    pub fn has_history(&self, id: &AccountId) -> bool {
        !self.skipped.contains(id)
    }

    /// The account of that id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == *id)
    }

    /// The account of that id, to be changed.
    pub fn account_mut(&mut self, id: &AccountId) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.id == *id)
    }

    /// What is known of an account, for its ledger, as far as this moment looks back.
    pub fn told<'a>(&'a self, account: &'a Account) -> AccountHistory<'a> {
        let shards = || self.shards.iter().filter(|shard| shard.account == account.id);
        // Of two readings at one time the first given counts, and an opening says less than what it opens.
        let openings = shards().flat_map(Shard::opening).chain(&account.last);
        AccountHistory {
            observed: shards().flat_map(Shard::observed).chain(openings).collect(),
            bills: shards().flat_map(Shard::bills).collect(),
            settled: shards().flat_map(Shard::settled).collect(),
            corrections: account.corrections.iter().chain(shards().flat_map(Shard::corrections)).collect(),
            habits: &account.habits,
            draw_order: account.draw_order(),
            is_billed: account.is_billed(),
            is_typed: matches!(account.source, Source::Bill(_)),
        }
    }

    /// What each month of an account came to, but this one, in no order; nothing unless [`LoadScope::Answerable`] asked.
    pub fn months(&self, id: &AccountId) -> impl Iterator<Item = (Month, Currency, Figure)> {
        self.totals.iter().filter(move |totals| totals.account == *id).flat_map(MonthTotals::iter)
    }

    /// The months, of those looked at, of which some of an account's readings were damaged in storage.
    pub fn lost_months(&self, id: &AccountId) -> Vec<Month> {
        let lost = self.shards.iter().filter(|shard| shard.account == *id && shard.is_part_lost());
        lost.map(|shard| shard.month).collect()
    }

    /// What went out lately, in the order of its time; `None` where the log is not looked at.
    pub fn requests(&self) -> Option<&[Sent]> {
        self.log.as_ref().map(|log| log.sent.as_slice())
    }

    /// Notes what went out. Of an account that was erased in the meantime nothing is kept.
    pub fn note(&mut self, out: Outgoing, now: Timestamp) {
        let is_account = self.accounts.iter().any(|account| account.id.0 == out.of);
        let is_known = is_account || out.is_for_all() || providers::find(&out.of).is_some();
        if let Some(log) = self.log.as_mut().filter(|_| is_known) {
            log.add(out, now);
        }
    }

    /// Forgets an account, every reading of it and, where the log is looked at, every request.
    pub fn erase(&mut self, id: &AccountId) {
        for account in self.accounts.extract_if(.., |account| account.id == *id) {
            let keys = Shard::all_keys(&account).chain(MonthTotals::all_keys(id));
            self.erased.extend(keys.map(|key| (key, None)));
        }
        if let Some(damaged) = self.stored.get(DAMAGED_ACCOUNTS).flatten() {
            let left: Vec<&str> = damaged.lines().filter(|line| !line.contains(&id.0)).collect();
            self.erased.push((DAMAGED_ACCOUNTS.to_owned(), (!left.is_empty()).then(|| left.join("\n"))));
        }
        self.alerts.forget(id);
        self.shards.retain(|shard| shard.account != *id);
        self.totals.retain(|totals| totals.account != *id);
        if let Some(log) = &mut self.log {
            log.erase(id);
            self.erased.push((DAMAGED.to_owned(), None));
        }
    }

    /// Whether an account's shard of a month is looked at, or there is none yet.
    fn is_at_hand(&self, id: &AccountId, month: Month) -> bool {
        let rests = self.account(id).is_some_and(|account| account.months.contains(&month));
        !rests || self.shards.iter().any(|shard| shard.account == *id && shard.month == month)
    }

    /// An account's shard of a month: a new one where none rests. `None` where one does and is not looked at.
    fn shard_mut(&mut self, id: &AccountId, month: Month) -> Option<&mut Shard> {
        if !self.is_at_hand(id, month) {
            return None;
        }
        let account = self.accounts.iter_mut().find(|account| account.id == *id)?;
        if !account.months.contains(&month) {
            account.months.push(month);
            self.shards.push(Shard::begin(id.clone(), month));
        }
        self.shards.iter_mut().find(|shard| shard.account == *id && shard.month == month)
    }

    /// Looks back no further than a refresh does, so that what is shown does not depend on what was done.
    pub fn look_lately(&mut self, now: Timestamp) {
        if self.reach != LoadScope::Lately {
            self.reach = LoadScope::Lately;
            let ids: Vec<AccountId> = self.accounts.iter().map(|account| account.id.clone()).collect();
            ids.iter().for_each(|id| self.show(id, now));
        }
    }

    /// Reads an account's shards again, as far as is looked at, after it changed what is settled.
    fn show(&mut self, id: &AccountId, now: Timestamp) {
        let Some(account) = self.accounts.iter().find(|account| account.id == *id) else { return };
        let view = self.reach.view(account, now);
        let shards = self.shards.iter_mut().filter(|shard| shard.account == *id);
        shards.for_each(|shard| shard.show(&view));
    }
}

fn text<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}
