//! The range of a forecast: the two amounts between which it stays in 80 of 100 cases (rule F5).
//!
//! Knows how much the whole days of a book differ, how far this rule was off in recent weeks, and how both add up over the days
//! ahead. Does not know the forecast's sum, nor the spend so far: the statement limits a range by that. This is the only place
//! where money becomes a float. It enters and leaves as digits, and a result that is not a number is `None`.
//!
//! ```text
//!   d days ahead, A their forecast spend            W^2 = q^2 (d + d^2 / n)  +  (k A)^2
//!                                                         days differ           the level drifts
//!   n whole days of the last 28, with mean u        s^2 = half the mean square of the differences of the m pairs of
//!                                                         them that are a week apart: a weekly pattern adds nothing
//!   q = t s                                         t: the 90 % point of Student's t with m degrees of freedom
//!   k^2 = (p^2 + r1^2 + r2^2 + r3^2) / 4            r_i: the relative miss of the pace i weeks ago, at most 75 %
//!                                                   p = 2 s / u, at most 2
//! ```
#![allow(
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "rule F5: a range is not a booked figure"
)]

use crate::books::forecast::pace::{Pace, from_first_use, level};
use crate::books::forecast::recent::{ORIGINS, RecentDay, RecentDays};
use crate::books::forecast::state::State;
use crate::money::{Amount, Rate};
use crate::time::DAY;

/// The number of the last 28 days that must be whole for a range.
pub const LEAST_DAYS: u32 = 14;
/// The number of pairs of whole days a week apart that a range needs. The last 28 days have 21 at most.
const LEAST_PAIRS: usize = 7;
/// The 90 % points of Student's t for 7 to 21 pairs.
const T: [f64; 15] =
    [1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323];
/// The decimals of a width.
const DECIMALS: u32 = 12;
/// The most days of a run-out range: a later end has no meaning.
const LONGEST: f64 = 366.0;

/// The two numbers of the range that are fitted to real use. `examples/backtest` fits them again and compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    /// The assumed drift of an account's level before any was observed, as a share of the forecast spend.
    pub drift: f64,
    /// The upper limit of one relative miss.
    pub most: f64,
}

/// The published tuning.
pub const TUNING: Tuning = Tuning { drift: 2.0, most: 0.75 };

/// The uncertainty of the spend of the days ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The number of the last 28 UTC days that are whole.
    pub days: u32,
    /// The day-to-day difference and the drift of the level; `None` with too few whole days.
    spread: Option<Spread>,
    /// The smallest unit of the currency, which is the smallest half-width.
    coin: Amount,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Spread {
    /// `q`: the half-width of one day.
    day: f64,
    /// `k`: the half-width of the level, as a share of the forecast spend.
    level: f64,
    /// `n`: the number of whole days.
    behind: f64,
}

impl Interval {
    /// The interval of a book with these recent days. It has no width with fewer than fourteen whole days, and while the forecast
    /// is early.
    pub fn new(recent: &RecentDays, state: State, coin: Amount, tuning: &Tuning) -> Interval {
        let whole: Vec<_> = recent.last().iter().filter(|day| day.is_whole).collect();
        let days = u32::try_from(whole.len()).unwrap_or(0);
        let has_width = state > State::Early && days >= LEAST_DAYS;
        let spread = has_width.then(|| Spread::new(&whole, recent, tuning)).flatten();
        Interval { days, spread, coin }
    }

    /// The half-width for a number of milliseconds, when `expected` is their expected spend.
    pub fn half(&self, ms: u64, expected: Amount) -> Option<Amount> {
        let Spread { day, level, behind } = self.spread?;
        let days = ms as f64 / DAY as f64;
        let square = day.powi(2) * (days + days.powi(2) / behind) + (level * float(expected)).powi(2);
        // At least a day's spend on each side.
        let of_a_day = expected.times(ms.min(DAY), ms.max(1))?;
        Some(amount(square.sqrt())?.max(of_a_day).max(self.coin))
    }

    /// The days after which `left` is spent, at the earliest and at the latest: when the upper and the lower end of the spend
    /// reach it. There is no latest if the lower end never does, or not within a year.
    pub fn runway(&self, pace: &Pace, left: Amount) -> Option<(Rate, Option<Rate>)> {
        if left <= Amount::ZERO {
            return Some((Rate::ratio(0, 1)?, Rate::ratio(0, 1)));
        }
        let Spread { day, level, behind } = self.spread?;
        let (left, pace) = (float(left), float(pace.over(DAY)));
        // left - d pace = ± W(d), squared: a d^2 - b d + left^2 = 0. Its roots are both ends.
        let a = pace.powi(2) * (1.0 - level.powi(2)) - day.powi(2) / behind;
        let b = 2.0 * left * pace + day.powi(2);
        let root = (b * b - 4.0 * a * left * left).max(0.0).sqrt();
        // At least a day on each side, because the half-width is at least the spend of a day.
        let soonest = (2.0 * left * left / (b + root)).min(left / pace - 1.0).max(0.0);
        let latest = ((b + root) / (2.0 * a)).max(left / pace + 1.0);
        let rate = |days| amount(days)?.over(Amount::whole(1));
        Some((rate(soonest)?, (a > 0.0 && latest < LONGEST).then(|| rate(latest)).flatten()))
    }
}

impl Spread {
    /// `None` with fewer than seven pairs of whole days.
    fn new(whole: &[&RecentDay], recent: &RecentDays, tuning: &Tuning) -> Option<Spread> {
        let behind = whole.len() as f64;
        let mean = whole.iter().map(|day| float(day.spend)).sum::<f64>() / behind;
        let squares: Vec<f64> = pairs(whole).map(|(one, other)| (one - other).powi(2)).collect();
        let t = T.get(squares.len().checked_sub(LEAST_PAIRS)?)?;
        let deviation = (squares.iter().sum::<f64>() / squares.len() as f64 / 2.0).sqrt();
        // An account with similar days is not assumed to drift as much as one with different days.
        let unlike = if mean > 0.0 { (deviation / mean).min(1.0) } else { 1.0 };
        let misses: Vec<f64> = (1..=ORIGINS).filter_map(|weeks| miss(recent, weeks)).collect();
        let squares = misses.iter().map(|miss| miss.min(tuning.most).powi(2)).sum::<f64>();
        let level = (((tuning.drift * unlike).powi(2) + squares) / (1.0 + misses.len() as f64)).sqrt();
        Some(Spread { day: t * deviation, level, behind })
    }
}

/// The spend of each pair of days that are a week apart.
fn pairs(days: &[&RecentDay]) -> impl Iterator<Item = (f64, f64)> {
    days.iter().filter_map(move |day| {
        let week_before = day.day.span().from.minus(7 * DAY).day();
        let place = days.binary_search_by_key(&week_before, |other| other.day).ok()?;
        Some((float(day.spend), float(days.get(place)?.spend)))
    })
}

/// The miss of the pace as it was `weeks` ago: its difference from the spend since, as a share of the expected spend. `None` if
/// there was no pace, nothing was expected, or nothing is known since.
fn miss(recent: &RecentDays, weeks: u64) -> Option<f64> {
    let level = float(level(from_first_use(recent.before(weeks)), recent.until(weeks))?);
    let since = recent.since(weeks);
    let expected = level * since.len() as f64;
    let spent: f64 = since.iter().map(|RecentDay { spend, .. }| float(*spend)).sum();
    (expected > 0.0).then(|| ((spent - expected) / expected).abs())
}

/// The half-width of a sum from the half-widths of its parts. They add as squares, as if the parts were independent.
pub fn together(halves: impl IntoIterator<Item = Amount>) -> Option<Amount> {
    amount(halves.into_iter().map(|half| float(half).powi(2)).sum::<f64>().sqrt())
}

fn float(amount: Amount) -> f64 {
    let (digits, decimals) = amount.digits();
    (0..decimals).fold(digits as f64, |float, _| float / 10.0)
}

/// Converts a float to money. `None` if it is not a number, is negative, or is too large.
fn amount(float: f64) -> Option<Amount> {
    let is_money = (0.0..1e15).contains(&float);
    is_money.then(|| Amount::from_digits((float * 1e12).round_ties_even() as i128, DECIMALS)).flatten()
}
