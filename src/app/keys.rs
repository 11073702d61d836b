//! The vault's life: sealing, unlocking, locking, another password, a forgotten one.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::google_token;
use crate::app::pages;
use crate::app::refresh::{RefreshScope, refresh};
use crate::app::sealing::find_sealing_key;
use crate::app::session::{DATA_KEY, data_key, hold_keys, with_random};
use crate::app::tx::{commit, look};
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::screen::Said;
use crate::store::State;
use crate::vault::{ROUNDS, SHORTEST_PASSWORD, Secret, Vault, VaultError};

/// Opens the vault for the session, and catches up once.
pub(super) async fn unlock<H: Host>(app: &App<'_, H>, password: &Secret) -> Result<Option<Said>, Failure> {
    let held = hold_keys(app).await?;
    let Some(vault) = look(app, |state, _| state.vault.clone()).await? else { return Ok(None) };
    let password = normal(app, password);
    let key = match vault.open(&password) {
        Ok(key) => key,
        Err(problem) => return Ok(Some(not_opened(problem))),
    };
    app.host.remember(DATA_KEY, &key.to_text()).await?;
    if vault.is_below(ROUNDS) {
        let raised = with_random(app, |random| Vault::make(&key, &password, random));
        commit(app, |state, _| state.vault = Some(raised)).await?;
    }
    drop(held);
    refresh(app, RefreshScope::All).await?;
    Ok(None)
}

/// Forgets the data key, and whatever else the session remembers: tokens that keys were given, a waiting file.
pub(super) async fn lock<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    // First, and without waiting for anybody or asking what is stored: it holds whatever else fails.
    app.host.forget_all().await;
    // Then again, so that an unlocking or a token that was under way does not outlast it.
    let held = hold_keys(app).await?;
    app.host.forget_all().await;
    drop(held);
    commit(app, |_, _| ()).await
}

/// Seals the keys in use under a first password. Where the session that knew them is over, they are gone: a fresh
/// data key is sealed, and each account asks for its key again.
pub(super) async fn seal<H: Host>(
    app: &App<'_, H>,
    password: &Secret,
    again: &Secret,
) -> Result<Said, Failure> {
    let password = normal(app, password);
    if let Some(refused) = refuse(&password, &normal(app, again)) {
        return Ok(refused);
    }
    let _held = hold_keys(app).await?;
    let is_known = data_key(app).await.is_some();
    let Some(key) = find_sealing_key(app).await? else { return Ok(Said::UnlockFirst) };
    let vault = with_random(app, |random| Vault::make(&key, &password, random));
    let is_sealed = commit(app, |state, _| {
        // Another page may have been quicker, and its password is the one that counts.
        if state.vault.is_some() {
            return false;
        }
        state.vault = Some(vault);
        if !is_known {
            state.accounts.iter_mut().for_each(|account| account.is_key_lost = account.source.is_key());
        }
        true
    });
    Ok(if is_sealed.await? { Said::Sealed } else { Said::UnlockFirst })
}

/// Seals the same data key under another password.
pub(super) async fn change_password<H: Host>(
    app: &App<'_, H>,
    current: &Secret,
    password: &Secret,
    again: &Secret,
) -> Result<Said, Failure> {
    let (current, password) = (normal(app, current), normal(app, password));
    if let Some(refused) = refuse(&password, &normal(app, again)) {
        return Ok(refused);
    }
    let _held = hold_keys(app).await?;
    let Some(vault) = look(app, |state, _| state.vault.clone()).await? else { return Ok(Said::UnlockFirst) };
    let key = match vault.open(&current) {
        Ok(key) => key,
        Err(problem) => return Ok(not_opened(problem)),
    };
    let changed = with_random(app, |random| Vault::make(&key, &password, random));
    commit(app, |state, _| state.vault = Some(changed)).await?;
    Ok(Said::PasswordChanged)
}

/// Gives up the sealed keys; everything else stays.
pub(super) async fn forget_password<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let _held = hold_keys(app).await?;
    app.host.forget(DATA_KEY).await;
    let ids = commit(app, |state, _| {
        state.vault = None;
        state.accounts.iter_mut().for_each(|account| account.lose_key());
        ids(state)
    });
    let ids = ids.await?;
    google_token::forget(app, &ids).await;
    for id in &ids {
        pages::forget(app, id).await;
    }
    Ok(())
}

fn ids(state: &State) -> Vec<AccountId> {
    state.accounts.iter().map(|account| account.id.clone()).collect()
}

fn refuse(password: &Secret, again: &Secret) -> Option<Said> {
    // EXPOSE: its length is counted.
    let length = password.expose().chars().count();
    match () {
        () if length < SHORTEST_PASSWORD => Some(Said::PasswordTooShort),
        () if password != again => Some(Said::PasswordsDiffer),
        () => None,
    }
}

fn not_opened(problem: VaultError) -> Said {
    match problem {
        VaultError::WrongPassword => Said::WrongPassword,
        VaultError::Damaged => Said::VaultDamaged,
        VaultError::Unsupported => Said::VaultUnsupported,
    }
}

/// The same password from any keyboard.
fn normal<H: Host>(app: &App<'_, H>, password: &Secret) -> Secret {
    // EXPOSE: the browser normalises it; nothing keeps it.
    Secret::from(app.host.nfkc(password.expose()))
}
