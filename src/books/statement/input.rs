//! The input of a statement: the accounts with their histories, and the settings that affect a figure.

use crate::books::correction::ManualFigure;
use crate::books::credit::Credit;
use crate::books::ledger::AccountHistory;
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::reading::AccountId;
use crate::money::{Currency, Money};
use crate::time::{Month, Timestamp};

/// The input of a statement.
#[derive(Clone, Debug)]
pub struct StatementInput<'a> {
    /// The moment of the statement.
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

/// The input for one account.
#[derive(Clone, Debug)]
pub struct AccountInput<'a> {
    /// The account's id.
    pub id: &'a AccountId,
    /// The provider's id.
    pub provider: &'a str,
    /// The history of at least the previous month and this one, with the last reading before them.
    pub history: AccountHistory<'a>,
    /// The beginning of each book that began before the loaded history.
    pub since: &'a [(Currency, Timestamp)],
    /// The milliseconds after which a day's bill no longer grows.
    pub settles_after: u64,
    /// The months with damaged readings in storage.
    pub lost: Vec<Month>,
    /// The prepaid credits with an end date.
    pub credits: &'a [Credit],
    /// Whether the provider reloads the balance automatically (rule F6).
    pub reloads: bool,
    /// Whether unusual days and hours are looked for.
    pub is_watched: bool,
    /// Whether the account was removed with its history kept. Its past spend counts, and no more spend is expected.
    pub is_ended: bool,
    /// The milliseconds after which the account is stale.
    pub stale_after: u64,
    /// The end of the known time, if only the user can extend it.
    pub ends: Option<Timestamp>,
    /// The balances that the user typed.
    pub left: &'a [ManualFigure],
    /// The time of the last reading.
    pub read_at: Option<Timestamp>,
}
