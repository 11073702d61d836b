//! Opening a vault with a password, like a browser.

use drawdown::vault::{DataKey, Derivation, Pbkdf2, Secret, Vault, VaultError, WrappingKey};
use sha2::Sha256;

/// PBKDF2-HMAC-SHA-256, which a browser provides.
pub fn pbkdf2(password: &Secret, Pbkdf2 { rounds, salt }: &Pbkdf2) -> WrappingKey {
    // EXPOSE: a test's password.
    WrappingKey::filled(|key| pbkdf2::pbkdf2_hmac::<Sha256>(password.expose().as_bytes(), salt, *rounds, key))
}

/// Opens a vault, whatever its derivation.
pub fn open(vault: &Vault, password: &str) -> Result<DataKey, VaultError> {
    let password = Secret::new(password);
    let wrapping = match vault.derivation()? {
        Derivation::Argon2id(argon2id) => argon2id.derive(&password)?,
        Derivation::Pbkdf2(of) => pbkdf2(&password, &of),
    };
    vault.open(&wrapping)
}
