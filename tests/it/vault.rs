//! The vault: its refusals, and vectors that every later version must open.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::vault::{DataKey, SHORTEST_PASSWORD, Sealed, Secret, Vault, VaultError, make_password};
use drawdown_lab::password::open;
use serde::Deserialize;

/// A vector: the stored vault and its content. Committed once and never changed.
#[derive(Deserialize)]
struct Vector {
    password: String,
    vault: Vault,
    credentials: Vec<Credential>,
}

#[derive(Deserialize)]
struct Credential {
    account: String,
    provider: String,
    clear: String,
    sealed: Sealed,
}

fn vectors() -> Vec<(String, Vector)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vault");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let json = entries.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    json.map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        (path.display().to_string(), serde_json::from_str(&text).unwrap())
    })
    .collect()
}

/// Random bytes for tests: they count up, so no two fills are equal.
fn counting() -> impl FnMut(&mut [u8]) {
    let mut next = 0_u8;
    move |bytes| {
        for byte in bytes {
            next = next.wrapping_add(1);
            *byte = next;
        }
    }
}

fn made() -> (DataKey, Vault) {
    let random = &mut counting();
    let key = DataKey::make(random);
    let vault = Vault::make(&key, &Secret::new("correct horse battery"), random).unwrap();
    (key, vault)
}

#[test]
fn every_shipped_vault_opens() {
    let vectors = vectors();
    assert!(!vectors.is_empty());
    for (name, vector) in vectors {
        let key = open(&vector.vault, &vector.password).unwrap_or_else(|why| panic!("{name}: {why:?}"));
        for Credential { account, provider, clear, sealed } in &vector.credentials {
            assert_eq!(key.open(sealed, account, provider), Ok(Secret::new(clear)), "{name}");
        }
    }
}

/// The format is independent of this code: Python's standard library and a hand-written cipher open the same vectors.
#[test]
fn python_opens_the_same_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vault");
    for (name, vector) in vectors() {
        let run = Command::new("python3").arg(folder.join("open.py")).arg(&name).output();
        let output = run.expect("python3 is needed for this test: install Debian's package python3");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let opened = String::from_utf8(output.stdout).unwrap();
        let clear: Vec<_> = vector.credentials.iter().map(|credential| credential.clear.as_str()).collect();
        assert_eq!(opened.lines().collect::<Vec<_>>(), clear, "{name}");
    }
}

#[test]
fn a_wrong_password_opens_nothing() {
    let (_, vault) = made();
    assert_eq!(open(&vault, "correct horse batterz").err(), Some(VaultError::WrongPassword));
}

#[test]
fn a_new_password_wraps_the_same_key() {
    let (key, _) = made();
    let changed = Vault::make(&key, &Secret::new("another password"), &mut counting()).unwrap();
    assert_eq!(open(&changed, "another password").unwrap(), key);
    assert_eq!(open(&changed, "correct horse battery").err(), Some(VaultError::WrongPassword));
}

#[test]
fn sealed_keys_cannot_be_swapped() {
    let (key, _) = made();
    let sealed = key.seal(&Secret::new("sk-1"), "a", "deepseek", &mut counting());
    assert_eq!(key.open(&sealed, "b", "deepseek"), Err(VaultError::Damaged), "another account");
    assert_eq!(key.open(&sealed, "a", "openai"), Err(VaultError::Damaged), "another provider");
    let other = DataKey::make(&mut |bytes: &mut [u8]| bytes.fill(9));
    assert_eq!(other.open(&sealed, "a", "deepseek"), Err(VaultError::Damaged), "another vault");
}

#[test]
fn two_seals_of_one_key_differ() {
    let (key, _) = made();
    let random = &mut counting();
    let seal = |random: &mut dyn FnMut(&mut [u8])| key.seal(&Secret::new("sk-1"), "a", "deepseek", random);
    assert_ne!(seal(random), seal(random), "a nonce is never used twice");
}

#[test]
fn a_key_that_a_newer_version_sealed_is_unsupported_and_not_damaged() {
    let (key, _) = made();
    let sealed = key.seal(&Secret::new("sk-1"), "a", "deepseek", &mut counting());
    let mut json = serde_json::to_value(&sealed).unwrap();
    json["version"] = 2.into();
    let newer: Sealed = serde_json::from_value(json).unwrap();
    assert_eq!(key.open(&newer, "a", "deepseek"), Err(VaultError::Unsupported));
}

/// The vault as JSON, with one field replaced.
fn with(field: &str, value: serde_json::Value) -> Vault {
    let (_, vault) = made();
    let mut json = serde_json::to_value(vault).unwrap();
    *json.pointer_mut(field).unwrap_or_else(|| panic!("no field {field}")) = value;
    serde_json::from_value(json).unwrap()
}

/// A first-version vault, made with PBKDF2, with one field replaced.
fn older_with(field: &str, value: serde_json::Value) -> Vault {
    let mut json: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/vault/version-1.json")).unwrap();
    *json.pointer_mut(&format!("/vault{field}")).unwrap_or_else(|| panic!("no field {field}")) = value;
    serde_json::from_value(json["vault"].take()).unwrap()
}

/// Why a vault cannot be opened with its password.
fn flaw(vault: &Vault) -> Option<VaultError> {
    open(vault, "correct horse battery").err()
}

#[test]
fn foreign_parameters_are_refused() {
    let unsupported = Some(VaultError::Unsupported);
    for (field, value, why) in [
        ("/kdf/memory", 19 * 1024 - 1, "too weak"),
        ("/kdf/memory", 64 * 1024 + 1, "it would fill the memory"),
        ("/kdf/passes", 1, "too weak"),
        ("/kdf/passes", 11, "it would take long"),
        ("/version", 2, "made by a newer version"),
    ] {
        assert_eq!(flaw(&with(field, value.into())), unsupported, "{field} {value}: {why}");
    }
    for (rounds, why) in [(599_999, "too weak"), (10_000_001, "it would take an hour")] {
        assert_eq!(flaw(&older_with("/kdf/rounds", rounds.into())), unsupported, "{why}");
    }
    assert_eq!(flaw(&with("/kdf/name", "MD5".into())), unsupported);
    assert_eq!(flaw(&with("/kdf/name", "PBKDF2-HMAC-SHA-256".into())), unsupported, "it has no rounds");
    assert_eq!(flaw(&older_with("/kdf/name", "Argon2id".into())), unsupported, "it has no costs");
}

#[test]
fn tampered_parameters_are_detected() {
    let (wrong, damaged) = (Some(VaultError::WrongPassword), Some(VaultError::Damaged));
    assert_eq!(flaw(&with("/kdf/memory", (20 * 1024).into())), wrong);
    assert_eq!(flaw(&with("/kdf/passes", 3.into())), wrong);
    assert_eq!(flaw(&older_with("/kdf/rounds", 600_001.into())), wrong);
    assert_eq!(flaw(&with("/kdf/salt", "not base64!".into())), damaged);
    assert_eq!(flaw(&with("/kdf/salt", "AAAA".into())), damaged, "a salt of three bytes");
    assert_eq!(flaw(&with("/key/text", "AAAA".into())), damaged);
    assert_eq!(flaw(&with("/key/nonce", "AAAA".into())), damaged);
    // A sealed key of 32 bytes has 48. Any other length means that it was cut off, not that the password is wrong.
    let of_length = |bytes: usize| STANDARD.encode(vec![7; bytes]);
    assert_eq!(flaw(&with("/key/text", of_length(47).into())), damaged);
    assert_eq!(flaw(&with("/key/text", of_length(49).into())), damaged);
    assert_eq!(flaw(&with("/key/text", of_length(48).into())), wrong);
}

#[test]
fn only_a_vault_made_before_argon2id_is_outdated() {
    let (_, vault) = made();
    assert!(!vault.is_outdated());
    assert!(older_with("/kdf/rounds", 600_000.into()).is_outdated());
    assert!(older_with("/kdf/rounds", 10_000_000.into()).is_outdated());
}

#[test]
fn a_suggested_password_is_long_and_easy_to_copy_by_hand() {
    let password = make_password(&mut counting());
    assert_eq!(password.expose().len(), 23);
    assert!(password.expose().chars().count() >= SHORTEST_PASSWORD);
    assert!(
        password
            .expose()
            .chars()
            .all(|sign| sign == '-' || "abcdefghijkmnpqrstuvwxyz23456789".contains(sign))
    );
    assert_ne!(password, make_password(&mut |bytes: &mut [u8]| bytes.fill(200)));
}

#[test]
fn debug_output_contains_no_secret() {
    let (key, _) = made();
    assert_eq!(
        format!("{key:?} {:?} {:?}", Secret::new("sk-1"), key.to_text()),
        "[secret] [secret] [secret]"
    );
}

/// Writes a vector for the current version: `cargo test --test it write_a_vault_vector -- --ignored --nocapture`. Commit the
/// output under a new name; the earlier ones stay.
#[test]
#[ignore = "writes a vector"]
fn write_a_vault_vector() {
    let random = &mut counting();
    let key = DataKey::make(random);
    let vault = Vault::make(&key, &Secret::new("Ｐaßword №1 of 2026"), random).unwrap();
    let credentials =
        [("1f00aa55", "deepseek", "sk-0123456789abcdef0123456789abcdef"), ("é\"\\", "x", "ключ")];
    let credentials = credentials.map(|(account, provider, clear)| {
        let sealed = key.seal(&Secret::new(clear), account, provider, random);
        serde_json::json!({"account": account, "provider": provider, "clear": clear, "sealed": sealed})
    });
    let vector =
        serde_json::json!({"password": "Ｐaßword №1 of 2026", "vault": vault, "credentials": credentials});
    println!("{}", serde_json::to_string_pretty(&vector).unwrap());
}
