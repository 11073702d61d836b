//! What loading may leave out, and why nothing may be loaded at all.

use crate::books::reading::AccountId;

/// Accounts whose figures are known as of a commit, so that their history need not be loaded.
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
    /// The value of this key is not what was written there.
    Damaged(String),
    /// A newer version wrote it.
    Newer,
}
