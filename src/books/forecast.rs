//! The forecast of one book: its burn, its pace, the range around both, and the run-out dates computed from them.
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

mod state;
mod burn;
mod recent;
mod pace;
mod interval;
mod anomaly;

pub use anomaly::{Anomaly, is_rising};
pub use burn::{Burn, Change};
pub use interval::{Interval, LEAST_DAYS, TUNING, Tuning, together};
pub use pace::{Difference, Direction, Pace};
pub use recent::{RECENT_DAYS, RecentDay, RecentDays};
pub use state::State;

use crate::books::ledger::Book;
use crate::money::{Amount, Rate};
use crate::time::{DAY, Timestamp};

/// The forecast inputs that are computed from the recent days of a book.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The basis of next month's forecast (rule F2).
    pub burn: Burn,
    /// The basis of the forecast for the rest of this month (rule F3).
    pub pace: Pace,
    /// The range around both (rule F5).
    pub interval: Interval,
    /// The days behind the pace and the range.
    pub recent: RecentDays,
}

impl Outlook {
    /// The outlook of a book at its horizon, the last moment that its data covers. `None` if nothing was observed in the seven
    /// days before.
    pub fn new(book: &Book, horizon: Timestamp) -> Option<Outlook> {
        let burn = Burn::new(book, horizon)?;
        let recent = RecentDays::new(book, horizon);
        let pace = Pace::new(book, &recent, horizon, &burn);
        let interval = Interval::new(&recent, burn.state(), book.currency.smallest(), &TUNING);
        Some(Outlook { burn, pace, interval, recent })
    }

    /// The upper end of the range for one day. `None` without a range.
    pub fn upper_end_of_day(&self) -> Option<Amount> {
        let day = self.pace.over(DAY);
        Some(day + self.interval.half(DAY, day)?)
    }

    /// The days that `left` lasts at the pace (rule F6). `None` while early, and without recent use.
    pub fn runway(&self, left: Amount) -> Option<Rate> {
        if self.burn.state() < State::Partial {
            return None;
        }
        left.or_zero().over(self.pace.over(DAY))
    }

    /// The days after which `left` is spent, at the earliest and at the latest (rule F6). `None` without a range.
    pub fn runway_range(&self, left: Amount) -> Option<(Rate, Option<Rate>)> {
        self.interval.runway(&self.pace, left)
    }
}
