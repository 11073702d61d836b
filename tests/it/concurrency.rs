//! Two commands at once: pages that connect, unlock, lock and reset concurrently, also during a refresh. The second begins at
//! each await of the first; in every order, both replies must be true.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::{Event, on_event};
use drawdown::vault::{DataKey, Sealed, Vault};
use drawdown_lab::fake::{Fake, later};
use drawdown_lab::on_message;
use drawdown_lab::password::open;
use futures_util::future::join;
use serde_json::Value;

use crate::story::{KEY, OTHER_KEY, PASSWORD, Story, message, text_of};

const ANOTHER: &str = "another long password";
/// More awaits than any command here takes.
const AWAITS: usize = 60;

type Command<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// Runs commands of two pages, the second after `turns` turns. Returns both replies.
fn both(host: &Fake, first: Command<'_>, second: Command<'_>, turns: usize) -> [String; 2] {
    let [first, second] = [first, second].map(|(command, fields)| message("dashboard", command, fields));
    let (first, second) = host.run(join(on_message(host, &first), later(turns, on_message(host, &second))));
    [text_of(&first.html), text_of(&second.html)]
}

fn accounts(host: &Fake) -> Vec<Value> {
    host.accounts()
}

/// Checks that the vault and the session have one data key, and that it opens every stored credential.
#[track_caller]
fn every_key_opens(host: &Fake, passwords: &[&str]) {
    let stored = host.stored.borrow();
    let vault: Option<Vault> = stored.get("vault").map(|text| serde_json::from_str(text).unwrap());
    let session = host.session.borrow().get("data-key").and_then(|text| DataKey::parse(text));
    let sealed = vault.map(|vault| {
        let mut keys = passwords.iter().filter_map(|password| open(&vault, password).ok());
        keys.next_back().expect("one of the passwords opens the vault")
    });
    if let (Some(sealed), Some(session)) = (&sealed, &session) {
        assert!(sealed == session, "the session knows another key than the vault");
    }
    drop(stored);
    let key = sealed.or(session);
    for account in accounts(host) {
        let credential: Option<Sealed> = serde_json::from_value(account["credential"].clone()).unwrap();
        let Some(credential) = credential else { continue };
        let key = key.as_ref().expect("a credential is kept, and no key that opens it");
        let id = account["id"].as_str().unwrap();
        assert!(key.open(&credential, id, "deepseek").is_ok(), "the credential of {id} is dead");
    }
}

#[test]
fn a_worker_that_wakes_for_a_refresh_does_not_cut_it_short() {
    for turns in 0..AWAITS {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.clock("2026-11-22T10:15:00Z").set_books(KEY, "USD 0+19");
        let host = &*story.host;
        let refresh = message("popup", "refresh", &[]);
        host.run(join(on_message(host, &refresh), later(turns, on_event(host, Event::Start))));
        let popup = story.popup();
        assert!(popup.contains("$1.00*") && !popup.contains("cut short"), "start after {turns}: {popup}");
    }
}

#[test]
fn one_key_that_two_pages_connect_is_counted_once() {
    for turns in 0..AWAITS {
        let story = Story::begin("2026-11-22T10:00:00Z");
        story.set_books(KEY, "USD 0+20");
        let connect: Command<'_> = ("connect", &[("provider", "deepseek"), ("key", KEY)]);
        let said = both(&story.host, connect, connect, turns);
        assert_eq!(accounts(&story.host).len(), 1, "after {turns}");
        assert!(said.iter().any(|said| said.contains("Connected.")), "after {turns}");
        assert!(said.iter().any(|said| said.contains("already connected as DeepSeek")), "after {turns}");
    }
}

#[test]
fn two_first_keys_are_both_kept() {
    for turns in 0..AWAITS {
        let story = Story::begin("2026-11-22T10:00:00Z");
        story.set_books(KEY, "USD 0+20").set_books(OTHER_KEY, "USD 0+50");
        let [one, two] = [KEY, OTHER_KEY].map(|key| [("provider", "deepseek"), ("key", key)]);
        let said = both(&story.host, ("connect", &one), ("connect", &two), turns);
        assert!(said.iter().all(|said| said.contains("Connected.")), "after {turns}: {said:?}");
        assert_eq!(accounts(&story.host).len(), 2);
        every_key_opens(&story.host, &[]);
    }
}

#[test]
fn a_reset_during_another_command_leaves_no_orphaned_key() {
    let change: &[(&str, &str)] = &[("current", PASSWORD), ("password", ANOTHER), ("again", ANOTHER)];
    let connect: &[(&str, &str)] = &[("provider", "deepseek"), ("key", OTHER_KEY)];
    let commands: [(Command<'_>, bool, usize); 3] = [
        (("unlock", &[("password", PASSWORD)]), true, 12),
        (("change_password", change), false, 12),
        (("connect", connect), false, 40),
    ];
    for (command, is_locked, awaits) in commands {
        let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
        story.set_books(OTHER_KEY, "USD 0+50");
        if is_locked {
            story.send("lock", &[]);
        }
        let (stored, session) = (story.host.stored.borrow().clone(), story.host.session.borrow().clone());
        for turns in 0..awaits {
            *story.host.stored.borrow_mut() = stored.clone();
            *story.host.session.borrow_mut() = session.clone();
            both(&story.host, command, ("forget_password", &[]), turns);
            every_key_opens(&story.host, &[PASSWORD, ANOTHER]);
            assert!(!story.host.stored.borrow().contains_key("vault"), "{command:?} after {turns}");
        }
    }
}

#[test]
fn a_command_that_runs_during_locking_does_not_unlock() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    story.send("lock", &[]);
    let stored = story.host.stored.borrow().clone();
    for turns in 0..40 {
        *story.host.stored.borrow_mut() = stored.clone();
        story.host.session.borrow_mut().clear();
        both(&story.host, ("unlock", &[("password", PASSWORD)]), ("lock", &[]), turns);
        assert!(story.host.is_locked(), "after {turns}");
    }
}

#[test]
fn locking_discards_a_waiting_file() {
    let story = Story::connected("2026-11-22T10:00:00Z", "USD 0+20");
    let session = story.host.session.borrow().clone();
    let (id, file) = (story.id(0), STANDARD.encode("Day;Total\n2026-11-02;1\n"));
    let import = [("account", &*id), ("file.0", &*file), ("file.0.name", "other.csv")];
    for turns in 0..40 {
        *story.host.session.borrow_mut() = session.clone();
        both(&story.host, ("import", &import), ("lock", &[]), turns);
        assert!(story.host.is_locked(), "after {turns}");
    }
    let asked = story.send("import", &import);
    assert!(text_of(&asked.html).contains("Unlock Drawdown first."), "{}", text_of(&asked.html));
}
