//! When a month was closed, and the changes since then.

use crate::app::View;
use crate::books::statement::BookMonth;
use crate::features::statement::words::words;
use crate::money::Amount;
use crate::store::Account;
use crate::time::{Day, Month};

/// Whether a month can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It was closed on that day.
    Closed(Day),
    /// It stays open up to that day.
    OpenUntil(Day),
    /// It is over, but not every account was closed.
    NotClosed,
}

impl Status {
    /// The status of a month with these books.
    pub(super) fn new(view: &View<'_>, month: Month, books: &[BookMonth]) -> Status {
        let accounts: Vec<&Account> =
            books.iter().filter_map(|book| view.state.account(&book.account)).collect();
        let closed: Vec<Option<Day>> =
            accounts.iter().map(|account| account.closings.closed_on(month)).collect();
        let closes = accounts.iter().map(|account| account.closes_after()).max().unwrap_or_default();
        let closes = month.span().to.plus(closes);
        match closed.iter().copied().collect::<Option<Vec<Day>>>() {
            Some(days) if !days.is_empty() => {
                days.into_iter().max().map_or(Status::NotClosed, Status::Closed)
            }
            _ if view.statement.now < closes => Status::OpenUntil(closes.day()),
            _ => Status::NotClosed,
        }
    }

    /// The status as a sentence.
    pub(super) fn sentence(self, view: &View<'_>) -> String {
        let (words, now) = (words(view.language), view.statement.month);
        match self {
            Status::Closed(day) => (words.closed)(&view.language.date_near(day, now)),
            Status::OpenUntil(day) => (words.open)(&view.language.date_near(day, now)),
            Status::NotClosed => words.not_closed.to_owned(),
        }
    }
}

/// The changes of a month since it was closed: an account's name and a sentence for each.
pub(super) fn restatements(view: &View<'_>, month: Month) -> Vec<(String, String)> {
    let (words, now) = (words(view.language), view.statement.month);
    let mut changes = Vec::new();
    for account in view.state.accounts.iter() {
        for restated in account.closings.restatements(month) {
            let is_more = restated.change > Amount::ZERO;
            let amount = if is_more { restated.change } else { -restated.change };
            let signed =
                format!("{}{}", if is_more { "+" } else { "−" }, view.money(amount, restated.currency));
            changes.push((
                view.name(account),
                (words.restated)(&signed, &view.language.date_near(restated.on, now)),
            ));
        }
    }
    changes
}
