//! Plans: fixed subscriptions. The whole price is charged on one day.
//!
//! Knows when a plan is charged. Does not know whether it is worth its price.
//!
//! ```
//! use drawdown::time::{Day, Month};
//! use drawdown::books::plan::Plan;
//!
//! let plan: Plan = serde_json::from_str(
//!     r#"{"name":"Pro","amount":"20.00","currency":"USD","every":"month","day":31,"since":"2026-01-03"}"#,
//! ).unwrap();
//! assert_eq!(plan.charged_on(Month::parse("2026-11").unwrap()), Day::parse("2026-11-30"));
//! ```

use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency};
use crate::time::{Day, Month, Span};

/// A fixed subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The user's name for the plan.
    pub name: String,
    /// The amount of each charge.
    pub amount: Amount,
    /// The currency.
    pub currency: Currency,
    /// The billing interval.
    pub every: Every,
    /// The day of the month on which it is charged; the last day in a shorter month.
    pub day: u32,
    /// The first day that may be charged. A yearly plan is charged in the month of this day.
    pub since: Day,
    /// The last day that may be charged, if the plan has an end.
    #[serde(default)]
    pub until: Option<Day>,
}

/// The billing interval of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Each month.
    Month,
    /// Each year, in the month in which the plan began.
    Year,
}

impl Plan {
    /// The day on which this plan is charged in that month, if any.
    pub fn charged_on(&self, month: Month) -> Option<Day> {
        let is_its_month = match self.every {
            Every::Month => true,
            Every::Year => month.number() == self.since.month().number(),
        };
        let day = month.day(self.day);
        let is_running = day >= self.since && self.until.is_none_or(|until| day <= until);
        (is_its_month && is_running).then_some(day)
    }

    /// The days on which this plan is charged in `span`, in order. A day counts if it begins in the span.
    pub fn charges(&self, span: Span) -> impl Iterator<Item = Day> {
        let months = core::iter::successors(Some(span.from.month()), |month| Some(month.next()));
        let months = months.take_while(move |month| month.span().from < span.to);
        months.filter_map(|month| self.charged_on(month)).filter(move |day| {
            let begins = day.span().from;
            span.from <= begins && begins < span.to
        })
    }
}
