//! What is usual for a book, and whether its last day or hour was far above it: a key may have leaked.
//!
//! Knows the median and the median absolute deviation of what was observed before, and a rise over days. Does not know
//! whether anybody wants to be told. Only what was observed whole counts: a window that is open or longer tells nothing.
//!
//! ```text
//!   limit = median + 3 x 1.4826 x MAD of up to 30 observations before, at least 10, and 10 % above the median
//!   a rise: the mean of 3 days above 1.5 times that of the 7 days before, on three days in a row
//! ```

use crate::books::ledger::{Book, Window};
use crate::money::Amount;
use crate::time::{DAY, HOUR, Span, Timestamp, in_order};

/// How many observations are compared with, at most and at least.
const MOST: usize = 30;
const LEAST: usize = 10;
/// How many days are looked back at.
const DAYS_BACK: u64 = 30;
/// How many hours are looked back at for those in which anything was used.
const HOURS_BACK: u64 = 14 * 24;

/// A day or an hour beside what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What was spent.
    pub spend: Amount,
    /// In which time: a UTC day, or an hour.
    pub span: Span,
    /// The median of those before.
    pub median: Amount,
    /// Above this it is unusual.
    pub limit: Amount,
}

impl Anomaly {
    /// The day or the hour that is furthest above what is usual, up to the horizon. A day that is not over counts as far
    /// as it is known: it can only grow. `None` with fewer than ten observations before.
    pub fn find(book: &Book, horizon: Timestamp) -> Option<Anomaly> {
        let today = horizon.day().span();
        let so_far = Span { from: today.from, to: horizon };
        let before = |day: Span| -> Vec<Amount> {
            (1..=DAYS_BACK).filter_map(|back| whole(book, days_before(day, back))).collect()
        };
        let yesterday = days_before(today, 1);
        let of_today = Anomaly::beside(spend(book, so_far), today, &before(today));
        let of_yesterday =
            whole(book, yesterday).and_then(|spend| Anomaly::beside(spend, yesterday, &before(yesterday)));
        let candidates = [of_today, of_yesterday, Anomaly::of_hour(book, horizon)];
        let all = candidates.into_iter().flatten();
        all.reduce(|a, b| if b.is_exceeded() && !a.is_exceeded() { b } else { a })
    }

    /// The last whole hour. Hours without use say nothing of how much an hour of use takes.
    fn of_hour(book: &Book, horizon: Timestamp) -> Option<Anomaly> {
        let end = horizon.minus(horizon.ms() % HOUR);
        let hour = |back: u64| {
            let to = end.minus(back * HOUR);
            Span { from: to.minus(HOUR), to }
        };
        let last = whole(book, hour(0))?;
        let used = (1..HOURS_BACK).filter_map(|back| whole(book, hour(back)));
        let used: Vec<Amount> = used.filter(|spend| !spend.is_zero()).take(MOST).collect();
        Anomaly::beside(last, hour(0), &used)
    }

    fn beside(spend: Amount, span: Span, before: &[Amount]) -> Option<Anomaly> {
        if before.len() < LEAST {
            return None;
        }
        let median = median(before.to_vec())?;
        let apart = before.iter().map(|one| (*one - median).max(median - *one)).collect();
        let spread = self::median(apart)?.times(44_478, 10_000)?;
        let limit = (median + spread).max(median.times(11, 10)?);
        Some(Anomaly { spend, span, median, limit })
    }

    /// Whether it is far above.
    pub fn is_exceeded(&self) -> bool {
        self.spend > self.limit
    }

    /// Whether it is an hour, and no day.
    pub fn is_hour(&self) -> bool {
        self.span.ms() < DAY
    }
}

/// Whether days cost more and more. `None` where not all of the last twelve were observed, or nothing was spent before.
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

/// What was spent in a time that was observed whole: billed as this day, or in closed windows that are no longer.
fn whole(book: &Book, span: Span) -> Option<Amount> {
    if let Some(booked) = book.days_in(span).next() {
        return (booked.span == span && booked.shared.is_none()).then_some(booked.spend);
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

fn is_short(window: &Window, span: Span) -> bool {
    window.is_closed() && window.span.ms() <= span.ms()
}

fn spend(book: &Book, span: Span) -> Amount {
    book.spend(span).amount.unwrap_or_default()
}

/// The middle one; of two, their mean.
fn median(of: Vec<Amount>) -> Option<Amount> {
    let of = in_order(of, Amount::cmp);
    let middle = of.len() / 2;
    let upper = *of.get(middle)?;
    if of.len() % 2 == 1 {
        return Some(upper);
    }
    (upper + *of.get(middle.checked_sub(1)?)?).times(1, 2)
}
