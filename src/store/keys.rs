//! The keys under which values are stored, and their version.

use crate::books::reading::AccountId;

/// The version of the stored schema. A higher one was written by a newer Drawdown and is left alone. Version 1 kept each
/// reading as JSON, 2 had no imports, 3 kept all accounts in one value, with their pulses and the attempts in progress, and 4
/// listed every month of an account; all of them can still be read.
pub(super) const VERSION: u32 = 5;
/// The key of the popup's first frame.
pub const POPUP: &str = "popup";
pub(super) const META: &str = "meta";
pub(super) const SETTINGS: &str = "settings";
pub(super) const VAULT: &str = "vault";
pub(super) const ACCOUNTS: &str = "accounts";
pub(super) const PULSE: &str = "pulse";
pub(super) const ALERTS: &str = "alerts";
pub(super) const FORECASTS: &str = "forecasts";
pub(super) const SYNC: &str = "sync";
/// The prefix of an account's record; its id follows.
pub(super) const RECORD: &str = "account.";
/// The prefix of a month of an account; its id, a dot and the month follow.
pub(super) const HISTORY: &str = "readings.";
/// The prefix of an account's totals; its id follows.
pub(super) const TOTALS: &str = "months.";
/// It may hold data of an erased account.
pub(super) const DAMAGED_ACCOUNTS: &str = "damaged.accounts";

/// The key of one section of that frame.
pub fn section_key(id: &str) -> String {
    format!("{POPUP}.{id}")
}

/// The first keys of every load.
pub fn root_keys() -> Vec<String> {
    [META, SETTINGS, VAULT, ACCOUNTS, PULSE, ALERTS, FORECASTS, SYNC, DAMAGED_ACCOUNTS]
        .map(str::to_owned)
        .to_vec()
}

/// Whether a key is that of an account's record.
pub fn is_record(key: &str) -> bool {
    key.starts_with(RECORD)
}

/// Whether a key is that of a month of an account.
pub fn is_history(key: &str) -> bool {
    key.starts_with(HISTORY)
}

/// Whether a key is that of an account's totals of months.
pub fn is_totals(key: &str) -> bool {
    key.starts_with(TOTALS)
}

/// Whether a key is that of a month of this account.
pub fn is_history_of(key: &str, AccountId(id): &AccountId) -> bool {
    let of = key.strip_prefix(HISTORY).and_then(|rest| rest.strip_prefix(id.as_str()));
    of.is_some_and(|rest| rest.starts_with('.'))
}

/// The key for a key's damaged texts.
pub(super) fn damaged_key(key: &str) -> String {
    format!("damaged.{key}")
}

/// Appends a damaged text to the earlier ones.
pub(super) fn append_damaged(before: Option<&str>, damaged: &str) -> String {
    before.into_iter().chain([damaged]).collect::<Vec<_>>().join("\n")
}
