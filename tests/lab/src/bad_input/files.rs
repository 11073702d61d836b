//! Files that a user imports: tables, archives and workbooks.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::files::{ColumnMapping, tables};
use drawdown::store::State;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::bad_input::{ACCOUNT, browser, draw_outcome, send};
use crate::replay::look;

/// The maximum number of questions that the page asks about one file: its columns, its account, and its overlap with other
/// figures.
const MOST_QUESTIONS: usize = 4;

/// Imports a table. A first line such as `#settings.date=0&settings.amount=2` answers the page's question; otherwise the likely
/// columns are chosen.
pub(super) fn table(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"#") else { return import("costs.csv", bytes, &[]) };
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (fields, file) = rest.split_at(end);
    let fields = String::from_utf8_lossy(fields);
    let fields: Vec<_> = fields.split('&').filter_map(|field| field.split_once('=')).collect();
    import("costs.csv", file.get(1..).unwrap_or_default(), &fields)
}

/// Imports an archive as it is.
pub(super) fn archive(bytes: &[u8]) -> bool {
    import("costs.zip", bytes, &[])
}

/// Imports a workbook. The input is its parts, each a line with its path and its XML, with `---` between them, because libFuzzer
/// would find no valid checksum. Paths without a folder are in `xl/`.
pub(super) fn workbook(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in text.split("\n---\n") {
        let (path, xml) = part.split_once('\n').unwrap_or((part, ""));
        // The writer refuses a second part of the same name, and so does the reader.
        if zip.start_file(path, options).is_ok() {
            zip.write_all(xml.as_bytes()).expect("room in memory");
        }
    }
    let Ok(zip) = zip.finish() else { return false };
    import("costs.xlsx", &zip.into_inner(), &[])
}

/// The likely columns of the first table in a file, as the fields of the form.
fn likely(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let tables = tables(&[(name, bytes)]).unwrap_or_default();
    let fields = tables.first().map(|(_, table)| ColumnMapping::likely(table, "USD").fields());
    let named = |(name, value): (String, String)| (format!("settings.{name}"), value);
    fields.unwrap_or_default().into_iter().map(named).collect()
}

/// Imports a file, answers the page's questions, and draws the result.
fn import(name: &str, bytes: &[u8], answer: &[(&str, &str)]) -> bool {
    let host = browser("deepseek", Vec::new());
    let file = STANDARD.encode(bytes);
    let file = [("account", ACCOUNT), ("file.0", file.as_str()), ("file.0.name", name)];
    send(&host, "dashboard", "import", &file);
    for _ in 0..MOST_QUESTIONS {
        let Some(waiting) = host.session.borrow().get("waiting-file").cloned() else { break };
        send(&host, "dashboard", "show", &[("open", "data")]);
        let waiting: Value = serde_json::from_str(&waiting).expect("it is JSON");
        let asks = |what: &str| !waiting["asks"][what].is_null();
        let likely = likely(name, bytes);
        let mut fields = vec![("account", ACCOUNT)];
        match answer {
            _ if asks("Overlap") => fields.push(("settings.overlap", "replace")),
            _ if asks("Preview") => fields.push(("settings.account", ACCOUNT)),
            [] => fields.extend(likely.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
            answer => fields.extend(answer),
        }
        send(&host, "dashboard", "answer_import", &fields);
    }
    let has_import =
        |state: &State, _| state.accounts.iter().any(|account| account.standing_imports().next().is_some());
    let is_imported = look(&host, has_import);
    draw_outcome(&host, is_imported)
}
