//! How the time of an import grows with its rows: `cargo run --release --example scale`.
//!
//! Prints, for two tables of so many rows each, the milliseconds that reading and booking them takes, and how many times
//! as long twice the rows take: about 2 where it grows with the rows, 4 where it grows with their square.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a command line tool, and its figures are no money"
)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use drawdown::books::bill::Overlap;
use drawdown::books::reading::AccountId;
use drawdown::providers;
use drawdown::store::{Account, Importing, Source, State};
use drawdown::time::{HOUR, Timestamp};

const FIRST: &str = "2024-01-01T00:00:00Z";
const NOW: &str = "2036-01-01T00:00:00Z";
const ROWS: [u64; 5] = [4_000, 8_000, 16_000, 32_000, 64_000];

/// The two tables of a shape, with so many rows each.
type Shape = fn(u64) -> [String; 2];

fn hour(place: u64) -> Timestamp {
    Timestamp::parse(FIRST).expect("a time").plus(place * HOUR)
}

/// DeepSeek's costs of one model by the hour, all from one wallet.
fn costs(rows: u64, wallet: &str, currency: &str) -> String {
    let mut text = "start_time_iso,end_time_iso,model,wallet_type,cost,currency\n".to_owned();
    for place in 0..rows {
        let (from, to) = (hour(place), hour(place + 1));
        writeln!(text, "{from},{to},deepseek-chat,{wallet},0.01,{currency}").expect("memory");
    }
    text
}

const SHAPES: [(&str, Shape); 4] = [
    ("one wallet each", |rows| [costs(rows, "Paid", "USD"), costs(rows, "Granted", "USD")]),
    ("one currency each", |rows| [costs(rows, "Paid", "USD"), costs(rows, "Paid", "CNY")]),
    ("one export twice", |rows| [costs(rows, "Paid", "USD"), costs(rows + 1, "Paid", "USD")]),
    ("one after the other", |rows| {
        let two = costs(2 * rows, "Paid", "USD");
        let head = two.lines().next().expect("a head").to_owned();
        let (mut one, mut other) = (head.clone(), head);
        for (place, line) in (0..).zip(two.lines().skip(1)) {
            let table = if place < rows { &mut one } else { &mut other };
            write!(table, "\n{line}").expect("memory");
        }
        [one, other]
    }),
];

/// How long reading takes, and how long booking.
fn measure(tables: &[String; 2]) -> [Duration; 2] {
    let [one, two] = tables;
    let begun = Instant::now();
    let imported = providers::read_export(&[("one.csv", one.as_bytes()), ("two.csv", two.as_bytes())]);
    let bills = imported.expect("an export").bills;
    let read = begun.elapsed();
    let id = AccountId("one".to_owned());
    let mut state = State::default();
    state.accounts.push(Account::without_key(id.clone(), "", "One".to_owned(), Source::File));
    let now = Timestamp::parse(NOW).expect("a time");
    let importing = || Importing { file: "one.csv".to_owned(), bills: bills.clone(), is_of_other: false };
    let begun = Instant::now();
    for _ in 0..2 {
        assert!(state.clashes(&id, &importing(), now).is_empty(), "it is the same");
        state.import(&id, importing(), Overlap::Replace, now).expect("every month is at hand");
    }
    [read, begun.elapsed()]
}

fn main() {
    println!(
        "{:22} {:>6} {:>9} {:>6} {:>9} {:>6}",
        "two tables", "rows", "read, ms", "ratio", "book, ms", "ratio"
    );
    for (name, shape) in SHAPES {
        let mut before: Option<[f64; 2]> = None;
        for rows in ROWS {
            let tables = shape(rows);
            // The fastest of three: whatever else the machine does only adds to it.
            let runs: Vec<_> = (0..3).map(|_| measure(&tables)).collect();
            let fastest = [0, 1].map(|part| {
                runs.iter().map(|run: &[Duration; 2]| run[part]).min().expect("a run").as_secs_f64() * 1_000.0
            });
            let ratios = [0, 1].map(|part| {
                before.map_or_else(String::new, |before| format!("{:.1}", fastest[part] / before[part]))
            });
            let ([read, book], [read_ratio, book_ratio]) = (fastest, ratios);
            println!("{name:22} {rows:>6} {read:>9.1} {read_ratio:>6} {book:>9.1} {book_ratio:>6}");
            before = Some(fastest);
        }
    }
}
