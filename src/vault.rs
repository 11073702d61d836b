//! The vault: seals credentials under a data key, and the data key under a password.
//!
//! Knows the format of all sealed values. Does not know where they are stored. Randomness is passed in. The format is
//! simple enough for a few lines in any language:
//!
//! ```text
//!   password (NFKC, UTF-8) --Argon2id, memory in KiB, passes, 1 lane, salt--> wrapping key
//!   wrapping key --AES-256-GCM, aad ["drawdown",1,"data key","Argon2id",memory,passes,salt]--> data key, 32 random bytes
//!   data key     --AES-256-GCM, aad ["drawdown",1,"credential",account,provider]------------> credential
//!   data key     --AES-256-GCM, aad ["drawdown",1,"synced",key of the item]-----------------> item of the synced area
//! ```
//!
//! An older vault has PBKDF2-HMAC-SHA-256 in place of Argon2id, with the aad
//! `["drawdown",1,"data key","PBKDF2-HMAC-SHA-256",rounds,salt]`.
//!
//! The associated data (aad) is this JSON without spaces. Bytes are stored as base64. A nonce has 96 random bits and is
//! never used twice. A new password wraps the same data key again, so credentials stay as they are.
//!
//! ```
//! use drawdown::vault::{DataKey, Derivation, Secret, Vault};
//!
//! let random = &mut |bytes: &mut [u8]| bytes.fill(7); // a test's randomness
//! let key = DataKey::make(random);
//! let vault = Vault::make(&key, &Secret::new("correct horse battery"), random).unwrap();
//! let Ok(Derivation::Argon2id(argon2id)) = vault.derivation() else { panic!() };
//! let opened = vault.open(&argon2id.derive(&Secret::new("correct horse battery")).unwrap()).unwrap();
//! let sealed = key.seal(&Secret::new("sk-1"), "main", "deepseek", random);
//! assert_eq!(opened.open(&sealed, "main", "deepseek").unwrap(), Secret::new("sk-1"));
//! assert_eq!(format!("{:?}", Secret::new("sk-1")), "[secret]");
//! ```

mod derivation;
mod sealed;
mod secret;

pub use derivation::{Argon2id, Derivation, Pbkdf2, WrappingKey};
pub use sealed::{DataKey, Sealed, VaultError};
pub use secret::{Random, Secret, make_password};

use serde::{Deserialize, Serialize};

use crate::vault::derivation::Kdf;
use crate::vault::sealed::VERSION;

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;

/// The data key, sealed under a password. Only this and the sealed credentials are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    version: u8,
    kdf: Kdf,
    key: Sealed,
}

impl Vault {
    /// Seals a data key under a password: for a new vault, and again for a new password.
    pub fn make(key: &DataKey, password: &Secret, random: Random<'_>) -> Result<Vault, VaultError> {
        let (argon2id, kdf) = Kdf::make(random);
        let key = key.wrap(&argon2id.derive(password)?.0, &kdf.aad(), random);
        Ok(Vault { version: VERSION, kdf, key })
    }

    /// The parameters that derive its wrapping key from the password. Fails if they are damaged or unsupported.
    pub fn derivation(&self) -> Result<Derivation, VaultError> {
        if self.version == VERSION { self.kdf.derivation() } else { Err(VaultError::Unsupported) }
    }

    /// Opens the data key. Fails if the wrapping key comes from a wrong password, or the vault is damaged.
    pub fn open(&self, wrapping: &WrappingKey) -> Result<DataKey, VaultError> {
        DataKey::unwrap_from(&self.key, &wrapping.0, &self.kdf.aad())
    }

    /// Whether a vault made today is stronger, so that this one should be made again under the same password.
    pub fn is_outdated(&self) -> bool {
        !matches!(self.derivation(), Ok(Derivation::Argon2id(argon2id)) if argon2id.is_current())
    }
}
