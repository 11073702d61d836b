//! The vault: sealing the keys under a password, unlocking, locking, changing or giving up the password, and staying unlocked on
//! this computer.

mod setting;
mod stay;
mod view;
mod words;

pub(crate) use setting::device_settings;
pub(crate) use stay::{reopen, stay_unlocked};
pub(crate) use view::{lock, password, seal_form, unlock_form, unsealed};

use futures_util::future::join;

use crate::app::google_token;
use crate::app::sealing::{find_sealing_key, open_vault};
use crate::app::session::{DATA_KEY, data_key, hold_keys, with_random};
use crate::app::tx::{commit, look, look_within};
use crate::app::{App, Done, Failure, Outcome, Place, RefreshScope, Rejected, Spot, refresh};
use crate::app::{pages, sync};
use crate::books::reading::AccountId;
use crate::features::vault::setting::{OFFERED_AT, STAYS_UNLOCKED, UNLOCKS, WRAP, drop_wrap, stop_staying};
use crate::features::vault::words::words;
use crate::host::Host;
use crate::store::{LoadScope, Settings, State};
use crate::ui::Form;
use crate::vault::{DataKey, SHORTEST_PASSWORD, Secret, Vault, VaultError, make_password};

/// Opens the vault for the session and refreshes once. The second unlock also explains how to stay unlocked.
pub(crate) async fn unlock<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let held = hold_keys(app).await?;
    let found = look(app, |state, _| {
        let settings = &state.settings;
        Some((state.vault.clone()?, STAYS_UNLOCKED.get(settings), UNLOCKS.get(settings)))
    });
    let Some((vault, stays_unlocked, unlocks)) = found.await? else { return Ok(Done::silently()) };
    let password = normalized(app, &form.secret("password"));
    let key = open_vault(app, &vault, &password).await.map_err(|why| not_opened(why).at("password"))?;
    app.host.remember(DATA_KEY, &key.to_text()).await?;
    let raised = if vault.is_outdated() { Some(make_vault(app, &key, &password)?) } else { None };
    // Locking deleted the wrap, so it is made again.
    let wrap = if stays_unlocked { app.host.seal_to_device(&key.to_text()).await } else { None };
    let is_counted = unlocks < OFFERED_AT;
    if is_counted || raised.is_some() || wrap.is_some() {
        commit(app, |state, _| {
            if is_counted {
                UNLOCKS.set(&mut state.settings, &unlocks.saturating_add(1));
            }
            if wrap.is_some() {
                WRAP.set(&mut state.settings, &wrap);
            }
            state.vault = raised.or(state.vault.take());
        })
        .await?;
    }
    drop(held);
    refresh(app, RefreshScope::All).await?;
    if unlocks.saturating_add(1) == OFFERED_AT && !stays_unlocked {
        // The form is gone, so the message is shown at the top of the place that stays open.
        let place = Place::parse(form.text("open"));
        return Ok(Done { opens: Some(place), ..Done::of(words, |words| words.stay_offer) });
    }
    Ok(Done::silently())
}

/// Locks the vault when the user asks for it.
pub(crate) async fn lock_now<H: Host>(app: &App<'_, H>) -> Outcome {
    lock_vault(app).await?;
    Ok(Done::silently())
}

/// Locks the vault after a time without user input, if that setting is on.
pub(crate) async fn lock_when_idle<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    lock_if(app, |settings| settings.lock_after_minutes.is_some()).await
}

/// Locks the vault when the computer is locked, if that setting is on.
pub(crate) async fn lock_with_computer<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    lock_if(app, |settings| settings.is_locked_with_computer).await
}

async fn lock_if<H: Host>(app: &App<'_, H>, is_wanted: fn(&Settings) -> bool) -> Result<(), Failure> {
    // If the setting is lost or damaged, the vault is locked.
    let look = |state: &State, _| is_wanted(&state.settings) || state.is_damaged("settings");
    if look_within(app, &LoadScope::Accounts, look).await.unwrap_or(true) {
        lock_vault(app).await?;
    }
    Ok(())
}

/// Forgets the data key and the device key that can open it again, and everything else in the session: access tokens, a waiting
/// file.
async fn lock_vault<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    // First, without waiting for a lock or reading storage: the vault locks even if the rest fails. Both run together, so that no
    // worker dies between them and lets the next one unlock.
    join(app.host.forget_all(), app.host.forget_device()).await;
    // Then again, so that a concurrent unlock or token request does not outlast it.
    let _held = hold_keys(app).await?;
    join(app.host.forget_all(), app.host.forget_device()).await;
    commit(app, |state, _| drop_wrap(&mut state.settings)).await
}

/// Seals the keys in use under a first password. If the session that held them is over, they are lost: a fresh data key is
/// sealed, and each account asks for its key again.
pub(crate) async fn seal<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let password = new_password(app, form)?;
    let _held = hold_keys(app).await?;
    let is_known = data_key(app).await.is_some();
    let Some(key) = find_sealing_key(app).await? else { return Err(Rejected::unlock_first()) };
    let vault = make_vault(app, &key, &password)?;
    let is_sealed = commit(app, |state, _| {
        // Another page may have been faster; its password counts.
        if state.vault.is_some() {
            return false;
        }
        state.vault = Some(vault);
        if !is_known {
            state.accounts.iter_mut().for_each(|account| account.pulse.is_key_lost = account.source.is_key());
        }
        true
    });
    if is_sealed.await? {
        Ok(Done::of(words, |words| words.sealed).opening(Spot::Overview(None)))
    } else {
        Err(Rejected::unlock_first())
    }
}

/// Fills in a generated password.
pub(crate) fn suggest_password<H: Host>(app: &App<'_, H>) -> Done {
    let password = with_random(app, make_password);
    Done { fill: ["password", "again"].map(|name| (name, password.clone())).to_vec(), ..Done::silently() }
}

/// Seals the same data key under another password.
pub(crate) async fn change_password<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let current = normalized(app, &form.secret("current"));
    let password = new_password(app, form)?;
    let _held = hold_keys(app).await?;
    let vault = look(app, |state, _| state.vault.clone()).await?.ok_or_else(Rejected::unlock_first)?;
    let key = open_vault(app, &vault, &current).await.map_err(|why| not_opened(why).at("current"))?;
    let changed = make_vault(app, &key, &password)?;
    commit(app, |state, _| state.vault = Some(changed)).await?;
    Ok(Done::of(words, |words| words.changed))
}

/// Gives up the sealed keys; everything else is kept.
pub(crate) async fn forget_password<H: Host>(app: &App<'_, H>) -> Outcome {
    let _held = hold_keys(app).await?;
    join(app.host.forget(DATA_KEY), app.host.forget_device()).await;
    let me = look(app, |state, _| state.computer()).await?;
    let ids = commit(app, |state, _| {
        state.vault = None;
        state.sync = None;
        stop_staying(&mut state.settings);
        state.accounts.iter_mut().for_each(|account| account.lose_key());
        state.accounts.iter().map(|account| account.id.clone()).collect::<Vec<AccountId>>()
    });
    let ids = ids.await?;
    google_token::forget(app, &ids).await;
    for id in &ids {
        pages::forget(app, id).await;
    }
    if let Some(me) = me {
        // The keys are given up already; if the area cannot be written, the other computers do not learn of it.
        let _ = sync::announce_reset(app, &me).await;
    }
    Ok(Done::silently())
}

/// The password that was typed twice.
fn new_password<H: Host>(app: &App<'_, H>, form: &Form) -> Result<Secret, Rejected> {
    let [password, again] = ["password", "again"].map(|name| normalized(app, &form.secret(name)));
    // EXPOSE: its length is counted.
    if password.expose().chars().count() < SHORTEST_PASSWORD {
        return Err(Rejected::says(|language| (words(language).too_short)(SHORTEST_PASSWORD)).at("password"));
    }
    if password == again {
        Ok(password)
    } else {
        Err(Rejected::of(words, |words| words.passwords_differ).at("again"))
    }
}

fn make_vault<H: Host>(app: &App<'_, H>, key: &DataKey, password: &Secret) -> Result<Vault, Rejected> {
    with_random(app, |random| Vault::make(key, password, random)).map_err(not_opened)
}

fn not_opened(problem: VaultError) -> Rejected {
    Rejected::of(
        words,
        match problem {
            VaultError::WrongPassword => |words| words.wrong_password,
            VaultError::Damaged => |words| words.vault_damaged,
            VaultError::Unsupported => |words| words.vault_unsupported,
        },
    )
}

/// Normalizes the password, so that every keyboard gives the same one.
fn normalized<H: Host>(app: &App<'_, H>, password: &Secret) -> Secret {
    // EXPOSE: the browser normalizes it; nothing keeps it.
    Secret::from(app.host.nfkc(password.expose()))
}
