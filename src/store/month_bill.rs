//! A month's bill of one book, after its lines are merged for the whole month (rule L13).

use serde::{Deserialize, Serialize};

use crate::books::bill::{Bill, Line, Usage};
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::ledger::SettledDay;
use crate::money::{Amount, Currency};
use crate::store::settled_days;
use crate::time::Month;

/// A book's bill of a month: the lines of the whole month, and the amount of each day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct MonthBill {
    #[serde(rename = "c")]
    pub(super) currency: Currency,
    #[serde(rename = "d")]
    days: String,
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Line>,
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    usage: Vec<Usage>,
}

impl MonthBill {
    /// A bill without any day.
    pub(super) fn new(currency: Currency) -> MonthBill {
        MonthBill { currency, days: String::new(), lines: Vec::new(), usage: Vec::new() }
    }

    /// Whether it has no days.
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The number of its days.
    pub(super) fn count(&self) -> usize {
        self.days.split(';').filter(|day| !day.is_empty()).count()
    }

    /// The lines of the month.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Its days, each with all its money in one line without a name. `None` if they cannot be read.
    pub(super) fn days(&self, month: Month) -> Option<Vec<Bill>> {
        let day = |settled: SettledDay| {
            let line = Line { name: String::new(), wallet: None, amount: settled.spend };
            let empty = Bill::empty(settled.currency, settled.day);
            let has_unpriced = settled.mark == Mark::Floor;
            Bill { lines: vec![line], shared: settled.shared, has_unpriced, ..empty }
        };
        let days = settled_days::read(month, self.currency, &self.days)?;
        Some(days.into_iter().map(day).collect())
    }

    /// Adds a day with its lines.
    pub(super) fn add(&mut self, month: Month, bill: Bill) {
        let Bill { currency, day, shared, .. } = bill;
        let mut figure = Figure::new(bill.amount(), Mark::Exact, []);
        if bill.has_unpriced {
            figure.lower(Reason::Unpriced);
        }
        let mut days = self.read(month);
        days.retain(|settled| settled.day != day);
        let place = days.partition_point(|settled| settled.day < day);
        days.insert(
            place,
            SettledDay {
                currency,
                day,
                spend: bill.amount(),
                mark: figure.mark,
                reasons: figure.reasons,
                shared,
                money_in: Amount::ZERO,
                expired: Amount::ZERO,
                whole: None,
            },
        );
        self.days = settled_days::write(days.iter());
        let (lines, usage) = (core::mem::take(&mut self.lines), core::mem::take(&mut self.usage));
        let mut all = Bill { lines, usage, ..Bill::empty(currency, day) };
        all.extend(bill);
        all.limit_lines();
        (self.lines, self.usage) = (all.lines, all.usage);
    }

    /// Removes a day for which another bill came. The month's lines cannot be separated by day any more: they stay until every
    /// day has another bill.
    pub(super) fn leave_out(&mut self, month: Month, bill: &Bill) {
        if self.currency == bill.currency {
            let days = self.read(month);
            self.days = settled_days::write(days.iter().filter(|settled| settled.day != bill.day));
        }
    }

    fn read(&self, month: Month) -> Vec<SettledDay> {
        settled_days::read(month, self.currency, &self.days).unwrap_or_default()
    }
}
