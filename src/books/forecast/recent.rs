//! The recent days of a book: the cost of each whole UTC day before its horizon. The pace (rule F3) and the range (rule F5) are
//! computed from them.
//!
//! Knows which days count. Does not know how they are used.

use crate::books::ledger::Book;
use crate::money::Amount;
use crate::time::{DAY, Day, Span, Timestamp};

/// The number of days before a moment that the pace and the range use.
pub(super) const WINDOW: u64 = 28;
/// The number of past weeks in which the rule is tested with the data known now (rule F5).
pub(super) const ORIGINS: u64 = 3;
/// The number of days before the horizon that are used in total. Loading reads this many.
pub const RECENT_DAYS: u64 = WINDOW + 7 * ORIGINS;

/// One day that is known from beginning to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecentDay {
    /// The UTC day.
    pub day: Day,
    /// The likely spend: an open window counts with its first proposal (rule F1).
    pub spend: Amount,
    /// Whether the range may use it: no window that touches it is open or longer than a day.
    pub is_whole: bool,
}

/// The known days before a horizon, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentDays {
    days: Vec<RecentDay>,
    /// The end of the last day, known or not.
    until: Timestamp,
}

impl RecentDays {
    /// The recent days of a book. A day that was not read yet is not a missing day; otherwise every midnight would remove a day
    /// until the next reading.
    pub fn new(book: &Book, horizon: Timestamp) -> RecentDays {
        let until = horizon.min(book.until).day().span().from;
        let recent = Span { from: until.minus(RECENT_DAYS * DAY), to: until }.overlap(book.span());
        let known = recent.days().filter_map(|day| recent_day(book, day));
        RecentDays { days: known.collect(), until }
    }

    /// The sum of several books, in one currency, on the days that all of them know. `None` without books.
    pub fn sum(books: &[RecentDays]) -> Option<RecentDays> {
        let (first, others) = books.split_first()?;
        let mut days = first.days.clone();
        for other in others {
            let mut at = other.days.iter().peekable();
            days.retain_mut(|sum| {
                while at.next_if(|one| one.day < sum.day).is_some() {}
                let Some(same) = at.next_if(|one| one.day == sum.day) else { return false };
                sum.spend = sum.spend + same.spend;
                sum.is_whole &= same.is_whole;
                true
            });
        }
        let until = days.last().map_or(first.until, |last| last.day.span().to);
        Some(RecentDays { days, until })
    }

    /// The same days with each spend mapped, for example converted. `None` if one cannot be.
    pub fn map(&self, change: impl Fn(Amount) -> Option<Amount>) -> Option<RecentDays> {
        let changed = |day: &RecentDay| Some(RecentDay { spend: change(day.spend)?, ..*day });
        let days: Option<Vec<_>> = self.days.iter().map(changed).collect();
        Some(RecentDays { days: days?, until: self.until })
    }

    /// The known days among the last 28.
    pub fn last(&self) -> &[RecentDay] {
        self.before(0)
    }

    /// The known days among the 28 that end this many weeks ago.
    pub(super) fn before(&self, weeks: u64) -> &[RecentDay] {
        self.between(weeks * 7 + WINDOW, weeks * 7)
    }

    /// The known days of the last `weeks` weeks.
    pub(super) fn since(&self, weeks: u64) -> &[RecentDay] {
        self.between(weeks * 7, 0)
    }

    /// The end of the last day, this many weeks ago.
    pub(super) fn until(&self, weeks: u64) -> Timestamp {
        self.until.minus(weeks * 7 * DAY)
    }

    fn between(&self, from: u64, to: u64) -> &[RecentDay] {
        let place = |days: u64| {
            let at = self.until.minus(days * DAY);
            self.days.partition_point(|known| known.day.span().from < at)
        };
        self.days.get(place(from)..place(to)).unwrap_or_default()
    }
}

/// A day that is fully known. A row of a month or more is not enough, because it says nothing about a day.
fn recent_day(book: &Book, day: Day) -> Option<RecentDay> {
    let span = day.span();
    let (of_months, _) = book.of_months(span);
    let is_known = of_months == 0 && book.observed(span, |_| true) == span.ms();
    is_known.then(|| RecentDay { day, spend: book.likely_spend(span), is_whole: book.is_whole(day) })
}
