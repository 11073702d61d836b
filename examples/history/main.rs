//! Measures a long history: ten years of twenty accounts, read every five minutes, settled and thinned.
//!
//! ```text
//! cargo run --release --example history
//! cargo run --release --example history -- FOLDER
//! ```
//!
//! With a folder, writes ten years, three months and one month to it, each up to now, as the browser stores them:
//! `./build.sh bench` measures them there.
//!
//! Without one, prints what is stored, by kind, and the time of one refresh and of one statement, both also with three months of
//! history; and how long the parts of an export of all months take, which the page asks for one by one. Fails if more than 8 MiB are stored, or if a long history makes either slower than 1.2 times (rule L13).
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a command line tool, and its figures are no money"
)]

mod long;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use drawdown::app::{RefreshScope, refresh};
use drawdown::route::app;
use drawdown::time::{DAY, MINUTE, Timestamp};
use drawdown_lab::fake::moment;
use serde_json::json;

use crate::long::History;

const MOST_BYTES: usize = 8 * 1024 * 1024;
const MOST_SLOWER: f64 = 1.2;
const TIMES: usize = 15;

/// Writes each history with the browser's session, which has the data key of the simulated vault.
fn write(folder: &Path) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis();
    let now = Timestamp::from_ms(u64::try_from(now).expect("a time"));
    for (name, days) in [("ten-years", 3_652), ("three-months", 91), ("one-month", 30)] {
        let history = History::build(now.minus(days * DAY), now);
        let stored =
            json!({"local": *history.host.stored.borrow(), "session": *history.host.session.borrow()});
        std::fs::write(folder.join(format!("{name}.json")), stored.to_string())
            .expect("the folder can be written to");
    }
}

fn main() -> ExitCode {
    if let Some(folder) = std::env::args().nth(1) {
        write(Path::new(&folder));
        return ExitCode::SUCCESS;
    }
    let now = moment("2036-11-30T12:00:00Z");
    println!("building three months of twenty accounts");
    // Not one: a refresh always loads the last month too, and settled days of the one before it.
    let short = History::build(moment("2036-09-01T00:00:00Z"), now);
    println!("building ten years of twenty accounts");
    let long = History::build(moment("2026-11-30T12:00:00Z"), now);

    let bytes = long.bytes();
    println!("\nat rest after ten years, in bytes");
    for (kind, bytes) in long.bytes_by_kind() {
        println!("  {kind:<24}{bytes:>10}");
    }
    println!("  {:<24}{bytes:>10}  of {MOST_BYTES}", "all");

    println!("\ntime, the median of {TIMES}      ten years three months  ratio");
    let refreshes = compare("one account's refresh", &long, &short, read_one);
    let statements = compare("one statement", &long, &short, state_all);
    compare("the popup opens", &long, &short, show);
    export_all(&long);

    let is_small = bytes <= MOST_BYTES;
    let is_quick = refreshes < MOST_SLOWER && statements < MOST_SLOWER;
    if is_small && is_quick { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn compare(what: &str, long: &History, short: &History, measure: fn(&History) -> Duration) -> f64 {
    let (mut of_long, mut of_short) = (Vec::new(), Vec::new());
    // Alternating, so that other work on the machine affects both.
    for _ in 0..TIMES {
        of_long.push(measure(long));
        of_short.push(measure(short));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1_000.0
    };
    let (of_long, of_short) = (median(of_long), median(of_short));
    let ratio = of_long / of_short;
    println!("  {what:<28}{of_long:>8.1} ms {of_short:>8.1} ms {ratio:>7.2}");
    ratio
}

/// Reads one account: marks the attempt, requests the balance, stores and shows the answer.
fn read_one(history: &History) -> Duration {
    history.pass(5 * MINUTE);
    let begin = Instant::now();
    history.host.run(refresh(&app(&history.host), RefreshScope::Only(&history.ids[0]))).expect("it is read");
    begin.elapsed()
}

/// Derives every figure of the month from what is stored.
fn state_all(history: &History) -> Duration {
    let begin = Instant::now();
    let accounts = history.look(|state, now| drawdown::app::statement(state, now).accounts.len());
    assert_eq!(accounts, history.ids.len());
    begin.elapsed()
}

fn show(history: &History) -> Duration {
    let begin = Instant::now();
    let show = r#"{"page":"popup","do":"show"}"#;
    history.host.run(drawdown_lab::on_message(&history.host, show));
    begin.elapsed()
}

/// Exports all months as FOCUS, part by part, as the page does.
fn export_all(history: &History) {
    let (mut times, mut bytes, mut longest, mut part) = (Vec::new(), 0, 0, Some(String::new()));
    while let Some(next) = part {
        let ask = json!({"page": "dashboard", "open": "data", "do": "export", "format": "focus", "month": "all", "part": next});
        let begin = Instant::now();
        let reply = history.host.run(drawdown_lab::on_message(&history.host, &ask.to_string()));
        times.push(begin.elapsed().as_secs_f64() * 1_000.0);
        let file = reply.file.expect("a part of the file");
        (bytes, longest, part) = (bytes + file.text.len(), longest.max(file.text.len()), file.next);
    }
    let (parts, all) = (times.len(), times.iter().sum::<f64>());
    let most = times.into_iter().fold(0.0, f64::max);
    println!("\nan export of all months as FOCUS");
    println!("  {:.1} MB in {parts} parts of {:.2} MB at most", bytes as f64 / 1e6, longest as f64 / 1e6);
    println!("  {all:.0} ms in all, {most:.0} ms for the longest part");
}
