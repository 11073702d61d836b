//! The parts that a load may skip, and the reasons why it fails.

use crate::books::reading::AccountId;

/// Accounts whose figures are known for a commit, so that their history need not be loaded.
#[derive(Clone, Copy, Debug)]
pub struct Skip<'a> {
    /// The number of that commit.
    pub rev: u64,
    /// The accounts.
    pub accounts: &'a [AccountId],
}

impl Skip<'_> {
    /// Every account is loaded.
    pub const NONE: Skip<'static> = Skip { rev: 0, accounts: &[] };
}

/// Why the stored values cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The value of this key is damaged.
    Damaged(String),
    /// A newer version wrote them.
    Newer,
}
