//! Tries a key at its provider before it is stored.

use crate::app::driver::{Connection, read_months};
use crate::app::sealing::sealing_key;
use crate::app::session::{data_key, with_random};
use crate::app::tx::look;
use crate::app::{App, Rejected};
use crate::books::reading::AccountId;
use crate::features::keys::words::words;
use crate::host::Host;
use crate::provider::{Card, Provider, Report};
use crate::store::{Account, Ended, Outgoing, State};
use crate::ui::Form;
use crate::vault::{DataKey, Sealed, Secret};

/// A key that works.
pub(super) struct Tried {
    key: Secret,
    /// The data key that it is sealed under.
    sealing: DataKey,
    pub(super) credential: Sealed,
    /// Its provider, with the scope that the key reports.
    pub(super) provider: &'static Provider,
    pub(super) report: Report,
}

/// The pasted key, or else the text of the chosen file.
pub(super) fn pasted(form: &Form) -> Secret {
    let file = || String::from_utf8(form.files("key").pop()?.bytes?).ok();
    let is_pasted = !form.text("key").trim().is_empty();
    if is_pasted { form.secret("key") } else { Secret::from(file().unwrap_or_default()) }
}

/// Reads an account with a key, starting `months_back` months ago.
pub(super) async fn try_key<H: Host>(
    app: &App<'_, H>,
    provider: &'static Provider,
    id: &AccountId,
    settings: &[(String, String)],
    key: &Secret,
    months_back: u32,
    out: &mut Outgoing,
) -> Result<Tried, Rejected> {
    // EXPOSE: spaces around a pasted key are removed, and its first letters are checked.
    let key = Secret::new(key.expose().trim());
    if let Err(wrong) = provider.card.check_key(key.expose()) {
        return Err(
            Rejected::says(move |language| (words(language).wrong_key)(&wrong, &provider.card)).at("key")
        );
    }
    let sealing = sealing_key(app).await?.ok_or_else(Rejected::unlock_first)?;
    if let Some(name) = look(app, |state, _| name_of_key(state, &sealing, id, &key)).await? {
        return Err(connected_already(name));
    }
    match read_months(app, &Connection { provider, id, settings, key: &key }, months_back, out).await {
        Ok(report) => {
            let provider = provider.with_scope(report.scope);
            let credential = with_random(app, |random| sealing.seal(&key, &id.0, provider.card.id, random));
            Ok(Tried { key, sealing, credential, provider, report })
        }
        Err(ended) => Err(not_read(ended, &provider.card)),
    }
}

/// Rejects a tried key that may no longer be stored when its provider has answered: its data key is no longer in use, or another
/// account has taken the key meanwhile. The caller must hold the keys lock.
pub(super) async fn still_holds<H: Host>(
    app: &App<'_, H>,
    id: &AccountId,
    tried: Result<Tried, Rejected>,
) -> Result<Tried, Rejected> {
    let tried = tried?;
    if data_key(app).await.as_ref() != Some(&tried.sealing) {
        return Err(Rejected::unlock_first());
    }
    match look(app, |state, _| name_of_key(state, &tried.sealing, id, &tried.key)).await? {
        Some(name) => Err(connected_already(name)),
        None => Ok(tried),
    }
}

/// The name of another account with this key. A key in two accounts would double its spend.
fn name_of_key(state: &State, sealing: &DataKey, id: &AccountId, key: &Secret) -> Option<String> {
    let has_key =
        |account: &&Account| account.id != *id && account.open_key(sealing).is_some_and(|of| of == *key);
    state.accounts.iter().find(has_key).map(Account::name)
}

fn connected_already(name: String) -> Rejected {
    Rejected::says(move |language| (words(language).connected_already)(&name)).at("key")
}

/// Why a key brought no figures.
pub(super) fn not_read(ended: Ended, card: &'static Card) -> Rejected {
    match ended {
        Ended::Failed { problem, .. } => Rejected::problem(problem, card).at("key"),
        Ended::Read | Ended::KeyLost => Rejected::unlock_first(),
    }
}
