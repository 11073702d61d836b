//! The data key that seals new credentials, and the memory of the session while the vault is unlocked.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::session::{DATA_KEY, data_key, hold_keys, with_random};
use crate::app::tx::look;
use crate::host::Host;
use crate::vault::{DataKey, Derivation, Secret, Vault, VaultError};

/// The data key that seals a new credential: the session's, or a fresh one before there is a vault. `None` while the
/// vault is locked.
pub(crate) async fn sealing_key<H: Host>(app: &App<'_, H>) -> Result<Option<DataKey>, Failure> {
    let _held = hold_keys(app).await?;
    find_sealing_key(app).await
}

pub(crate) async fn find_sealing_key<H: Host>(app: &App<'_, H>) -> Result<Option<DataKey>, Failure> {
    if let Some(key) = data_key(app).await {
        return Ok(Some(key));
    }
    if look(app, |state, _| state.vault.is_some()).await? {
        return Ok(None);
    }
    let key = with_random(app, DataKey::make);
    app.host.remember(DATA_KEY, &key.to_text()).await?;
    Ok(Some(key))
}

/// Opens a vault with a password.
pub(crate) async fn open_vault<H: Host>(
    app: &App<'_, H>,
    vault: &Vault,
    password: &Secret,
) -> Result<DataKey, VaultError> {
    let wrapping = match vault.derivation()? {
        Derivation::Argon2id(argon2id) => argon2id.derive(password)?,
        Derivation::Pbkdf2(pbkdf2) => {
            app.host.pbkdf2(password, &pbkdf2).await.ok_or(VaultError::Unsupported)?
        }
    };
    vault.open(&wrapping)
}

/// Remembers a value for the browser's session, unless the vault is locked: a locked session remembers nothing, even if it was
/// locked a moment ago. Returns whether the value is remembered.
pub(crate) async fn remember_unlocked<H: Host>(
    app: &App<'_, H>,
    name: &str,
    value: &Secret,
) -> Result<bool, Failure> {
    let _held = hold_keys(app).await?;
    let is_open = data_key(app).await.is_some() || !look(app, |state, _| state.vault.is_some()).await?;
    if is_open {
        app.host.remember(name, value).await?;
    }
    Ok(is_open)
}
