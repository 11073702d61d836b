//! The vault's ciphers against the Wycheproof vectors: known answers, and forgeries that must be refused.
//!
//! These are the same types that `src/vault.rs` uses. `vault.rs` checks the vault's own format.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use drawdown::vault::{DataKey, Secret, VaultError};
use sha2::Sha256;
use wycheproof::TestResult;
use wycheproof::aead::{Test, TestName as AeadName, TestSet as AeadSet};
use wycheproof::pbkdf2::{TestName as KdfName, TestSet as KdfSet};

/// The vectors with the sizes that the vault uses: keys of 256 bits, nonces of 96 and tags of 128.
fn ciphers() -> Vec<Test> {
    let groups = AeadSet::load(AeadName::AesGcm).unwrap().test_groups.into_iter();
    let ours = groups.filter(|group| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128));
    ours.flat_map(|group| group.tests).collect()
}

#[test]
fn aes_gcm_agrees_with_every_vector() {
    let (mut valid, mut forged) = (0, 0);
    for test in ciphers() {
        let name = format!("vector {}: {}", test.tc_id, test.comment);
        let cipher = Aes256Gcm::new_from_slice(&test.key).unwrap();
        let nonce = Nonce::from(<[u8; 12]>::try_from(test.nonce.as_ref()).unwrap());
        let sealed = [test.ct.as_ref(), test.tag.as_ref()].concat();
        let opened = cipher.decrypt(&nonce, Payload { msg: &sealed, aad: &test.aad });
        match test.result {
            TestResult::Valid => {
                assert_eq!(opened.expect(&name), test.pt.as_ref(), "{name}");
                let made = cipher.encrypt(&nonce, Payload { msg: &test.pt, aad: &test.aad });
                assert_eq!(made.expect(&name), sealed, "{name}");
                valid += 1;
            }
            TestResult::Invalid => {
                assert!(opened.is_err(), "{name}: a forgery was opened");
                forged += 1;
            }
            TestResult::Acceptable => panic!("{name}: decide whether the vault may open this"),
        }
    }
    assert!(valid > 0 && forged > 0, "{valid} valid and {forged} forged vectors ran");
}

/// The vault adds its own associated data, so it opens no vector as it stands. It must report that, and never panic.
#[test]
fn the_vault_opens_no_text_that_it_did_not_seal() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let mut refused = 0;
    for test in ciphers() {
        let key = DataKey::parse(&STANDARD.encode(&test.key)).unwrap();
        let text = STANDARD.encode([test.ct.as_ref(), test.tag.as_ref()].concat());
        let sealed = serde_json::json!({ "version": 1, "nonce": STANDARD.encode(&test.nonce), "text": text });
        let sealed = serde_json::from_value(sealed).unwrap();
        assert_eq!(key.open(&sealed, "main", "deepseek"), Err(VaultError::Damaged), "vector {}", test.tc_id);
        refused += 1;
    }
    assert!(refused > 0);
}

#[test]
fn pbkdf2_agrees_with_every_vector() {
    let mut valid = 0;
    let set = KdfSet::load(KdfName::Pbkdf2HmacSha256).unwrap();
    for test in set.test_groups.into_iter().flat_map(|group| group.tests) {
        let name = format!("vector {}: {}", test.tc_id, test.comment);
        let rounds = u32::try_from(test.iteration_count).unwrap();
        let mut derived = vec![0; test.dk_len];
        pbkdf2::pbkdf2_hmac::<Sha256>(&test.password, &test.salt, rounds, &mut derived);
        // The file has no invalid vectors: a key derivation refuses nothing.
        assert_eq!(test.result, TestResult::Valid, "{name}: decide what the vault must do with this");
        assert_eq!(derived, test.dk.as_ref(), "{name}");
        valid += 1;
    }
    assert!(valid > 0, "no vector ran");
}

/// Connects the vectors with the vault: a sealed credential is that cipher over the data that the vault's format specifies.
#[test]
fn a_sealed_credential_is_the_cipher_that_the_vectors_check() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let bytes = [3; 32];
    let key = DataKey::parse(&STANDARD.encode(bytes)).unwrap();
    let sealed = key.seal(&Secret::new("sk-1"), "main", "deepseek", &mut |nonce: &mut [u8]| nonce.fill(5));
    let aad = br#"["drawdown",1,"credential","main","deepseek"]"#;
    let expected =
        Aes256Gcm::new(&bytes.into()).encrypt(&Nonce::from([5; 12]), Payload { msg: b"sk-1", aad }).unwrap();
    let stored = serde_json::to_value(&sealed).unwrap();
    assert_eq!(stored["text"], STANDARD.encode(expected));
    assert_eq!(stored["nonce"], STANDARD.encode([5; 12]));
}
