//! The forecast of one book: how fast it burns, and what follows if that goes on.
//!
//! Knows rules F1 to F6. Does not know other accounts or plans: the statement adds those.
//!
//! ```
//! use drawdown::books::forecast::{Burn, State};
//! use drawdown::books::ledger::{AccountHistory, derive};
//! use drawdown::time::{DAY, Timestamp};
//! use drawdown::books::reading::{Observation, DrawOrder};
//!
//! let readings: Vec<Observation> = serde_json::from_str(
//!     r#"[[1795132800000,"",[{"balance":["USD","20"]}]], [1795305600000,"",[{"balance":["USD","15"]}]]]"#,
//! ).unwrap();
//! let now = Timestamp::parse("2026-11-22T00:00:00Z").unwrap();
//! let ledger = derive(&AccountHistory::from_readings(readings.iter().collect(), DrawOrder::InAnyOrder), now);
//! let burn = Burn::new(&ledger.books[0], now).unwrap();
//! assert_eq!((burn.state(), burn.over(30 * DAY).to_string()), (State::Partial, "75".to_owned()));
//! ```

mod interval;
mod anomaly;

pub use anomaly::{Anomaly, is_rising};
pub use interval::{Interval, LEAST_DAYS, together};

use serde::Serialize;

use crate::books::figure::{Figure, Mark, Reason, Reasons};
use crate::books::ledger::Book;
use crate::money::{Amount, Rate};
use crate::time::{DAY, Span, Timestamp};

/// How far back the burn looks.
const TRAILING: u64 = 7 * DAY;

/// How much a forecast stands on (rule F4), from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing observed in the last seven days.
    Gathering,
    /// Less than a day: it can only be low.
    Early,
    /// From one day to seven.
    Partial,
    /// All seven.
    Full,
}

/// Spend per time over the trailing seven days (rule F1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burn {
    /// What was likely spent in the time observed.
    spend: Amount,
    /// Milliseconds observed in the last seven days; never zero.
    pub observed: u64,
    /// What it stands on.
    pub mark: Mark,
    /// Why it has its mark.
    pub reasons: Reasons,
}

/// A pace beside that of the seven days before its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// In percent of the pace before, rounded: 162 is up 62 %.
    pub percent: u64,
    /// What it stands on.
    pub mark: Mark,
}

impl Burn {
    /// The burn of a book a week before its horizon.
    pub fn of_week_before(book: &Book, horizon: Timestamp) -> Option<Burn> {
        Burn::new(book, horizon.minus(TRAILING))
    }

    /// The burn of a book at its horizon: the last moment that its data covers. `None` while it gathers: nothing was
    /// observed in the seven days before.
    pub fn new(book: &Book, horizon: Timestamp) -> Option<Burn> {
        let trailing = Span { from: horizon.minus(TRAILING), to: horizon };
        let (of_months, spent_in_months) = book.of_months(trailing);
        let observed = book.observed(trailing, |_| true).saturating_sub(of_months);
        if observed == 0 {
            return None;
        }
        let mut stands_on = book.spend(trailing);
        stands_on.reasons = stands_on.reasons.without(Reason::Spread);
        if observed < DAY {
            stands_on.lower(Reason::Early);
        }
        if book.counting(trailing).iter().any(|(window, _)| window.likely_top_up().is_some()) {
            stands_on.weaken(Mark::Approximate, Reason::Assumed);
        }
        let spend = book.likely_spend(trailing) - spent_in_months;
        Some(Burn { spend, observed, mark: stands_on.mark, reasons: stands_on.reasons })
    }

    /// How much this stands on.
    pub fn state(&self) -> State {
        match self.observed {
            observed if observed < DAY => State::Early,
            observed if observed < TRAILING => State::Partial,
            _ => State::Full,
        }
    }

    /// What is spent in so many milliseconds at this pace. Under a day observed, the spend is divided by a whole
    /// one, so that it can only be low (rule F4).
    pub fn over(&self, ms: u64) -> Amount {
        self.spend.times(ms, self.observed.max(DAY)).unwrap_or_default()
    }

    /// As a figure, for a time of so many milliseconds.
    pub fn figure(&self, ms: u64) -> Figure {
        Figure { amount: Some(self.over(ms)), mark: self.mark, reasons: self.reasons }
    }

    /// How this pace differs from that of the week before. `None` while either is early, where nothing was spent before,
    /// and where at least so much was: then it may be less that it rose.
    pub fn change(&self, before: &Burn) -> Option<Change> {
        let is_told = self.state() > State::Early && before.state() > State::Early;
        if !is_told || before.reasons.may_be_low() {
            return None;
        }
        let (now, then) = (self.over(DAY), before.over(DAY));
        let percent = (now.times(200, 1)? + then).over(then + then)?.of_whole(1)?;
        // Less than half a percent is left of it, and not nothing.
        let percent = if now.is_zero() { percent } else { percent.max(1) };
        Some(Change { percent, mark: self.mark.max(before.mark) })
    }

    /// For how many days `left` lasts at this pace. `None` while early, and without any recent use (rule F6).
    pub fn runway(&self, left: Amount) -> Option<Rate> {
        if self.state() < State::Partial {
            return None;
        }
        left.or_zero().times(self.observed, DAY)?.over(self.spend)
    }
}
