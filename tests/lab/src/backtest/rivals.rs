//! Three simple forecast rules. They use the real spend of each day up to the origin.

use drawdown::time::{Day, Month, Span};

use crate::backtest::life::{Bits, weekday};

pub const NAMES: [&str; 3] = ["linear month-to-date", "flat seven days", "weekday-weighted"];

/// The spend in `ahead` that each rule expects.
pub fn all(known: &[(Day, Bits)], month: Month, ahead: Span) -> [f64; 3] {
    let of_month: Vec<f64> =
        known.iter().filter(|(day, _)| day.month() == month).map(|(_, spend)| *spend as f64).collect();
    // On the first of a month, the days before it are used instead.
    let of_month =
        if of_month.is_empty() { last(known, 28).map(|(_, spend)| spend).collect() } else { of_month };
    let days = ahead.days().count() as f64;
    let flat = mean(last(known, 7).map(|(_, spend)| spend));
    [mean(of_month) * days, flat * days, by_weekday(known, ahead.days())]
}

/// Each day costs the mean of the same weekday in the last four weeks, or the mean of all days without any.
pub fn by_weekday(known: &[(Day, Bits)], ahead: impl Iterator<Item = Day>) -> f64 {
    let any = mean(last(known, 28).map(|(_, spend)| spend));
    let of = |wanted: usize| {
        let same = last(known, 28).filter(|(day, _)| weekday(*day) == wanted).map(|(_, spend)| spend);
        let mean = mean(same);
        if mean.is_nan() { any } else { mean }
    };
    let means: Vec<f64> = (0..7).map(of).collect();
    ahead.map(|day| means[weekday(day)]).sum()
}

fn last(known: &[(Day, Bits)], days: usize) -> impl Iterator<Item = (Day, f64)> {
    known.iter().rev().take(days).map(|(day, spend)| (*day, *spend as f64))
}

pub fn mean(of: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) = of.into_iter().fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
    sum / count
}
