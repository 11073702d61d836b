//! What every load begins with: the version, the settings, the vault and the accounts.
//!
//! Knows how a lost value is told from a first run: settings, accounts and the version are in every commit, the version
//! says whether there is a vault, and the second copy says whether there was anything at all.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::books::alert::AlertState;
use crate::host::{SPARE, Values};
use crate::store::recovery::{self, SecondCopy, damaged_key};
use crate::store::request_log::Log;
use crate::store::{
    ACCOUNTS, ALERTS, Loaded, META, POPUP, SETTINGS, State, Unusable, VAULT, VERSION, root_keys,
};
use crate::time::Timestamp;

/// The version, and what is known of the whole.
#[derive(Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) version: u32,
    pub(super) rev: u64,
    /// Whether there is a vault: one that is missing was lost.
    #[serde(default)]
    pub(super) has_vault: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) troubles: Vec<(String, bool)>,
    /// The last forms whose work is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) done: Vec<String>,
    /// The digest of the popup's first frame: one that is the same is not written again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) frame: Option<String>,
}

impl State {
    /// Reads what every load begins with. What is lost or damaged is taken from the second copy, as far as that has it.
    pub(super) fn load_root(stored: &Values, now: Timestamp) -> Result<State, Loaded> {
        let mut aside = Vec::new();
        let meta: Option<Meta> = take(stored, META, &mut aside);
        let settings = take(stored, SETTINGS, &mut aside);
        let vault = take(stored, VAULT, &mut aside);
        let accounts = take(stored, ACCOUNTS, &mut aside);
        let alerts: Option<AlertState> = take(stored, ALERTS, &mut aside);
        let is_vault_lost = vault.is_none()
            && (aside.iter().any(|(key, _)| *key == VAULT)
                || meta.as_ref().is_none_or(|meta| meta.has_vault));
        let losses = [
            (META, meta.is_none()),
            (SETTINGS, settings.is_none()),
            (VAULT, is_vault_lost),
            (ACCOUNTS, accounts.is_none()),
        ];
        let is_whole = losses.iter().all(|(_, is_lost)| !is_lost);
        let spare = stored.get(SPARE);
        if !is_whole && spare.is_none() && meta.as_ref().is_none_or(|meta| meta.version <= VERSION) {
            return Err(Loaded::Needs(vec![SPARE.to_owned()]));
        }
        let copy = spare.flatten().and_then(|text| serde_json::from_str::<SecondCopy>(text).ok());
        let is_begun = copy.is_some() || root_keys().iter().any(|key| stored.get(key).flatten().is_some());
        let is_copied = copy.is_some();
        let mut copy = copy.unwrap_or_default();
        if meta.as_ref().map_or(copy.version, |meta| meta.version) > VERSION {
            return Err(Loaded::Unusable(Unusable::Newer));
        }
        let lost = || losses.iter().filter(|(_, is_lost)| *is_lost).map(|(key, _)| *key);
        // A copy that cannot be read now may be read later: until then nothing is written over what it may hold.
        if let Some(key) = lost().next().filter(|_| is_begun && spare.flatten() == Some("")) {
            return Err(Loaded::Unusable(Unusable::Damaged(key)));
        }
        let text_of = |of: &str| aside.iter().find(|(key, _)| *key == of).map(|(_, text)| text.as_str());
        let mut troubles: Vec<(String, bool)> =
            meta.as_ref().map(|meta| meta.troubles.clone()).unwrap_or_default();
        let has_copy = |key: &str| match key {
            VAULT => copy.vault.is_some(),
            SETTINGS => copy.settings.is_some(),
            ACCOUNTS => copy.accounts.is_some(),
            _ => is_copied,
        };
        // Of a copy without a vault it is known that there was none.
        let is_told = |key: &&str| {
            is_begun && (*key != VAULT || !is_copied || copy.vault.is_some() || text_of(VAULT).is_some())
        };
        for key in lost().filter(is_told) {
            troubles.retain(|(known, _)| known != key);
            troubles.push((key.to_owned(), has_copy(key)));
        }
        let settings = settings.or_else(|| text_of(SETTINGS).map(|text| recovery::settings(text, &copy)));
        let accounts =
            accounts.or_else(|| text_of(ACCOUNTS).and_then(|text| recovery::accounts(text, &copy)));
        // A page shows no older state over a newer: no count of commits has come as far as the time.
        let rev = meta.as_ref().map_or(if is_begun { now.ms() } else { 0 }, |meta| meta.rev);
        let mut state = State {
            rev,
            settings: settings.or_else(|| copy.settings.take()).unwrap_or_default(),
            vault: vault.or_else(|| copy.vault.take().filter(|_| is_vault_lost)),
            accounts: accounts.or_else(|| copy.accounts.take()).unwrap_or_default(),
            alerts: alerts.unwrap_or_default(),
            log: Log::load(stored),
            troubles,
            // Where the frame is looked at and cannot be painted, the next commit writes it.
            frame: meta.as_ref().and_then(|meta| meta.frame.clone()).filter(|_| is_painted(stored)),
            done: meta.map(|meta| meta.done).unwrap_or_default(),
            beside: stored.only(&aside.iter().map(|(key, _)| damaged_key(key)).collect::<Vec<_>>()),
            aside,
            stored: stored.only(&root_keys()),
            ..State::default()
        };
        state.spare = match spare {
            Some(text) => text.map(str::to_owned),
            None => SecondCopy::text(&state),
        };
        Ok(state)
    }
}

/// Whether the popup's first frame can be painted, as far as that is looked at.
fn is_painted(stored: &Values) -> bool {
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    stored.get(POPUP).is_none_or(|text| text.is_some_and(is_json))
}

/// The value of a key. One that cannot be read is set aside.
fn take<T: DeserializeOwned>(
    stored: &Values,
    key: &'static str,
    aside: &mut Vec<(&'static str, String)>,
) -> Option<T> {
    let text = stored.get(key).flatten().filter(|text| !text.is_empty())?;
    let read = serde_json::from_str(text).ok();
    if read.is_none() {
        aside.push((key, text.to_owned()));
    }
    read
}

/// Whether a text that is about to be written, if any is, reads back as this value.
pub(super) fn is_read_from<T: DeserializeOwned + PartialEq>(
    values: &Values,
    key: &str,
    value: Option<&T>,
) -> bool {
    let read = |text: Option<&str>| match text {
        Some(text) => serde_json::from_str(text).is_ok_and(|read: T| Some(&read) == value),
        None => value.is_none(),
    };
    values.get(key).is_none_or(read)
}
