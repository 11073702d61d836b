//! The phrases of keys.

use crate::money::Money;
use crate::provider::service_account::KeyFileError;
use crate::provider::{Card, WrongKey};
use crate::text::Language;
use crate::ui::format;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) paste_key: fn(&str) -> String,
    pub(super) paste_file: &'static str,
    pub(super) choose_file: &'static str,
    pub(super) browser_asks: fn(&str) -> String,
    pub(super) connect: &'static str,
    pub(super) make_key: &'static str,
    pub(super) if_stolen: &'static str,
    pub(super) what_counts: &'static str,
    pub(super) how_late: &'static str,
    pub(super) proof: &'static str,
    pub(super) seen_live: fn(&str) -> String,
    pub(super) from_documents: &'static str,
    pub(super) add_key: &'static str,
    pub(super) replace_key: &'static str,
    pub(super) new_key: &'static str,
    pub(super) try_key: &'static str,
    pub(super) replacement_works: fn(&str) -> String,
    pub(super) same_account: &'static str,
    pub(super) other_account: &'static str,
    pub(super) take_key: &'static str,
    pub(super) drop_key: &'static str,
    pub(super) make_expire: &'static str,
    pub(super) key_expires: &'static str,
    pub(super) key_expires_title: &'static str,
    pub(super) key_expires_on: fn(&str) -> String,
    pub(super) key_expired_on: fn(&str) -> String,
    pub(super) connected: fn(&[Money], &[Money]) -> String,
    pub(super) connected_already: fn(&str) -> String,
    pub(super) wrong_key: fn(&WrongKey, &Card) -> String,
    pub(super) replaced: &'static str,
    pub(super) not_taken: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    paste_key: |name| format!("{name} key"),
    paste_file: "paste the whole file",
    choose_file: "Or choose it",
    browser_asks: |host| {
        format!("The browser will ask whether Drawdown may reach {host}. Allow it; the key is tried at once.")
    },
    connect: "Connect",
    make_key: "Make a key at {}.",
    if_stolen: "If it is stolen",
    what_counts: "What is counted",
    how_late: "How late",
    proof: "Proof",
    seen_live: |day| format!("Seen live on {day}."),
    from_documents: "From the provider's documents only; nobody has reported yet that it works.",
    add_key: "Add its key",
    replace_key: "Replace the key",
    new_key: "New key",
    try_key: "Try it",
    replacement_works: |told| match told {
        "" => "The new key works.".to_owned(),
        told => format!("The new key works and tells {told}."),
    },
    same_account: "The same account: what happened since the last reading counts",
    other_account: "Another account: begin with a new baseline",
    take_key: "Use the new key",
    drop_key: "Keep the old key",
    make_expire: "How to make a key that expires",
    key_expires: "The key expires on (empty if it does not)",
    key_expires_title: "Key expires",
    key_expires_on: |day| format!("the key expires on {day}"),
    key_expired_on: |day| format!("the key expired on {day}"),
    connected,
    connected_already: |name| format!("This key is connected already, as {name}."),
    wrong_key,
    replaced: "The new key is in use.",
    not_taken: "That key was dropped or replaced on another page. Nothing was changed.",
};

fn connected(left: &[Money], spent: &[Money]) -> String {
    let all = |sums: &[Money]| {
        let sums: Vec<_> = sums.iter().map(|money| format::money(money.amount, money.currency)).collect();
        sums.join(" and ")
    };
    match (left, spent) {
        ([], []) => "Connected. Spend is counted as it is told.".to_owned(),
        (left, []) => format!("Connected. Balance {}; tracking starts now.", all(left)),
        ([], spent) => format!("Connected. {} so far this month.", all(spent)),
        (left, spent) => format!("Connected. {} so far this month; balance {}.", all(spent), all(left)),
    }
}

fn wrong_key(wrong: &WrongKey, card: &Card) -> String {
    match wrong {
        WrongKey::Empty => format!("Paste a key of {}; nothing was sent.", card.name),
        WrongKey::Garbled => "A key has no spaces and only plain signs; nothing was sent.".to_owned(),
        WrongKey::Of(other) => {
            format!("This is a key of {other}, not of {}; nothing was sent.", card.name)
        }
        WrongKey::OtherPrefix => {
            format!("The {} key for this begins with {}; nothing was sent.", card.name, card.key.prefix)
        }
        WrongKey::NotServiceAccount(what) => {
            let what = match what {
                KeyFileError::ApiKey => "This is a key of the Gemini API, to which Google tells no costs",
                KeyFileError::NoJson => "This is not a whole JSON file",
                KeyFileError::OAuthClient => "This is the JSON of an OAuth client or of a login",
                KeyFileError::OtherJson => "This JSON lacks the key of a service account",
            };
            format!("{what}. Bring the key file of a service account; nothing was sent.")
        }
    }
}
