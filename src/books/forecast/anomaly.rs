//! Anomalies: a day or hour of a book that cost far more than usual, which may mean that a key has leaked.
//!
//! Knows the median and the median absolute deviation of earlier observations, and detects a rise over several days. Does not
//! know whether the user wants an alert. Only days and hours that were fully observed count: an open or longer window says
//! nothing about them.
//!
//! ```text
//!   limit = median + 3 x 1.4826 x MAD of up to 30 observations before, at least 10, and 10 % above the median;
//!           of a day, also at least the upper end of the forecast's range for one day (rule F6)
//!   a rise: the mean of 3 days above 1.5 times that of the 7 days before, on three days in a row
//! ```

use crate::books::ledger::{Book, Window};
use crate::money::Amount;
use crate::order::in_order;
use crate::time::{DAY, HOUR, Span, Timestamp};

/// The most and the fewest earlier observations that are used.
const MOST: usize = 30;
const LEAST: usize = 10;
/// How many days back the day observations go.
const DAYS_BACK: u64 = 30;
/// How many hours back the observations of hours with use go.
const HOURS_BACK: u64 = 14 * 24;

/// A day or an hour, compared with the usual spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// The amount spent.
    pub spend: Amount,
    /// The UTC day, or the hour.
    pub span: Span,
    /// The median of the earlier observations.
    pub median: Amount,
    /// Spend above this is unusual.
    pub limit: Amount,
}

impl Anomaly {
    /// Returns the first of today, yesterday and the last hour that is unusual, otherwise the first that can be compared. Today
    /// counts up to the horizon, because it can only grow. A day is unusual only above `upper_end`, the upper end of the
    /// forecast's range for one day, if there is a range. `None` with fewer than ten earlier observations.
    pub fn find(book: &Book, horizon: Timestamp, upper_end: Option<Amount>) -> Option<Anomaly> {
        let today = horizon.day().span();
        let so_far = Span { from: today.from, to: horizon };
        let before = |day: Span| -> Vec<Amount> {
            (1..=DAYS_BACK).filter_map(|back| whole(book, days_before(day, back))).collect()
        };
        let yesterday = days_before(today, 1);
        let of_today = Anomaly::compare(spend(book, so_far), today, &before(today));
        let of_yesterday =
            whole(book, yesterday).and_then(|spend| Anomaly::compare(spend, yesterday, &before(yesterday)));
        let of_day = |day: Option<Anomaly>| day.map(|day| day.above(upper_end));
        let candidates = [of_day(of_today), of_day(of_yesterday), Anomaly::of_hour(book, horizon)];
        let all = candidates.into_iter().flatten();
        all.reduce(|a, b| if b.is_exceeded() && !a.is_exceeded() { b } else { a })
    }

    /// Compares the last whole hour with hours with use, because hours without use say nothing about it.
    fn of_hour(book: &Book, horizon: Timestamp) -> Option<Anomaly> {
        let end = horizon.minus(horizon.ms() % HOUR);
        let hour = |back: u64| {
            let to = end.minus(back * HOUR);
            Span { from: to.minus(HOUR), to }
        };
        let last = whole(book, hour(0))?;
        let used = (1..HOURS_BACK).filter_map(|back| whole(book, hour(back)));
        let used: Vec<Amount> = used.filter(|spend| !spend.is_zero()).take(MOST).collect();
        Anomaly::compare(last, hour(0), &used)
    }

    fn compare(spend: Amount, span: Span, before: &[Amount]) -> Option<Anomaly> {
        if before.len() < LEAST {
            return None;
        }
        let median = median(before.to_vec())?;
        let deviations = before.iter().map(|one| (*one - median).max(median - *one)).collect();
        let spread = self::median(deviations)?.times(44_478, 10_000)?;
        let limit = (median + spread).max(median.times(11, 10)?);
        Some(Anomaly { spend, span, median, limit })
    }

    /// Raises the limit to the upper end of the range for one day (rule F5).
    fn above(self, upper_end: Option<Amount>) -> Anomaly {
        Anomaly { limit: upper_end.map_or(self.limit, |upper| self.limit.max(upper)), ..self }
    }

    /// Whether the spend is unusual.
    pub fn is_exceeded(&self) -> bool {
        self.spend > self.limit
    }

    /// Whether the span is an hour, not a day.
    pub fn is_hour(&self) -> bool {
        self.span.ms() < DAY
    }
}

/// Whether the cost of a day keeps rising. `None` unless all of the last twelve days were observed, or if nothing was spent in
/// the earlier ones.
pub fn is_rising(book: &Book, horizon: Timestamp) -> Option<bool> {
    let today = horizon.day().span();
    let days: Vec<Amount> =
        (1..=12).map(|back| whole(book, days_before(today, back))).collect::<Option<_>>()?;
    let sum = |from: usize, count: usize| days.iter().skip(from).take(count).copied().sum::<Amount>();
    let mut is_rising = true;
    for back in 0..3 {
        let before = sum(back + 3, 7);
        if before.is_zero() {
            return None;
        }
        // 3 days' mean above 1.5 times that of 7: sum / 3 > 1.5 x sum / 7.
        is_rising &= sum(back, 3).times(14, 1)? > before.times(9, 1)?;
    }
    Some(is_rising)
}

fn days_before(today: Span, back: u64) -> Span {
    Span { from: today.from.minus(back * DAY), to: today.to.minus(back * DAY) }
}

/// The spend of a day or an hour that was fully observed: billed for exactly this day, or in closed windows that are not longer.
fn whole(book: &Book, span: Span) -> Option<Amount> {
    if let Some(booked) = book.days_in(span).next() {
        let is_known = booked.span == span && booked.shared.is_none();
        let is_settled_whole = span.ms() == DAY && book.is_settled_whole(span.from.day());
        return (is_known || is_settled_whole).then_some(booked.spend);
    }
    let mut known = 0;
    for (window, part) in book.counting(span) {
        if !is_short(window, span) {
            return None;
        }
        known += window.span.overlap(part).ms();
    }
    (known == span.ms()).then(|| spend(book, span))
}

/// A window without spend is short however long it is, because none of its hours had spend: an unchanged balance is stored only
/// at its first and last report.
fn is_short(window: &Window, span: Span) -> bool {
    let is_unused = window.spend.is_zero() && window.span.ms() <= DAY;
    window.is_closed() && (window.span.ms() <= span.ms() || is_unused)
}

fn spend(book: &Book, span: Span) -> Amount {
    book.spend(span).amount.unwrap_or_default()
}

/// The middle one of the sorted amounts, or the mean of the two middle ones.
fn median(of: Vec<Amount>) -> Option<Amount> {
    let of = in_order(of, Amount::cmp);
    let middle = of.len() / 2;
    let upper = *of.get(middle)?;
    if of.len() % 2 == 1 {
        return Some(upper);
    }
    (upper + *of.get(middle.checked_sub(1)?)?).times(1, 2)
}
