//! What a statement is computed from: the accounts with their histories, and the settings that matter to a figure.

use crate::books::correction::ManualFigure;
use crate::books::credit::Credit;
use crate::books::ledger::AccountHistory;
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::reading::AccountId;
use crate::money::{Currency, Money};
use crate::time::{Month, Timestamp};

/// All that a statement is computed from.
#[derive(Clone, Debug)]
pub struct StatementInput<'a> {
    /// The moment for which it is computed.
    pub now: Timestamp,
    /// The currency of the totals, if the user chose one.
    pub currency: Option<Currency>,
    /// The exchange rates.
    pub rates: &'a [ExchangeRate],
    /// The fixed subscriptions.
    pub plans: &'a [Plan],
    /// The budget of a month.
    pub budget: Option<Money>,
    /// The accounts.
    pub accounts: Vec<AccountInput<'a>>,
}

/// What is known about one account.
#[derive(Clone, Debug)]
pub struct AccountInput<'a> {
    /// Its id.
    pub id: &'a AccountId,
    /// Its provider's id.
    pub provider: &'a str,
    /// Its history of at least the previous month and this one, with the last reading before them.
    pub history: AccountHistory<'a>,
    /// When each of its books began, if that is before its history here.
    pub since: &'a [(Currency, Timestamp)],
    /// Milliseconds after which a bill for a day no longer grows.
    pub settles_after: u64,
    /// The months with damaged readings in storage.
    pub lost: Vec<Month>,
    /// Its prepaid credit with an end date.
    pub credits: &'a [Credit],
    /// Whether the provider reloads its balance automatically (rule F6).
    pub reloads: bool,
    /// Whether unusual days and hours are looked for.
    pub is_watched: bool,
    /// Whether it was removed and its history kept. Its past spend counts, and no more spend is expected.
    pub is_ended: bool,
    /// Milliseconds after which it is stale.
    pub stale_after: u64,
    /// The end of its known time, if only the user can add to it.
    pub ends: Option<Timestamp>,
    /// The balances that the user typed.
    pub left: &'a [ManualFigure],
    /// When it was last read.
    pub read_at: Option<Timestamp>,
}
