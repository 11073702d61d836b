//! The vault: how a credential is sealed, and how a password opens it.
//!
//! Knows the format of all sealed values. Does not know where they are stored. Randomness is passed in. The format is
//! simple enough for a few lines in any language:
//!
//! ```text
//!   password (NFKC, UTF-8) --PBKDF2-HMAC-SHA-256, rounds, salt--> wrapping key
//!   wrapping key --AES-256-GCM, aad ["drawdown",1,"data key",kdf name,rounds,salt]--> data key, 32 random bytes
//!   data key     --AES-256-GCM, aad ["drawdown",1,"credential",account,provider]----> credential
//! ```
//!
//! The associated data (aad) is this JSON without spaces. Bytes are stored as base64. A nonce has 96 random bits and is
//! never used twice. A new password wraps the same data key again, so credentials stay as they are.
//!
//! ```
//! use drawdown::vault::{DataKey, Secret, Vault};
//!
//! let random = &mut |bytes: &mut [u8]| bytes.fill(7); // a test's randomness
//! let key = DataKey::make(random);
//! let vault = Vault::make(&key, &Secret::new("correct horse battery"), random);
//! let opened = vault.open(&Secret::new("correct horse battery")).unwrap();
//! let sealed = key.seal(&Secret::new("sk-1"), "main", "deepseek", random);
//! assert_eq!(opened.open(&sealed, "main", "deepseek").unwrap(), Secret::new("sk-1"));
//! assert_eq!(format!("{:?}", Secret::new("sk-1")), "[secret]");
//! ```

use core::fmt;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Rounds of PBKDF2 for a new vault, as OWASP recommends in 2026. An older vault is raised to it when it is opened.
pub const ROUNDS: u32 = 600_000;
/// Fewer rounds are refused, because this product never made such a vault. More are refused, because a hostile file
/// could keep the worker busy for an hour.
const ACCEPTED_ROUNDS: core::ops::RangeInclusive<u32> = 600_000..=10_000_000;
/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;

const VERSION: u8 = 1;
const KDF: &str = "PBKDF2-HMAC-SHA-256";

/// A source of randomness: fills the given bytes.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A key or a password in clear. Its memory is wiped when it is dropped, and no debug output shows it. A type of our own
/// around `secrecy`, which cannot be compared and whose conversion from a `String` may leave a copy in memory.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Secret(SecretString);

impl Secret {
    /// Copies a text into a secret.
    pub fn new(text: &str) -> Secret {
        Secret(SecretString::from(text))
    }

    /// The text itself. Each use says why in a comment that begins with `EXPOSE:`.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        // EXPOSE: only whether they are equal leaves.
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        // Into a box of its exact size: shrinking the text in place could move it and leave the old memory as it was.
        Secret::new(&Zeroizing::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("[secret]")
    }
}

/// Why a sealed value cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// The password is wrong.
    WrongPassword,
    /// The value was changed, swapped or truncated.
    Damaged,
    /// Its version or its parameters are not accepted.
    Unsupported,
}

impl fmt::Display for VaultError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            VaultError::WrongPassword => "the password is wrong",
            VaultError::Damaged => "the sealed text is damaged",
            VaultError::Unsupported => "the vault has an unknown version or parameters",
        })
    }
}

impl core::error::Error for VaultError {}

/// A text sealed under a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    version: u8,
    nonce: String,
    text: String,
}

/// The data key, sealed under a password. Only this and the sealed credentials are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    version: u8,
    kdf: Kdf,
    key: Sealed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kdf {
    name: String,
    rounds: u32,
    salt: String,
}

/// The key that seals every credential: 256 random bits, in clear only while the vault is unlocked.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for DataKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("[secret]")
    }
}

impl Vault {
    /// Seals a data key under a password: for a new vault, and again for a new password.
    pub fn make(key: &DataKey, password: &Secret, random: Random<'_>) -> Vault {
        let mut salt = [0; 16];
        random(&mut salt);
        let kdf = Kdf { name: KDF.to_owned(), rounds: ROUNDS, salt: STANDARD.encode(salt) };
        let aad = kdf.aad();
        let key = Sealed::make(&kdf.derive_key(&salt, password), &*key.0, &aad, random);
        Vault { version: VERSION, kdf, key }
    }

    /// Opens the data key. Fails if the password is wrong, or the vault is damaged or unsupported.
    pub fn open(&self, password: &Secret) -> Result<DataKey, VaultError> {
        let is_known = self.version == VERSION && self.kdf.name == KDF;
        if !is_known || !ACCEPTED_ROUNDS.contains(&self.kdf.rounds) {
            return Err(VaultError::Unsupported);
        }
        let salt = STANDARD.decode(&self.kdf.salt).map_err(|_| VaultError::Damaged)?;
        let opened = self.key.open(&self.kdf.derive_key(&salt, password), &self.kdf.aad());
        // The cipher cannot distinguish a wrong password from a changed vault. A wrong password is more likely.
        let opened = opened.map_err(|problem| match problem {
            VaultError::Damaged if self.key.is_whole() => VaultError::WrongPassword,
            other => other,
        })?;
        let key = opened.as_slice().try_into().map_err(|_| VaultError::Damaged)?;
        Ok(DataKey(Zeroizing::new(key)))
    }

    /// Whether it has fewer rounds than these, so that it should be made again under the same password.
    pub fn is_below(&self, rounds: u32) -> bool {
        self.kdf.rounds < rounds
    }
}

impl Kdf {
    fn derive_key(&self, salt: &[u8], password: &Secret) -> DataKey {
        let mut key = Zeroizing::new([0; 32]);
        // EXPOSE: the password becomes the key that opens the vault.
        pbkdf2::pbkdf2_hmac::<Sha256>(password.expose().as_bytes(), salt, self.rounds, &mut *key);
        DataKey(key)
    }

    fn aad(&self) -> String {
        aad(&("drawdown", VERSION, "data key", &self.name, self.rounds, &self.salt))
    }
}

impl DataKey {
    /// A new random key.
    pub fn make(random: Random<'_>) -> DataKey {
        let mut key = Zeroizing::new([0; 32]);
        random(&mut *key);
        DataKey(key)
    }

    /// The text that the browser's session storage holds while the vault is unlocked.
    pub fn to_text(&self) -> Secret {
        Secret::from(STANDARD.encode(*self.0))
    }

    /// Parses the text of [`DataKey::to_text`]. `None` for anything else.
    pub fn parse(text: &str) -> Option<DataKey> {
        let bytes = Zeroizing::new(STANDARD.decode(text).ok()?);
        bytes.as_slice().try_into().ok().map(|key| DataKey(Zeroizing::new(key)))
    }

    /// Seals a credential for one account of one provider. It cannot be opened for another one.
    pub fn seal(&self, credential: &Secret, account: &str, provider: &str, random: Random<'_>) -> Sealed {
        // EXPOSE: the credential is sealed.
        Sealed::make(self, credential.expose().as_bytes(), &credential_aad(account, provider), random)
    }

    /// Opens a credential that was sealed for this account of this provider. Fails if it was sealed for another, is damaged
    /// or unsupported.
    pub fn open(&self, sealed: &Sealed, account: &str, provider: &str) -> Result<Secret, VaultError> {
        let opened = sealed.open(self, &credential_aad(account, provider))?;
        let text = core::str::from_utf8(&opened).map_err(|_| VaultError::Damaged)?;
        Ok(Secret::new(text))
    }
}

impl Sealed {
    fn make(key: &DataKey, clear: &[u8], aad: &str, random: Random<'_>) -> Sealed {
        let mut nonce = [0; 12];
        random(&mut nonce);
        let payload = Payload { msg: clear, aad: aad.as_bytes() };
        // AES-GCM fails only for texts above 64 GiB, and no text here is that long.
        let text = Aes256Gcm::new((&*key.0).into()).encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
        Sealed { version: VERSION, nonce: STANDARD.encode(nonce), text: STANDARD.encode(text) }
    }

    fn open(&self, key: &DataKey, aad: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        if self.version != VERSION {
            return Err(VaultError::Unsupported);
        }
        let (nonce, text) = self.parts().ok_or(VaultError::Damaged)?;
        let payload = Payload { msg: &text, aad: aad.as_bytes() };
        let opened = Aes256Gcm::new((&*key.0).into()).decrypt(&Nonce::from(nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| VaultError::Damaged)
    }

    /// Whether its parts can be decoded and have the right length.
    fn is_whole(&self) -> bool {
        self.parts().is_some_and(|(_, text)| text.len() == 32 + 16)
    }

    fn parts(&self) -> Option<([u8; 12], Vec<u8>)> {
        let nonce = STANDARD.decode(&self.nonce).ok()?.try_into().ok()?;
        Some((nonce, STANDARD.decode(&self.text).ok()?))
    }
}

/// A generated password: 100 random bits in four groups, without characters that look alike.
pub fn make_password(random: Random<'_>) -> Secret {
    const CHARACTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = Zeroizing::new([0; 20]);
    random(&mut *bytes);
    let character =
        |byte: &u8| CHARACTERS.iter().cycle().nth(usize::from(*byte)).map_or('a', |found| char::from(*found));
    let groups: Vec<String> = bytes.chunks(5).map(|group| group.iter().map(character).collect()).collect();
    Secret::from(groups.join("-"))
}

fn credential_aad(account: &str, provider: &str) -> String {
    aad(&("drawdown", VERSION, "credential", account, provider))
}

fn aad<T: Serialize>(parts: &T) -> String {
    serde_json::to_string(parts).unwrap_or_default()
}
