//! One book over a month, like a bank statement: opening balance, money added and removed, and closing balance.
//!
//! ```text
//!   opening + money in - spend - expired or refunded + difference = closing
//! ```
//!
//! The difference is the part that readings and bills do not explain. It is zero if only readings of a balance count.

use crate::books::figure::Figure;
use crate::books::ledger::Window;
use crate::books::reading::AccountId;
use crate::books::statement::detail::DetailedStatement;
use crate::books::statement::movements::{MovementKind, movements};
use crate::money::{Amount, Currency};
use crate::time::Month;

/// One book over a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookMonth {
    /// The account.
    pub account: AccountId,
    /// The currency of the book and of all amounts.
    pub currency: Currency,
    /// The balance at the beginning of the month; `None` if there is none or it is not known.
    pub opening: Option<Amount>,
    /// The explained money added: top-ups and granted credit.
    pub money_in: Amount,
    /// The money added in a window with an open question, where more may have been added (rule L4).
    pub unexplained: Amount,
    /// The spend of the month.
    pub spend: Figure,
    /// The money that expired or was refunded, as declared.
    pub money_out: Amount,
    /// The balance at the end of the month; `None` if there is none or it is not known.
    pub closing: Option<Amount>,
    /// The number of open questions about the month.
    pub questions: usize,
}

impl BookMonth {
    /// The part that readings and bills do not explain. `None` unless both balances and the spend are known.
    pub fn difference(&self) -> Option<Amount> {
        let came_in = self.money_in + self.unexplained;
        let expected = self.opening? + came_in - self.spend.amount? - self.money_out;
        Some(self.closing? - expected)
    }

    /// Whether the book has a balance.
    pub fn has_balance(&self) -> bool {
        self.opening.is_some() || self.closing.is_some()
    }
}

impl DetailedStatement<'_> {
    /// Every book that is part of a month's total, as far as the month is loaded, in the order of the statement.
    pub fn book_months(&self, month: Month) -> Vec<BookMonth> {
        let (span, now) = (month.span(), self.statement.now);
        let totals = self.totals();
        let mut months = Vec::new();
        for book in self.books() {
            let spend = self.spend(&book, span);
            if totals.part((book.place, book.account), book.statement, span, spend).is_none() {
                continue;
            }
            let of_kind = |is_it: fn(MovementKind) -> bool| -> Amount {
                let moved = movements(&book, span).into_iter().filter(|movement| is_it(movement.kind));
                moved.map(|movement| movement.amount).sum()
            };
            let unexplained = of_kind(|kind| kind == MovementKind::Unexplained);
            let is_asked = |window: &&Window| span.from < window.span.to && window.span.to <= span.to;
            let balance_at = |at| book.book.balance_at(&book.input.history, at, now);
            months.push(BookMonth {
                account: book.account.id.clone(),
                currency: book.book.currency,
                opening: balance_at(span.from),
                money_in: book.book.money_in(span) - unexplained,
                unexplained,
                spend,
                money_out: book.book.expired(span),
                closing: balance_at(span.to.min(now)),
                questions: book.book.asking().filter(is_asked).count(),
            });
        }
        months
    }
}
