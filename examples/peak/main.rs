//! How much memory the largest imports take, from the message of a page to the bills.
//!
//! ```text
//! cargo run --release --example peak
//! ```
//!
//! Reads each case in a process of its own, on Linux, and prints the most memory that this held. Fails where that is
//! over 64 MB.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, reason = "a command line tool")]

use std::io::{Cursor, Write};
use std::process::{Command, ExitCode};
use std::{env, fs};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::files::{
    ColumnMapping, MOST_BYTES, MOST_ROWS, RefusalReason, Refused, head, read_mapped, tables,
};
use drawdown::providers::read_export;
use drawdown::time::Timestamp;
use drawdown::ui::Form;
use drawdown::vault::Secret;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A time after all that the files cover.
const LATER: Timestamp = Timestamp::from_ms(4_000_000_000_000);

const MOST_KB: u64 = 64 << 10;

type Files = Vec<(String, Vec<u8>)>;

fn main() -> ExitCode {
    if let Some(message) = env::args().nth(1) {
        println!("{}", read(&message));
        return ExitCode::SUCCESS;
    }
    let mut is_within = true;
    for (name, files) in cases() {
        let path = env::temp_dir().join(format!("drawdown-peak-{}.json", std::process::id()));
        fs::write(&path, message(&files)).expect("room for the message");
        drop(files);
        let itself = env::current_exe().expect("a path to itself");
        let output = Command::new(itself).arg(&path).output().expect("a process of its own");
        fs::remove_file(&path).expect("the message to be removed");
        let output = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let peak = output.split(' ').next().and_then(|peak| peak.parse::<u64>().ok());
        is_within &= peak.is_some_and(|peak| peak <= MOST_KB);
        println!("{name}: {} KB", if output.is_empty() { "?" } else { &output });
    }
    if is_within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads what a page sends, and says how many KB that took at most and what came of it.
fn read(path: &str) -> String {
    let text = fs::read_to_string(path).expect("the message of the page");
    let Some(form) = Form::read(Secret::from(text)) else { return "no form".to_owned() };
    let files = form.files("file");
    if files.iter().any(|file| file.is_too_large) {
        return came("refused by the page");
    }
    let given: Vec<(&str, &[u8])> =
        files.iter().filter_map(|file| Some((file.name.as_str(), file.bytes.as_deref()?))).collect();
    let tables = match tables(&given) {
        Ok(tables) => tables,
        Err(refused) => return came(&format!("refused as {:?}", refused.why)),
    };
    let given: Vec<(&str, &[u8])> = tables.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    match (read_export(&given, LATER), given.as_slice()) {
        (Ok(imported), _) => came(&format!("{} rows read", imported.rows.read)),
        (Err(Refused { why: RefusalReason::Unknown, .. }), [(_, bytes)]) => came(&mapped(bytes)),
        (Err(refused), _) => came(&format!("refused as {:?}", refused.why)),
    }
}

/// The most KB that this process held, and what came of the message.
fn came(of: &str) -> String {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak of the process");
    format!("{} ({of})", peak.trim().trim_end_matches(" kB"))
}

fn mapped(bytes: &[u8]) -> String {
    let mapping_of = ColumnMapping::likely(bytes, "USD");
    let has_head = head(bytes).is_some();
    match read_mapped("a.csv", bytes, &mapping_of, LATER) {
        Ok(read) => format!("mapped, head {has_head}, {} bytes of bills", format!("{read:?}").len()),
        Err(refused) => format!("refused as {:?}", refused.why),
    }
}

/// What the page sends: the files until they are too large together, and of others the size.
fn message(files: &Files) -> String {
    let mut bytes_so_far = 0;
    let mut fields = vec!["\"do\":\"import\",\"account\":\"a\"".to_owned()];
    for (place, (name, bytes)) in files.iter().enumerate() {
        bytes_so_far += bytes.len();
        let (field, text) = match bytes_so_far > MOST_BYTES {
            true => (format!("file.{place}.size"), bytes.len().to_string()),
            false => (format!("file.{place}"), STANDARD.encode(bytes)),
        };
        fields.push(format!("\"file.{place}.name\":\"{name}\",\"{field}\":\"{text}\""));
    }
    format!("{{\"page\":\"dashboard\",{}}}", fields.join(","))
}

/// The largest files of each kind, and some that are larger.
fn cases() -> Vec<(&'static str, Files)> {
    let one = |text: String| vec![("cost.csv".to_owned(), text.into_bytes())];
    let rows = |count: usize, first: usize| {
        let row =
            |row: usize| format!("2026-{:02}-{:02},model-{},1,USD\n", row % 12 + 1, row % 28 + 1, row % 997);
        let rows: String = (first..first + count).map(row).collect();
        format!("utc_date,model,cost,currency\n{rows}")
    };
    let short = |bytes: usize| {
        let row = "2026-11-01,m,1,USD\n";
        format!("utc_date,model,cost,currency\n{}", row.repeat(bytes / row.len()))
    };
    let spaces = vec![b' '; MOST_BYTES / 2];
    let bombs = (0..20).map(|place| (format!("{place}.zip"), zipped(&spaces))).collect();
    let halves = (0..2)
        .map(|place| (format!("{place}.zip"), zipped(rows(MOST_ROWS / 2 - 1, place).as_bytes())))
        .collect();
    vec![
        ("a table with the most bytes", one(short(MOST_BYTES - 100))),
        ("a table with the most rows", one(rows(MOST_ROWS, 0))),
        ("a table with the most bytes and rows", one(rows(MOST_ROWS, 0).replace("model-", &"m".repeat(28)))),
        ("a table of 31 MB", one(short(31 << 20))),
        ("20 archives of the most bytes in all", bombs),
        ("two archives with the most rows in all", halves),
        ("a workbook with the most bytes", vec![("costs.xlsx".to_owned(), workbook())]),
        ("a table with the most columns", one(",".repeat(MOST_BYTES - 100))),
        ("an unknown table of 3 MB", one(short(3 << 20).replace("cost,", "paid,"))),
    ]
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    archive(&[("cost.csv", bytes)])
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("room in memory");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A workbook that is 10 MB unpacked: half of it shared texts, and half cells that refer to them.
fn workbook() -> Vec<u8> {
    let head =
        ["utc_date", "model", "cost", "currency"].map(|name| format!("<c t=\"str\"><v>{name}</v></c>"));
    let row =
        "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c><v>1</v></c><c t=\"s\"><v>2</v></c></row>";
    let rows = row.repeat((MOST_BYTES / 2 - 1_000) / row.len());
    let text = "<si><t>a</t></si>";
    let known = ["2026-11-01", "m", "USD"].map(|text| format!("<si><t>{text}</t></si>"));
    let strings =
        format!("<sst>{}{}</sst>", known.concat(), text.repeat((MOST_BYTES / 2 - 1_000) / text.len()));
    let sheet = format!("<sheetData><row>{}</row>{rows}</sheetData>", head.concat());
    archive(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"S\" id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<r><Relationship Id=\"r1\" Target=\"worksheets/s.xml\"/></r>"),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}
