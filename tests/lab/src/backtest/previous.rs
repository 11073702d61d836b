//! Drawdown's previous rules: this month's pace is that of the last seven days, and its range comes from the variance of four
//! weekly sums.

use crate::backtest::life::Bits;
use crate::backtest::rivals::mean;

/// The 90 % point of Student's t with three degrees of freedom.
const T: f64 = 1.638;

/// The forecast spend of `ahead` days and its half-width, from at least 28 known days.
pub fn forecast(known: &[Bits], ahead: f64) -> (f64, f64) {
    let days: Vec<f64> = known.iter().rev().take(28).map(|spend| *spend as f64).collect();
    let weeks: Vec<f64> = days.chunks(7).map(|week| week.iter().sum()).collect();
    let middle = mean(weeks.iter().copied());
    let variance = weeks.iter().map(|week| (week - middle).powi(2)).sum::<f64>() / 3.0;
    let pace = mean(days.iter().take(7).copied());
    let half = T * (variance / 7.0).sqrt() * (ahead + ahead * ahead / 7.0).sqrt();
    (pace * ahead, half.max(pace * ahead.min(1.0)))
}
