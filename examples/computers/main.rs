//! Several computers of one user, simulated from seeds: whether all of them show the same once everything has arrived.
//!
//! ```text
//!   cargo run --release --example computers -- --seed 1 --count 20000
//!   cargo run --release --example computers -- --seed 1 --log       prints what happened
//! ```
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a command line tool")]

use std::process::ExitCode;
use std::time::Instant;

use drawdown_lab::computers::{Tally, run};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, default: u64| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)).map_or(default, |text| text.parse().unwrap())
    };
    let (first, count) = (number("--seed", 1), number("--count", 1));
    let prints_log = arguments.iter().any(|argument| argument == "--log");
    let (began, mut tally) = (Instant::now(), Tally::default());
    let (mut lost, mut doubled, mut secrets, mut other) = (0, 0, 0, 0);
    for seed in first..first + count {
        let mut log = Vec::new();
        let ended = run(seed, &mut log);
        if prints_log {
            log.iter().for_each(|line| println!("{line}"));
        }
        match ended {
            Ok(of_seed) => tally.add(of_seed),
            Err(why) => {
                println!("seed {seed}: {why}");
                let kind = match why {
                    why if why.contains("doubled") => &mut doubled,
                    why if why.contains("lost") => &mut lost,
                    why if why.contains("secret") => &mut secrets,
                    _ => &mut other,
                };
                *kind += 1;
            }
        }
    }
    let Tally { computers, readings, writes, lost_items, refused, figures } = tally;
    println!(
        "| seeds | seconds | computers | readings | writes | lost items | refusals | figures | lost | doubled | secrets | other |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    println!(
        "| {count} | {} | {computers} | {readings} | {writes} | {lost_items} | {refused} | {figures} | {lost} | {doubled} | {secrets} | {other} |",
        began.elapsed().as_secs()
    );
    if lost + doubled + secrets + other == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
