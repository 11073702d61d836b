//! What rests in the browser's storage: keys, formats, version.
//!
//! Knows how stored texts become values and back, and what a refresh adds to them. Does not know the browser, the
//! ledger or any figure. Every value is JSON text. One account's readings rest in one shard a month; a shard begins
//! with the last readings before it, so that it can be read without older ones.
//!
//! ```text
//!   meta              version, and how often anything was committed
//!   settings          what the user chose
//!   vault             the data key, sealed under the password
//!   accounts          all accounts, with sealed credentials
//!   readings.ID.MONTH one account's readings of one UTC month
//!   popup             what the popup shows before the worker is awake
//!   damaged.KEY       a value that could not be read, kept as it was
//! ```
//!
//! ```
//! use drawdown::period::Timestamp;
//! use drawdown::state::{Loaded, State};
//!
//! let now = Timestamp::read("2026-11-22T07:00:00Z").unwrap();
//! assert!(matches!(State::load(&Default::default(), now), Loaded::Complete(state) if state.accounts.is_empty()));
//! ```

mod account;
mod facts;
mod schedule;
mod shards;

pub use account::{Account, Life, Replacement};
pub use facts::NotKept;
pub use schedule::Ended;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::host::Values;
use crate::ledger::{Told, is_ahead};
use crate::money::{Currency, Rate};
use crate::period::{Month, Timestamp};
use crate::plan::Plan;
use crate::reading::{AccountId, Observed, Reading};
use crate::state::shards::{Shard, latest};
use crate::vault::Vault;

/// The version of all that rests. A higher one was written by a newer Drawdown and is left alone.
const VERSION: u32 = 1;
/// Where the popup's first frame rests.
pub const POPUP: &str = "popup";
const META: &str = "meta";
const SETTINGS: &str = "settings";
const VAULT: &str = "vault";
const ACCOUNTS: &str = "accounts";

/// The keys that every load begins with.
pub fn root_keys() -> Vec<String> {
    [META, SETTINGS, VAULT, ACCOUNTS].map(str::to_owned).to_vec()
}

/// All that rests, as far as one moment needs it: this month's shards and those of the month before.
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
    shards: Vec<Shard>,
    erased: Vec<String>,
    stored: Values,
}

/// What loading came to.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// All of it.
    Complete(Box<State>),
    /// More keys are needed.
    Needs(Vec<String>),
    /// Nothing can be done with it, and nothing may be written.
    Unusable(Unusable),
}

/// Why what rests cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The value of this key is not what was written there.
    Damaged(&'static str),
    /// A newer version wrote it.
    Newer,
}

/// What the user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Minutes between two refreshes; where it is not set, what each card holds usual.
    pub period_minutes: Option<u32>,
    /// The currency of the totals; where it is not set, the one in use.
    pub currency: Option<Currency>,
    /// Units of the main currency for one of each other.
    pub rates: Vec<(Currency, Rate)>,
    /// Fixed subscriptions.
    pub plans: Vec<Plan>,
    /// Lock when nobody touched the computer for so many minutes.
    pub lock_after_minutes: Option<u32>,
    /// Lock when the computer locks.
    pub is_locked_with_computer: bool,
    /// Show no amounts: somebody else sees the screen.
    pub is_hidden: bool,
}

#[derive(Serialize, Deserialize)]
struct Meta {
    version: u32,
    rev: u64,
}

impl Default for Meta {
    fn default() -> Meta {
        Meta { version: VERSION, rev: 0 }
    }
}

impl State {
    /// Reads what rests, as far as `now` needs it.
    pub fn load(stored: &Values, now: Timestamp) -> Loaded {
        let mut state = match State::load_root(stored) {
            Ok(state) => state,
            Err(unusable) => return Loaded::Unusable(unusable),
        };
        let keys = state.accounts.iter().flat_map(|account| Shard::keys(account, now));
        let unasked: Vec<_> = keys.filter(|key| stored.get(key).is_none()).collect();
        if !unasked.is_empty() {
            return Loaded::Needs(unasked);
        }
        state.shards = state.accounts.iter().flat_map(|account| Shard::load(account, stored, now)).collect();
        Loaded::Complete(Box::new(state))
    }

    fn load_root(stored: &Values) -> Result<State, Unusable> {
        let meta: Meta = read(stored, META)?.unwrap_or_default();
        if meta.version > VERSION {
            return Err(Unusable::Newer);
        }
        Ok(State {
            rev: meta.rev,
            settings: read(stored, SETTINGS)?.unwrap_or_default(),
            vault: read(stored, VAULT)?,
            accounts: read(stored, ACCOUNTS)?.unwrap_or_default(),
            shards: Vec::new(),
            erased: Vec::new(),
            stored: stored.clone(),
        })
    }

    /// What has to be written so that the state rests as it is now, as the next commit.
    pub fn save(&mut self) -> Values {
        self.rev += 1;
        let root = [
            (META, text(&Meta { version: VERSION, rev: self.rev })),
            (SETTINGS, text(&self.settings)),
            (VAULT, self.vault.as_ref().and_then(text)),
            (ACCOUNTS, text(&self.accounts)),
        ];
        let mut values = Values::default();
        for (key, text) in root {
            if self.stored.get(key) != Some(text.as_deref()) {
                values.set(key.to_owned(), text);
            }
        }
        self.shards.iter().for_each(|shard| shard.save(&mut values));
        self.erased.drain(..).for_each(|key| values.set(key, None));
        values
    }

    /// The account of that id.
    pub fn account(&self, id: &AccountId) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == *id)
    }

    /// The account of that id, to be changed.
    pub fn account_mut(&mut self, id: &AccountId) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| account.id == *id)
    }

    /// What is known of an account, for its ledger: last month, this month, and the last readings of all.
    pub fn told<'a>(&'a self, account: &'a Account) -> Told<'a> {
        let shards = || self.shards.iter().filter(|shard| shard.account == account.id);
        Told {
            observed: shards().flat_map(Shard::observed).chain(&account.last).collect(),
            bills: shards().flat_map(Shard::bills).collect(),
            settled: Vec::new(),
            corrections: shards().flat_map(Shard::corrections).collect(),
            habits: &account.habits,
            spending: account.spending(),
            is_billed: account.is_billed(),
        }
    }

    /// The months, of the last and this, of which some of an account's readings were damaged in storage.
    pub fn lost_months(&self, id: &AccountId) -> Vec<Month> {
        let lost = self.shards.iter().filter(|shard| shard.account == *id && shard.is_part_lost());
        lost.map(|shard| shard.month).collect()
    }

    /// Keeps what an account told. What a clock that ran ahead has left is set aside for good first (rule L8).
    ///
    /// `false`, and nothing is kept, when it is not later than the last reading.
    pub fn observe(&mut self, id: &AccountId, observed: Observed) -> bool {
        let now = observed.at;
        let Some(account) = self.accounts.iter_mut().find(|account| account.id == *id) else { return false };
        let mut shards: Vec<&mut Shard> =
            self.shards.iter_mut().filter(|shard| shard.account == *id).collect();
        shards.iter_mut().for_each(|shard| shard.set_aside(now));
        if account.last.iter().any(|last| is_ahead(last, now)) {
            let known = shards.iter().flat_map(|shard| shard.observed()).chain(&account.last);
            account.last = latest(known.filter(|observed| !is_ahead(observed, now)));
        }
        if account.last.iter().any(|last| last.at >= now) {
            return false;
        }
        if observed.readings.is_empty() {
            return true;
        }
        let before = account.last.clone();
        account.last = latest(before.iter().chain([&observed]));
        for currency in observed.readings.iter().map(Reading::currency) {
            if !account.since.iter().any(|(known, _)| *known == currency) {
                account.since.push((currency, now));
            }
        }
        match shards.into_iter().find(|shard| shard.month == now.month()) {
            Some(shard) => shard.push(observed),
            None => {
                account.months.push(now.month());
                self.shards.push(Shard::begin(id.clone(), before, observed));
            }
        }
        true
    }

    /// Forgets an account and every reading of it.
    pub fn erase(&mut self, id: &AccountId) {
        for account in self.accounts.extract_if(.., |account| account.id == *id) {
            self.erased.extend(Shard::all_keys(&account));
        }
        self.shards.retain(|shard| shard.account != *id);
    }
}

fn text<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

fn read<T: DeserializeOwned>(stored: &Values, key: &'static str) -> Result<Option<T>, Unusable> {
    stored.get(key).flatten().map(serde_json::from_str).transpose().map_err(|_| Unusable::Damaged(key))
}
