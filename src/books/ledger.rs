//! The ledger: derives the spend of each window and day from an account's readings, bills and corrections.
//!
//! Knows rules L1 to L11. Does not know the future (that is the forecast), nor other accounts. Derivation is a pure function: the
//! same facts give the same books, in any order.
//!
//! ```text
//!   reading      reading      reading            per pool: a fall is spend, a rise is money in
//!   $20.00 ----- $17.50 ----- $26.10             a window with a rise is open where spend may hide behind it
//!     |  window    |  window    |  window
//!     |  $2.50     |  >= $0, open: rose $8.60
//!     |------------ a billed day: the bill is the spend, and windows count only outside of it
//! ```
//!
//! ```
//! use drawdown::books::ledger::{AccountHistory, derive};
//! use drawdown::money::Amount;
//! use drawdown::time::Timestamp;
//! use drawdown::books::reading::{Observation, DrawOrder};
//!
//! let readings: Vec<Observation> = serde_json::from_str(
//!     r#"[[1795330800000,"baseline",[{"balance":["USD","20.00"]}]], [1795334400000,"",[{"balance":["USD","17.50"]}]]]"#,
//! ).unwrap();
//! let history = AccountHistory::from_readings(readings.iter().collect(), DrawOrder::InAnyOrder);
//! let ledger = derive(&history, Timestamp::from_ms(1795334400000));
//! assert_eq!(ledger.books[0].windows[0].spend, Amount::parse("2.50").unwrap());
//! ```

mod balance_at;
mod beside_bill;
mod history;
mod window;
mod book;
mod counting;
mod settling;

pub use book::{Book, Booked};
pub use history::{AccountHistory, MonthLines, SettledDay, WholeDay};
pub use window::{Basis, Contradiction, EmptiedPool, Open, Proposal, Window};

use crate::books::correction::{Declared, standing};
use crate::books::ledger::window::{ConfirmedTopUps, Declarations};
use crate::books::reading::{Counter, Observation, Pools, Reading, Role, by_time};
use crate::money::Currency;
use crate::order::in_order;
use crate::time::{MINUTE, Span, Timestamp};

/// How far a stored reading may be ahead of the clock before it is attributed to a wrong clock (rule L8).
pub const CLOCK_SLACK: u64 = 10 * MINUTE;

/// The books of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One book per currency, in the order of their codes. Currencies are never added here (rule L1).
    pub books: Vec<Book>,
    /// The number of observations left out because their clock was ahead (rule L8).
    pub set_aside: usize,
}

/// Derives the books of one account, as known at `now`.
pub fn derive(history: &AccountHistory<'_>, now: Timestamp) -> Ledger {
    let mut ledger = Ledger::default();
    let observed = by_time(history.observed.iter().copied());
    let counted = |currency: Currency| {
        let mut readings = observed.iter().flat_map(|observed| &observed.readings);
        readings.any(|reading| matches!(reading, Reading::Counter(counter) if counter.currency == currency))
    };
    let standing = standing(history.corrections.iter().copied());
    let declared = standing.map(|(correction, declared)| (correction.at, declared));
    let declared = in_order(declared, |(at, _), (other, _)| at.cmp(other));

    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for observed in &observed {
        if is_ahead(observed, now) {
            ledger.set_aside += 1;
            continue;
        }
        for reading in &observed.readings {
            let currency = reading.currency();
            let place = match drafts.binary_search_by_key(&currency, |draft| draft.book.currency) {
                Ok(place) => place,
                Err(place) => {
                    drafts.insert(
                        place,
                        Draft::new(currency, observed.at, counted(currency), history.is_billed),
                    );
                    place
                }
            };
            if let Some(draft) = drafts.get_mut(place) {
                draft.follow(observed, reading, &declared, history);
            }
        }
    }
    ledger.books = drafts.into_iter().map(|draft| draft.book).collect();
    // A billed book takes no spend from settled days, only the money that was added (rule L10).
    for settled in history.settled.iter().filter(|_| !history.is_billed) {
        ledger.book((settled.currency, Booked::settled(settled)), history.is_billed, now);
    }
    for booked in history.bills.iter().map(|bill| (bill.currency, Booked::billed(bill, history.is_typed))) {
        ledger.book(booked, history.is_billed, now);
    }
    for settled in &history.settled {
        let book = ledger.books.iter_mut().find(|book| book.currency == settled.currency);
        book.into_iter().for_each(|book| book.settled(settled));
    }
    ledger
}

/// Whether an observation was taken by a clock that was ahead (rule L8).
pub fn is_ahead(observed: &Observation, now: Timestamp) -> bool {
    observed.role == Role::Aside || !is_past(observed.at, now)
}

/// Whether a stored time is plausible: at most [`CLOCK_SLACK`] ahead (rule L8).
pub fn is_past(at: Timestamp, now: Timestamp) -> bool {
    at <= now.plus(CLOCK_SLACK)
}

impl Ledger {
    /// The book of a currency.
    pub fn book_of(&self, currency: Currency) -> Option<&Book> {
        self.books.iter().find(|book| book.currency == currency)
    }

    /// Books a day or a part of a day. It replaces what was known about that time.
    fn book(&mut self, (currency, booked): (Currency, Booked), is_billed: bool, now: Timestamp) {
        // A day that is not over is known up to now, or up to its file's import.
        let to = booked.span.to.min(booked.as_of.unwrap_or(now));
        let from = booked.span.from.min(to);
        let place = match self.books.binary_search_by_key(&currency, |book| book.currency) {
            Ok(place) => place,
            Err(place) => {
                self.books.insert(place, Book::new(currency, from, is_billed));
                place
            }
        };
        let Some(book) = self.books.get_mut(place) else { return };
        if booked.is_additional && !is_billed {
            book.additional.push(booked);
            return;
        }
        (book.since, book.until) = (book.since.min(from), book.until.max(to));
        book.book(booked);
    }
}

/// A book while its readings are processed.
struct Draft<'a> {
    book: Book,
    /// Whether a counter gives the spend. The balance is then only shown.
    is_counted: bool,
    counter: Option<&'a Counter>,
}

impl<'a> Draft<'a> {
    fn new(currency: Currency, since: Timestamp, is_counted: bool, is_billed: bool) -> Draft<'a> {
        Draft { book: Book::new(currency, since, is_billed), is_counted, counter: None }
    }

    fn follow(
        &mut self,
        observed: &Observation,
        reading: &'a Reading,
        declared: &[(Timestamp, &Declared)],
        history: &AccountHistory<'_>,
    ) {
        match reading {
            Reading::Balance(balance) => {
                if self.is_counted {
                    self.book.left = Some(balance.pools);
                    let begin = || Box::new(Book::new(balance.currency, observed.at, false));
                    let book = self.book.balance_of_account.get_or_insert_with(begin);
                    follow_balance(book, observed, balance.pools, declared, history);
                } else {
                    follow_balance(&mut self.book, observed, balance.pools, declared, history);
                }
            }
            Reading::Counter(counter) => self.follow_counter(observed, counter, history.restarts_monthly),
        }
    }

    /// Rule L9.
    fn follow_counter(&mut self, observed: &Observation, counter: &'a Counter, restarts_monthly: bool) {
        let book = &mut self.book;
        let span = Span { from: book.until, to: observed.at };
        let month = Span { from: observed.at.month().span().from, to: observed.at };
        match (self.counter, counter.this_month) {
            (Some(before), _) if span.ms() > 0 && observed.role != Role::Baseline => {
                let increase = counter.total - before.total;
                let is_across = span.from < month.from && month.ms() > 0;
                let is_reset =
                    increase.is_negative() || (restarts_monthly && is_across && counter.this_month.is_some());
                let basis = if is_reset { Basis::Reset } else { Basis::Counter };
                // Across the edge of the month, the provider's own figure is the part after the edge, unless it is more than the
                // increase: just after the edge, it may still be the figure of the month before.
                let this_month = counter.this_month;
                let this_month =
                    this_month.filter(|this_month| is_across && (is_reset || *this_month <= increase));
                match this_month {
                    Some(this_month) => {
                        let earlier = Span { to: month.from, ..span };
                        let before = (increase - this_month).or_zero();
                        book.windows.push(Window::counted(earlier, before, basis));
                        book.windows.push(Window::counted(month, this_month, Basis::Counter));
                    }
                    None => book.windows.push(Window::counted(span, increase.or_zero(), basis)),
                }
            }
            (None, Some(this_month)) if month.ms() > 0 => {
                book.windows.push(Window::counted(month, this_month, Basis::Counter));
                book.since = month.from;
            }
            _ => {}
        }
        if span.ms() > 0 || self.counter.is_none() {
            book.until = observed.at;
            self.counter = Some(counter);
        }
    }
}

fn follow_balance(
    book: &mut Book,
    observed: &Observation,
    pools: Pools,
    declared: &[(Timestamp, &Declared)],
    history: &AccountHistory<'_>,
) {
    let span = Span { from: book.until, to: observed.at };
    if let (Some(left), true, true) = (book.left, span.ms() > 0, observed.role != Role::Baseline) {
        let mut sums = Declarations::default();
        let first = declared.partition_point(|(at, _)| *at <= span.from);
        let in_window = declared.iter().skip(first).take_while(|(at, _)| *at <= span.to);
        for (_, declared) in in_window.filter(|(_, declared)| declared.currency == book.currency) {
            sums.add(declared.kind, declared.amount);
        }
        let habits = ConfirmedTopUps { currency: book.currency, confirmed: history.habits };
        book.windows.push(Window::between(span, left, pools, sums, &habits, history.draw_order));
    }
    if span.ms() > 0 || book.left.is_none() {
        book.until = observed.at;
        book.left = Some(pools);
    }
}
