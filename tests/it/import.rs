//! Imported exports against their fixtures: a table, or a folder that is zipped here, and beside it what it comes to. Most
//! names say what is wrong.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use drawdown::books::bill::{Bill, Wallet};
use drawdown::books::tokens::Price;
use drawdown::files::{Imported, MOST_BYTES, MOST_FILES, MOST_ROWS, RefusalReason, Refused, Skipped};
use drawdown::money::{Amount, Currency};
use drawdown::providers::read_export;
use drawdown::time::{DAY, Span};
use proptest::prelude::*;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::make::{amount, at};

/// What stands in the columns that are never read, in every fixture.
const SECRETS: [&str; 5] = ["sk-", "Primary", "Second", "7d0c1f52", "9876543210"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/deepseek")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap_or_else(|_| panic!("{name} is missing"))
}

/// Reads an export of one file.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refused> {
    read_export(&[(name, bytes)])
}

fn zipped(files: &[(String, Vec<u8>)], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn plainly(files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    zipped(&files, SimpleFileOptions::default())
}

/// The files below a folder, by their paths in it, in order.
fn below(folder: &Path) -> Vec<(String, Vec<u8>)> {
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
        (true, true) => ", shared with both days beside",
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
fn an_archive_is_recognized_by_its_content() {
    let files = below(&folder().join("ok_month_in_a_folder"));
    let options = SimpleFileOptions::default();
    let deflated = read("a.zip", &zipped(&files, options));
    let stored = zipped(&files, options.compression_method(CompressionMethod::Stored));
    assert_eq!(read("export.csv", &stored), deflated);
    assert_eq!(read("", &zipped(&files, options.large_file(true))), deflated);
    let mut with_folder = ZipWriter::new(Cursor::new(Vec::new()));
    with_folder.add_directory("usage_data_2026_9/", options).unwrap();
    with_folder.set_comment("exported").unwrap();
    for (name, bytes) in &files {
        with_folder.start_file(name, options).unwrap();
        with_folder.write_all(bytes).unwrap();
    }
    assert_eq!(read("a.zip", &with_folder.finish().unwrap().into_inner()), deflated);
    assert_eq!(total(&deflated.unwrap().bills), amount("3.75"));
}

#[test]
fn an_unreadable_archive_is_refused_with_a_reason() {
    let costs = fixture("ok_costs.csv");
    let why = |bytes: &[u8]| read("export.zip", bytes).map_err(|refused| (refused.file, refused.why));
    let refused = |file: &str, why| Err((file.to_owned(), why));

    let inner = plainly(&[("cost.csv", &costs)]);
    assert_eq!(why(&plainly(&[("inner.zip", &inner)])), refused("inner.zip", RefusalReason::Packed));
    assert_eq!(why(&plainly(&[("inner.zip", &inner), ("cost.csv", &costs)])).unwrap().skipped, 1);

    let locked = SimpleFileOptions::default().with_deprecated_encryption(b"secret").unwrap();
    let locked = zipped(&[("cost.csv".to_owned(), costs.clone())], locked);
    assert_eq!(why(&locked), refused("cost.csv", RefusalReason::Packed));

    // Another way of packing, named in the local head and in the directory.
    let odd = patched(&inner, &[(b"PK\x03\x04", 8, b"\x0c"), (b"PK\x01\x02", 10, b"\x0c")]);
    assert_eq!(why(&odd), refused("cost.csv", RefusalReason::Packed));

    assert_eq!(why(&plainly(&[])), refused("export.zip", RefusalReason::Empty));
    assert_eq!(why(b"PK\x03\x04"), refused("export.zip", RefusalReason::Damaged));
    let sum = patched(&inner, &[(b"PK\x01\x02", 16, b"\0\0\0\0")]);
    assert_eq!(why(&sum), refused("export.zip", RefusalReason::Damaged));
    for end in 4..inner.len() {
        assert_eq!(why(&inner[..end]), refused("export.zip", RefusalReason::Damaged), "cut at {end}");
    }
}

#[test]
fn an_archive_whose_directory_contradicts_its_entries_is_refused() {
    let costs = fixture("ok_costs.csv");
    let whole = plainly(&[("a.csv", &costs), ("b.csv", &costs)]);
    assert_eq!(read("a.zip", &whole).unwrap().files, 2);
    let why = |bytes: &[u8]| read("a.zip", bytes).unwrap_err().why;
    // Called otherwise in the directory.
    assert_eq!(why(&patched(&whole, &[(b"PK\x01\x02", 46, b"c")])), RefusalReason::Damaged);
    // Of other sizes, or another checksum, than the entry says.
    for distance in [14, 18, 22] {
        assert_eq!(
            why(&patched(&whole, &[(b"PK\x03\x04", distance, b"\x01")])),
            RefusalReason::Damaged,
            "{distance}"
        );
    }
    // Counted wrongly.
    assert_eq!(why(&patched(&whole, &[(b"PK\x05\x06", 10, b"\x03")])), RefusalReason::Damaged);

    let records: Vec<usize> =
        (0..whole.len()).filter(|place| whole[*place..].starts_with(b"PK\x01\x02")).collect();
    let end = (0..whole.len()).find(|place| whole[*place..].starts_with(b"PK\x05\x06")).unwrap();
    // Both of the directory's records name one entry.
    let mut twice = whole.clone();
    twice.copy_within(records[0]..records[1], records[1]);
    assert_eq!(why(&twice), RefusalReason::Damaged);
    // The first entry is there, and not listed.
    let mut hidden = whole.clone();
    hidden[end + 8..end + 12].copy_from_slice(b"\x01\0\x01\0");
    let size = u32::try_from(end - records[1]).unwrap();
    hidden[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    hidden.drain(records[0]..records[1]);
    assert_eq!(why(&hidden), RefusalReason::Damaged);
}

#[test]
fn bytes_files_and_rows_are_counted_over_all_files() {
    let why = |files: &[(&str, &[u8])]| read_export(files).unwrap_err().why;
    let half = vec![b' '; MOST_BYTES / 2 + 1];
    let (zip, empty) = (plainly(&[("a", &half)]), plainly(&[("a", b"")]));
    assert_eq!(why(&[("a.zip", &zip)]), RefusalReason::Empty);
    assert_eq!(why(&[("a.zip", &zip), ("b.zip", &zip)]), RefusalReason::TooMuch);
    assert_eq!(why(&[("a.csv", &half), ("b.zip", &zip)]), RefusalReason::TooMuch);
    let many = vec![("a.zip", empty.as_slice()); MOST_FILES];
    assert_eq!(why(&many), RefusalReason::Empty);
    assert_eq!(why(&[many.as_slice(), &[("b", b"")]].concat()), RefusalReason::TooMuch);

    let rows = |count: usize| {
        let rows = "2026-11-01,chat,1,CNY\n".repeat(count);
        format!("utc_date,model,cost,currency\n{rows}").into_bytes()
    };
    let (most, one, half) = (rows(MOST_ROWS), rows(1), rows(MOST_ROWS / 2));
    assert_eq!(read_export(&[("a.csv", &most)]).unwrap().rows.read, MOST_ROWS);
    assert_eq!(why(&[("a.csv", &rows(MOST_ROWS + 1))]), RefusalReason::TooMuch);
    assert_eq!(why(&[("a.csv", &half), ("b.csv", &half), ("c.csv", &one)]), RefusalReason::TooMuch);
}

#[test]
fn an_archive_with_one_wrong_bit_gives_the_same_bills_or_none() {
    let whole = zipped(&below(&folder().join("ok_month_in_a_folder")), SimpleFileOptions::default());
    let bills = read("a.zip", &whole).unwrap().bills;
    let mut refused = 0;
    for bit in 0..whole.len() * 8 {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match read("a.zip", &flipped) {
            Ok(imported) => assert_eq!(imported.bills, bills, "bit {bit}"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > whole.len() * 4, "most of its bits count");
}

#[test]
fn an_oversized_archive_is_refused_while_it_is_unpacked() {
    let why = |bytes: &[u8]| read("a.zip", bytes).unwrap_err().why;
    let zeros = |size: usize| vec![b' '; size];
    let bomb = plainly(&[("cost.csv", &zeros(MOST_BYTES + 1))]);
    assert!(bomb.len() < MOST_BYTES / 500);
    assert_eq!(why(&bomb), RefusalReason::TooMuch);
    // It is not believed that it is small: it is stopped before its size could be found wrong.
    let modest = patched(&bomb, &[(b"PK\x03\x04", 22, b"\x10\0\0\0"), (b"PK\x01\x02", 24, b"\x10\0\0\0")]);
    assert_eq!(why(&modest), RefusalReason::TooMuch);
    let half = zeros(MOST_BYTES / 2 + 1);
    assert_eq!(why(&plainly(&[("a", &half), ("b", &half)])), RefusalReason::TooMuch);
    assert_eq!(
        why(&plainly(&[("a", &zeros(MOST_BYTES))])),
        RefusalReason::Empty,
        "the most that may be is read"
    );
    assert_eq!(why(&zeros(MOST_BYTES + 1)), RefusalReason::TooMuch);
    assert_eq!(why(&zeros(MOST_BYTES)), RefusalReason::Empty);

    let costs = fixture("ok_costs.csv");
    let many = |count: usize| {
        let rest = (1..count).map(|place| (format!("{place}.txt"), Vec::new()));
        let files: Vec<_> = rest.chain([("cost.csv".to_owned(), costs.clone())]).collect();
        zipped(&files, SimpleFileOptions::default())
    };
    assert_eq!(read("a.zip", &many(MOST_FILES)).unwrap().skipped, MOST_FILES - 1);
    assert_eq!(why(&many(MOST_FILES + 1)), RefusalReason::TooMuch);

    let models = |count: usize| {
        let rows = (0..count).map(|model| format!("2026-11-01,model-{model},1,CNY\n"));
        ["utc_date,model,cost,currency\n".to_owned()].into_iter().chain(rows).collect::<String>()
    };
    assert_eq!(read("cost.csv", models(1_000).as_bytes()).unwrap().bills[0].lines.len(), 1_000);
    assert_eq!(why(models(1_001).as_bytes()), RefusalReason::TooMuch);
}

#[test]
fn a_zero_is_stored_as_zero() {
    for bill in read("a.csv", &fixture("ok_costs_as_debits.csv")).unwrap().bills {
        assert!(bill.lines.iter().all(|line| !line.amount.to_stored().starts_with('-')), "{bill:?}");
    }
}

/// The bytes with others put in at some distance from each place where a record of that kind begins.
fn patched(bytes: &[u8], patches: &[(&[u8; 4], usize, &[u8])]) -> Vec<u8> {
    let mut patched = bytes.to_vec();
    for (record, distance, new) in patches {
        let from = bytes.windows(4).position(|four| four == *record).unwrap() + distance;
        patched[from..from + new.len()].copy_from_slice(new);
    }
    patched
}

fn total(bills: &[Bill]) -> Amount {
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

/// A table with its columns and rows in the orders given, each a list of places that is taken as far as it goes.
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
        // A second copy counts for nothing.
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
        // Units that the 24 hours divide, so that every share is exact.
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
        // How many hours of a UTC day the earlier of its two rows has.
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
