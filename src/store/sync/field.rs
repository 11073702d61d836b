//! One synced field: a setting, a subscription or an account's choice, addressed by its path.
//!
//! ```text
//!   vault                      the vault
//!   settings/budget            a setting
//!   settings/plans/Claude Max  an entry of a list, by its name
//!   ACCOUNT/label              a field of an account
//!   ACCOUNT/invoices/2026-10 USD  an entry of a list of an account
//!   ACCOUNT/figure/TIME        a figure typed for an account without a key, at a time in milliseconds
//!   ACCOUNT/same/OTHER         the account became the other one
//! ```

use serde_json::Value;

use crate::books::reading::AccountId;
use crate::time::Timestamp;

/// The first part of a setting's path.
pub(super) const SETTINGS: &str = "settings";
/// The path of the vault.
pub(super) const VAULT: &str = "vault";
/// The field with the time when an account was removed.
pub(super) const REMOVED: &str = "removed";
/// Separates an account's id from the time of its typed figure.
const FIGURE: &str = "/figure/";
/// Separates the ids of an account and of the account that it became.
const SAME: &str = "/same/";

/// A field as one computer last changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) path: String,
    pub(super) at: Timestamp,
    /// The name of that computer.
    pub(super) by: String,
    /// `null` if the field has no value any more.
    pub(super) value: Value,
}

impl Field {
    /// The field as JSON on one line.
    pub(super) fn to_text(&self) -> String {
        let Field { path, at, by, value } = self;
        let parts =
            vec![Value::from(path.as_str()), Value::from(at.ms()), Value::from(by.as_str()), value.clone()];
        Value::Array(parts).to_string()
    }

    /// Parses a field. `None` if the text is not one.
    pub(super) fn parse(text: &str) -> Option<Field> {
        let parts: Value = serde_json::from_str(text).ok()?;
        let part = |place: usize| parts.get(place);
        Some(Field {
            path: part(0)?.as_str()?.to_owned(),
            at: Timestamp::from_ms(part(1)?.as_u64()?),
            by: part(2)?.as_str()?.to_owned(),
            value: part(3)?.clone(),
        })
    }

    pub(super) fn is_before(&self, other: &Field) -> bool {
        (self.at, &self.by) < (other.at, &other.by)
    }
}

/// The path of an account's field.
pub(super) fn of_account(AccountId(id): &AccountId, name: &str) -> String {
    format!("{id}/{name}")
}

/// The path of a typed figure of an account.
pub(super) fn path_of_figure(AccountId(id): &AccountId, at: Timestamp) -> String {
    format!("{id}{FIGURE}{}", at.ms())
}

/// The account and the time of a typed figure. `None` for every other path.
pub(super) fn figure_of(path: &str) -> Option<(&str, Timestamp)> {
    let (id, at) = path.split_once(FIGURE).filter(|(id, _)| *id != SETTINGS && !id.contains('/'))?;
    Some((id, Timestamp::from_ms(at.parse().ok()?)))
}

/// The path that records that an account became another one.
pub(super) fn path_of_same(AccountId(from): &AccountId, AccountId(into): &AccountId) -> String {
    format!("{from}{SAME}{into}")
}

/// The account that became another one, and the other one. `None` for every other path.
pub(super) fn same_of(path: &str) -> Option<(&str, &str)> {
    path.split_once(SAME).filter(|(from, _)| *from != SETTINGS && !from.contains('/'))
}

/// The owner of a field: an account's id, or [`SETTINGS`].
pub(super) fn owner_of(path: &str) -> &str {
    path.split_once('/').map_or(path, |(owner, _)| owner)
}
