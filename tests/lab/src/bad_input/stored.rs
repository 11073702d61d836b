//! Values in the browser's storage and in a backup.
//!
//! An input is a list of values, each a line with its key followed by its text, with a blank line between them. A key after
//! `session` belongs to the session's storage.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::digest::digest;
use drawdown::route::{Event, on_event};
use serde_json::{Map, Value, json};

use crate::bad_input::{NOW, browser, draw, send};
use crate::fake::Fake;

/// Starts a browser with these values, uses it and draws every page. Then starts another with the values that the first one left.
pub(super) fn stored(bytes: &[u8]) -> bool {
    let mut values = values(bytes);
    let session: BTreeMap<_, _> = values.extract_if(.., |key, _| key.starts_with("session ")).collect();
    let session = session.into_iter().map(|(key, text)| (key.replacen("session ", "", 1), text)).collect();
    let host = started(NOW, values, session);
    let is_shown = draw(&host);
    for command in ["back_up", "diagnose", "export", "noted"] {
        send(&host, "dashboard", command, &[]);
    }
    let next = started("2026-12-01T07:00:00Z", host.stored.take(), BTreeMap::new());
    send(&next, "popup", "show", &[]);
    is_shown
}

fn started(now: &str, stored: BTreeMap<String, String>, session: BTreeMap<String, String>) -> Fake {
    let host = Fake::new(now);
    *host.stored.borrow_mut() = stored;
    *host.session.borrow_mut() = session;
    host.run(on_event(&host, Event::Start));
    host.run(on_event(&host, Event::Alarm));
    host
}

/// Restores a backup in a fresh browser and in one with an account. An input that begins with `{` is the whole file; any other is
/// the backup's values, because libFuzzer would find no valid digest.
pub(super) fn backup(bytes: &[u8]) -> bool {
    let made;
    let file = if bytes.starts_with(b"{") {
        bytes
    } else {
        made = made_of(values(bytes));
        made.as_bytes()
    };
    let file = STANDARD.encode(file);
    let mut is_restored = false;
    for host in [Fake::new(NOW), browser("deepseek", Vec::new())] {
        let fields = [("file.0", file.as_str()), ("file.0.name", "backup.json")];
        is_restored |= send(&host, "dashboard", "restore_backup", &fields).ok;
        host.run(on_event(&host, Event::Alarm));
        draw(&host);
    }
    is_restored
}

/// A backup file with these values, as the product would have written it.
fn made_of(values: BTreeMap<String, String>) -> String {
    let json = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
    let stored: Map<String, Value> = values.into_iter().map(|(key, text)| (key, json(text))).collect();
    let all: String = stored.iter().map(|(key, value)| format!("{key} {value}\n")).collect();
    let file = json!({ "format": "drawdown-backup", "version": 1, "digest": digest(&all), "stored": stored });
    file.to_string()
}

fn values(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = String::from_utf8_lossy(bytes);
    let of = |part: &str| part.split_once('\n').map(|(key, text)| (key.to_owned(), text.to_owned()));
    text.split("\n\n").filter_map(of).collect()
}
