//! What is done about a value that the browser damaged or lost.
//!
//! Knows what of a damaged text can still be read, and what the second copy holds. Does not know where either rests. A
//! damaged text is kept as it was under `damaged.KEY`, with a line for each time, and what it lacks is taken from the
//! second copy, or else from the defaults.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::books::reading::AccountId;
use crate::store::account::Source;
use crate::store::{Account, Settings, State, VERSION, text};
use crate::vault::Vault;

/// The second copy: what nobody could tell again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SecondCopy {
    pub(super) version: u32,
    pub(super) settings: Option<Settings>,
    pub(super) vault: Option<Vault>,
    pub(super) accounts: Option<Vec<Account>>,
}

impl SecondCopy {
    /// The copy of a state, as text. What every refresh changes is not in it, so that it is seldom written.
    pub(super) fn text(state: &State) -> Option<String> {
        text(&SecondCopy {
            version: VERSION,
            settings: Some(state.settings.clone()),
            vault: state.vault.clone(),
            accounts: Some(state.accounts.iter().map(Account::lasting).collect()),
        })
    }

    fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().flatten().find(|account| account.id.0 == id)
    }
}

/// The settings of a damaged text: each field that can be read.
pub(super) fn settings(damaged: &str, spare: &SecondCopy) -> Settings {
    let read = serde_json::from_str(damaged).unwrap_or_default();
    overlay(&spare.settings.clone().unwrap_or_default(), read)
}

/// The accounts of a damaged text: each field of each that can be read. `None` where it is no list.
pub(super) fn accounts(damaged: &str, spare: &SecondCopy) -> Option<Vec<Account>> {
    let listed: Vec<Map<String, Value>> = serde_json::from_str(damaged).ok()?;
    let mended = listed.into_iter().filter_map(|fields| {
        let part = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let id = part("id");
        let blank =
            || Account::without_key(AccountId(id.to_owned()), part("provider"), String::new(), Source::Key);
        let base = spare.account(id).cloned().or_else(|| (!id.is_empty()).then(blank))?;
        Some(overlay(&base, fields))
    });
    Some(mended.collect())
}

/// A value with each of these fields that can be read in place of its own.
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

/// Where damaged texts of a key are kept.
pub(super) fn damaged_key(key: &str) -> String {
    format!("damaged.{key}")
}

/// A damaged text behind those that were kept before.
pub(super) fn kept_beside(before: Option<&str>, damaged: &str) -> String {
    before.into_iter().chain([damaged]).collect::<Vec<_>>().join("\n")
}
