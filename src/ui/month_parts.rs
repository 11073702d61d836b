//! The displayed parts of the month's total: each book and the subscriptions.
//!
//! Computed once for a page, because each part depends on all others: if one is rounded up, another is rounded down.

use crate::app::View;
use crate::books::figure::{Figure, Mark};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::money::{Amount, Currency};
use crate::ui::format::bar_percent;
use crate::ui::parts;

/// The parts of the month's total.
pub(crate) struct MonthParts<'a> {
    /// The subscription charges.
    pub(crate) plans: Figure,
    books: Vec<(&'a BookStatement, Figure)>,
    /// The total spend of the books of each currency.
    sums: Vec<(Currency, Amount)>,
}

impl<'a> View<'a> {
    /// The displayed spend of each book in the month's total, and of the subscriptions: together they add up to the total. If an
    /// amount is converted, this is not guaranteed.
    pub(crate) fn month_parts(&self) -> MonthParts<'a> {
        let total = &self.statement.total;
        let is_apart = |book: &&BookStatement| total.not_converted.iter().any(|(of, _)| *of == book.currency);
        let all = || self.statement.accounts.iter().flat_map(AccountStatement::counted);
        let books: Vec<&BookStatement> = all().filter(|book| !is_apart(book)).collect();
        let plans = Figure::new(total.plans, Mark::Exact, []);
        let mut shown: Vec<Figure> = books.iter().map(|book| book.spend).chain([plans]).collect();
        let is_converted = books.iter().any(|book| Some(book.currency) != total.currency);
        if let Some(currency) = total.currency.filter(|_| !is_converted) {
            shown = parts::shown(&total.so_far(), &shown, currency);
        }
        let plans = shown.pop().unwrap_or(plans);
        let mut sums: Vec<(Currency, Amount)> = Vec::new();
        for book in all() {
            let Some(amount) = book.spend.amount else { continue };
            match sums.iter_mut().find(|(currency, _)| *currency == book.currency) {
                Some((_, sum)) => *sum = *sum + amount,
                None => sums.push((book.currency, amount)),
            }
        }
        MonthParts { plans, books: books.into_iter().zip(shown).collect(), sums }
    }
}

impl MonthParts<'_> {
    /// The displayed spend of a book this month.
    pub(crate) fn spent(&self, book: &BookStatement) -> Figure {
        let found = self.books.iter().find(|(other, _)| core::ptr::eq(*other, book));
        found.map_or(book.spend, |(_, shown)| *shown)
    }

    /// The share of an account in percent: the largest share that one of its books has of the spend in its currency.
    pub(crate) fn share(&self, account: &AccountStatement) -> u32 {
        let share = |book: &BookStatement| {
            let (_, sum) = self.sums.iter().find(|(currency, _)| *currency == book.currency)?;
            Some(bar_percent(book.spend.amount?, *sum))
        };
        account.counted().filter_map(share).max().unwrap_or(0)
    }
}
