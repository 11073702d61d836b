//! The first values of every load: the version, the settings, the vault and the accounts without their history.
//!
//! Distinguishes a lost value from a first run: settings, the list of accounts and the version are in every commit, the version
//! records whether there is a vault, the list names the accounts, and the second copy shows whether there was anything at all.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::books::alert::AlertState;
use crate::books::past_forecast::PastForecast;
use crate::books::reading::AccountId;
use crate::host::{SPARE, Values};
use crate::store::account::Account;
use crate::store::accounts::Accounts;
use crate::store::keys::{
    ACCOUNTS, ALERTS, FORECASTS, META, POPUP, PULSE, SETTINGS, SYNC, VAULT, VERSION, damaged_key, root_keys,
    section_key,
};
use crate::store::loaded::Unusable;
use crate::store::pulse::{Pulse, Pulses};
use crate::store::recovery::{self, SecondCopy};
use crate::store::request_log::Log;
use crate::store::state::{Frame, Loaded, State};
use crate::time::Timestamp;

/// The version, and data about the whole schema.
#[derive(Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) version: u32,
    pub(super) rev: u64,
    /// Whether there is a vault: then a missing one was lost.
    #[serde(default)]
    pub(super) has_vault: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) troubles: Vec<(String, bool)>,
    /// The last forms whose work is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) done: Vec<String>,
    /// The digest of each section of the popup's first frame: an unchanged section is not written again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) sections: Frame,
}

/// The two forms of the value of [`ACCOUNTS`].
enum Listed {
    /// Ids; each account has its own value.
    Ids(Vec<AccountId>),
    /// Whole accounts, up to version 3.
    Whole(Vec<Account>),
}

/// Unreadable texts, by their keys.
type Damaged = Vec<(String, String)>;

impl State {
    /// Loads the first values. A lost or damaged value is taken from the second copy, if that has it.
    pub(super) fn load_root(stored: &Values, now: Timestamp) -> Result<State, Loaded> {
        let mut unreadable = Damaged::new();
        let meta: Option<Meta> = take(stored, META, &mut unreadable);
        let settings = take(stored, SETTINGS, &mut unreadable);
        let vault = take(stored, VAULT, &mut unreadable);
        let listed = listed(stored, &mut unreadable);
        let alerts: Option<AlertState> = take(stored, ALERTS, &mut unreadable);
        let forecasts: Option<Vec<PastForecast>> = take(stored, FORECASTS, &mut unreadable);
        let sync = take(stored, SYNC, &mut unreadable);
        let is_newer = |version: u32| version > VERSION;
        if meta.as_ref().is_some_and(|meta| is_newer(meta.version)) {
            return Err(Loaded::Unusable(Unusable::Newer));
        }
        let singles = match &listed {
            Some(Listed::Ids(ids)) => load_each(stored, ids.clone(), &mut unreadable)?,
            _ => Vec::new(),
        };
        let is_vault_lost = vault.is_none()
            && (is_unreadable(&unreadable, VAULT) || meta.as_ref().is_none_or(|meta| meta.has_vault));
        let mut losses = vec![
            (META.to_owned(), meta.is_none()),
            (SETTINGS.to_owned(), settings.is_none()),
            (VAULT.to_owned(), is_vault_lost),
            (ACCOUNTS.to_owned(), listed.is_none()),
            // Without its record this computer stops syncing; nothing else is lost.
            (SYNC.to_owned(), is_unreadable(&unreadable, SYNC)),
        ];
        losses.extend(singles.iter().map(|(id, account)| (Account::key(id), account.is_none())));
        losses.retain(|(_, is_lost)| *is_lost);
        let spare = stored.get(SPARE);
        if !losses.is_empty() && spare.is_none() {
            return Err(Loaded::Needs(vec![SPARE.to_owned()]));
        }
        let copy = spare.flatten().and_then(|text| serde_json::from_str::<SecondCopy>(text).ok());
        let is_begun = copy.is_some() || root_keys().iter().any(|key| stored.get(key).flatten().is_some());
        let is_copied = copy.is_some();
        let mut copy = copy.unwrap_or_default();
        if meta.is_none() && is_newer(copy.version) {
            return Err(Loaded::Unusable(Unusable::Newer));
        }
        // An unreadable copy may be readable later: until then nothing is written over it.
        if let Some((key, _)) = losses.first().filter(|_| is_begun && spare.flatten() == Some("")) {
            return Err(Loaded::Unusable(Unusable::Damaged(key.clone())));
        }
        let text_of = |of: &str| unreadable.iter().find(|(key, _)| key == of).map(|(_, text)| text.clone());
        let settings = settings.or_else(|| text_of(SETTINGS).map(|text| recovery::settings(&text, &copy)));
        let accounts = match listed {
            Some(Listed::Whole(accounts)) => accounts,
            Some(Listed::Ids(_)) => {
                let mended = |(id, account): (AccountId, Option<Account>)| {
                    account.or_else(|| recovery::account(&id, text_of(&Account::key(&id)).as_deref(), &copy))
                };
                singles.into_iter().filter_map(mended).collect()
            }
            // Each account has its own value, unless an older version wrote them.
            None => match text_of(ACCOUNTS).and_then(|text| recovery::accounts(&text, &copy)) {
                Some(mended) => mended,
                None => {
                    let ids = copy.accounts.iter().flatten().map(|account| account.id.clone()).collect();
                    let mended = |(id, account): (AccountId, Option<Account>)| {
                        account.or_else(|| recovery::account(&id, None, &copy))
                    };
                    load_each(stored, ids, &mut Damaged::new())?.into_iter().filter_map(mended).collect()
                }
            },
        };
        let mut troubles: Vec<(String, bool)> =
            meta.as_ref().map(|meta| meta.troubles.clone()).unwrap_or_default();
        // A copy without a vault proves that there was none.
        let is_reported = |key: &str| {
            is_begun
                && (key != VAULT || !is_copied || copy.vault.is_some() || is_unreadable(&unreadable, VAULT))
        };
        for (key, _) in losses.into_iter().filter(|(key, _)| is_reported(key)) {
            troubles.retain(|(known, _)| *known != key);
            let is_recovered = copy.has(&key);
            troubles.push((key, is_recovered));
        }
        // A page never shows an older state over a newer one, and no number of commits is as high as the time.
        let rev = meta.as_ref().map_or(if is_begun { now.ms() } else { 0 }, |meta| meta.rev);
        let keys: Vec<String> =
            root_keys().into_iter().chain(accounts.iter().map(|account| Account::key(&account.id))).collect();
        let mut state = State {
            rev,
            settings: settings.or_else(|| copy.settings.take()).unwrap_or_default(),
            vault: vault.or_else(|| copy.vault.take().filter(|_| is_vault_lost)),
            sync,
            accounts: Accounts::from_iter(accounts),
            alerts: alerts.unwrap_or_default(),
            forecasts: forecasts.unwrap_or_default(),
            log: Log::load(stored),
            troubles,
            // If the frame is loaded and cannot be painted, the next commit writes it.
            frame: meta
                .as_ref()
                .map(|meta| meta.sections.clone())
                .filter(|frame| is_painted(stored, frame))
                .unwrap_or_default(),
            done: meta.map(|meta| meta.done).unwrap_or_default(),
            kept_damaged: stored
                .only(&unreadable.iter().map(|(key, _)| damaged_key(key)).collect::<Vec<_>>()),
            unreadable,
            stored: stored.only(&keys),
            ..State::default()
        };
        let pulses = stored.get(PULSE).flatten().and_then(|text| serde_json::from_str::<Pulses>(text).ok());
        let mut pulses = pulses.unwrap_or_default();
        for account in state.accounts.iter_mut() {
            if let Some(pulse) = pulses.remove(&account.id.0) {
                account.pulse = recovery::pulse(pulse);
            }
        }
        state.spare = spare.map(|text| text.map(str::to_owned));
        Ok(state)
    }
}

/// Loads each account of a list; `None` for a lost or damaged one.
fn load_each(
    stored: &Values,
    ids: Vec<AccountId>,
    unreadable: &mut Damaged,
) -> Result<Vec<(AccountId, Option<Account>)>, Loaded> {
    let keys = ids.iter().map(Account::key);
    let missing: Vec<String> = keys.filter(|key| stored.get(key).is_none()).collect();
    if !missing.is_empty() {
        return Err(Loaded::Needs(missing));
    }
    let read = |id: AccountId| {
        let account =
            take::<Account>(stored, &Account::key(&id), unreadable).filter(|account| account.id == id);
        (id, account)
    };
    Ok(ids.into_iter().map(read).collect())
}

/// The list of ids, or the accounts as an older version wrote them, with their pulses among their fields.
fn listed(stored: &Values, unreadable: &mut Damaged) -> Option<Listed> {
    let text = stored.get(ACCOUNTS).flatten()?;
    if let Ok(ids) = serde_json::from_str(text) {
        return Some(Listed::Ids(ids));
    }
    let mut accounts: Vec<Account> = take(stored, ACCOUNTS, unreadable)?;
    let pulses: Vec<Pulse> = serde_json::from_str(text).unwrap_or_default();
    for (account, pulse) in accounts.iter_mut().zip(pulses) {
        account.pulse = pulse;
    }
    Some(Listed::Whole(accounts))
}

fn is_unreadable(unreadable: &Damaged, key: &str) -> bool {
    unreadable.iter().any(|(known, _)| known == key)
}

/// Whether the popup's first frame can be painted, as far as it is loaded.
fn is_painted(stored: &Values, frame: &[(String, String)]) -> bool {
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    let is_stored = |id: &String| stored.get(&section_key(id)).is_none_or(|text| text.is_some());
    stored.get(POPUP).is_none_or(|text| text.is_some_and(is_json))
        && frame.iter().all(|(id, _)| is_stored(id))
}

/// Reads the value of a key. An unreadable one is added to `unreadable`.
fn take<T: DeserializeOwned>(stored: &Values, key: &str, unreadable: &mut Damaged) -> Option<T> {
    let text = stored.get(key).flatten().filter(|text| !text.is_empty())?;
    let read = serde_json::from_str(text).ok();
    if read.is_none() {
        unreadable.push((key.to_owned(), text.to_owned()));
    }
    read
}
