//! Where months lie: medians and tenths, and how much of the truth must be booked at the least.

use crate::truth::habits::{Micros, Schedule};
use crate::truth::trial::Outcome;

/// Below a unit, a cent is over a percent, and a share says nothing.
const LEAST: Micros = 1_000_000;

/// What a number is of the truth, in hundredths of a percent. `None` where the truth is less than one unit.
pub fn of_truth(outcome: &Outcome, number: Micros) -> Option<i64> {
    (outcome.truth >= LEAST).then(|| number * 10_000 / outcome.truth)
}

/// The number that so many percent of all are not above.
pub fn percentile(mut numbers: Vec<i64>, percent: usize) -> Option<i64> {
    numbers.sort_unstable();
    let last = numbers.len().checked_sub(1)?;
    numbers.get((numbers.len() * percent / 100).min(last)).copied()
}

/// Why too little is booked, with readings from 9 to 18 h on every day: required are 75 % in the median and 60 % in the worst
/// tenth as it stands, and 98 % in the median with each first proposal confirmed. Of months with a top-up and nothing that
/// expired or was refunded: all others are the truth, or above it.
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

/// How far the edge of the month is off, in hundredths of a percent of the truth: what is declared in full and still
/// not the truth is what a window across the edge misplaces (rule L7). `None` where a wrong clock left a wrong stamp.
pub fn edge_error(outcome: &Outcome) -> Option<i64> {
    let off = of_truth(outcome, (outcome.declared - outcome.truth).abs());
    off.filter(|_| !outcome.is_misdated)
}
