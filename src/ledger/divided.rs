//! Windows that files divide: a file covers a day up to a moment of it, and a window goes on after that moment (rule L11).
//!
//! ```text
//!   balance   20 --------------- one window, 5 spent --------------- 15
//!   file      |---- 1 billed ----| import                             |
//!   counted            1                          4
//! ```

use crate::ledger::Window;
use crate::ledger::book::{Book, Booked};
use crate::money::Amount;
use crate::period::{Span, Timestamp};

impl Book {
    /// Whether a file covers a part of the window's days only up to a moment in it (rule L11): what the file says of the
    /// window is then taken from it, and the rest was spent in the rest of its time.
    pub(super) fn is_divided(&self, window: &Window) -> bool {
        let Span { from, to } = window.span;
        let mut bills = self.days_in(window.span).filter(|booked| booked.is_partial());
        bills.any(|booked| {
            let within =
                [booked.span.from, booked.span.to].into_iter().filter(|edge| *edge != edge.day().span().from);
            within.chain(booked.as_of).any(|edge| from < edge && edge < to)
        })
    }

    /// The parts of `span` of which no bill tells.
    pub(super) fn unbilled(&self, span: Span) -> Vec<Span> {
        let mut parts = vec![span];
        for booked in self.days_in(span).filter(|booked| !booked.is_settled) {
            if let Some(last) = parts.pop() {
                let before = Span { from: last.from, to: booked.span.from.max(last.from) };
                let after = Span { from: booked.span.to.min(last.to), to: last.to };
                parts.extend([before, after]);
            }
        }
        parts.retain(|part| part.ms() > 0);
        parts
    }

    /// The part of a window's amount that falls into a part of its time of which no bill tells: even over all its time
    /// (rule L7); of a window that is divided, what bills leave of the amount, even over the time that they leave.
    pub(super) fn share_of(
        &self,
        window: &Window,
        amount: Amount,
        billed: impl Fn(&Booked) -> Amount,
        part: Span,
    ) -> Amount {
        if !self.is_divided(window) {
            return window.span.share(amount, part);
        }
        let bills = self.days_in(window.span).filter(|booked| !booked.is_settled);
        let known: Amount = bills.map(|booked| booked.share(billed(booked), window.span)).sum();
        let free = self.unbilled(window.span);
        let until = |moment: Timestamp| {
            free.iter().map(|free| Span { from: free.from, to: free.to.min(moment) }.ms()).sum::<u64>()
        };
        let rest = (amount - known).or_zero();
        let (part, all) = (part.overlap(window.span), until(window.span.to));
        rest.share(until(part.to), all) - rest.share(until(part.from), all)
    }

    pub(super) fn spend_of(&self, window: &Window, part: Span) -> Amount {
        self.share_of(window, window.spend, |booked| booked.spend, part)
    }
}
