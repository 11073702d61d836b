//! Measures how the time to read an answer grows with the number of its names.
//!
//! ```text
//! cargo run --release --example linear
//! ```
//!
//! Prints, for each provider that bills, the time for n names in one answer, for twice as many, and the ratio of both: 2
//! where time is linear, 4 where it is quadratic. Fails from 3 on. A ratio says the same on a slow machine and a fast one.
#![allow(
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a command line tool, and its figures are no money"
)]

use std::process::ExitCode;
use std::time::Instant;

use drawdown::books::bill::by_book_and_day;
use drawdown::books::reading::Reading;
use drawdown::provider::{Answer, Provider, Query, Step};
use drawdown::providers::{anthropic, google, openai, openrouter};
use drawdown::time::Timestamp;

const NAMES: usize = 40_000;
const MOST: f64 = 3.0;
const TIMES: usize = 7;

/// A provider, and the answer that tells so many names of one day.
type Case = (&'static Provider, fn(usize) -> String);

const CASES: [Case; 4] = [
    (&openai::PROVIDER, |names| {
        let cost =
            |place| format!(r#"{{"amount":{{"value":1,"currency":"usd"}},"line_item":"name {place}"}}"#);
        let costs = rows(names, cost);
        format!(
            r#"{{"data":[{{"start_time":1795219200,"end_time":1795305600,"results":[{costs}]}}],"has_more":false}}"#
        )
    }),
    (&anthropic::PROVIDER, |names| {
        let row = |place| {
            format!(
                r#"{{"starting_at":"2026-11-21T00:00:00Z","ending_at":"2026-11-22T00:00:00Z","group":{{"model":"name {place}"}},"cost":{{"amount":"100","currency":"USD"}}}}"#
            )
        };
        format!(r#"{{"data":[{}],"has_more":false}}"#, rows(names, row))
    }),
    (&openrouter::MANAGEMENT, |names| {
        let row = |place| format!(r#"{{"date":"2026-11-21","model":"name {place}","usage":1}}"#);
        format!(r#"{{"data":[{}]}}"#, rows(names, row))
    }),
    (&google::PROVIDER, |names| {
        let row = |place: usize| {
            let cells = [
                "2026-11-21",
                "2026-11-21",
                "2026-11-21",
                "Gemini API",
                &format!("name {place}"),
                "USD",
                "1",
            ];
            format!(r#"{{"f":[{}]}}"#, cells.map(|cell| format!(r#"{{"v":"{cell}"}}"#)).join(","))
        };
        format!(r#"{{"jobComplete":true,"totalRows":"{names}","rows":[{}]}}"#, rows(names, row))
    }),
];

fn main() -> ExitCode {
    println!("names in one answer, the fastest of {TIMES}   {NAMES:>8}   {:>8}   ratio", 2 * NAMES);
    let mut is_linear = true;
    for (provider, body) in CASES {
        let [short, long] = [NAMES, 2 * NAMES].map(body);
        let (mut of_short, mut of_long) = (f64::MAX, f64::MAX);
        // By turns, so that whatever else the machine does falls on both.
        for _ in 0..TIMES {
            of_short = of_short.min(read(provider, &short));
            of_long = of_long.min(read(provider, &long));
        }
        let ratio = of_long / of_short;
        println!("  {:<40}{of_short:>8.1}ms {of_long:>8.1}ms {ratio:>7.2}", provider.card.name);
        is_linear &= ratio < MOST;
    }
    if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn rows(names: usize, row: impl Fn(usize) -> String) -> String {
    (0..names).map(row).collect::<Vec<_>>().join(",")
}

/// Milliseconds from the text of an answer to the bills that are kept.
fn read(provider: &Provider, body: &str) -> f64 {
    let now = Timestamp::from_ms(1_795_330_800_000);
    let settings = [("table".to_owned(), "project.dataset.table".to_owned())];
    let query = Query { settings: &settings, from: now.month().day(1), now };
    let answer = Answer { status: 200, retry_after: None, body: body.to_owned() };
    let ask = (provider.first)(&query);
    let begin = Instant::now();
    let (Ok(Step::More(told, _)) | Ok(Step::Done(told))) = provider.step(&query, &ask, &answer) else {
        panic!("{} cannot read its answer", provider.card.name);
    };
    let bills = by_book_and_day(told.into_iter().filter_map(|reading| match reading {
        Reading::Bill(bill) => Some(bill),
        _ => None,
    }));
    let time = begin.elapsed().as_secs_f64() * 1_000.0;
    assert!(bills.iter().any(|bill| bill.lines.len() > 1), "nothing was read");
    time
}
