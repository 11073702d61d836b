//! One account's month: its books, and the state of the account.

use crate::books::ledger::{Book, Ledger, derive};
use crate::books::reading::AccountId;
use crate::books::statement::book::BookStatement;
use crate::books::statement::duplicates::Movements;
use crate::books::statement::input::AccountInput;
use crate::time::Timestamp;

/// One account's month.
#[derive(Clone, Debug)]
pub struct AccountStatement {
    /// The account's id.
    pub id: AccountId,
    /// The time of the last reading.
    pub read_at: Option<Timestamp>,
    /// Whether the last reading is too old.
    pub is_stale: bool,
    /// Whether the account was removed with its history kept.
    pub is_ended: bool,
    /// The number of observations taken by a wrong clock (rule L8).
    pub set_aside: usize,
    /// An account connected earlier that moves identically, and is probably the same one (rule L12).
    pub duplicate: Option<AccountId>,
    /// The books, in the order of their codes.
    pub books: Vec<BookStatement>,
    pub(super) movements: Movements,
}

impl AccountStatement {
    /// Derives the figures of one account: the expensive part of a statement.
    pub fn new(input: &AccountInput<'_>, now: Timestamp) -> AccountStatement {
        AccountStatement::from_ledger(input, &derive(&input.history, now), now)
    }

    /// The figures of one account from its ledger.
    pub(super) fn from_ledger(
        input: &AccountInput<'_>,
        Ledger { books, set_aside }: &Ledger,
        now: Timestamp,
    ) -> AccountStatement {
        let is_ended = input.is_ended;
        let age = input.read_at.map(|read_at| now.since(read_at));
        let begins = |book: &Book| {
            let kept = input.since.iter().find(|(currency, _)| *currency == book.currency);
            // A settled day covers the whole day; the account knows the moment of the day at which the readings began.
            kept.map_or(book.since, |(_, since)| {
                let is_same_day = since.day() == book.since.day();
                if is_same_day { *since } else { book.since.min(*since) }
            })
        };
        AccountStatement {
            id: input.id.clone(),
            read_at: input.read_at,
            is_stale: !is_ended && age.is_some_and(|age| age > input.stale_after),
            is_ended,
            duplicate: None,
            movements: Movements::new(input, now),
            set_aside: *set_aside,
            books: books
                .iter()
                .map(|book| {
                    let statement = BookStatement::new(book, begins(book), input, now);
                    if is_ended { statement.ended() } else { statement }
                })
                .collect(),
        }
    }

    /// The books that are part of totals: all except the idle ones, or all if every book is idle.
    pub fn counted(&self) -> impl Iterator<Item = &BookStatement> {
        self.books.iter().filter(self.is_counted())
    }

    /// Whether a book is part of totals.
    pub(super) fn is_counted(&self) -> impl Fn(&&BookStatement) -> bool {
        let is_all_idle = self.books.iter().all(BookStatement::is_idle);
        move |book| is_all_idle || !book.is_idle()
    }
}
