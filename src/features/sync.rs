//! Syncs this computer with the user's others: turning sync on and off, and joining computers that already sync.
//!
//! ```text
//!   no other computer syncs    turn on: this computer's items are written
//!   a fresh browser            with the others' password, all of their data comes here
//!   a vault here already       with the others' password, the keys here are sealed under the others' data key, and both merge
//! ```

mod setting;
mod view;
mod words;

pub(crate) use setting::device_settings;
pub(crate) use view::{invitation, section};

use crate::app::sealing::open_vault;
use crate::app::session::{DATA_KEY, data_key, hold_keys, make_name, with_random};
use crate::app::sync::{Area, clear, sync};
use crate::app::tx::{commit, commit_within, look_within};
use crate::app::{App, Done, Failure, Outcome, RefreshScope, Rejected, Spot, refresh};
use crate::features::sync::setting::IS_FOUND;
use crate::features::sync::words::words;
use crate::host::Host;
use crate::order::in_order;
use crate::store::{LoadScope, State, SyncRecord, SyncTrouble};
use crate::ui::Form;
use crate::vault::{DataKey, Secret, Vault, VaultError};

/// The maximum number of other computers' vaults that a password is tried on: each try takes as long as unlocking.
const MOST_VAULTS: usize = 4;

/// Writes the changes of a command for the other computers, if sync is on.
pub(crate) async fn share<H: Host>(app: &App<'_, H>, device: &[&str]) -> Result<(), Failure> {
    sync(app, device, false).await
}

/// Syncs if sync is on, and looks for other computers.
pub(crate) async fn run<H: Host>(app: &App<'_, H>, device: &[&str]) -> Result<(), Failure> {
    sync(app, device, true).await.and(look_for_others(app).await)
}

/// Checks whether other computers sync under another data key, so that the pages can ask for their password. A locked computer
/// cannot tell which vaults are its own.
async fn look_for_others<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let look = |state: &State, _| (state.computer(), state.vault.is_some(), IS_FOUND.get(&state.settings));
    let (me, has_vault, was_found) = look_within(app, &LoadScope::Accounts, look).await?;
    let data = data_key(app).await.filter(|_| has_vault);
    if has_vault && data.is_none() {
        return Ok(());
    }
    // A browser without a synced area has no other computers.
    let Ok(area) = Area::read(app).await else { return Ok(()) };
    let is_found = !others(&area, me.as_deref(), data.as_ref()).is_empty();
    if was_found != is_found {
        commit(app, |state, _| IS_FOUND.set(&mut state.settings, &is_found)).await?;
    }
    Ok(())
}

/// Turns sync on if no other computer syncs.
pub(crate) async fn turn_on<H: Host>(app: &App<'_, H>, device: &[&str]) -> Outcome {
    let _held = hold_keys(app).await?;
    let area = Area::read(app).await.map_err(|_| Rejected::of(words, |words| words.no_area))?;
    let Some(data) = data_key(app).await else { return Err(Rejected::unlock_first()) };
    if !others(&area, None, Some(&data)).is_empty() {
        commit(app, |state, _| IS_FOUND.set(&mut state.settings, &true)).await?;
        return Err(Rejected::of(words, |words| words.others_sync));
    }
    // A computer that synced before finds its own and the others' vaults under the same data key.
    let is_known = area.vaults().next().is_some();
    let me = make_name(app);
    let begun = commit(app, |state, _| {
        let is_sealed = state.vault.is_some();
        if is_sealed && state.sync.is_none() {
            state.sync = Some(if is_known { SyncRecord::joining(me) } else { SyncRecord::new(me) });
        }
        is_sealed
    });
    if !begun.await? {
        return Err(Rejected::of(words, |words| words.no_vault));
    }
    sync(app, device, true).await?;
    let is_refused = |state: &State, _| {
        let trouble = state.sync.as_ref().and_then(|sync| sync.trouble);
        trouble == Some(SyncTrouble::Refused)
    };
    // The section itself shows why the area was refused.
    let is_refused = look_within(app, &LoadScope::Accounts, is_refused).await?;
    Ok(if is_refused { Done::silently() } else { Done::of(words, |words| words.turned_on) })
}

/// Turns sync off. All data here stays here.
pub(crate) async fn turn_off<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let me = look_within(app, &LoadScope::Accounts, |state, _| state.computer()).await?;
    let Some(me) = me else { return Ok(Done::silently()) };
    commit(app, |state, _| state.sync = None).await?;
    let cleared = match form.text("clear") {
        "own" => clear(app, Some(&me)).await,
        "all" => clear(app, None).await,
        _ => Ok(()),
    };
    cleared.map_err(|_| Rejected::of(words, |words| words.not_cleared))?;
    Ok(Done::of(words, |words| words.turned_off))
}

/// Joins the other computers, with their password.
pub(crate) async fn join<H: Host>(app: &App<'_, H>, form: &Form, device: &[&str]) -> Outcome {
    let held = hold_keys(app).await?;
    let area = Area::read(app).await.map_err(|_| Rejected::of(words, |words| words.no_area))?;
    let data = data_key(app).await;
    let (me, is_vault, has_keys) = look_within(app, &LoadScope::Accounts, |state, _| {
        let has_keys = state.accounts.iter().any(|account| account.credential.is_some());
        (state.computer(), state.vault.is_some(), has_keys)
    })
    .await?;
    if data.is_none() && (is_vault || has_keys) {
        return Err(Rejected::unlock_first());
    }
    // EXPOSE: the browser normalizes the password; nothing keeps it.
    let password = Secret::from(app.host.nfkc(form.secret("password").expose()));
    let found = others(&area, me.as_deref(), data.as_ref().filter(|_| is_vault));
    let (vault, key) = open_any(app, found, &password).await?;
    let name = me.unwrap_or_else(|| make_name(app));
    // Before the vault changes: if the worker dies in between, the vault is locked.
    app.host.forget(DATA_KEY).await;
    app.host.forget_device().await;
    let scope = LoadScope::Whole(Vec::new());
    commit_within(app, &scope, |state, _| {
        seal_anew(app, state, data.as_ref(), &key);
        state.vault = Some(vault);
        state.sync = Some(SyncRecord::joining(name));
        IS_FOUND.set(&mut state.settings, &false);
    })
    .await?;
    app.host.remember(DATA_KEY, &key.to_text()).await?;
    drop(held);
    sync(app, device, true).await?;
    let accounts = look_within(app, &LoadScope::Accounts, |state, _| state.accounts.len()).await?;
    refresh(app, RefreshScope::All).await?;
    let done = Done::says(move |language| (words(language).joined)(accounts));
    Ok(done.opening(Spot::Overview(None)))
}

/// The other computers' vaults, newest first, each once; if a data key is given, without that key's own vaults.
fn others(area: &Area, me: Option<&str>, data: Option<&DataKey>) -> Vec<Vault> {
    let mut found = Vec::new();
    for (key, computer, item) in area.vaults() {
        if Some(computer) != me && data.is_none_or(|data| !item.is_of(data, key)) {
            found.extend(item.vault.map(|vault| (item.at, vault)));
        }
    }
    let found = in_order(found, |(one, _), (other, _)| other.cmp(one));
    let mut vaults: Vec<Vault> = Vec::new();
    for (_, vault) in found {
        if !vaults.contains(&vault) {
            vaults.push(vault);
        }
    }
    vaults
}

/// The first of these vaults that the password opens.
async fn open_any<H: Host>(
    app: &App<'_, H>,
    vaults: Vec<Vault>,
    password: &Secret,
) -> Result<(Vault, DataKey), Rejected> {
    let mut problem = None;
    for vault in vaults.into_iter().take(MOST_VAULTS) {
        match open_vault(app, &vault, password).await {
            Ok(key) => return Ok((vault, key)),
            Err(why) => problem = Some(why),
        }
    }
    Err(match problem {
        None => Rejected::of(words, |words| words.nobody),
        Some(VaultError::WrongPassword) => Rejected::of(words, |words| words.wrong_password).at("password"),
        Some(VaultError::Damaged | VaultError::Unsupported) => {
            Rejected::of(words, |words| words.unusable).at("password")
        }
    })
}

/// Seals every key here under another data key. A key that cannot be opened must be entered again.
fn seal_anew<H: Host>(app: &App<'_, H>, state: &mut State, from: Option<&DataKey>, to: &DataKey) {
    for account in state.accounts.iter_mut().filter(|account| account.credential.is_some()) {
        let opened = from.and_then(|from| account.open_key(from));
        account.lose_key();
        account.credential = opened
            .map(|key| with_random(app, |random| to.seal(&key, &account.id.0, &account.provider, random)));
    }
}
