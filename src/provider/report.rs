//! The content of a provider's answers, by kind: a [`Report`].
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

/// The content of one answer, or of all answers of one read. The default is an empty answer.
///
/// The browser's session stores it as JSON without the empty fields. Unknown fields are refused, so that no other text parses as
/// an empty report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// The readings, at most one balance and one counter per currency. A currency that the answer leaves out is absent here,
    /// which is not a zero (rule L1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// The bills of days. Bills for the same day and currency are parts of one bill: [`Report::from_pages`] adds them up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bills: Vec<Bill>,
    /// The user's monthly billing limit at the provider. It moves no money.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// The cost of requests through the account at other providers this UTC month, paid there with the user's own keys. It is
    /// shown separately and never counted, because those providers report it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byok: Option<Money>,
    /// The time of the last answer, if this computer's clock is off (see [`crate::provider::Answer::arrived`]).
    #[serde(skip)]
    pub at: Option<Timestamp>,
    /// The scope of the key, if the answer includes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
}

impl Report {
    /// A report with only balances and counters.
    pub fn of_readings(readings: Vec<Reading>) -> Report {
        Report { readings, ..Report::default() }
    }

    /// Merges all pages of a read into one report: bills for the same day and currency and BYOK use are added up, and the last
    /// limit and scope count.
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
        // Only here, because the limit on the lines of a day applies to the whole bill, not to a part of it.
        all.bills = by_book_and_day(all.bills);
        Ok(all)
    }
}
