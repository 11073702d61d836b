//! Backups: writes everything stored into one file, and restores it.
//!
//! Knows the format of the file, and which of its data wins over existing data. Does not know how the same account is found,
//! nor which keys can be opened.
//!
//! ```text
//!   {"format": "drawdown-backup", "version": 1, "extension": "0.1.0", "made_at": "2026-11-22T07:00:00Z",
//!    "digest": of all stored values, "stored": {"meta": {...}, "account.1a2b3c4d": {...}, ...}}
//! ```
//!
//! The stored values have the keys and the form of the browser's storage, as JSON instead of text. The file leaves out the
//! parts that belong to one browser: the log of requests, the popup's first frame, damaged texts, the settings of the device,
//! and removed accounts. Keys stay sealed, and are included only together with the vault that opens them.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::books::ledger::is_past;
use crate::books::past_forecast;
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::{SPARE, Values};
use crate::money::Currency;
use crate::store::account::Account;
use crate::store::accounts::AccountState;
use crate::store::json::{text, write};
use crate::store::keys::{ACCOUNTS, ALERTS, FORECASTS, META, PULSE, SETTINGS, VAULT, VERSION};
use crate::store::load_scope::LoadScope;
use crate::store::loaded::Unusable;
use crate::store::month_totals::MonthTotals;
use crate::store::pulse::{Pulse, Pulses};
use crate::store::root::Meta;
use crate::store::settings::Settings;
use crate::store::shard::Shard;
use crate::store::state::{Loaded, State};
use crate::time::Timestamp;
use crate::vault::Vault;

/// The file's name for its own format.
const FORMAT: &str = "drawdown-backup";
/// The version of the file format. A higher one was written by a newer Drawdown.
const FILE_VERSION: u32 = 1;
/// A damaged file is recognized if its first bytes, this many, name the format.
const HEAD: usize = 200;
/// The longest id of an account.
const LONGEST_ID: usize = 32;

/// A parsed backup.
#[derive(Clone, Debug)]
pub struct Backup(Box<State>);

/// Why a file cannot be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// It is not a backup.
    Foreign,
    /// It is a backup, but not as it was written.
    Damaged,
    /// A newer version wrote it.
    Newer,
}

/// The result of a restore.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// The number of added accounts.
    pub added: usize,
    /// The names of the accounts here that others were merged into.
    pub merged: Vec<String>,
    /// The number of accounts that need their key again.
    pub keyless: usize,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Body {
    digest: String,
    stored: Map<String, Value>,
}

impl State {
    /// Writes the file; needs [`LoadScope::Whole`]. `device` names the settings that stay in this browser. `None` if a value
    /// cannot be written.
    pub fn to_backup(&self, device: &[&str], now: Timestamp) -> Option<String> {
        // Readings of a clock that ran ahead would count if the file were restored after that time.
        let is_ahead = |state: &&AccountState| {
            let mut read =
                state.readings().map(|observed| observed.at).chain(state.account.pulse.repeated_at);
            read.any(|at| !is_past(at, now))
        };
        let mut ahead = self.accounts.0.iter().filter(is_ahead).map(|state| &state.account.id).peekable();
        if ahead.peek().is_some() {
            let mut state = self.clone();
            ahead.for_each(|id| state.set_aside(id, now, now));
            return state.written(device, now);
        }
        self.written(device, now)
    }

    fn written(&self, device: &[&str], now: Timestamp) -> Option<String> {
        let mut stored = Map::new();
        for (key, text) in self.backed_up(device) {
            stored.insert(key, serde_json::from_str(&text?).ok()?);
        }
        let digest = write(&digest_of(&stored))?;
        let (extension, made_at) = (env!("CARGO_PKG_VERSION"), now);
        let mut file = format!(
            r#"{{"format":"{FORMAT}","version":{FILE_VERSION},"extension":"{extension}","made_at":"{made_at}","digest":{digest},"stored":{{"#
        );
        for (place, (key, value)) in stored.iter().enumerate() {
            file += if place == 0 { "\n" } else { ",\n" };
            file += &format!("{}:{value}", write(key)?);
        }
        file += "\n}}\n";
        Some(file)
    }

    fn backed_up(&self, device: &[&str]) -> Vec<(String, Option<String>)> {
        let meta = Meta {
            version: VERSION,
            rev: 0,
            has_vault: self.vault.is_some(),
            troubles: Vec::new(),
            done: Vec::new(),
            sections: Vec::new(),
        };
        let mut settings = self.settings.clone();
        device.iter().for_each(|name| settings.features.remove(name));
        let ids: Vec<&AccountId> = self.accounts.iter().map(|account| &account.id).collect();
        let mut pulses = Pulses::new();
        pulses.extend(self.accounts.iter().filter_map(|account| {
            let pulse = Pulse { due_at: None, attempt: None, ..account.pulse.clone() };
            Some((account.id.0.clone(), write(&pulse)?))
        }));
        let mut values = vec![
            (META.to_owned(), text(&meta)),
            (SETTINGS.to_owned(), text(&settings)),
            (ACCOUNTS.to_owned(), text(&ids)),
            (PULSE.to_owned(), text(&pulses)),
            (ALERTS.to_owned(), text(&self.alerts)),
        ];
        if !self.forecasts.is_empty() {
            values.push((FORECASTS.to_owned(), text(&self.forecasts)));
        }
        values.extend(self.vault.iter().map(|vault| (VAULT.to_owned(), text(vault))));
        for AccountState { account, shards, totals, .. } in &self.accounts.0 {
            let credential = account.credential.clone().filter(|_| self.vault.is_some());
            let account = Account { credential, replacement: None, ..account.clone() };
            values.push((Account::key(&account.id), text(&account)));
            values.extend(shards.iter().map(|shard| (Shard::key(&account.id, shard.month), shard.text())));
            values.extend(totals.iter().map(|totals| (MonthTotals::key(&account.id), totals.text())));
        }
        values
    }

    /// Whether nothing here could be merged with a backup: then all of it is restored.
    pub fn is_fresh(&self) -> bool {
        let Settings { plans, budget, untracked, .. } = &self.settings;
        let is_chosen = !plans.is_empty() || budget.is_some() || !untracked.is_empty();
        self.accounts.is_empty() && self.removed.is_empty() && self.vault.is_none() && !is_chosen
    }

    /// Restores a backup; needs [`LoadScope::Whole`] with its accounts. `same` has the backup's accounts that exist here under
    /// another id. Keys are taken as the backup has them: see [`Backup::accounts_mut`].
    pub fn restore(
        &mut self,
        Backup(mut backup): Backup,
        same: &[(AccountId, AccountId)],
        now: Timestamp,
    ) -> Restored {
        if self.is_fresh() {
            self.settings = core::mem::take(&mut backup.settings);
            self.alerts = core::mem::take(&mut backup.alerts);
        } else {
            add_missing(&mut self.settings, &backup.settings);
        }
        past_forecast::add_missing(&mut self.forecasts, core::mem::take(&mut backup.forecasts));
        let mut restored = Restored::default();
        let ids: Vec<AccountId> = backup.accounts.iter().map(|account| account.id.clone()).collect();
        for from in ids {
            let id = same.iter().find(|(there, _)| *there == from).map_or(&from, |(_, here)| here);
            let is_here = self.account(id).is_some();
            if is_here {
                backup.settle_account(&from, now);
            }
            for other in backup.accounts.0.extract_if(.., |state| state.account.id == from) {
                if is_here {
                    self.merge(id, other, now);
                } else {
                    restored.added += 1;
                    self.adopt(other);
                    self.show(id, now);
                }
            }
            if let Some(account) = self.account(id) {
                restored.keyless += usize::from(account.lacks_key());
                restored.merged.extend(is_here.then(|| account.name()));
            }
        }
        restored
    }
}

impl Backup {
    /// Parses a file.
    pub fn parse(bytes: &[u8], device: &[&str], now: Timestamp) -> Result<Backup, BackupError> {
        let head = String::from_utf8_lossy(bytes.get(..HEAD.min(bytes.len())).unwrap_or_default());
        let flaw = if head.contains(FORMAT) { BackupError::Damaged } else { BackupError::Foreign };
        let file = core::str::from_utf8(bytes).map_err(|_| flaw)?.trim_start_matches('\u{feff}');
        let Head { format, version } = serde_json::from_str(file).map_err(|_| flaw)?;
        if format != FORMAT {
            return Err(BackupError::Foreign);
        }
        if version > FILE_VERSION {
            return Err(BackupError::Newer);
        }
        let body: Body = serde_json::from_str(file).map_err(|_| BackupError::Damaged)?;
        if digest_of(&body.stored) != body.digest {
            return Err(BackupError::Damaged);
        }
        let mut values = Values::default();
        for (key, value) in &body.stored {
            values.set(key.clone(), Some(value.to_string()));
        }
        values.set(SPARE.to_owned(), None);
        match State::load(&values, now, &LoadScope::Whole(Vec::new())) {
            Loaded::Complete(mut state) if is_whole(&state) => {
                device.iter().for_each(|name| state.settings.features.remove(name));
                Ok(Backup(state))
            }
            Loaded::Unusable(Unusable::Newer) => Err(BackupError::Newer),
            Loaded::Complete(_) | Loaded::Needs(_) | Loaded::Unusable(Unusable::Damaged(_)) => {
                Err(BackupError::Damaged)
            }
        }
    }

    /// Its vault, if it has one.
    pub fn vault(&self) -> Option<&Vault> {
        self.0.vault.as_ref()
    }

    /// Its state, to compare accounts.
    pub fn state(&self) -> &State {
        &self.0
    }

    /// Its accounts, to replace their keys before the restore.
    pub fn accounts_mut(&mut self) -> impl Iterator<Item = &mut Account> {
        self.0.accounts.iter_mut()
    }

    /// The scope that a restore needs.
    pub fn scope(&self) -> LoadScope {
        LoadScope::Whole(self.0.accounts.iter().map(|account| account.id.clone()).collect())
    }
}

/// Whether the whole state could be read, and its accounts have different names.
fn is_whole(state: &State) -> bool {
    let is_name = |AccountId(id): &AccountId| {
        (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let count = |id: &AccountId| state.stored_accounts().filter(|account| account.id == *id).count();
    let is_read = |AccountState { shards, totals, .. }: &AccountState| {
        !shards.iter().any(Shard::is_damaged) && !totals.iter().any(MonthTotals::is_damaged)
    };
    state.unreadable.is_empty()
        && state.troubles.is_empty()
        && state.stored_accounts().all(|account| is_name(&account.id) && count(&account.id) == 1)
        && state.accounts.0.iter().all(is_read)
}

/// Adds the settings that are set there and not here. Settings here stay.
fn add_missing(here: &mut Settings, there: &Settings) {
    for plan in &there.plans {
        if !here.plans.iter().any(|known| known.name == plan.name) {
            here.plans.push(plan.clone());
        }
    }
    for service in &there.untracked {
        if !here.untracked.iter().any(|known| known.name == service.name) {
            here.untracked.push(service.clone());
        }
    }
    for rate in &there.rates {
        if !here.rates.iter().any(|known| (known.from, known.to) == (rate.from, rate.to)) {
            here.rates.push(*rate);
        }
    }
    here.budget = here.budget.or(there.budget);
    for budget in &there.currency_budgets {
        let is_of = |currency: Currency| currency == budget.currency;
        if !here.currency_budgets.iter().any(|known| is_of(known.currency)) {
            here.currency_budgets.push(*budget);
        }
    }
}

/// The digest of all stored values. The order of keys and the spaces between them do not matter.
fn digest_of(stored: &Map<String, Value>) -> String {
    let mut all = String::new();
    for (key, value) in stored {
        all += &format!("{key} {value}\n");
    }
    digest(&all)
}
