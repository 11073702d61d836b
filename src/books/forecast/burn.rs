//! The burn of a book: its spend divided by the observed time of the last seven days (rule F1). Next month's forecast is based on
//! it (rule F2).
//!
//! Does not know other accounts or plans: the statement adds those.

use crate::books::figure::{Figure, Mark, Reason, Reasons};
use crate::books::forecast::state::State;
use crate::books::ledger::Book;
use crate::money::Amount;
use crate::time::{DAY, Span, Timestamp};

/// The trailing time over which the burn is measured.
const TRAILING: u64 = 7 * DAY;

/// Spend per time over the trailing seven days (rule F1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burn {
    /// The likely spend of the observed time.
    spend: Amount,
    /// The observed milliseconds of the last seven days; never zero.
    pub observed: u64,
    /// The certainty of the burn.
    pub mark: Mark,
    /// The reasons for the mark.
    pub reasons: Reasons,
}

/// A burn compared with that of the seven days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// In percent of the earlier burn, rounded: 162 is up 62 %.
    pub percent: u64,
    /// The certainty of the change.
    pub mark: Mark,
}

impl Burn {
    /// The burn of a book a week before its horizon.
    pub fn of_week_before(book: &Book, horizon: Timestamp) -> Option<Burn> {
        Burn::new(book, horizon.minus(TRAILING))
    }

    /// The burn of a book at its horizon, the last moment that its data covers. `None` if nothing was observed in the
    /// seven days before.
    pub fn new(book: &Book, horizon: Timestamp) -> Option<Burn> {
        let trailing = Span { from: horizon.minus(TRAILING), to: horizon };
        let (of_months, spent_in_months) = book.of_months(trailing);
        let observed = book.observed(trailing, |_| true).saturating_sub(of_months);
        if observed == 0 {
            return None;
        }
        let mut observed_spend = certainty(book, trailing);
        if observed < DAY {
            observed_spend.lower(Reason::Early);
        }
        let spend = book.likely_spend(trailing) - spent_in_months;
        Some(Burn { spend, observed, mark: observed_spend.mark, reasons: observed_spend.reasons })
    }

    /// The state of a forecast based on this burn.
    pub fn state(&self) -> State {
        match self.observed {
            observed if observed < DAY => State::Early,
            observed if observed < TRAILING => State::Partial,
            _ => State::Full,
        }
    }

    /// The spend of a number of milliseconds at this burn. With less than a day observed, the spend is divided by a whole day, so
    /// that the result can only be low (rule F4).
    pub fn over(&self, ms: u64) -> Amount {
        self.spend.times(ms, self.observed.max(DAY)).unwrap_or_default()
    }

    /// The spend of a number of milliseconds, as a figure.
    pub fn figure(&self, ms: u64) -> Figure {
        Figure { amount: Some(self.over(ms)), mark: self.mark, reasons: self.reasons }
    }

    /// The change from the burn of the week before. `None` while either is early, if nothing was spent before, and if the earlier
    /// burn may be low, because the change would then be too large.
    pub fn change(&self, before: &Burn) -> Option<Change> {
        let is_known = self.state() > State::Early && before.state() > State::Early;
        if !is_known || before.reasons.may_be_low() {
            return None;
        }
        let (now, then) = (self.over(DAY), before.over(DAY));
        let percent = (now.times(200, 1)? + then).over(then + then)?.of_whole(1)?;
        // A burn that is not zero is never shown as 0 %.
        let percent = if now.is_zero() { percent } else { percent.max(1) };
        Some(Change { percent, mark: self.mark.max(before.mark) })
    }
}

/// The spend of a span, with the mark of a forecast based on it: an open window counts with an assumed top-up (rule F1), and it
/// does not matter that spend is divided evenly.
pub(super) fn certainty(book: &Book, span: Span) -> Figure {
    let mut spend = book.spend(span);
    spend.reasons = spend.reasons.without(Reason::Spread).without(Reason::BesideBill);
    if book.counting(span).iter().any(|(window, _)| window.likely_top_up().is_some()) {
        spend.weaken(Mark::Approximate, Reason::Assumed);
    }
    spend
}
