//! Settling: the figures stored for a day in place of its windows (rule L13), and when they lose nothing.

use crate::books::bill::Shared;
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::ledger::book::{Book, Booked};
use crate::books::ledger::history::{SettledDay, WholeDay};
use crate::books::ledger::window::Window;
use crate::money::Amount;
use crate::time::Day;

impl Book {
    /// Computes the figures of a day from its windows, to be stored in their place (rule L13). For a day that is billed in part,
    /// they cover the rest of the day. `None` if no window touches the day.
    pub fn settle(&self, day: Day) -> Option<SettledDay> {
        let span = day.span();
        let mut spend = Figure::new(Amount::ZERO, Mark::Exact, []);
        let mut shared = Shared::default();
        let is_billed_in_part = self.days_in(span).any(|booked| !booked.is_settled && booked.span != span);
        let parts = if is_billed_in_part { self.outside(span, Booked::is_bill) } else { vec![span] };
        for part in parts {
            for window in self.windows_in(part) {
                window.add_to(&mut spend, self.spend_of(window, part));
                if self.borders_part(window) {
                    spend.weaken(Mark::Approximate, Reason::Spread);
                }
                if self.shares_part(window, part) {
                    spend.weaken(Mark::Approximate, Reason::BesideBill);
                }
                shared.before |= window.span.from < span.from;
                shared.after |= window.span.to > span.to;
            }
        }
        self.windows_in(span).next()?;
        let ending = || self.windows_in(span).filter(|window| window.span.to <= span.to);
        Some(SettledDay {
            currency: self.currency,
            day,
            spend: spend.amount?,
            mark: spend.mark,
            reasons: spend.reasons,
            shared,
            money_in: ending().map(|window| window.money_in).sum(),
            expired: ending().map(|window| window.expired).sum(),
            whole: self.keeps_all_of(day).then(|| WholeDay { granted: self.granted(span) }),
        })
    }

    /// Whether the settled day would keep all information of its windows.
    fn keeps_all_of(&self, day: Day) -> bool {
        let is_plain = |window: &Window| !window.is_asking() && window.contradiction.is_none();
        self.is_whole(day)
            && self.balance_of_account.is_none()
            && self.days_in(day.span()).next().is_none()
            && self.windows_in(day.span()).all(is_plain)
    }

    /// Whether a settled day that was whole replaces the windows of a day.
    pub fn is_settled_whole(&self, day: Day) -> bool {
        self.days_in(day.span()).all(|booked| booked.is_whole && booked.span == day.span())
            && self.days_in(day.span()).next().is_some()
    }
}
