//! Imports of two tables: reading them, and booking what was read.

use std::fmt::Write;
use std::time::{Duration, Instant};

use drawdown::books::bill::{Bill, Overlap};
use drawdown::books::reading::AccountId;
use drawdown::providers;
use drawdown::store::{Account, Importing, Source, State};
use drawdown::time::{HOUR, Timestamp};

use crate::Case;

/// A time after all that the files cover.
const LATER: Timestamp = Timestamp::from_ms(4_000_000_000_000);

const FIRST: &str = "2024-01-01T00:00:00Z";
const NOW: &str = "2036-01-01T00:00:00Z";
const ROWS: usize = 16_000;

/// Two tables with so many rows each.
type Shape = fn(u64) -> [String; 2];

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

pub(crate) fn cases() -> Vec<Case> {
    let case = |what, name, prepare| Case { name: format!("{what}: {name}"), size: ROWS, prepare };
    let reads = SHAPES.map(|(name, shape)| {
        let prepare = move |rows| -> Box<dyn Fn() -> Duration> {
            let tables = tables(shape, rows);
            Box::new(move || {
                let begin = Instant::now();
                assert!(!read(&tables).is_empty(), "nothing was read");
                begin.elapsed()
            })
        };
        case("read", name, Box::new(prepare))
    });
    let bookings = SHAPES.map(|(name, shape)| {
        let prepare = move |rows| -> Box<dyn Fn() -> Duration> {
            let bills = read(&tables(shape, rows));
            Box::new(move || book(&bills))
        };
        case("book", name, Box::new(prepare))
    });
    reads.into_iter().chain(bookings).collect()
}

fn tables(shape: Shape, rows: usize) -> [String; 2] {
    shape(u64::try_from(rows).expect("few"))
}

fn read([one, two]: &[String; 2]) -> Vec<Bill> {
    let imported = providers::read_export(&[("one.csv", one.as_bytes()), ("two.csv", two.as_bytes())], LATER);
    imported.expect("an export").bills
}

/// Books the same file twice: the second import replaces the first.
fn book(bills: &[Bill]) -> Duration {
    let id = AccountId("one".to_owned());
    let mut state = State::default();
    state.accounts.push(Account::without_key(id.clone(), "", "One".to_owned(), Source::File));
    let now = Timestamp::parse(NOW).expect("a time");
    let importing = || Importing { file: "one.csv".to_owned(), bills: bills.to_vec(), is_of_other: false };
    let begin = Instant::now();
    for _ in 0..2 {
        assert!(state.clashes(&id, &importing(), now).is_empty(), "it is the same file");
        state.import(&id, importing(), Overlap::Replace, now).expect("every month is loaded");
    }
    begin.elapsed()
}

/// DeepSeek's costs of one model by the hour, all from one wallet.
fn costs(rows: u64, wallet: &str, currency: &str) -> String {
    let hour = |place| Timestamp::parse(FIRST).expect("a time").plus(place * HOUR);
    let mut text = "start_time_iso,end_time_iso,model,wallet_type,cost,currency\n".to_owned();
    for place in 0..rows {
        let (from, to) = (hour(place), hour(place + 1));
        writeln!(text, "{from},{to},deepseek-chat,{wallet},0.01,{currency}").expect("memory");
    }
    text
}
