//! The rows that every format writes: a month's entries with the names of their accounts and the source of each amount.

use crate::books::figure::{Figure, Mark, Reasons};
use crate::books::statement::{Entry, EntryBasis, MonthEntries, Movement};
use crate::money::{Amount, Currency};
use crate::store::{Account, Source, State};
use crate::time::{Day, Timestamp};

/// A month, ready to be written.
pub(super) struct Rows<'a> {
    state: &'a State,
    pub(super) of: MonthEntries,
    /// The time of the export.
    pub(super) now: Timestamp,
}

/// One row of days and lines: a part of an account's spend on a day, or a charge of a subscription.
pub(super) struct Row {
    pub(super) day: Day,
    /// The account, or the subscription.
    pub(super) account: String,
    /// The name of its provider, if it has one.
    pub(super) provider: String,
    /// The model or product; empty without one.
    pub(super) model: String,
    /// The client or project; empty without one.
    pub(super) client: String,
    pub(super) purpose: Purpose,
    pub(super) currency: Currency,
    pub(super) figure: Figure,
    /// The amount in the main currency.
    pub(super) total: Option<Amount>,
    pub(super) source: &'static str,
    /// The id of the account; empty for a subscription.
    pub(super) id: String,
    /// Whether a prepaid balance paid for it, not an invoice.
    pub(super) is_prepaid: bool,
}

/// The purpose of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Use of a model or product.
    Usage,
    /// Use without a breakdown by the provider.
    NotBrokenDown,
    /// A fixed subscription.
    Subscription,
}

impl Purpose {
    pub(super) fn name(self) -> &'static str {
        match self {
            Purpose::Usage => "usage",
            Purpose::NotBrokenDown => "not_broken_down",
            Purpose::Subscription => "subscription",
        }
    }
}

/// The name of a mark in files.
pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Exact => "exact",
        Mark::Approximate => "approximate",
        Mark::Floor => "at_least",
        Mark::Unknown => "unknown",
    }
}

/// The names of reasons, as a JSON list.
pub(super) fn reasons(reasons: Reasons) -> String {
    serde_json::to_string(&reasons).unwrap_or_default()
}

impl<'a> Rows<'a> {
    pub(super) fn new(state: &'a State, of: MonthEntries, now: Timestamp) -> Rows<'a> {
        Rows { state, of, now }
    }

    /// The code of the main currency; empty before there is one.
    pub(super) fn total_currency(&self) -> String {
        self.of.currency.map(|currency| currency.to_string()).unwrap_or_default()
    }

    /// The accounts' rows, then the subscriptions.
    pub(super) fn all(&self) -> impl Iterator<Item = Row> {
        let charges = self.of.charges.iter().map(|charge| Row {
            day: charge.day,
            account: charge.plan.clone(),
            provider: String::new(),
            model: String::new(),
            client: String::new(),
            purpose: Purpose::Subscription,
            currency: charge.price.currency,
            figure: Figure::new(charge.price.amount, Mark::Exact, []),
            total: charge.amount,
            source: "subscription",
            id: String::new(),
            is_prepaid: false,
        });
        self.of.entries.iter().map(|entry| self.row(entry)).chain(charges)
    }

    fn row(&self, entry: &Entry) -> Row {
        let account = self.state.account(&entry.account);
        let source = account.map_or("api_bill", |account| self.source(account, entry));
        Row {
            day: entry.day,
            account: account.map(Account::name).unwrap_or_default(),
            provider: provider(account),
            model: entry.name.clone().unwrap_or_default(),
            client: client(account, entry.name.as_deref()),
            purpose: if entry.name.is_some() { Purpose::Usage } else { Purpose::NotBrokenDown },
            currency: entry.currency,
            figure: entry.figure,
            total: entry.worth,
            source,
            id: entry.account.0.clone(),
            is_prepaid: entry.basis == EntryBasis::Balance,
        }
    }

    fn source(&self, account: &Account, entry: &Entry) -> &'static str {
        match (account.source, entry.basis) {
            (Source::Balance(_) | Source::Bill(_), _) => "typed",
            (_, EntryBasis::Balance) => "balance",
            (_, EntryBasis::Counter) => "counter",
            (_, EntryBasis::Bill) if self.state.is_filed(account, entry.currency, entry.day) => "file",
            (Source::File, EntryBasis::Bill) => "file",
            (Source::Key, EntryBasis::Bill) => "api_bill",
        }
    }

    /// The name of a movement's account, and that of its provider.
    pub(super) fn names(&self, movement: &Movement) -> (String, String) {
        let account = self.state.account(&movement.account);
        (account.map(Account::name).unwrap_or_default(), provider(account))
    }

    /// The client of a movement's account.
    pub(super) fn client(&self, movement: &Movement) -> String {
        client(self.state.account(&movement.account), None)
    }
}

fn client(account: Option<&Account>, line: Option<&str>) -> String {
    account.and_then(|account| account.clients.client_of(line)).unwrap_or_default().to_owned()
}

fn provider(account: Option<&Account>) -> String {
    account.and_then(Account::card).map(|card| card.name.to_owned()).unwrap_or_default()
}
