//! What a statement is computed from: the accounts with their histories, and the settings that matter to a figure.

use crate::books::correction::ManualFigure;
use crate::books::ledger::AccountHistory;
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::reading::AccountId;
use crate::money::{Currency, Money};
use crate::time::{Month, Timestamp};

/// All that a statement stands on.
#[derive(Clone, Debug)]
pub struct StatementInput<'a> {
    /// The moment it speaks of.
    pub now: Timestamp,
    /// The currency of the totals, where the user chose one.
    pub currency: Option<Currency>,
    /// What currencies are worth in others.
    pub rates: &'a [ExchangeRate],
    /// The fixed subscriptions.
    pub plans: &'a [Plan],
    /// The most that a month shall cost.
    pub budget: Option<Money>,
    /// The accounts.
    pub accounts: Vec<AccountInput<'a>>,
}

/// What is known of one account.
#[derive(Clone, Debug)]
pub struct AccountInput<'a> {
    /// Whose.
    pub id: &'a AccountId,
    /// Its provider's id.
    pub provider: &'a str,
    /// What it told and its user declared, of the previous month and this one at least, with the last reading before
    /// those.
    pub told: AccountHistory<'a>,
    /// When each of its books began, where that lies before what is given.
    pub since: &'a [(Currency, Timestamp)],
    /// Milliseconds after which a bill for a day no longer grows.
    pub settles_after: u64,
    /// The months of which some stored readings were damaged.
    pub lost: Vec<Month>,
    /// Whether its balance is filled up by itself (rule F6).
    pub reloads: bool,
    /// Whether it is watched for what is unusual.
    pub is_watched: bool,
    /// Whether it was removed and its history kept: what it cost counts, and nothing more is expected of it.
    pub is_ended: bool,
    /// Milliseconds after which what is known of it is old.
    pub stale_after: u64,
    /// Up to when it is known, where nobody but its user can tell more.
    pub ends: Option<Timestamp>,
    /// What was left, as its user typed it.
    pub left: &'a [ManualFigure],
    /// When it was last read.
    pub read_at: Option<Timestamp>,
}
