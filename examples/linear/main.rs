//! Measures how time grows with size: of an answer with its names, and of an import with its rows.
//!
//! ```text
//! cargo run --release --example linear
//! ```
//!
//! Prints for each case the time for one size, for twice that size, and the ratio of both: 2 where time is linear, 4
//! where it is quadratic. Fails from 3 on. A ratio is the same on a slow machine and a fast one.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a command line tool, and its figures are no money"
)]

mod answers;
mod imports;

use std::process::ExitCode;
use std::time::Duration;

const MOST: f64 = 3.0;
const TIMES: usize = 7;

/// One thing to measure.
struct Case {
    name: String,
    /// The size, in names or rows.
    size: usize,
    /// Prepares the input of a size. Each call of the result does the work once and returns the time that it took.
    prepare: Box<dyn Fn(usize) -> Box<dyn Fn() -> Duration>>,
}

fn main() -> ExitCode {
    println!("the fastest of {TIMES} runs{:>33}   twice that   ratio", "");
    let ratios: Vec<f64> = answers::cases().iter().chain(&imports::cases()).map(measure).collect();
    if ratios.iter().all(|ratio| *ratio < MOST) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints one line, and returns its ratio.
fn measure(Case { name, size, prepare }: &Case) -> f64 {
    let runs = [*size, 2 * size].map(prepare);
    let mut fastest = [f64::MAX; 2];
    // In turn, so that other work on the machine slows both.
    for _ in 0..TIMES {
        for (fastest, run) in fastest.iter_mut().zip(&runs) {
            *fastest = fastest.min(run().as_secs_f64() * 1_000.0);
        }
    }
    let [once, twice] = fastest;
    println!("  {name:<32}{size:>8}{once:>10.1} ms {twice:>9.1} ms {:>7.2}", twice / once);
    twice / once
}
