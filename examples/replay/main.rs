//! Feeds recorded answers through the real driver, ledger and forecast, and prints the statement as JSON.
//!
//! ```text
//! cargo run --release --example replay < scenario.json
//! ```
//!
//! This is how a bug report becomes a test: `tests/fixtures/replay` holds scenarios and what they come to.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    clippy::panic,
    reason = "a command line tool"
)]

use std::io::Read;
use std::process::ExitCode;

use drawdown_lab::replay::replay;

fn main() -> ExitCode {
    let mut text = String::new();
    if let Err(problem) = std::io::stdin().read_to_string(&mut text) {
        eprintln!("replay: the scenario could not be read: {problem}");
        return ExitCode::FAILURE;
    }
    match replay(&text) {
        Ok(statement) => {
            println!("{statement}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("replay: the scenario could not be understood: {problem}");
            ExitCode::FAILURE
        }
    }
}
