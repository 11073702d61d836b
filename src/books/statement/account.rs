//! One account's month: its books, and what is known of the account as a whole.

use crate::books::ledger::{Book, Ledger, derive};
use crate::books::reading::AccountId;
use crate::books::statement::book::BookStatement;
use crate::books::statement::duplicates::Movements;
use crate::books::statement::input::AccountInput;
use crate::time::Timestamp;

/// One account's month.
#[derive(Clone, Debug)]
pub struct AccountStatement {
    /// Whose.
    pub id: AccountId,
    /// When it was last read.
    pub read_at: Option<Timestamp>,
    /// Whether that is too long ago.
    pub is_stale: bool,
    /// Whether it was removed and its history kept.
    pub is_ended: bool,
    /// How many of its observations a wrong clock took (rule L8).
    pub set_aside: usize,
    /// An account connected before that moves exactly like it, and is probably the same (rule L12).
    pub twin: Option<AccountId>,
    /// Its books, in the order of their codes.
    pub books: Vec<BookStatement>,
    pub(super) movements: Movements,
}

impl AccountStatement {
    /// Derives the figures of one account: the costly part of a statement.
    pub fn new(known: &AccountInput<'_>, now: Timestamp) -> AccountStatement {
        let is_ended = known.is_ended;
        let Ledger { books, set_aside } = derive(&known.told, now);
        let age = known.read_at.map(|read_at| now.since(read_at));
        let begins = |book: &Book| {
            let kept = known.since.iter().find(|(currency, _)| *currency == book.currency);
            // A settled day is known as a whole; when its readings began is known from the account.
            let is_same_day = |since: Timestamp| since.day() == book.since.day();
            kept.map_or(book.since, |(_, since)| match is_same_day(*since) {
                true => *since,
                false => book.since.min(*since),
            })
        };
        AccountStatement {
            id: known.id.clone(),
            read_at: known.read_at,
            is_stale: !is_ended && age.is_some_and(|age| age > known.stale_after),
            is_ended,
            twin: None,
            movements: Movements::new(known, now),
            set_aside,
            books: books
                .iter()
                .map(|book| {
                    let mut told = BookStatement::new(book, begins(book), known, now);
                    told.lower_lost(&known.lost, now.month());
                    if is_ended { told.ended() } else { told }
                })
                .collect(),
        }
    }

    /// The books that take part in sums: all but the idle ones, unless there is no other.
    pub fn counted(&self) -> impl Iterator<Item = &BookStatement> {
        let is_all_idle = self.books.iter().all(BookStatement::is_idle);
        self.books.iter().filter(move |book| is_all_idle || !book.is_idle())
    }
}
