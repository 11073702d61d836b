//! The truth lab: ten thousand months of accounts whose real spend is known, through the real ledger.
//!
//! ```text
//! cargo run --release --example truth [MONTHS]
//! ```
//!
//! Prints how far month-to-date is from the truth, next to three naive rules, and how much of the truth is booked. Fails
//! with the seed when a requirement of `tests/lab/src/truth/requirements.rs` does not hold.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a command line tool")]

mod table;

use std::process::ExitCode;

use drawdown_lab::truth::{shares, trial};

/// How many months are simulated where no number is given.
const MONTHS: u64 = 10_000;

fn main() -> ExitCode {
    let months = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(MONTHS);
    let half = months / 2;
    let run = |seeds: std::ops::Range<u64>| seeds.map(trial::run).collect::<Vec<_>>();
    let results = std::thread::scope(|scope| {
        let first = scope.spawn(|| run(0..half));
        let second = run(half..months);
        let mut all = first.join().expect("a month that cannot be simulated");
        all.extend(second);
        all
    });
    let broken: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    let outcomes: Vec<_> =
        results.iter().filter_map(|result| result.as_ref().ok().copied().flatten()).collect();
    println!("{}", table::table(months, &outcomes));
    let short = shares::too_little(&outcomes);
    for why in broken.iter().take(20).copied().chain(&short) {
        eprintln!("truth: {why}");
    }
    println!("requirements broken: {}", broken.len() + usize::from(short.is_some()));
    if broken.is_empty() && short.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
