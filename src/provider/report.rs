//! What a provider's answers hold, by kind: a [`Report`].
//!
//! Knows how the pages of a read become one report. Does not know what a report changes: that is the store's task.
//!
//! ```
//! use drawdown::books::bill::Bill;
//! use drawdown::money::{Amount, Currency};
//! use drawdown::provider::Report;
//! use drawdown::time::Day;
//!
//! let day = Day::parse("2026-11-10").unwrap();
//! let bill = |dollars| Bill::item(Currency::USD, day, "chat", Some(Amount::whole(dollars)));
//! let page = |dollars| Report { bills: vec![bill(dollars)], ..Report::default() };
//! assert_eq!(Report::from_pages([page(1), page(2)]), Ok(page(3)));
//! ```

use serde::{Deserialize, Serialize};

use crate::books::bill::{Bill, by_book_and_day};
use crate::books::reading::Reading;
use crate::money::Money;
use crate::provider::{Problem, Scope};
use crate::time::Timestamp;

/// What one answer, or all answers of one read, hold. The default is an answer that holds nothing.
///
/// In the browser's session it is JSON without what is empty. Unknown fields are refused, so that no other text reads as a
/// report that holds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// At most one balance and one counter per currency. A currency that the answer leaves out is absent here, which is not
    /// a zero (rule L1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The bills of days. Those of one day and currency are parts of one bill: [`Report::from_pages`] adds them up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bills: Vec<Bill>,
    /// The most that the user lets the provider bill in a month. It moves no money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// What requests through the account cost at other providers this UTC month, paid there with the user's own keys. It is
    /// shown separately and never counted, because those providers report it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byok: Option<Money>,
    /// When the last answer arrived, where this computer's clock is off (see [`crate::provider::Answer::arrived`]).
    #[serde(skip)]
    pub at: Option<Timestamp>,
    /// What the key reaches, where it says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

impl Report {
    /// A report of balances and counters alone.
    pub fn of_readings(readings: Vec<Reading>) -> Report {
        Report { readings, ..Report::default() }
    }

    /// One report of all pages of a read: bills of one day and currency are added up, BYOK use too, and the last limit
    /// and scope count.
    ///
    /// Fails if pages contradict each other: two balances or two counters of one currency, or BYOK use in two currencies.
    pub fn from_pages(pages: impl IntoIterator<Item = Report>) -> Result<Report, Problem> {
        let mut all = Report::default();
        for page in pages {
            for reading in page.readings {
                if all.readings.iter().any(|known| known.is_same_figure(&reading)) {
                    return Err(Problem::unreadable("one figure per currency"));
                }
                all.readings.push(reading);
            }
            all.bills.extend(page.bills);
            all.limit = page.limit.or(all.limit);
            all.scope = page.scope.or(all.scope);
            all.byok = match (all.byok, page.byok) {
                (Some(known), Some(more)) => {
                    Some(known.plus(more).ok_or_else(|| Problem::unreadable("one currency of BYOK use"))?)
                }
                (known, more) => more.or(known),
            };
        }
        // Only here: the limit on the lines of a day holds for the whole bill, not for a part of it.
        all.bills = by_book_and_day(all.bills);
        Ok(all)
    }
}
