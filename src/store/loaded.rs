//! What loading comes to, and what it may leave out.

use crate::books::reading::AccountId;
use crate::store::State;

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

/// What loading came to.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// All of it.
    Complete(Box<State>),
    /// More keys are needed.
    Needs(Vec<String>),
    /// Nothing can be done with it, and nothing may be written.
    Unusable(Unusable),
}

/// Why what rests cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The value of this key is not what was written there.
    Damaged(&'static str),
    /// A newer version wrote it.
    Newer,
}
