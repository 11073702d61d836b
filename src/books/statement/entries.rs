//! A month as a list of entries: the spend of each account on each day by model or product, and the money added and removed. The
//! entries sum to the month's total to the last digit.
//!
//! Knows how a day is divided into lines. Does not know a file format.
//!
//! ```text
//!   month of a book  =  its days; a day  =  its billed lines  +  the rest, which has no name
//!   in the main currency: the converted sum so far, minus the converted sum before the entry, so the parts sum to the
//!   converted total (like the shares of rule L7)
//! ```

use crate::books::bill::Bill;
use crate::books::figure::{Figure, Reason};
use crate::books::ledger::Basis;
use crate::books::reading::AccountId;
use crate::books::statement::book::lines;
use crate::books::statement::charge::PlanCharge;
use crate::books::statement::detail::{BookDetail, DetailedStatement};
use crate::books::statement::movements::{Movement, movements};
use crate::books::statement::period::PeriodTotal;
use crate::money::{Amount, Currency, Money};
use crate::time::{Day, Month, Span};

/// The decimals of a converted sum so far; that of the whole month is not rounded.
const DECIMALS: u32 = 12;

/// A month as a list.
#[derive(Clone, Debug)]
pub struct MonthEntries {
    /// The UTC month.
    pub month: Month,
    /// The main currency; `None` while nothing is known.
    pub currency: Option<Currency>,
    /// The month's total, as pages show it.
    pub sum: PeriodTotal,
    /// The spend of the accounts, by account, book and day.
    pub entries: Vec<Entry>,
    /// The subscriptions charged, by day.
    pub charges: Vec<PlanCharge>,
    /// The money added and removed, by account, book and day. It is not spend.
    pub movements: Vec<Movement>,
}

/// The spend of one account on one day, for one model or product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The UTC day.
    pub day: Day,
    /// The account.
    pub account: AccountId,
    /// The model or product by its provider's name; `None` for unnamed spend.
    pub name: Option<String>,
    /// The currency of the book.
    pub currency: Currency,
    /// The amount in that currency, with the mark and the reasons of the whole day. Unknown is not zero.
    pub figure: Figure,
    /// The amount in the main currency; `None` if it is unknown or there is no rate.
    pub worth: Option<Amount>,
    /// The basis of the amount.
    pub basis: EntryBasis,
}

/// The basis of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryBasis {
    /// A bill, from the provider, from a file or typed.
    Bill,
    /// The falls of a balance.
    Balance,
    /// The increases of a counter.
    Counter,
}

impl DetailedStatement<'_> {
    /// A month up to today, if it is loaded.
    pub fn entries(&self, month: Month) -> MonthEntries {
        let span = month.span();
        let (sum, charges) = self.period(span);
        let (mut entries, mut moved) = (Vec::new(), Vec::new());
        for book in self.books() {
            moved.extend(movements(&book, span));
            let spend = self.spend(&book, span);
            let totals = self.totals();
            if totals.part((book.place, book.account), book.statement, span, spend).is_some() {
                self.add_entries(&book, span, &mut entries);
            }
        }
        MonthEntries {
            month,
            currency: self.statement.total.currency,
            sum,
            entries,
            charges,
            movements: moved,
        }
    }

    fn add_entries(&self, book: &BookDetail<'_>, span: Span, entries: &mut Vec<Entry>) {
        let (currency, totals) = (book.book.currency, self.totals());
        let worth = |amount: Amount| totals.worth(Money { amount, currency });
        let (first, mut so_far) = (entries.len(), Amount::ZERO);
        let mut before = worth(Amount::ZERO);
        let began = book.statement.since.day();
        let days = span.days().take_while(|day| *day <= self.statement.now.day());
        for day in days {
            let figure = self.spend(book, day.span());
            let Some(spend) = figure.amount else {
                if day >= began {
                    let basis = basis(book, day, &figure);
                    let account = book.account.id.clone();
                    entries.push(Entry { day, account, name: None, currency, figure, worth: None, basis });
                }
                continue;
            };
            for (name, amount, basis) in parts(book, day, spend, &figure) {
                so_far = so_far + amount;
                let converted = worth(so_far);
                let rounded = converted.map(|amount| amount.rounded(DECIMALS));
                entries.push(Entry {
                    day,
                    account: book.account.id.clone(),
                    name,
                    currency,
                    figure: Figure { amount: Some(amount), ..figure },
                    worth: rounded.zip(before).map(|(after, before)| after - before),
                    basis,
                });
                before = rounded;
            }
        }
        // The last entry takes the rounding difference.
        let rest = worth(so_far).zip(before).map(|(whole, rounded)| whole - rounded).unwrap_or_default();
        let of_book = entries.get_mut(first..).unwrap_or_default();
        if let Some(last) = of_book.iter_mut().rev().find_map(|entry| entry.worth.as_mut()) {
            *last = *last + rest;
        }
    }
}

/// The parts of a day: its billed lines, and the rest. A day that cost nothing has one part.
fn parts(
    book: &BookDetail<'_>,
    day: Day,
    spend: Amount,
    figure: &Figure,
) -> Vec<(Option<String>, Amount, EntryBasis)> {
    let bills: Vec<&Bill> = book.bills(day.span()).collect();
    let named = lines(&bills).0;
    let rest = spend - named.iter().map(|(_, amount)| *amount).sum();
    let mut parts: Vec<_> =
        named.into_iter().map(|(name, amount)| (Some(name), amount, EntryBasis::Bill)).collect();
    if !rest.is_zero() || parts.is_empty() {
        parts.push((None, rest, basis(book, day, figure)));
    }
    parts
}

/// The basis of the unnamed part of a day.
fn basis(book: &BookDetail<'_>, day: Day, figure: &Figure) -> EntryBasis {
    let is_counter = |basis: Basis| matches!(basis, Basis::Counter | Basis::Reset);
    let mut counted = book.book.counted_windows(day.span()).peekable();
    if book.book.is_billed {
        EntryBasis::Bill
    } else if counted.peek().is_some() {
        let is_any = counted.any(|(window, _)| is_counter(window.basis));
        if is_any { EntryBasis::Counter } else { EntryBasis::Balance }
    } else if figure.reasons.has(Reason::Derived) {
        EntryBasis::Balance
    } else if book.bills(day.span()).next().is_some() {
        EntryBasis::Bill
    } else if book.book.left.is_some() && book.book.balance_of_account.is_none() {
        EntryBasis::Balance
    } else {
        EntryBasis::Counter
    }
}
