//! Derives the key that opens a vault from its password: by Argon2id, and by PBKDF2 for older vaults.
//!
//! Argon2id is computed here. PBKDF2 is left to the host, whose own code is several times as fast as ours.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::vault::sealed::{DataKey, VERSION, VaultError, aad};
use crate::vault::secret::{Random, Secret};

const ARGON2ID: &str = "Argon2id";
const PBKDF2: &str = "PBKDF2-HMAC-SHA-256";

/// The costs of a new vault: 19 MiB and two passes, the first choice of OWASP's Password Storage Cheat Sheet (2026-08). A
/// weaker vault is replaced when it is opened.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Lower costs are refused, because this product never made such a vault. Higher ones are refused, because a hostile file
/// could fill the memory or keep the worker busy for an hour.
const ACCEPTED_MEMORY: core::ops::RangeInclusive<u32> = MEMORY..=64 * 1024;
const ACCEPTED_PASSES: core::ops::RangeInclusive<u32> = PASSES..=10;
const ACCEPTED_ROUNDS: core::ops::RangeInclusive<u32> = 600_000..=10_000_000;

/// Derives the wrapping key from a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derivation {
    /// For every new vault.
    Argon2id(Argon2id),
    /// For older vaults.
    Pbkdf2(Pbkdf2),
}

/// The parameters of Argon2id, version 1.3 (RFC 9106), with one lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argon2id {
    /// In KiB.
    memory: u32,
    passes: u32,
    salt: Vec<u8>,
}

/// The parameters of PBKDF2-HMAC-SHA-256 (RFC 8018).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pbkdf2 {
    /// The number of rounds.
    pub rounds: u32,
    /// Random bytes.
    pub salt: Vec<u8>,
}

/// The key that opens a vault, derived from its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappingKey(pub(super) DataKey);

impl WrappingKey {
    /// The key with the bytes that `fill` writes.
    pub fn filled(fill: impl FnOnce(&mut [u8; 32])) -> WrappingKey {
        WrappingKey(DataKey::filled(fill))
    }
}

impl Argon2id {
    /// The wrapping key. Fails if the salt was truncated.
    pub fn derive(&self, password: &Secret) -> Result<WrappingKey, VaultError> {
        let params = Params::new(self.memory, self.passes, 1, None).map_err(|_| VaultError::Unsupported)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut hashed = Ok(());
        let key = WrappingKey::filled(|key| {
            // EXPOSE: the password becomes the key that opens the vault.
            hashed = argon2.hash_password_into(password.expose().as_bytes(), &self.salt, key);
        });
        hashed.map(|()| key).map_err(|_| VaultError::Damaged)
    }

    pub(super) fn is_current(&self) -> bool {
        self.memory >= MEMORY && self.passes >= PASSES
    }
}

/// The stored form of a derivation: `{"name": "Argon2id", "memory": 19456, "passes": 2, "salt": base64}`, or with `rounds` in
/// place of the costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kdf {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rounds: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    memory: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passes: Option<u32>,
    salt: String,
}

impl Kdf {
    /// The derivation of a new vault.
    pub(super) fn make(random: Random<'_>) -> (Argon2id, Kdf) {
        let mut salt = vec![0; 16];
        random(&mut salt);
        let kdf = Kdf {
            name: ARGON2ID.to_owned(),
            rounds: None,
            memory: Some(MEMORY),
            passes: Some(PASSES),
            salt: STANDARD.encode(&salt),
        };
        (Argon2id { memory: MEMORY, passes: PASSES, salt }, kdf)
    }

    pub(super) fn derivation(&self) -> Result<Derivation, VaultError> {
        let salt = STANDARD.decode(&self.salt).map_err(|_| VaultError::Damaged);
        let is_in = |range: &core::ops::RangeInclusive<u32>, of: u32| range.contains(&of);
        match (self.name.as_str(), self.rounds, self.memory, self.passes) {
            (ARGON2ID, None, Some(memory), Some(passes))
                if is_in(&ACCEPTED_MEMORY, memory) && is_in(&ACCEPTED_PASSES, passes) =>
            {
                Ok(Derivation::Argon2id(Argon2id { memory, passes, salt: salt? }))
            }
            (PBKDF2, Some(rounds), None, None) if is_in(&ACCEPTED_ROUNDS, rounds) => {
                Ok(Derivation::Pbkdf2(Pbkdf2 { rounds, salt: salt? }))
            }
            _ => Err(VaultError::Unsupported),
        }
    }

    /// The associated data of the data key.
    pub(super) fn aad(&self) -> String {
        let Kdf { name, rounds, memory, passes, salt } = self;
        match (rounds, memory, passes) {
            (Some(rounds), ..) => aad(&("drawdown", VERSION, "data key", name, rounds, salt)),
            (None, memory, passes) => aad(&("drawdown", VERSION, "data key", name, memory, passes, salt)),
        }
    }
}
