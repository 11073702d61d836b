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

mod schedule;

pub use schedule::Ended;

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::host::Values;
use crate::ledger::is_ahead;
use crate::money::{Currency, Rate};
use crate::period::{Month, Timestamp};
use crate::plan::Plan;
use crate::provider::Problem;
use crate::reading::{AccountId, Observed, Reading, Role};
use crate::vault::{Sealed, Vault};

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
    shards: BTreeMap<(AccountId, Month), Shard>,
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
    pub rates: BTreeMap<Currency, Rate>,
    /// Fixed subscriptions.
    pub plans: Vec<Plan>,
    /// Lock when nobody touched the computer for so many minutes.
    pub lock_after_minutes: Option<u32>,
    /// Lock when the computer locks.
    pub is_locked_with_computer: bool,
    /// Show no amounts: somebody else sees the screen.
    pub is_hidden: bool,
}

/// One account, with all that is known of its state but its readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its short random name.
    pub id: AccountId,
    /// Its provider's id.
    pub provider: String,
    /// What the user calls it; may be empty.
    pub label: String,
    /// What its provider lets the user choose.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// Whether it is refreshed.
    pub life: Life,
    /// Its sealed key; none after a forgotten password.
    pub credential: Option<Sealed>,
    /// A key that was tried in place of the present one, until the user says how its books go on (rule L12).
    pub replacement: Option<Replacement>,
    /// The months of which readings rest.
    pub months: BTreeSet<Month>,
    /// When each book began.
    pub since: BTreeMap<Currency, Timestamp>,
    /// The last reading of each book.
    pub last: Vec<Observed>,
    /// When it was last read.
    pub read_at: Option<Timestamp>,
    /// When the refresh began that is under way, or was cut short.
    pub attempt: Option<Timestamp>,
    /// When it was last asked.
    pub asked_at: Option<Timestamp>,
    /// How many times in a row it could not be read.
    pub failures: u32,
    /// Not to be asked before: the provider said so.
    pub not_before: Option<Timestamp>,
    /// What stood in the way the last time.
    pub problem: Option<Problem>,
    /// Whether the last refresh was cut short: the browser stopped the worker.
    pub is_cut_short: bool,
}

/// Whether an account goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Life {
    /// It is refreshed.
    Active,
    /// The user paused it; spend may go on unseen.
    Paused,
    /// The user removed it and kept its history.
    Ended,
}

/// A new key for an account, tried and not yet taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The sealed key.
    pub credential: Sealed,
    /// What it told.
    pub observed: Observed,
}

/// One account's readings of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shard {
    /// The last reading of each book before these.
    before: Vec<Observed>,
    readings: Vec<Observed>,
    /// Some of this month's readings were damaged in storage, so that its spend is a floor.
    #[serde(default)]
    is_part_lost: bool,
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

impl Account {
    /// A new one, of which nothing is known yet.
    pub fn new(id: AccountId, provider: &str, label: String, credential: Sealed) -> Account {
        Account {
            id,
            provider: provider.to_owned(),
            label,
            settings: BTreeMap::new(),
            life: Life::Active,
            credential: Some(credential),
            replacement: None,
            months: BTreeSet::new(),
            since: BTreeMap::new(),
            last: Vec::new(),
            read_at: None,
            attempt: None,
            asked_at: None,
            failures: 0,
            not_before: None,
            problem: None,
            is_cut_short: false,
        }
    }

    /// Its key is gone, and with it whatever was under way with it.
    pub fn lose_key(&mut self) {
        self.credential = None;
        self.replacement = None;
        self.attempt = None;
    }
}

impl State {
    /// Reads what rests, as far as `now` needs it.
    pub fn load(stored: &Values, now: Timestamp) -> Loaded {
        let mut state = match State::load_root(stored) {
            Ok(state) => state,
            Err(unusable) => return Loaded::Unusable(unusable),
        };
        let months = [now.month().previous(), now.month()];
        let kept = |account: &Account| {
            let name = |month: &Month| (account.id.clone(), *month);
            months.iter().filter(|month| account.months.contains(month)).map(name).collect::<Vec<_>>()
        };
        let shards: Vec<_> = state.accounts.iter().flat_map(kept).collect();
        let unasked: Vec<_> = shards.iter().map(shard_key).filter(|key| !stored.contains_key(key)).collect();
        if !unasked.is_empty() {
            return Loaded::Needs(unasked);
        }
        for shard in shards {
            let text = stored.get(&shard_key(&shard)).and_then(Option::as_deref);
            if let Some(text) = text {
                let damaged = Shard { is_part_lost: true, ..Shard::default() };
                state.shards.insert(shard, serde_json::from_str(text).unwrap_or(damaged));
            }
        }
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
            shards: BTreeMap::new(),
            erased: Vec::new(),
            stored: stored.clone(),
        })
    }

    /// What has to be written so that the state rests as it is now, as the next commit.
    ///
    /// A damaged shard that is written over is kept beside it, as it was.
    pub fn save(&mut self) -> Values {
        self.rev += 1;
        let mut now = Values::new();
        now.insert(META.to_owned(), text(&Meta { version: VERSION, rev: self.rev }));
        now.insert(SETTINGS.to_owned(), text(&self.settings));
        now.insert(VAULT.to_owned(), self.vault.as_ref().and_then(text));
        now.insert(ACCOUNTS.to_owned(), text(&self.accounts));
        now.extend(self.shards.iter().map(|(name, shard)| (shard_key(name), text(shard))));
        now.extend(self.erased.drain(..).map(|key| (key, None)));
        now.retain(|key, value| self.stored.get(key) != Some(value));
        let damaged: Vec<_> = now.keys().filter_map(|key| Some((key.clone(), self.damaged(key)?))).collect();
        now.extend(damaged.into_iter().map(|(key, old)| (damaged_key(&key), Some(old))));
        now
    }

    /// The stored text of a shard that could not be read.
    fn damaged(&self, key: &str) -> Option<String> {
        let old = self.stored.get(key)?.as_ref().filter(|_| key.starts_with(SHARDS))?;
        serde_json::from_str::<Shard>(old).is_err().then(|| old.clone())
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
    pub fn observed<'a>(&'a self, account: &'a Account, now: Timestamp) -> Vec<&'a Observed> {
        let months = [now.month().previous(), now.month()];
        let shards = months.into_iter().filter_map(|month| self.shards.get(&(account.id.clone(), month)));
        shards.flat_map(|shard| shard.before.iter().chain(&shard.readings)).chain(&account.last).collect()
    }

    /// The months of these two of which some of an account's readings were damaged in storage.
    pub fn lost_months(&self, id: &AccountId) -> BTreeSet<Month> {
        let lost = self.shards.iter().filter(|((of, _), shard)| of == id && shard.is_part_lost);
        lost.map(|((_, month), _)| *month).collect()
    }

    /// Keeps what an account told. What a clock that ran ahead has left is set aside for good first (rule L8).
    ///
    /// `false`, and nothing is kept, when it is not later than the last reading.
    pub fn observe(&mut self, id: &AccountId, observed: Observed) -> bool {
        let now = observed.at;
        let months = [now.month().previous(), now.month()];
        let Some(account) = self.accounts.iter_mut().find(|account| account.id == *id) else { return false };
        let aside = |kept: &mut Observed| {
            if is_ahead(kept, now) {
                kept.role = Role::Aside;
            }
        };
        let mut usable: Vec<Observed> = Vec::new();
        for month in months {
            if let Some(shard) = self.shards.get_mut(&(id.clone(), month)) {
                shard.before.iter_mut().chain(&mut shard.readings).for_each(aside);
                usable.extend(shard.before.iter().chain(&shard.readings).cloned());
            }
        }
        account.last.iter_mut().for_each(aside);
        if account.last.iter().any(|last| last.role == Role::Aside) {
            account.last = latest(usable.iter().chain(&account.last));
        }
        if account.last.iter().any(|last| last.at >= now) {
            return false;
        }
        if observed.readings.is_empty() {
            return true;
        }
        let before = account.last.clone();
        account.months.insert(now.month());
        for Reading::Balance(balance) in &observed.readings {
            account.since.entry(balance.currency).or_insert(now);
        }
        account.last = latest(account.last.iter().chain([&observed]));
        let shard = self.shards.entry((id.clone(), now.month()));
        shard.or_insert_with(|| Shard { before, ..Shard::default() }).readings.push(observed);
        true
    }

    /// Forgets an account and every reading of it.
    pub fn erase(&mut self, id: &AccountId) {
        for account in self.accounts.extract_if(.., |account| account.id == *id) {
            let keys = account.months.iter().map(|month| shard_key(&(id.clone(), *month)));
            self.erased.extend(keys.flat_map(|key| [damaged_key(&key), key]));
        }
        self.shards.retain(|(of, _), _| of != id);
    }
}

/// The last usable observation of each book, each once, in order.
fn latest<'a>(observed: impl Iterator<Item = &'a Observed>) -> Vec<Observed> {
    let mut usable: Vec<&Observed> = observed.filter(|observed| observed.role != Role::Aside).collect();
    usable.sort_by_key(|observed| observed.at);
    let mut last = BTreeMap::new();
    for observed in &usable {
        for Reading::Balance(balance) in &observed.readings {
            last.insert(balance.currency, *observed);
        }
    }
    let by_time: BTreeMap<Timestamp, &Observed> =
        last.values().map(|observed| (observed.at, *observed)).collect();
    by_time.into_values().cloned().collect()
}

/// How the keys of shards begin.
const SHARDS: &str = "readings.";

fn shard_key((AccountId(id), month): &(AccountId, Month)) -> String {
    format!("{SHARDS}{id}.{month}")
}

fn damaged_key(key: &str) -> String {
    format!("damaged.{key}")
}

fn text<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

fn read<T: DeserializeOwned>(stored: &Values, key: &'static str) -> Result<Option<T>, Unusable> {
    let text = stored.get(key).and_then(Option::as_deref);
    text.map(serde_json::from_str).transpose().map_err(|_| Unusable::Damaged(key))
}
