//! This month's forecast by day: the expected cost of each remaining day. The spend so far, these days and the subscriptions
//! ahead sum to the month's forecast (rules F1, F3 and F5).
//!
//! Knows how a forecast is divided among days. Does not know the pace: `BookStatement` computes it.
//!
//! ```text
//!   balance    spent so far ..... now | rest of today | a day's pace | a day's pace | ...          | end of month
//!   bills      settled ... h | billed in part, rest expected | now ... a day's pace | ...          |
//! ```

use crate::books::statement::book::BookStatement;
use crate::books::statement::charge::{PlanCharge, add_up};
use crate::books::statement::forecast::{Ahead, DayEnd, Forecast, Range};
use crate::books::statement::totals::{Total, Totals};
use crate::money::{Amount, Money};
use crate::time::{Day, Span, Timestamp};

/// This month's forecast by day, in the main currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthAhead {
    /// The days ahead, in order, today's rest first. For an account that is billed late, earlier days with an expected bill come
    /// before it.
    pub days: Vec<DayForecast>,
    /// The subscriptions that are charged after today, by day.
    pub charges: Vec<PlanCharge>,
}

/// The forecast of one day, or of the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayForecast {
    /// The UTC day.
    pub day: Day,
    /// The spend still expected for the day, without subscriptions.
    pub expected: Amount,
    /// The range of `expected` in 80 of 100 cases (rule F5).
    pub range: Option<Range>,
    /// The cost of the month up to the end of the day, subscriptions included.
    pub month_to_date: Amount,
    /// The range of `month_to_date`; at the month's end it is the range of the month's forecast.
    pub month_to_date_range: Option<Range>,
}

/// The part of one book in the forecast.
struct BookAhead<'a> {
    book: &'a BookStatement,
    /// The time that the pace covers.
    span: Span,
    /// The expected spend of each day, in the main currency.
    days: Vec<(Day, Amount)>,
}

impl MonthAhead {
    /// The forecast `landing` by day. `None` if there is no forecast.
    pub(super) fn new(
        totals: &Totals<'_>,
        landing: &Forecast,
        total: &Total,
        now: Timestamp,
    ) -> Option<MonthAhead> {
        let month = now.month().span();
        let books: Vec<_> =
            totals.current_books().filter_map(|book| BookAhead::new(totals, book, month)).collect();
        let first = books.iter().map(|book| book.span.from).fold(now, Ord::min).day();
        let charges = totals.plan_charges(Span { from: now.day().span().to, to: month.to });
        let has_range = landing.range.is_some();
        let range = |of: Span, middle: Amount, least: Amount| {
            let parts: Vec<_> = books.iter().map(|book| (book.book, book.ahead(of))).collect();
            let half = has_range.then(|| totals.half(&parts)).flatten()?;
            Some(Range::around(middle, half, least))
        };
        // Backwards from the month's end, so that the last day ends at the forecast itself.
        let mut month_to_date = landing.figure.amount?;
        let mut certain = total.so_far().amount.unwrap_or_default() + add_up(&charges).0;
        let day_forecast = |day: Day| {
            let expected = books.iter().filter_map(|book| book.on(day)).sum();
            let until = Span { from: month.from, to: day.span().to };
            let forecast = DayForecast {
                day,
                expected,
                range: range(day.span(), expected, Amount::ZERO),
                month_to_date,
                month_to_date_range: range(until, month_to_date, certain),
            };
            let of_day = charges.iter().filter(|charge| charge.day == day);
            let charged: Amount = of_day.filter_map(|charge| charge.amount).sum();
            month_to_date = month_to_date - expected - charged;
            certain = certain - charged;
            forecast
        };
        let ahead: Vec<Day> = Span { from: first.span().from, to: month.to }.days().collect();
        let mut days: Vec<DayForecast> = ahead.into_iter().rev().map(day_forecast).collect();
        days.reverse();
        Some(MonthAhead { days, charges })
    }

    /// The month to date at the end of each day from today on, with its range.
    pub(super) fn course(&self, now: Timestamp) -> Vec<DayEnd> {
        let to_come = self.days.iter().filter(|of| of.day >= now.day());
        let end = |of: &DayForecast| DayEnd {
            day: of.day,
            to_date: of.month_to_date,
            range: of.month_to_date_range,
        };
        to_come.map(end).collect()
    }
}

impl<'a> BookAhead<'a> {
    /// The spend of a book from its horizon to the month's end, by day. `None` without a forecast or a rate.
    ///
    /// The expected spend is the forecast minus the spend so far, so a bill for a day after the horizon lowers the expectation
    /// for that day. Days are filled from the last one back; the first one takes the rest. A refund is not expected again.
    fn new(totals: &Totals<'_>, book: &'a BookStatement, month: Span) -> Option<BookAhead<'a>> {
        let span = Span { from: book.horizon.max(month.from), to: month.to };
        let worth = |amount: Amount| totals.worth(Money { amount, currency: book.currency });
        let mut left = worth(book.landing.figure.amount?)? - worth(book.spend.amount.unwrap_or_default())?;
        let mut days = Vec::new();
        for day in span.days() {
            days.push((day, worth(book.expected(day.span().overlap(span))?)?));
        }
        for (day, expected) in days.iter_mut().rev() {
            let is_first = *day == span.from.day();
            *expected = if is_first { left } else { left.min(expected.or_zero()) };
            left = left - *expected;
        }
        Some(BookAhead { book, span, days })
    }

    fn on(&self, day: Day) -> Option<Amount> {
        self.days.iter().find(|(other, _)| *other == day).map(|(_, amount)| *amount)
    }

    /// The spend ahead in `of`, at the pace and in the currency of the book.
    fn ahead(&self, of: Span) -> Ahead {
        let ahead = of.overlap(self.span);
        Ahead { ms: ahead.ms(), expected: self.book.expected(ahead).unwrap_or_default() }
    }
}
