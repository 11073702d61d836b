//! This month compared with the last one, up to the same day and hour.
//!
//! ```text
//!   last month   |--------------|- - - - - - -|     both up to the same time of the month; a book that is billed late,
//!   this month   |--------------now                 up to the last day with a final bill
//! ```

use crate::books::figure::{Figure, Mark};
use crate::books::forecast::Change;
use crate::books::statement::charge::add_up;
use crate::books::statement::detail::DetailedStatement;
use crate::money::Amount;
use crate::time::{Span, Timestamp};

/// This month compared with the last one, up to the same day and hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The cost of last month up to that moment, subscriptions included, in the main currency.
    pub before: Figure,
    /// The moment in last month; its end, if last month is shorter.
    pub until: Timestamp,
    /// The cost of this month in percent of `before`.
    pub change: Change,
}

impl DetailedStatement<'_> {
    /// This month compared with last month. `None` unless all of last month is known for every account, and it cost something.
    pub fn than_last_month(&self) -> Option<Comparison> {
        let (now, this) = (self.statement.now, self.statement.month.span());
        let last = self.statement.month.previous().span();
        let same_moment = |at: Timestamp| last.from.plus(at.since(this.from)).min(last.to);
        let totals = self.totals();
        let (mut before, mut so_far) = (Vec::new(), Vec::new());
        for book in self.books().filter(|book| book.account.is_counted()(&book.statement)) {
            let to = if book.account.is_ended { now } else { book.statement.horizon.min(now) };
            if to <= this.from {
                continue;
            }
            let then = self.spend(&book, Span { from: last.from, to: same_moment(to) });
            let Some(then) = totals.converted(book.book.currency, &then) else { continue };
            if book.statement.since > last.from {
                return None;
            }
            before.push(then);
            let so_far_of_book = book.book.spend(Span { from: this.from, to });
            so_far.extend(totals.converted(book.book.currency, &so_far_of_book));
        }
        let is_any_unread = self.statement.accounts.iter().any(|account| account.books.is_empty());
        if before.is_empty() || is_any_unread {
            return None;
        }
        let until = same_moment(now);
        let plans =
            |from, to| Figure::new(add_up(&totals.plan_charges(Span { from, to })).0, Mark::Exact, []);
        before.push(plans(last.from, until));
        so_far.push(plans(this.from, now));
        let (before, so_far) = (Figure::sum(&before), Figure::sum(&so_far));
        let percent = percent(so_far.amount?, before.amount?)?;
        let mark = so_far.mark.max(before.mark);
        (before.mark < Mark::Floor).then_some(Comparison { before, until, change: Change { percent, mark } })
    }
}

/// `part` in percent of `whole`, rounded. `None` if the whole is not above zero or the part is below zero.
fn percent(part: Amount, whole: Amount) -> Option<u64> {
    if part.is_negative() || whole <= Amount::ZERO {
        return None;
    }
    (part.times(200, 1)? + whole).over(whole + whole)?.of_whole(1)
}
