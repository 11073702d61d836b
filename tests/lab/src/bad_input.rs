//! Untrusted input, one entry per boundary: each takes bytes and passes them through the product's own code.
//!
//! The fuzz targets in `tests/fuzz` call these entries with bytes that libFuzzer generates, and `tests/it/bad_input.rs` calls
//! them with the committed corpus. Each entry goes as far as the product: accepted input is stored, derived and drawn. An entry
//! fails if it panics, does not end, or takes too much memory.
//!
//! ```
//! let stored = drawdown_lab::bad_input::find("stored").unwrap();
//! assert!((stored.read)(b"meta\n{\"version\":5,\"rev\":1}\n\naccounts\n[]"));
//! assert!(!(stored.read)(b"meta\n{\"version\":99}"), "a newer version wrote it");
//! ```

mod answers;
mod files;
mod forms;
mod stored;

use drawdown::books::reading::AccountId;
use drawdown::host::Host;
use drawdown::providers;
use drawdown::route::{COMMANDS, Reply};
use drawdown::store::{Account, Source};
use drawdown::vault::DataKey;
use serde_json::{Map, Value};

use crate::fake::Fake;
use crate::on_message;
use crate::replay::{change, dummy};

/// A boundary, named like its corpus and its fuzz target.
#[derive(Clone, Copy)]
pub struct Boundary {
    pub name: &'static str,
    /// Reads an input. Returns whether the product accepted at least some of it.
    pub read: fn(&[u8]) -> bool,
}

/// All boundaries.
pub const BOUNDARIES: &[Boundary] = &[
    Boundary { name: "answers", read: answers::answers },
    Boundary { name: "tables", read: files::table },
    Boundary { name: "archives", read: files::archive },
    Boundary { name: "workbooks", read: files::workbook },
    Boundary { name: "forms", read: forms::forms },
    Boundary { name: "stored", read: stored::stored },
    Boundary { name: "backups", read: stored::backup },
];

/// The boundary with this name.
pub fn find(name: &str) -> Option<Boundary> {
    BOUNDARIES.iter().copied().find(|boundary| boundary.name == name)
}

const NOW: &str = "2026-11-22T07:00:00Z";
/// The account that imports and forms use.
const ACCOUNT: &str = "1a2b3c4d";
/// The dashboard's places, without the account's own card.
const PLACES: [&str; 8] = [
    "overview",
    "overview/2026-11-10?chart=sum&year=account&models=week",
    "statement/2026-11",
    "accounts",
    "budget",
    "data",
    "data/requests",
    "settings",
];

/// An unlocked browser with one account of a provider, which was never read.
fn browser(provider: &str, settings: Vec<(String, String)>) -> Fake {
    let host = Fake::new(NOW);
    let key = DataKey::make(&mut |bytes| host.random(bytes));
    host.run(host.remember("data-key", &key.to_text())).expect("memory is large enough");
    change(&host, |state| {
        let id = AccountId(ACCOUNT.to_owned());
        let source = providers::find(provider).map_or(Source::File, |_| Source::Key);
        let mut account = Account::without_key(id, provider, String::new(), source);
        let sealed = key.seal(&dummy(provider), ACCOUNT, provider, &mut |bytes| host.random(bytes));
        account.credential = Some(sealed);
        account.settings = settings;
        state.accounts.push(account);
    });
    host
}

/// Sends a form of a page, as `page.js` does.
fn send(host: &Fake, page: &str, command: &str, fields: &[(&str, &str)]) -> Reply {
    assert!(COMMANDS.contains(&command), "no command is called {command}");
    let fields = [("page", page), ("do", command)].into_iter().chain(fields.iter().copied());
    let message: Map<String, Value> = fields.map(|(name, value)| (name.to_owned(), value.into())).collect();
    let reply = host.run(on_message(host, &Value::from(message).to_string()));
    serde_json::to_string(&reply).expect("lib.rs can answer with it");
    reply
}

/// Draws every page for an accepted input, and only the popup for a refused one: most are refused, and ten pages for each would
/// take most of the time. Returns whether the input was accepted.
fn draw_outcome(host: &Fake, is_accepted: bool) -> bool {
    if is_accepted {
        draw(host);
    } else {
        send(host, "popup", "show", &[]);
    }
    is_accepted
}

/// Draws every page. Returns whether there was anything to draw.
fn draw(host: &Fake) -> bool {
    let is_shown = send(host, "popup", "show", &[]).ok;
    let card = format!("accounts/{ACCOUNT}");
    for place in PLACES.into_iter().chain([card.as_str()]) {
        send(host, "dashboard", "show", &[("open", place)]);
    }
    is_shown
}
