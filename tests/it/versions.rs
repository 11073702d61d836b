//! Every version of the stored state is still read with the same figures, and the next commit rewrites it.
//!
//! Each file of `fixtures/stored` is the storage of a browser of that version, after the same month with two accounts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::app::statement;
use drawdown::route::{Event, on_event};
use drawdown::vault::{Sealed, Vault};
use drawdown_lab::fake::Fake;
use drawdown_lab::on_message;
use drawdown_lab::password::open;
use drawdown_lab::replay::look;
use serde_json::{Value, json};

use crate::builders::at;
use crate::story::{PASSWORD, has, message, text_of};

const VERSIONS: [&str; 5] = [
    include_str!("../fixtures/stored/version-1.json"),
    include_str!("../fixtures/stored/version-2.json"),
    include_str!("../fixtures/stored/version-3.json"),
    include_str!("../fixtures/stored/version-4.json"),
    include_str!("../fixtures/stored/version-5.json"),
];

fn browser(stored: &str) -> Fake {
    let host = Fake::new("2026-11-21T12:31:00Z");
    *host.stored.borrow_mut() = serde_json::from_str(stored).unwrap();
    host
}

fn version(host: &Fake) -> Value {
    let meta: Value = serde_json::from_str(&host.stored.borrow()["meta"]).unwrap();
    meta["version"].clone()
}

/// Each book's spend in this month and the last, and its balance.
fn figures(host: &Fake) -> Vec<String> {
    look(host, |state, now| {
        let statement = statement(state, now);
        let books = statement.accounts.iter().flat_map(|account| &account.books);
        let text = |book: &drawdown::books::statement::BookStatement| {
            let [spend, before] = [book.spend, book.last_month].map(|figure| figure.amount.unwrap());
            format!("{} {spend} {before} {}", book.currency, book.balance.unwrap())
        };
        books.map(text).collect()
    })
}

#[test]
fn unlocking_an_older_vault_makes_it_anew_under_the_same_password() {
    let host = browser(COLUMNS_IN_SETTINGS);
    host.set_now(at("2026-11-06T10:00:00Z"));
    let unlock = |password: &str| {
        let reply = host.run(on_message(&host, &message("dashboard", "unlock", &[("password", password)])));
        let vault: Value = serde_json::from_str(&host.stored.borrow()["vault"]).unwrap();
        (reply.ok, vault["kdf"]["name"].as_str().unwrap().to_owned())
    };
    assert_eq!(unlock("a wrong password"), (false, "PBKDF2-HMAC-SHA-256".to_owned()));
    assert_eq!(unlock(PASSWORD), (true, "Argon2id".to_owned()));
    host.run(on_message(&host, &message("dashboard", "lock", &[])));
    assert_eq!(unlock("a wrong password"), (false, "Argon2id".to_owned()));
    assert_eq!(unlock(PASSWORD), (true, "Argon2id".to_owned()));
    let vault: Vault = serde_json::from_str(&host.stored.borrow()["vault"]).unwrap();
    let key = open(&vault, PASSWORD).unwrap();
    let account = host.accounts().remove(0);
    let sealed: Sealed = serde_json::from_value(account["credential"].clone()).unwrap();
    assert!(key.open(&sealed, "41412925", "deepseek").is_ok(), "its keys are those of before");
}

/// The storage of a browser before `AccountSetting` existed: the columns of a mapped table are fields of the account's settings.
const COLUMNS_IN_SETTINGS: &str = include_str!("../fixtures/stored/columns-in-settings.json");

#[test]
fn a_column_mapping_among_the_accounts_settings_is_read_and_then_moved() {
    let host = browser(COLUMNS_IN_SETTINGS);
    host.set_now(at("2026-11-06T10:00:00Z"));
    // A table waits for its columns only while the vault is unlocked.
    host.run(on_message(&host, &message("dashboard", "unlock", &[("password", PASSWORD)])));
    let import = |name: &str, content: &str| {
        let file = STANDARD.encode(content);
        let fields = [("open", "data"), ("account", "41412925"), ("file.0", &file), ("file.0.name", name)];
        let reply = host.run(on_message(&host, &message("dashboard", "import", &fields)));
        text_of(&reply.html)
    };
    has(&import("next.csv", "Total;What;Day\n3,5;chat;2026-11-04\n"), "for Nov 4");
    let stored = || host.accounts().remove(0);
    assert_eq!(stored()["settings"].as_array().unwrap().len(), 4, "reading changes nothing");
    // Another mapping replaces it, in its new place.
    import("other.csv", "When;Cost\n2026-11-01;1,5\n");
    let chosen =
        [("settings.date", "0"), ("settings.amount", "1"), ("settings.code", "eur"), ("open", "data")];
    let reply = host.run(on_message(&host, &message("dashboard", "answer_import", &chosen)));
    has(&text_of(&reply.html), "for Nov 1");
    assert_eq!(stored()["settings"], json!([]));
    assert_eq!(
        stored()["features"]["imports.columns"],
        json!([["date", "When"], ["amount", "Cost"], ["code", "eur"]])
    );
    has(&import("last.csv", "Cost;When\n2,5;2026-11-06\n"), "for Nov 6");
}

#[test]
fn every_version_is_read_and_rewritten_as_the_newest() {
    for (stored, number) in VERSIONS.into_iter().zip(1..) {
        let host = browser(stored);
        assert_eq!(version(&host), number);
        // Version 1 had no declarations, so its top-up hides the spend of that quarter of an hour.
        let spent = if number == 1 { "8.625" } else { "9.875" };
        let expected =
            ["CNY 0.25 0.25 6.5".to_owned(), format!("USD {spent} 5.125 25"), "CNY 18.5 1.5 80".to_owned()];
        let before = figures(&host);
        assert_eq!(before, expected, "version {number}");
        host.run(on_event(&host, Event::Start));
        assert_eq!(version(&host), 5, "from version {number}");
        assert_eq!(figures(&host), expected, "from version {number}");
        let keys: Vec<String> = host.stored.borrow().keys().cloned().collect();
        assert!(keys.iter().all(|key| !key.starts_with("damaged.")), "{keys:?}");
        let accounts = host.accounts();
        assert_eq!(accounts.len(), 2);
        for account in &accounts {
            assert!(keys.contains(&format!("account.{}", account["id"].as_str().unwrap())));
            assert!(account["credential"].is_object() && account["read_at"].is_u64(), "{account}");
        }
        assert_eq!(accounts[1]["problem"], "key_refused", "what went wrong is kept");
        // The second copy holds all of it too.
        let written = host.stored.borrow().clone();
        host.run(on_event(&host, Event::Start));
        assert_eq!(*host.stored.borrow(), written, "nothing is left to be written");
    }
}
