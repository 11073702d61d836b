//! The pulse: when an account was last asked and read, and its last problem. Every refresh changes it.
//!
//! It is stored separately from the accounts, as one value for all of them, so that a refresh without new figures writes only
//! this value. Losing it loses no figure: the next refresh restores it.
//!
//! ```text
//!   {"1a2b3c4d": {"read_at": 1795330800000, "asked_at": 1795330800000}, ...}
//! ```

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::provider::Problem;
use crate::time::Timestamp;

/// The pulse of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pulse {
    /// When the account was last read, or the end of what its user typed or imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// When it last reported the same balances as in its last stored reading. That reading is not stored again before a balance
    /// or the day changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeated_at: Option<Timestamp>,
    /// When it was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// When it will be asked next. Pages show it; every commit computes it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The number of failed attempts in a row.
    #[serde(skip_serializing_if = "is_none")]
    pub failures: u32,
    /// The provider asked not to be called before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// Why the last attempt failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Whether the browser stopped the worker during the last attempt.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub is_cut_short: bool,
    /// Whether the data key in use does not open the account's key. The sealed key stays: another data key may open it.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub is_key_lost: bool,
    /// When the refresh in progress began. Only the browser's session remembers it.
    #[serde(skip)]
    pub attempt: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(failures: &u32) -> bool {
    *failures == 0
}

/// The pulses of all accounts, by their ids, as JSON values.
pub(super) type Pulses = Map<String, Value>;
