//! What the figures of a key cover (rule L16).

use serde::{Deserialize, Serialize};

/// What a key reaches, where one provider has keys that reach more than others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What was spent with this key alone. A balance is the whole account's all the same.
    Key,
    /// What was spent with the keys of one user of the account.
    User,
    /// The whole account, with all of its keys.
    Account,
}
