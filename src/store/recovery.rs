//! Recovers values that the browser damaged or lost.
//!
//! Knows which parts of a damaged text can still be read, and what the second copy holds. Does not know where either is stored.
//! A damaged text is kept unchanged under `damaged.KEY`, one line for each time; its missing parts come from the second copy,
//! or else from the defaults.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::books::reading::AccountId;
use crate::store::account::{Account, Source};
use crate::store::json::{read, text};
use crate::store::keys::{ACCOUNTS, META, SETTINGS, VAULT, VERSION};
use crate::store::pulse::Pulse;
use crate::store::settings::Settings;
use crate::store::state::State;
use crate::vault::Vault;

/// The second copy: data that cannot be fetched again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SecondCopy {
    pub(super) version: u32,
    pub(super) settings: Option<Settings>,
    pub(super) vault: Option<Vault>,
    pub(super) accounts: Option<Vec<Account>>,
}

impl SecondCopy {
    /// The copy of a state, as text. Leaves out what every refresh changes, so that the copy is seldom written.
    pub(super) fn text(state: &State) -> Option<String> {
        text(&SecondCopy {
            version: VERSION,
            settings: Some(state.settings.clone()),
            vault: state.vault.clone(),
            accounts: Some(state.stored_accounts().map(Account::lasting).collect()),
        })
    }

    /// Whether the copy has the value of a key.
    pub(super) fn has(&self, key: &str) -> bool {
        match key {
            VAULT => self.vault.is_some(),
            SETTINGS => self.settings.is_some(),
            ACCOUNTS => self.accounts.is_some(),
            META => self.version > 0,
            key => self.accounts.iter().flatten().any(|account| Account::key(&account.id) == key),
        }
    }

    fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().flatten().find(|account| account.id.0 == id)
    }
}

/// Recovers the settings: each field of a damaged text that can be read.
pub(super) fn settings(damaged: &str, spare: &SecondCopy) -> Settings {
    let read = serde_json::from_str(damaged).unwrap_or_default();
    overlay(&spare.settings.clone().unwrap_or_default(), read)
}

/// Recovers a lost or damaged account: each field that can be read, and the rest from the second copy. `None` if neither has
/// any of it.
pub(super) fn account(id: &AccountId, damaged: Option<&str>, spare: &SecondCopy) -> Option<Account> {
    let fields: Map<String, Value> =
        damaged.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let base = || spare.account(&id.0).cloned();
    if fields.is_empty() { base() } else { mend(&id.0, fields, spare) }
}

/// Recovers the accounts of an older version's text: each field of each that can be read. `None` if the text is not a list.
pub(super) fn accounts(damaged: &str, spare: &SecondCopy) -> Option<Vec<Account>> {
    let listed: Vec<Map<String, Value>> = serde_json::from_str(damaged).ok()?;
    let mended = listed.into_iter().filter_map(|fields| {
        let id = fields.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let pulse = overlay(&Pulse::default(), fields.clone());
        mend(&id, fields, spare).map(|account| Account { pulse, ..account })
    });
    Some(mended.collect())
}

fn mend(id: &str, fields: Map<String, Value>, spare: &SecondCopy) -> Option<Account> {
    let provider = fields.get("provider").and_then(Value::as_str).unwrap_or_default();
    let blank = || Account::without_key(AccountId(id.to_owned()), provider, String::new(), Source::Key);
    let base = spare.account(id).cloned().or_else(|| (!id.is_empty()).then(blank))?;
    Some(Account { id: base.id.clone(), ..overlay(&base, fields) })
}

/// A stored pulse; if it is damaged, each field that can be read.
pub(super) fn pulse(stored: Value) -> Pulse {
    match (read(&stored), stored) {
        (Some(pulse), _) => pulse,
        (None, Value::Object(fields)) => overlay(&Pulse::default(), fields),
        (None, _) => Pulse::default(),
    }
}

/// `base` with each of these fields that can be read.
fn overlay<T: Clone + Serialize + DeserializeOwned>(base: &T, fields: Map<String, Value>) -> T {
    let known = text(base).and_then(|text| serde_json::from_str(&text).ok());
    let mut known: Map<String, Value> = known.unwrap_or_default();
    let mut value = base.clone();
    for (name, field) in fields {
        let mut changed = known.clone();
        changed.insert(name, field);
        if let Some(read) = text(&changed).and_then(|text| serde_json::from_str(&text).ok()) {
            (known, value) = (changed, read);
        }
    }
    value
}
