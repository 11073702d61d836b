//! The balance of a book at a moment between two readings, such as the edge of a month.

use crate::books::ledger::book::Book;
use crate::books::ledger::history::AccountHistory;
use crate::books::ledger::is_ahead;
use crate::books::reading::{Observation, Reading};
use crate::money::{Amount, Currency};
use crate::time::{Span, Timestamp};

impl Book {
    /// The balance at `at`: the last reading up to then, minus the spend since (rule L7), plus or minus the money added or
    /// removed since. `None` if no such reading is loaded, or if the balance has another scope than the spend (rule L16).
    pub fn balance_at(&self, history: &AccountHistory<'_>, at: Timestamp, now: Timestamp) -> Option<Amount> {
        if self.balance_of_account.is_some() {
            return None;
        }
        let before = history.observed.iter().filter(|observed| observed.at <= at && !is_ahead(observed, now));
        let balances = before.filter_map(|observed| Some((observed.at, balance(observed, self.currency)?)));
        let (read_at, total) = balances.max_by_key(|(read_at, _)| *read_at)?;
        let since = Span { from: read_at, to: at };
        if since.ms() == 0 {
            return Some(total);
        }
        let spent = self.spend(since).amount.unwrap_or_default();
        Some(total - spent + self.money_in(since) - self.expired(since))
    }
}

/// The balance that an observation reports in a currency: the sum of granted and paid money.
fn balance(observed: &Observation, currency: Currency) -> Option<Amount> {
    observed.readings.iter().find_map(|reading| match reading {
        Reading::Balance(balance) if balance.currency == currency => Some(balance.pools.total()),
        _ => None,
    })
}
