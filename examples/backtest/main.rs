//! The backtest: forecasts for months whose spend is known, their errors, and how often their ranges contain the truth,
//! next to those of the rules before and of three simple rules. First on simulated accounts, then on real use.
//!
//! ```text
//! cargo run --release --example backtest [HISTORIES]
//! ```
//!
//! Fails if a claim of `score::broken`, `real::broken` or `real::broken_fit` is broken. The claims on simulated accounts
//! are about the kinds whose pace goes on; the tables show all.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a command line tool")]

mod table;

use std::process::ExitCode;

use drawdown_lab::backtest::forecast::{Forecasts, forecasts};
use drawdown_lab::backtest::life::{Kind, SimulatedAccount};
use drawdown_lab::backtest::real;
use drawdown_lab::backtest::score;
use drawdown_lab::backtest::traces::Trace;

/// The number of histories of each kind, unless one is given.
const HISTORIES: u64 = 300;
/// The numbers of days known before the month.
const BEFORE: [u64; 5] = [60, 28, 14, 7, 0];

fn main() -> ExitCode {
    let histories = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(HISTORIES);
    println!("{histories} histories of each kind, forecast at the end of days 5, 10, 15, 20 and 25.");
    println!("All in % of the truth, but held: how many in a hundred ranges held the truth.\n");
    let (mut going_on, mut changing) = (Vec::new(), Vec::new());
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
            for (kind, forecasts) in kinds {
                let of = if Kind::GOING_ON.contains(&kind) { &mut going_on } else { &mut changing };
                of.extend(forecasts);
            }
        }
    }
    let people = Trace::people();
    println!("{}", table::of_real_use("Twenty people and small teams, every origin from day 29 on", &people));
    println!("{}", table::of_real_use("A service of many users (BurstGPT)", &[Trace::service()]));
    let origins = real::origins(&people);
    let fit = real::fit(&origins, people.len());
    println!("{}", table::of_fit(&fit));
    let all = [going_on.clone(), changing].concat();
    let broken = [score::broken(&going_on, &all), real::broken(&origins), real::broken_fit(&fit)].concat();
    broken.iter().for_each(|why| eprintln!("backtest: {why}"));
    println!("claims broken: {}", broken.len());
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
