//! The scope of a key's figures (rule L16).

use serde::{Deserialize, Serialize};

/// The scope of a key, for a provider with keys of different scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The spend of this key only. A balance still covers the whole account.
    Key,
    /// The spend of all keys of one user of the account.
    User,
    /// The whole account, with all of its keys.
    Account,
}
