//! Staying unlocked on this computer: the data key is also sealed to this device, so that the vault unlocks when the browser
//! starts. Locking deletes this wrap, and the next unlock makes it again.

use crate::app::session::{DATA_KEY, data_key, hold_keys};
use crate::app::tx::{commit, look};
use crate::app::{App, Done, Failure, Outcome, Rejected};
use crate::features::vault::setting::{STAYS_UNLOCKED, WRAP, drop_wrap, stop_staying};
use crate::features::vault::words::words;
use crate::host::Host;
use crate::ui::Form;
use crate::vault::DataKey;

/// Turns staying unlocked on or off.
pub(crate) async fn stay_unlocked<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let _held = hold_keys(app).await?;
    if !form.is_on("on") {
        app.host.forget_device().await;
        commit(app, |state, _| stop_staying(&mut state.settings)).await?;
        return Ok(Done::saved());
    }
    let is_sealed = look(app, |state, _| state.vault.is_some()).await?;
    let Some(key) = data_key(app).await.filter(|_| is_sealed) else { return Err(Rejected::unlock_first()) };
    let wrap = app.host.seal_to_device(&key.to_text()).await;
    let wrap = wrap.ok_or_else(|| Rejected::of(words, |words| words.stay_impossible))?;
    commit(app, |state, _| {
        STAYS_UNLOCKED.set(&mut state.settings, &true);
        WRAP.set(&mut state.settings, &Some(wrap));
    })
    .await?;
    Ok(Done::saved())
}

/// Unlocks the vault at browser start if it stays unlocked; returns whether it did. A wrap that does not open is deleted.
pub(crate) async fn reopen<H: Host>(app: &App<'_, H>) -> Result<bool, Failure> {
    if data_key(app).await.is_some() {
        return Ok(false);
    }
    let _held = hold_keys(app).await?;
    // The user may have unlocked in the meantime.
    if data_key(app).await.is_some() {
        return Ok(false);
    }
    let wrap = look(app, |state, _| WRAP.get(&state.settings).filter(|_| state.vault.is_some())).await?;
    let Some(wrap) = wrap else { return Ok(false) };
    // EXPOSE: it is read back into the form that opens credentials.
    let opened = app.host.open_on_device(&wrap).await.and_then(|text| DataKey::parse(text.expose()));
    let Some(key) = opened else {
        commit(app, |state, _| drop_wrap(&mut state.settings)).await?;
        return Ok(false);
    };
    app.host.remember(DATA_KEY, &key.to_text()).await?;
    Ok(true)
}
