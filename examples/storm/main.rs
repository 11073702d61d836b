//! Storms of seeds: everything happens to one browser, and the figures are compared with the truth after every step.
//!
//! ```text
//!   cargo run --release --example storm -- --seed 1 --days 2 --count 100
//!   cargo run --release --example storm -- --seed 1 --days 2 --log       prints each step
//!   cargo run --release --example storm -- --case tests/fixtures/storm/NAME.json
//! ```
//!
//! A storm that fails is reduced and printed as a case for `tests/fixtures/storm`.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a command line tool"
)]

use std::process::ExitCode;
use std::time::Instant;

use drawdown_lab::storm::plan::{Storm, plan};
use drawdown_lab::storm::reduce::reduce;
use drawdown_lab::storm::{Tally, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).map(String::as_str)
    };
    let number = |name: &str, default: u64| after(name).map_or(default, |text| text.parse().unwrap());
    let prints_log = arguments.iter().any(|argument| argument == "--log");
    if let Some(path) = after("--case") {
        let storm: Storm = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        return if is_calm(&storm, true) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let (first, days, count) = (number("--seed", 1), number("--days", 2), number("--count", 1));
    let (began, mut tally, mut failed) = (Instant::now(), Tally::default(), [0_u64; 4]);
    for seed in first..first + count {
        let storm = plan(seed, days);
        if prints_log {
            is_calm(&storm, true);
            continue;
        }
        match run(&storm, &mut String::new()) {
            Ok(of_storm) => tally.add(of_storm),
            Err(failure) => {
                failed[kind(&failure.why)] += 1;
                println!("seed {seed}, step {}: {}", failure.step, failure.why);
                if failed.iter().sum::<u64>() <= number("--reduce", 1) {
                    println!("{}", serde_json::to_string(&reduce(&storm)).unwrap());
                }
            }
        }
    }
    let milliseconds = began.elapsed().as_millis().max(1);
    let per_second = u128::from(days * count) * 1_000 / milliseconds;
    let Tally { steps, deaths, faults, requests, figures: [exact, bounded] } = tally;
    let [lost, doubled, leaks, other] = failed;
    println!("{count} storms of {days} days, {per_second} simulated days per second");
    println!("steps {steps}, requests {requests}, deaths {deaths}, faults {faults}");
    println!("figures compared with an exact truth {exact}, with a bound {bounded}");
    println!("lost {lost}, doubled {doubled}, leaks {leaks}, other {other}");
    if failed == [0; 4] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The place of a failure in the summary.
fn kind(why: &str) -> usize {
    let kinds = ["lost", "doubled", "secret"];
    kinds.iter().position(|kind| why.contains(kind)).unwrap_or(kinds.len())
}

/// Runs a storm and prints its log. Whether everything held.
fn is_calm(storm: &Storm, prints_log: bool) -> bool {
    let mut log = String::new();
    let ended = run(storm, &mut log);
    if prints_log {
        print!("{log}");
    }
    ended.is_ok()
}
