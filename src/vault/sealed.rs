//! AES-256-GCM: a text sealed under a key, and the data key that seals every credential.

use core::fmt;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::vault::secret::{Random, Secret};

/// The version of all sealed values.
pub(super) const VERSION: u8 = 1;

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

/// The key that seals every credential: 256 random bits, in clear only while the vault is unlocked.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for DataKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("[secret]")
    }
}

impl DataKey {
    /// A new random key.
    pub fn make(random: Random<'_>) -> DataKey {
        DataKey::filled(|key| random(key))
    }

    /// The key with these bytes.
    pub(super) fn filled(fill: impl FnOnce(&mut [u8; 32])) -> DataKey {
        let mut key = Zeroizing::new([0; 32]);
        fill(&mut key);
        DataKey(key)
    }

    /// The same key, sealed under another.
    pub(super) fn wrap(&self, wrapping: &DataKey, aad: &str, random: Random<'_>) -> Sealed {
        Sealed::make(wrapping, &*self.0, aad, random)
    }

    /// The key that [`DataKey::wrap`] sealed.
    pub(super) fn unwrap_from(sealed: &Sealed, wrapping: &DataKey, aad: &str) -> Result<DataKey, VaultError> {
        let opened = sealed.open(wrapping, aad);
        // The cipher cannot distinguish a wrong password from a changed vault. A wrong password is more likely.
        let opened = opened.map_err(|problem| match problem {
            VaultError::Damaged if sealed.is_whole() => VaultError::WrongPassword,
            other => other,
        })?;
        let key = opened.as_slice().try_into().map_err(|_| VaultError::Damaged)?;
        Ok(DataKey(Zeroizing::new(key)))
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

    /// Seals a text for one item of the browser's synced area. It cannot be opened as another one.
    pub fn seal_item(&self, text: &str, item: &str, random: Random<'_>) -> Sealed {
        Sealed::make(self, text.as_bytes(), &item_aad(item), random)
    }

    /// Opens a text that was sealed for this item. Fails if it was sealed for another, is damaged or unsupported.
    pub fn open_item(&self, sealed: &Sealed, item: &str) -> Result<String, VaultError> {
        let opened = sealed.open(self, &item_aad(item))?;
        let text = core::str::from_utf8(&opened).map_err(|_| VaultError::Damaged)?;
        Ok(text.to_owned())
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

fn credential_aad(account: &str, provider: &str) -> String {
    aad(&("drawdown", VERSION, "credential", account, provider))
}

fn item_aad(item: &str) -> String {
    aad(&("drawdown", VERSION, "synced", item))
}

pub(super) fn aad<T: Serialize>(parts: &T) -> String {
    serde_json::to_string(parts).unwrap_or_default()
}
