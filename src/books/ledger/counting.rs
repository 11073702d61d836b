//! The times in which windows count, next to booked days. A file that covers a day up to a moment divides a window that continues
//! after that moment (rule L11).
//!
//! ```text
//!   balance   20 --------------- one window, 5 spent --------------- 15
//!   file      |---- 1 billed ----| import                             |
//!   counted            1                          4
//! ```

use crate::books::ledger::book::{Book, Booked};
use crate::books::ledger::window::Window;
use crate::money::Amount;
use crate::time::Span;

impl Book {
    /// The parts of `span` in which windows count: those outside the booked days.
    pub fn free(&self, span: Span) -> Vec<Span> {
        if self.is_billed { Vec::new() } else { self.outside(span, |_| true) }
    }

    /// The parts of `span` outside the booked days that `of` accepts.
    pub(super) fn outside(&self, span: Span, of: fn(&Booked) -> bool) -> Vec<Span> {
        let (mut parts, mut from) = (Vec::new(), span.from);
        for taken in self.days_in(span).filter(|booked| of(booked)).map(|booked| booked.span) {
            parts.push(Span { from, to: taken.from });
            from = taken.to;
        }
        parts.push(Span { from, to: span.to });
        parts.retain(|part| part.from < part.to);
        parts
    }

    /// The windows that count in `span`, each with a part of the span in which it counts.
    pub fn counting(&self, span: Span) -> Vec<(&Window, Span)> {
        let mut counting = Vec::new();
        for free in self.free(span) {
            counting.extend(self.windows_in(free).map(|window| (window, free)));
        }
        counting
    }

    /// The windows that touch `span`, each with the part of its spend that counts there: zero where a bill gives the spend.
    pub fn counted_windows(&self, span: Span) -> impl Iterator<Item = (&Window, Amount)> {
        let free = self.free(span);
        self.windows_in(span)
            .map(move |window| (window, free.iter().map(|part| self.spend_of(window, *part)).sum()))
    }

    /// Whether a file covers a day only up to a moment within the window (rule L11). The file's amounts are then subtracted from
    /// the window, and the remainder was spent in the rest of its time.
    pub(super) fn is_divided(&self, window: &Window) -> bool {
        let Span { from, to } = window.span;
        let mut bills = self.days_in(window.span).filter(|booked| booked.is_partial());
        bills.any(|booked| {
            let within =
                [booked.span.from, booked.span.to].into_iter().filter(|edge| *edge != edge.day().span().from);
            within.chain(booked.as_of).any(|edge| from < edge && edge < to)
        })
    }

    /// The part of a window's amount that falls into `part`, a time without a bill: the amount is divided evenly over the
    /// window's time (rule L7). In a divided window, the amount minus the bills is divided evenly over the time without bills.
    pub(super) fn share_of(
        &self,
        window: &Window,
        amount: Amount,
        billed: fn(&Booked) -> Amount,
        part: Span,
    ) -> Amount {
        if !self.is_divided(window) {
            return window.span.share(amount, part);
        }
        let mut rest = amount;
        for booked in self.days_in(window.span).filter(|booked| booked.is_bill()) {
            rest = rest - booked.share(billed(booked), window.span);
        }
        let part = part.overlap(window.span);
        let (mut before, mut within, mut all) = (0, 0, 0);
        for free in self.outside(window.span, Booked::is_bill) {
            before += free.overlap(Span { from: window.span.from, to: part.from }).ms();
            within += free.overlap(part).ms();
            all += free.ms();
        }
        rest.or_zero().share(before + within, all) - rest.or_zero().share(before, all)
    }

    /// The part of a window's spend, divided the same way.
    pub(super) fn spend_of(&self, window: &Window, part: Span) -> Amount {
        self.share_of(window, window.spend, |booked| booked.spend, part)
    }
}
