//! Replaces an account's key: the new key is tried, the user chooses how the books continue, and the key is taken or dropped
//! (rule L12).

use crate::app::account::{change_account, change_with_log};
use crate::app::driver::{Connection, LATELY, read};
use crate::app::pages;
use crate::app::refresh::keep;
use crate::app::session::{data_key, hold_keys};
use crate::app::tx::{look, note};
use crate::app::{App, Done, Outcome, Rejected};
use crate::books::reading::{AccountId, Observation, Role};
use crate::features::keys::trial::{Tried, not_read, pasted, still_holds, try_key};
use crate::features::keys::words::words;
use crate::host::Host;
use crate::provider::Provider;
use crate::providers;
use crate::store::{Account, Ended, Outgoing, Replacement, Source, State};
use crate::ui::Form;

/// How the books of an account continue under a new key (rule L12).
struct TakeKey {
    account: AccountId,
    /// With the same account, the time between the readings is a normal window. Otherwise the new key's first reading is a
    /// baseline.
    role: Role,
}

impl TakeKey {
    fn parse(form: &Form) -> Result<TakeKey, Rejected> {
        let role = match form.text("books") {
            "go_on" => Role::Follows,
            "begin_anew" => Role::Baseline,
            _ => return Err(Rejected::unexpected()),
        };
        Ok(TakeKey { account: form.account(), role })
    }
}

/// Tries a new key for an account. The page then asks how the books continue.
pub(crate) async fn replace_key<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let id = &form.account();
    let connection = look(app, |state, _| connection_of(state, id)).await?;
    let (provider, settings) = connection.ok_or(Rejected::NoAccount)?;
    let mut out = Outgoing::new(&id.0);
    let tried = try_key(app, provider, id, &settings, &pasted(form), LATELY, &mut out).await;
    let tried = tried.and_then(|tried| {
        // Figures of different scopes are never subtracted (rule L16).
        let has_same_scope = tried.provider.card.id == provider.card.id;
        if has_same_scope { Ok(tried) } else { Err(Rejected::of(words, |words| words.other_scope).at("key")) }
    });
    let _held = hold_keys(app).await?;
    let Tried { credential, report, .. } = match still_holds(app, id, tried).await {
        Ok(tried) => tried,
        Err(rejected) => {
            note(app, out).await?;
            return Err(rejected);
        }
    };
    change_with_log(app, id, out, |state, now| {
        if let Some(account) = state.account_mut(id) {
            let observed =
                Observation { at: report.at.unwrap_or(now), role: Role::Follows, readings: report.readings };
            account.replacement = Some(Replacement { credential, observed });
        }
    })
    .await?;
    Ok(Done::silently())
}

/// Takes the key that was tried. The provider is asked again, so that the reading has the present time.
pub(crate) async fn take_key<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let TakeKey { account: id, role } = TakeKey::parse(form)?;
    let found = look(app, |state, _| {
        let replacement = state.account(&id)?.replacement.clone()?;
        connection_of(state, &id).map(|(provider, settings)| (provider, settings, replacement.credential))
    });
    let (provider, settings, credential) = found.await?.ok_or(Rejected::NoAccount)?;
    let key = data_key(app).await.ok_or_else(Rejected::unlock_first)?;
    let Ok(secret) = key.open(&credential, &id.0, provider.card.id) else {
        return Err(Rejected::unlock_first());
    };
    let mut out = Outgoing::new(&id.0);
    let connection = Connection { provider, id: &id, settings: &settings, key: &secret };
    let report = match read(app, &connection, LATELY, &mut out).await {
        Ok(report) => report,
        Err(ended) => {
            note(app, out).await?;
            return Err(not_read(ended, &provider.card));
        }
    };
    let _held = hold_keys(app).await?;
    if data_key(app).await != Some(key) {
        note(app, out).await?;
        return Err(Rejected::unlock_first());
    }
    let taken = change_with_log(app, &id, out, |state, now| {
        // Meanwhile another page may have dropped the key or tried another one.
        let is_tried = |account: &&mut Account| {
            account.replacement.as_ref().is_some_and(|tried| tried.credential == credential)
        };
        let Some(account) = state.account_mut(&id).filter(is_tried) else { return false };
        account.credential = Some(credential.clone());
        account.source = Source::Key;
        account.replacement = None;
        account.key_expires = None;
        account.end(now, Ended::Read);
        keep(state, &id, now, role, report);
        true
    });
    let is_taken = taken.await?;
    pages::forget(app, &id).await;
    if is_taken {
        Ok(Done::of(words, |words| words.replaced))
    } else {
        Err(Rejected::of(words, |words| words.not_taken))
    }
}

/// Drops the key that was tried.
pub(crate) async fn drop_key<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    change_account(app, &form.account(), |account, _| {
        account.replacement = None;
        Ok(Done::silently())
    })
    .await
}

/// The provider of an account that has not ended, and the account's settings for it.
fn connection_of(state: &State, id: &AccountId) -> Option<(&'static Provider, Vec<(String, String)>)> {
    let account = state.account(id).filter(|account| !account.is_ended())?;
    Some((providers::find(&account.provider)?, account.settings.clone()))
}
