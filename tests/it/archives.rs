//! Archives: what is recognized, refused, and limited while it is unpacked.

use std::io::{Cursor, Write};

use drawdown::files::{MOST_BYTES, MOST_FILES, MOST_ROWS, RefusalReason};
use drawdown::providers::read_export;
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::builders::{LATER, amount};
use crate::deepseek_export::{below, fixture, folder, plainly, read, total, zipped};

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

    // Another compression method, in the local header and in the directory.
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
    // Another name in the directory.
    assert_eq!(why(&patched(&whole, &[(b"PK\x01\x02", 46, b"c")])), RefusalReason::Damaged);
    // Other sizes, or another checksum, than in the entry.
    for distance in [14, 18, 22] {
        assert_eq!(
            why(&patched(&whole, &[(b"PK\x03\x04", distance, b"\x01")])),
            RefusalReason::Damaged,
            "{distance}"
        );
    }
    // A wrong number of entries.
    assert_eq!(why(&patched(&whole, &[(b"PK\x05\x06", 10, b"\x03")])), RefusalReason::Damaged);

    let records: Vec<usize> =
        (0..whole.len()).filter(|place| whole[*place..].starts_with(b"PK\x01\x02")).collect();
    let end = (0..whole.len()).find(|place| whole[*place..].starts_with(b"PK\x05\x06")).unwrap();
    // Two records of the directory name one entry.
    let mut twice = whole.clone();
    twice.copy_within(records[0]..records[1], records[1]);
    assert_eq!(why(&twice), RefusalReason::Damaged);
    // The first entry is missing from the directory.
    let mut hidden = whole.clone();
    hidden[end + 8..end + 12].copy_from_slice(b"\x01\0\x01\0");
    let size = u32::try_from(end - records[1]).unwrap();
    hidden[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    hidden.drain(records[0]..records[1]);
    assert_eq!(why(&hidden), RefusalReason::Damaged);
}

#[test]
fn bytes_files_and_rows_are_counted_over_all_files() {
    let why = |files: &[(&str, &[u8])]| read_export(files, LATER).unwrap_err().why;
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
    assert_eq!(read_export(&[("a.csv", &most)], LATER).unwrap().rows.read, MOST_ROWS);
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
    // The stated size is not trusted: unpacking stops before it could be found wrong.
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

/// Replaces bytes at some distance from the beginning of each kind of record.
fn patched(bytes: &[u8], patches: &[(&[u8; 4], usize, &[u8])]) -> Vec<u8> {
    let mut patched = bytes.to_vec();
    for (record, distance, new) in patches {
        let from = bytes.windows(4).position(|four| four == *record).unwrap() + distance;
        patched[from..from + new.len()].copy_from_slice(new);
    }
    patched
}
