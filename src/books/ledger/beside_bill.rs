//! Shares that may be too high: where a bill gives a part of a window's time, the bill may have more of the window's spend than an
//! even share of it (rule L14). A settled day says the same as its windows, and each month by itself.
//!
//! ```text
//!   balance   20 ------------- one window, 10 spent ------------- 10
//!   bill                              |-------- 7 --------|
//!   counted   |----------- 5 ---------|                            at most 3 were spent before the bill
//! ```

use crate::books::ledger::book::{Book, Booked};
use crate::books::ledger::window::Window;
use crate::time::{Day, Span};

impl Book {
    /// Whether the share of a window may be too high, because a bill may have more of the window than its even share (rule L14).
    pub(super) fn is_beside_bill(&self, window: &Window, free: Span) -> bool {
        let counted = window.span.overlap(free);
        let has_spend = |day: Day| self.counted_windows(day.span()).any(|(_, spend)| !spend.is_zero());
        let (first, last) = (counted.from.day(), counted.to.minus(1).day());
        let is_before = window.span.from < counted.from && counted.from == first.span().from;
        let is_after = window.span.to > counted.to && counted.to == last.span().to;
        (is_before && self.follows_bill(first) && has_spend(first))
            || (is_after && self.precedes_bill(last) && has_spend(last))
            || self.shares_part(window, free)
    }

    /// Whether a bill covers a part of a day on which the window counts, and more time than the window.
    pub(super) fn shares_part(&self, window: &Window, free: Span) -> bool {
        self.days_in(window.span).any(|booked| {
            let is_shared = booked.is_partial() && booked.span.overlap(window.span) != booked.span;
            is_shared && !self.spend_of(window, booked.day.span().overlap(free)).is_zero()
        })
    }

    /// Whether the spend of a settled day may be too high, like the share of a window ([`Book::is_beside_bill`]).
    pub(super) fn is_settled_beside_bill(&self, booked: &Booked) -> bool {
        let is_before = booked.shared.before && self.follows_bill(booked.day);
        let is_after = booked.shared.after && self.precedes_bill(booked.day);
        booked.is_settled && !booked.spend.is_zero() && (is_before || is_after)
    }

    /// Whether a bill ends where a day begins, and none begins there. Figures of a month never depend on bills of another one.
    fn follows_bill(&self, day: Day) -> bool {
        let Span { from, .. } = day.span();
        let before = from.minus(1).day();
        before.month() == day.month()
            && self.bills_on(before).any(|bill| bill.span.to == from)
            && !self.bills_on(day).any(|bill| bill.span.from == from)
    }

    /// Whether a bill begins where a day ends, and none ends there.
    fn precedes_bill(&self, day: Day) -> bool {
        let Span { to, .. } = day.span();
        to.day().month() == day.month()
            && self.bills_on(to.day()).any(|bill| bill.span.from == to)
            && !self.bills_on(day).any(|bill| bill.span.to == to)
    }

    fn bills_on(&self, day: Day) -> impl Iterator<Item = &Booked> {
        self.days_in(day.span()).filter(|booked| booked.is_bill())
    }
}
