//! DeepSeek's exports against their fixtures: a table, or a folder that is zipped here, each with its expected result next to it.
//! File names say what is wrong with the export. Also properties of any export.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use drawdown::books::bill::{Bill, Wallet};
use drawdown::books::tokens::Price;
use drawdown::files::{Imported, Refused, Skipped};
use drawdown::money::{Amount, Currency};
use drawdown::providers::read_export;
use drawdown::time::{DAY, Span};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::builders::{LATER, at};

/// Content of the columns that are never read, in every fixture.
const SECRETS: [&str; 5] = ["sk-", "Primary", "Second", "7d0c1f52", "9876543210"];

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/deepseek")
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|_| panic!("{name} is missing"))
}

/// Reads an export that is a single file.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refused> {
    read_export(&[(name, bytes)], LATER)
}

pub(crate) fn zipped(files: &[(String, Vec<u8>)], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn plainly(files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    zipped(&files, SimpleFileOptions::default())
}

/// The files below a folder with their paths in it, in order.
pub(crate) fn below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn in_words(result: &Result<Imported, Refused>) -> Vec<String> {
    let imported = match result {
        Ok(imported) => imported,
        Err(refused) => return vec![format!("refused: {:?}: {refused}", refused.why)],
    };
    let Imported { bills, prices, files, skipped, rows, .. } = imported;
    let zero = if rows.zero == 0 { String::new() } else { format!(", zero {}", rows.zero) };
    let counts = format!("files {files}, skipped {skipped}, rows {}{zero}", rows.read);
    let skips =
        rows.skipped.iter().filter(|skipped| skipped.row > 0).map(|Skipped { why, count, row, sample }| {
            format!("skipped for {why:?}: {count}, such as row {row}: {sample}")
        });
    let prices = prices.iter().map(|Price { name, unit, price, on }| {
        format!("{name} {unit:?}: {} {} for a million, on {on}", price.amount, price.currency)
    });
    [counts].into_iter().chain(skips).chain(bills.iter().flat_map(of_day)).chain(prices).collect()
}

fn of_day(bill: &Bill) -> Vec<String> {
    let shared = match (bill.shared.before, bill.shared.after) {
        (false, false) => "",
        (true, false) => ", shared with the day before",
        (false, true) => ", shared with the day after",
        (true, true) => ", shared with both adjacent days",
    };
    let part = bill.part.map_or(String::new(), |part| format!(", from {} to {}", part.from, part.to));
    let day = format!("{} {}: {}{part}{shared}", bill.day, bill.currency, bill.amount());
    let lines = bill.lines.iter().map(|line| {
        let wallet = match line.wallet {
            Some(Wallet::Granted) => " granted",
            Some(Wallet::ToppedUp) => " topped-up",
            None => "",
        };
        format!("  {}{wallet} {}", line.name, line.amount)
    });
    let usage = bill.usage.iter().map(|one| format!("  {} {:?} {}", one.name, one.unit, one.quantity));
    [day].into_iter().chain(lines).chain(usage).collect()
}

#[test]
fn every_fixture_gives_its_expected_result() {
    let mut wrong = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_none_or(|ending| ending != "txt"));
    paths.sort();
    assert!(paths.len() > 60, "most of the fixtures are missing");
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        let result = if path.is_dir() {
            read("export.zip", &zipped(&below(&path), SimpleFileOptions::default()))
        } else {
            read(name, &fs::read(&path).unwrap())
        };
        let expected = fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let words = in_words(&result).join("\n");
        if words != expected.trim_end() {
            wrong.push(format!("== {name}\n{words}\n-- expected\n{expected}"));
        }
        let all = format!("{result:?} {words}");
        for secret in SECRETS.iter().filter(|secret| all.contains(*secret)) {
            wrong.push(format!("{name}: {secret} came out"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_zero_is_stored_as_zero() {
    for bill in read("a.csv", &fixture("ok_costs_as_debits.csv")).unwrap().bills {
        assert!(bill.lines.iter().all(|line| !line.amount.to_stored().starts_with('-')), "{bill:?}");
    }
}

pub(crate) fn total(bills: &[Bill]) -> Amount {
    bills.iter().map(Bill::amount).sum()
}

/// One row of costs: day of November, model, wallet, currency, millionths.
type Cost = (u64, &'static str, &'static str, &'static str, i64);

fn cost() -> impl Strategy<Value = Cost> {
    let model = prop_oneof![Just("deepseek-chat"), Just("\"a, \"\"quoted\"\" one\""), Just("new")];
    let wallet = prop_oneof![Just("Paid"), Just("granted"), Just("other"), Just("")];
    let currency = prop_oneof![4 => Just("CNY"), 1 => Just("USD")];
    (1_u64..9, model, wallet, currency, -3_000_000_i64..9_000_000)
}

fn millionths(units: i64) -> Amount {
    Amount::parse(&format!("{units}e-6")).unwrap()
}

/// A table with its columns and rows in the given orders.
fn table(head: &[&str], rows: &[Vec<String>], columns: &[usize], order: &[usize]) -> Vec<u8> {
    let line = |cells: &[&str]| {
        let cells: Vec<_> = columns.iter().map(|place| cells[*place]).collect();
        cells.join(",") + "\n"
    };
    let rows = order.iter().map(|place| line(&rows[*place].iter().map(String::as_str).collect::<Vec<_>>()));
    [line(head)].into_iter().chain(rows).collect::<String>().into_bytes()
}

const HEAD: [&str; 7] = ["user_id", "utc_date", "model", "wallet_type", "cost", "currency", "api_key"];

fn cells(costs: &[Cost]) -> Vec<Vec<String>> {
    let row = |(day, model, wallet, currency, units): &Cost| {
        let cost = millionths(*units).to_string();
        let day = format!("2026-11-{day:02}");
        ["u", &day, model, wallet, &cost, currency, "sk-0"].map(str::to_owned).to_vec()
    };
    costs.iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_columns_rows_and_files_changes_nothing(
        (costs, order) in prop::collection::vec(cost(), 1..30)
            .prop_flat_map(|costs| { let places: Vec<_> = (0..costs.len()).collect(); (Just(costs), Just(places).prop_shuffle()) }),
        columns in Just((0..HEAD.len()).collect::<Vec<_>>()).prop_shuffle(),
        is_first in any::<bool>(),
    ) {
        let rows = cells(&costs);
        let in_order: Vec<_> = (0..rows.len()).collect();
        let plain = table(&HEAD, &rows, &[0, 1, 2, 3, 4, 5, 6], &in_order);
        let shuffled = table(&HEAD, &rows, &columns, &order);
        let counted: Vec<Vec<String>> = costs.iter().map(|(day, model, ..)| {
            [&format!("2026-11-{day:02}"), *model, "request_count", "1"].map(str::to_owned).to_vec()
        }).collect();
        let count = |columns: &[usize], order: &[usize]| table(&["utc_date", "model", "type", "amount"], &counted, columns, order);
        let (counts, counts_shuffled) = (count(&[0, 1, 2, 3], &in_order), count(&[3, 1, 0, 2], &order));

        let bills = read("a.zip", &plainly(&[("cost.csv", &plain), ("amount.csv", &counts)])).unwrap().bills;
        let mut files = [("x", shuffled.as_slice()), ("y", &counts_shuffled)];
        if is_first {
            files.reverse();
        }
        prop_assert_eq!(&read("b.zip", &plainly(&files)).unwrap().bills, &bills);
        // A second copy is ignored.
        let files = [("1", plain.as_slice()), ("2", &counts), ("3", &shuffled), ("4", &counts_shuffled)];
        prop_assert_eq!(&read("c.zip", &plainly(&files)).unwrap().bills, &bills);
    }

    #[test]
    fn the_imported_total_is_the_sum_of_the_costs(costs in prop::collection::vec(cost(), 1..30)) {
        let in_order: Vec<_> = (0..costs.len()).collect();
        let bills = read("cost.csv", &table(&HEAD, &cells(&costs), &[0, 1, 2, 3, 4, 5, 6], &in_order)).unwrap().bills;
        let is_debits = costs.iter().all(|cost| cost.4 <= 0);
        for code in ["CNY", "USD"] {
            let sum: i64 = costs.iter().filter(|cost| cost.3 == code).map(|cost| cost.4).sum();
            let of_book: Vec<_> = bills.iter().filter(|bill| bill.currency == Currency::parse(code).unwrap()).cloned().collect();
            prop_assert_eq!(total(&of_book), millionths(if is_debits { -sum } else { sum }));
        }
    }

    #[test]
    fn days_of_another_time_zone_are_split_over_utc_days(
        costs in prop::collection::vec(-100_000_i64..900_000, 2..12), hours in 1_u64..14, zone in prop_oneof![Just('+'), Just('-')],
    ) {
        // Units divisible by 24 hours, so that every share is exact.
        let first = at("2026-11-02T00:00:00Z");
        let from = if zone == '+' { first.minus(hours * 3_600_000) } else { first.plus(hours * 3_600_000) };
        let mut text = "start_time_iso,end_time_iso,model,cost,currency\n".to_owned();
        for (place, units) in costs.iter().enumerate() {
            let place = u64::try_from(place).unwrap();
            let local = |days: u64| format!("{}T00:00:00{zone}{hours:02}:00", first.plus(days * DAY).day());
            text += &format!("{},{},chat,{},CNY\n", local(place), local(place + 1), millionths(units * 24));
        }
        let bills = read("cost.csv", text.as_bytes()).unwrap().bills;
        let is_debits = costs.iter().all(|units| *units <= 0);
        // How many hours of a UTC day belong to the earlier of its two rows.
        let early = i64::try_from(if zone == '+' { 24 - hours } else { hours }).unwrap();
        let whole: Vec<Amount> = costs.windows(2).map(|pair| {
            let units = pair[0] * early + pair[1] * (24 - early);
            millionths(if is_debits { -units } else { units })
        }).collect();
        let of_whole_days: Vec<Amount> =
            bills.iter().filter(|bill| bill.part.is_none()).map(Bill::amount).collect();
        prop_assert_eq!(of_whole_days, whole);
        let covered = Span { from, to: from.plus(DAY * u64::try_from(costs.len()).unwrap()) };
        prop_assert!(bills.iter().all(|bill| covered.overlap(bill.day.span()) == bill.span()));
        let sum = millionths(costs.iter().map(|units| units * 24).sum());
        prop_assert_eq!(total(&bills), if is_debits { -sum } else { sum }, "nothing is dropped at the ends");
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        name in prop_oneof![Just("ok_costs.csv"), Just("ok_own_times.csv"), Just("ok_quoted_cells.csv"), Just("zip")],
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = match name {
            "zip" => zipped(&below(&folder().join("ok_month_in_a_folder")), SimpleFileOptions::default()),
            name => fixture(name),
        };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let end = cut.index(bytes.len() * 2).min(bytes.len());
        if let Err(refused) = read(name, &bytes[..end]) {
            prop_assert!(!refused.to_string().is_empty());
        }
    }
}
