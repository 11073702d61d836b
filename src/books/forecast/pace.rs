//! The pace of a book: the expected cost of a day for the rest of this month (rule F3).
//!
//! Knows the weights of recent days. Does not know the range around the pace.
//!
//! ```text
//!   days ago       1     2     3     4     5     6   ...  10  ...  28
//!   weight         1   .87   .76   .66   .57   .50   ... .29  ... .02      halves every five days
//!   spend       3.10  2.80    40  2.90  3.00  3.20   ...   9  ... 2.70
//!   counts as   3.10  2.80     9  2.90  3.00  3.20   ...   9  ... 2.70      at most the second largest
//! ```

use crate::books::figure::Figure;
use crate::books::forecast::burn::{Burn, certainty};
use crate::books::forecast::recent::{RecentDay, RecentDays};
use crate::books::forecast::state::State;
use crate::books::ledger::Book;
use crate::money::Amount;
use crate::time::{DAY, Day, Span, Timestamp};

/// With fewer known days of the last 28, the pace is the burn.
pub(super) const LEAST: usize = 10;
/// The weights of the last five days, the latest first: a million, times two to the power of minus a fifth for each day.
const WEIGHTS: [u64; 5] = [1_000_000, 870_551, 757_858, 659_754, 574_349];
const HALF_LIFE: u64 = 5;

/// The expected cost of a day ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The spend of a day, as a figure.
    day: Figure,
    /// The number of days that the pace is based on, rounded up.
    pub days: u64,
    /// The reason for a difference from the burn of more than a fifth.
    pub difference: Option<Difference>,
}

/// The reason why the pace of this month's forecast differs from that of the last seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// This day of the last seven cost more than it counts for.
    Spike(Day),
    /// The weeks before the last seven days cost more per day, or less.
    EarlierWeeks(Direction),
    /// The latest of the seven days cost more than the first, or less.
    LatestDays(Direction),
}

/// The direction of a difference in cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More.
    More,
    /// Less.
    Less,
}

impl Pace {
    /// The pace of a book.
    pub fn new(book: &Book, days: &RecentDays, horizon: Timestamp, burn: &Burn) -> Pace {
        let known = from_first_use(days.last());
        let level = level(known, days.until(0)).filter(|_| burn.state() > State::Early);
        let Some(level) = level else {
            return Pace { day: burn.figure(DAY), days: burn.observed.div_ceil(DAY), difference: None };
        };
        let first = days.last().first().map_or(horizon, |first| first.day.span().from);
        let mut day = certainty(book, Span { from: first, to: horizon });
        day.amount = Some(level);
        day.add_doubt(burn.mark, burn.reasons);
        let count = u64::try_from(known.len()).unwrap_or(u64::MAX);
        Pace { day, days: count, difference: difference(days, level, burn.over(DAY)) }
    }

    /// The spend of a number of milliseconds at this pace.
    pub fn over(&self, ms: u64) -> Amount {
        self.day.amount.and_then(|day| day.times(ms, DAY)).unwrap_or_default()
    }

    /// The spend of a number of milliseconds, as a figure.
    pub fn figure(&self, ms: u64) -> Figure {
        Figure { amount: Some(self.over(ms)), ..self.day }
    }
}

/// The days from the first day with use on; all of them if none has any.
pub(super) fn from_first_use(days: &[RecentDay]) -> &[RecentDay] {
    let begins = days.iter().position(|day| !day.spend.is_zero()).unwrap_or(0);
    days.get(begins..).unwrap_or_default()
}

/// The weighted mean of known days up to the midnight `until`. `None` with fewer than ten.
pub(super) fn level(days: &[RecentDay], until: Timestamp) -> Option<Amount> {
    if days.len() < LEAST {
        return None;
    }
    let most = second_largest(days);
    let (mut sum, mut weights) = (Amount::ZERO, 0_u64);
    for known in days {
        let age = until.since(known.day.span().to) / DAY;
        let weight =
            usize::try_from(age % HALF_LIFE).ok().and_then(|place| WEIGHTS.get(place))? >> (age / HALF_LIFE);
        sum = sum + known.spend.min(most).times(weight, 1)?;
        weights += weight;
    }
    sum.times(1, weights)
}

/// The upper limit of a day's cost, so that a single spike does not become the pace.
fn second_largest(days: &[RecentDay]) -> Amount {
    let (mut first, mut second) = (Amount::ZERO, Amount::ZERO);
    for RecentDay { spend, .. } in days {
        if *spend > first {
            (first, second) = (*spend, first);
        } else {
            second = second.max(*spend);
        }
    }
    second
}

/// The reason why a level differs from a burn per day; `None` if it differs by a fifth of the burn or less.
fn difference(days: &RecentDays, level: Amount, burn: Amount) -> Option<Difference> {
    let apart = (level - burn).max(burn - level);
    if apart.times(5, 1)? <= burn {
        return None;
    }
    let (last, is_more) = (days.last(), level > burn);
    let week = days.since(1);
    let spike = week
        .iter()
        .max_by(|one, other| one.spend.cmp(&other.spend))
        .filter(|day| day.spend > second_largest(last));
    if let (Some(spike), false) = (spike, is_more) {
        return Some(Difference::Spike(spike.day));
    }
    let earlier = last.len().checked_sub(week.len()).and_then(|count| last.get(..count))?;
    let of_earlier: Amount = earlier.iter().map(|day| day.spend.min(second_largest(last))).sum();
    let earlier_day = of_earlier.times(1, u64::try_from(earlier.len()).ok()?);
    let direction = if is_more { Direction::More } else { Direction::Less };
    // The weeks before are the reason if they differ in that direction by more than a tenth.
    let is_earlier = earlier_day.is_some_and(|earlier| {
        let apart = if is_more { earlier - burn } else { burn - earlier };
        apart.times(10, 1).is_some_and(|apart| apart > burn)
    });
    Some(if is_earlier { Difference::EarlierWeeks(direction) } else { Difference::LatestDays(direction) })
}
