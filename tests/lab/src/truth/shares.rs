//! The distribution of months: medians and deciles, and the minimum share of the truth that must be booked.

use crate::truth::habits::{Micros, Schedule};
use crate::truth::trial::Outcome;

/// Below one unit, a cent is more than a percent, so a share is meaningless.
const LEAST: Micros = 1_000_000;

/// A number as a share of the truth, in hundredths of a percent. `None` if the truth is below one unit.
pub fn of_truth(outcome: &Outcome, number: Micros) -> Option<i64> {
    (outcome.truth >= LEAST).then(|| number * 10_000 / outcome.truth)
}

/// The number at this percentile.
pub fn percentile(mut numbers: Vec<i64>, percent: usize) -> Option<i64> {
    numbers.sort_unstable();
    let last = numbers.len().checked_sub(1)?;
    numbers.get((numbers.len() * percent / 100).min(last)).copied()
}

/// Why too little is booked, for months with daily readings from 9 to 18 h, a top-up, and no expiry or refund. (All other months
/// book the truth or more.) Required are 75 % in the median and 60 % in the worst tenth without any confirmation, and 98 % in the
/// median with each first proposal confirmed.
pub fn too_little(outcomes: &[Outcome]) -> Option<String> {
    let daily = outcomes.iter().filter(|outcome| outcome.schedule == Schedule::Daily);
    let daily: Vec<_> = daily.filter(|outcome| outcome.has_top_up && !outcome.has_out).collect();
    let booked = || daily.iter().filter_map(|outcome| of_truth(outcome, outcome.booked)).collect();
    let confirmed = daily.iter().filter_map(|outcome| of_truth(outcome, outcome.confirmed)).collect();
    let (median, tenth) = (percentile(booked(), 50)?, percentile(booked(), 10)?);
    let likely = percentile(confirmed, 50)?;
    let is_enough = median >= 7_500 && tenth >= 6_000 && likely >= 9_800;
    (!is_enough)
        .then(|| format!("9 to 18 h: median {median}, worst tenth {tenth}, confirmed {likely} of 10000"))
}

/// The error at the month's edges, in hundredths of a percent of the truth: with everything declared, the remaining error is the
/// amount that a window across an edge misplaces (rule L7). `None` if a reading has a wrong time.
pub fn edge_error(outcome: &Outcome) -> Option<i64> {
    let off = of_truth(outcome, (outcome.declared - outcome.truth).abs());
    off.filter(|_| !outcome.is_misdated)
}
