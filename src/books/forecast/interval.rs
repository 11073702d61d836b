//! The range of a forecast: the two amounts between which it stays in 80 of 100 cases, if the pace stays the same (rule
//! F5).
//!
//! Knows how much the whole days of one book differ, and what that means for a sum over future days. Does not know the
//! sum, nor what is spent: the statement limits a range by that. This is the only place where money becomes a float. It
//! enters and leaves as digits, and a result that is not a number is `None`.
//!
//! ```text
//!   28 whole days before the horizon    |........|........|........|........|h      o: observed, and whole
//!   all observed                          week 1   week 2   week 3   week 4         s^2 = variance of the weeks / 7
//!   14 to 27 of them                    oo oooo oooooo ooooo ooo                    s^2 = variance of those days
//!   the sum over D days                 D s^2 for the days themselves, D^2 s^2 / m for the error of a burn from m days
//! ```
#![allow(
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "rule F5: a range is not a booked figure"
)]

use crate::books::forecast::{Burn, State};
use crate::books::ledger::Book;
use crate::money::{Amount, Rate};
use crate::time::{DAY, Span, Timestamp};

/// How many days before the horizon are used.
const DAYS: usize = 28;
/// How many of them must be whole for a range.
pub const LEAST_DAYS: u32 = 14;
/// The 90 % point of Student's t with three degrees of freedom, for four weeks.
const Q_OF_WEEKS: f64 = 1.638;
/// The 90 % points with n - 1 degrees of freedom, for n days from 14 to 27.
const Q_OF_DAYS: [f64; 14] =
    [1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323, 1.321, 1.319, 1.318, 1.316, 1.315];
/// Decimals of a width.
const DECIMALS: u32 = 12;
/// The most days of a run-out range: ten years.
const LONGEST: f64 = 3_652.0;

/// How much the whole days of a book differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// How many of the last 28 whole UTC days were observed.
    pub days: u32,
    /// How many days the burn is based on.
    behind: u32,
    /// The half-width for a single day; `None` with too few whole days.
    width: Option<Amount>,
    /// The cost of a day at the burn, and the smallest unit of the currency. No half-width is smaller.
    day: Amount,
    coin: Amount,
}

impl Interval {
    /// The interval of a book at its horizon. It has no width with fewer than fourteen whole days, and while the burn
    /// is early.
    pub fn new(book: &Book, horizon: Timestamp, burn: &Burn) -> Interval {
        // A day that was not read yet is not a missed one. Otherwise every midnight would remove a day until the next
        // reading.
        let last = horizon.min(book.until).day().span().from;
        let recent = Span { from: last.minus(DAY * 28), to: last };
        let whole = recent.days().filter(|day| book.is_whole(*day));
        let spent: Vec<f64> =
            whole.map(|day| float(book.spend(day.span()).amount.unwrap_or_default())).collect();
        let days = u32::try_from(spent.len()).unwrap_or(0);
        let behind = u32::try_from(burn.observed.div_ceil(DAY)).unwrap_or(7).min(days).clamp(1, 7);
        let width = (burn.state() > State::Early).then(|| width(&spent)).flatten();
        let (day, coin) = (burn.over(DAY), book.currency.smallest());
        Interval { days, behind, width: width.and_then(amount), day, coin }
    }

    /// The half-width for the spend of so many milliseconds.
    pub fn half(&self, ms: u64) -> Option<Amount> {
        let days = ms as f64 / DAY as f64;
        let half = amount(float(self.width?) * (days + days * days / f64::from(self.behind)).sqrt())?;
        Some(half.max(self.day.times(ms.min(DAY), DAY)?).max(self.coin))
    }

    /// After how many days `left` is spent, at the soonest and at the latest: when the upper and the lower end of the
    /// spend reach it. There is no latest if the lower end never does, or not within ten years.
    pub fn runway(&self, burn: &Burn, left: Amount) -> Option<(Rate, Option<Rate>)> {
        if left <= Amount::ZERO {
            return Some((Rate::ratio(0, 1)?, Rate::ratio(0, 1)));
        }
        let (left, pace) = (float(left), float(burn.over(DAY)));
        let square = float(self.width?).powi(2);
        // left - D pace = ± width sqrt(D + D^2 / m), squared: a D^2 - b D + left^2 = 0. Its roots are both ends.
        let a = pace * pace - square / f64::from(self.behind);
        let b = 2.0 * left * pace + square;
        let root = (b * b - 4.0 * a * left * left).max(0.0).sqrt();
        // At least a day to each side, because the half-width is at least the spend of a day.
        let soonest = (2.0 * left * left / (b + root)).min(left / pace - 1.0).max(0.0);
        let latest = ((b + root) / (2.0 * a)).max(left / pace + 1.0);
        let rate = |days| amount(days)?.over(Amount::whole(1));
        Some((rate(soonest)?, (a > 0.0 && latest < LONGEST).then(|| rate(latest)).flatten()))
    }
}

/// The half-width of a sum whose parts have these half-widths. They add as squares, as if the parts were independent.
pub fn together(halves: impl IntoIterator<Item = Amount>) -> Option<Amount> {
    amount(halves.into_iter().map(|half| float(half).powi(2)).sum::<f64>().sqrt())
}

/// The half-width of a single day, `q s`, from the spend of whole days in order.
fn width(spent: &[f64]) -> Option<f64> {
    if spent.len() == DAYS {
        let weeks: Vec<f64> = spent.chunks(7).map(|week| week.iter().sum()).collect();
        return Some(Q_OF_WEEKS * (variance(&weeks) / 7.0).sqrt());
    }
    let q = Q_OF_DAYS.get(spent.len().checked_sub(LEAST_DAYS as usize)?)?;
    Some(q * variance(spent).sqrt())
}

/// The sample variance.
fn variance(of: &[f64]) -> f64 {
    let count = of.len() as f64;
    let mean = of.iter().sum::<f64>() / count;
    of.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (count - 1.0)
}

fn float(amount: Amount) -> f64 {
    let (digits, decimals) = amount.digits();
    (0..decimals).fold(digits as f64, |float, _| float / 10.0)
}

/// `None` for a float that is not a number, is negative, or is too large for money.
fn amount(float: f64) -> Option<Amount> {
    let is_money = (0.0..1e15).contains(&float);
    is_money.then(|| Amount::from_digits((float * 1e12).round_ties_even() as i128, DECIMALS)).flatten()
}
