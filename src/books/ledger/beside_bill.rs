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
use crate::time::{Day, Span, Timestamp};

impl Book {
    /// Whether the share of a window that is not completely in a free part may be too high, because a bill may have more of the
    /// window than its even share (rule L14).
    pub(super) fn is_beside_bill(&self, window: &Window, free: Span) -> bool {
        let counted = window.span.overlap(free);
        let has_spend = |day: Day| {
            self.counting(day.span()).iter().any(|(window, free)| !self.spend_of(window, *free).is_zero())
        };
        let (first, last) = (counted.from.day(), counted.to.minus(1).day());
        let is_before = window.span.from < counted.from && counted.from == first.span().from;
        let is_after = window.span.to > counted.to && counted.to == last.span().to;
        (is_before && self.follows_bill(first) && has_spend(first))
            || (is_after && self.precedes_bill(last) && has_spend(last))
            || self.shares_part(window, free)
    }

    /// Whether a window counts on a day that is billed in part, and begins or ends within that bill.
    pub(super) fn shares_part(&self, window: &Window, free: Span) -> bool {
        let share = |bill: &Booked| self.spend_of(window, bill.day.span().overlap(free));
        self.bordering_parts(window).any(|bill| !share(bill).is_zero())
    }

    /// Whether the spend of a settled day may be too high, like the share of a window ([`Book::is_beside_bill`]).
    pub(super) fn is_settled_beside_bill(&self, booked: &Booked) -> bool {
        let is_before = booked.shared.before && self.follows_bill(booked.day);
        let is_after = booked.shared.after && self.precedes_bill(booked.day);
        booked.is_settled && !booked.spend.is_zero() && (is_before || is_after)
    }

    /// Whether a bill on a neighbouring day reaches to the edge that a day has in common with it, and none on the day does. Figures
    /// of a month never depend on bills of another one.
    fn meets_bill(&self, day: Day, neighbour: Day, edge: Timestamp) -> bool {
        let has_bill = |day: Day| {
            let mut bills = self.days_in(day.span()).filter(|booked| booked.is_bill());
            bills.any(|bill| bill.span.from == edge || bill.span.to == edge)
        };
        neighbour.month() == day.month() && has_bill(neighbour) && !has_bill(day)
    }

    fn follows_bill(&self, day: Day) -> bool {
        let edge = day.span().from;
        self.meets_bill(day, edge.minus(1).day(), edge)
    }

    fn precedes_bill(&self, day: Day) -> bool {
        let edge = day.span().to;
        self.meets_bill(day, edge.day(), edge)
    }
}
