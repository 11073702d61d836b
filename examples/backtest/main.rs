//! The backtest: forecasts for months whose spend is known, their errors, and how often their ranges contain the truth,
//! next to three simple rules.
//!
//! ```text
//! cargo run --release --example backtest [HISTORIES]
//! ```
//!
//! Fails if a claim of `claims` is broken. A range assumes that the present pace continues: the claims are about the
//! kinds whose pace does, and the tables show all.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a command line tool")]

mod table;

use std::process::ExitCode;

use drawdown_lab::backtest::forecast::{Forecasts, forecasts};
use drawdown_lab::backtest::life::{Kind, SimulatedAccount};
use drawdown_lab::backtest::score::broken;

/// The number of histories of each kind, unless one is given.
const HISTORIES: u64 = 300;
/// The numbers of days known before the month.
const BEFORE: [u64; 5] = [60, 28, 14, 7, 0];

fn main() -> ExitCode {
    let histories = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(HISTORIES);
    println!("{histories} histories of each kind, forecast at the end of days 5, 10, 15, 20 and 25.");
    println!("All in % of the truth, but held: how many in a hundred ranges held the truth.\n");
    let mut claimed = Vec::new();
    for before in BEFORE {
        let of_kind = |kind| {
            (
                kind,
                (0..histories)
                    .flat_map(|seed| forecasts(&SimulatedAccount::new(kind, seed, before)))
                    .collect(),
            )
        };
        let kinds: Vec<(Kind, Vec<Forecasts>)> = Kind::ALL.into_iter().map(of_kind).collect();
        println!("{}", table::of_history(before, &kinds));
        if before == BEFORE[0] {
            println!("{}", table::by_day(before, &kinds));
        }
        let going_on = kinds.into_iter().filter(|(kind, _)| Kind::GOING_ON.contains(kind));
        claimed.push((before, going_on.flat_map(|(_, forecasts)| forecasts).collect::<Vec<_>>()));
    }
    println!("{}", table::of_trace());
    let broken = broken(&claimed);
    broken.iter().for_each(|why| eprintln!("backtest: {why}"));
    println!("claims broken: {}", broken.len());
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
