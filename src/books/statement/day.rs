//! One UTC day: its spending, and for each book the readings and windows behind its figure.
//!
//! Knows which readings and declarations belong to a window. Does not know how a window's spend is derived: the ledger does.

use crate::books::correction::{Declared, standing};
use crate::books::figure::Figure;
use crate::books::ledger::{Window, is_ahead};
use crate::books::reading::{AccountId, Reading, by_time};
use crate::books::statement::book::lines;
use crate::books::statement::detail::{BookDetail, DetailedStatement};
use crate::books::statement::period::Period;
use crate::books::statement::spending::Spending;
use crate::money::{Amount, Currency};
use crate::order::in_order;
use crate::time::{Day, Span, Timestamp};

/// One UTC day.
#[derive(Clone, Debug)]
pub struct DayDetail {
    /// The UTC day.
    pub day: Day,
    /// The cost of the day, with its parts.
    pub spending: Spending,
    /// Each account with known data on the day, in the order of the statement.
    pub accounts: Vec<AccountDay>,
}

/// One account on one day.
#[derive(Clone, Debug)]
pub struct AccountDay {
    /// The account's id.
    pub id: AccountId,
    /// The books with known data on the day.
    pub books: Vec<BookDay>,
}

/// One book on one day.
#[derive(Clone, Debug)]
pub struct BookDay {
    /// The book's currency.
    pub currency: Currency,
    /// The spend, in that currency.
    pub spend: Figure,
    /// The amount billed for the day; `None` without a bill.
    pub billed: Option<Amount>,
    /// The billed amounts by name, the largest first.
    pub lines: Vec<(String, Amount)>,
    /// The readings taken on the day, by time.
    pub readings: Vec<DayReading>,
    /// The windows that touch the day, by time.
    pub windows: Vec<DayWindow>,
    /// Whether only the figure of the day is stored, without its readings (rule L13).
    pub is_compacted: bool,
}

/// A reading with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReading {
    /// The time of the reading.
    pub at: Timestamp,
    /// A balance or a counter.
    pub reading: Reading,
}

/// A window that touches a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayWindow {
    /// The whole window.
    pub window: Window,
    /// The spend of the whole window, with its mark.
    pub spend: Figure,
    /// The part of the spend that counts on the day: zero where a bill gives the spend.
    pub counted: Amount,
    /// The declarations used for the window, by time (rule L5).
    pub declared: Vec<(Timestamp, Declared)>,
}

impl DetailedStatement<'_> {
    /// One day, if its month is loaded.
    pub fn day(&self, day: Day) -> DayDetail {
        let mut accounts: Vec<AccountDay> = Vec::new();
        for book in self.books() {
            let Some(of_day) = self.book_day(&book, day) else { continue };
            match accounts.last_mut().filter(|last| last.id == book.account.id) {
                Some(account) => account.books.push(of_day),
                None => accounts.push(AccountDay { id: book.account.id.clone(), books: vec![of_day] }),
            }
        }
        DayDetail { day, spending: self.spending(Period::Day(day)), accounts }
    }

    /// A book on one day. `None` if nothing is known.
    fn book_day(&self, book: &BookDetail<'_>, day: Day) -> Option<BookDay> {
        let span = day.span();
        let bills: Vec<_> = book.bills(span).collect();
        let readings = readings(book, span, self.statement.now);
        let windows = windows(book, span);
        let spend = self.spend(book, span);
        if spend.amount.is_none() && readings.is_empty() && windows.is_empty() {
            return None;
        }
        Some(BookDay {
            currency: book.book.currency,
            billed: (!bills.is_empty()).then(|| bills.iter().map(|bill| bill.amount()).sum()),
            lines: lines(&bills).0,
            is_compacted: bills.is_empty() && windows.is_empty() && spend.amount.is_some(),
            spend,
            readings,
            windows,
        })
    }
}

/// The readings of a book in `span`, by time. The reading that opens a month is stored twice and listed once.
fn readings(book: &BookDetail<'_>, span: Span, now: Timestamp) -> Vec<DayReading> {
    let mut readings: Vec<DayReading> = Vec::new();
    for observed in by_time(book.input.history.observed.iter().copied()) {
        if observed.at < span.from || observed.at >= span.to || is_ahead(observed, now) {
            continue;
        }
        for reading in observed.readings.iter().filter(|reading| reading.currency() == book.book.currency) {
            let is_known =
                |known: &DayReading| known.at == observed.at && known.reading.is_same_figure(reading);
            if !readings.iter().rev().take(4).any(is_known) {
                readings.push(DayReading { at: observed.at, reading: reading.clone() });
            }
        }
    }
    readings
}

/// The windows of a book that touch `span`.
fn windows(book: &BookDetail<'_>, span: Span) -> Vec<DayWindow> {
    let of_book = standing(book.input.history.corrections.iter().copied())
        .filter(|(_, declared)| declared.currency == book.book.currency)
        .map(|(correction, declared)| (correction.at, *declared));
    let declared = in_order(of_book, |(at, _), (other, _)| at.cmp(other));
    let of_window = |(window, counted): (&Window, Amount)| {
        let is_in = |(at, _): &&(Timestamp, Declared)| window.span.from < *at && *at <= window.span.to;
        let declared = declared.iter().filter(is_in).copied().collect();
        DayWindow { window: window.clone(), spend: window.figure(), counted, declared }
    };
    book.book.counted_windows(span).map(of_window).collect()
}
