//! After the removal of an account: restoring it or erasing it for good. Also erases everything.

mod view;
mod words;

pub(crate) use view::{erase_everything, recently_removed};

use crate::app::alarm;
use crate::app::session::hold_keys;
use crate::app::sync;
use crate::app::tx::{Step, commit, look_within};
use crate::app::{App, Done, Outcome, Rejected, Spot};
use crate::features::removal::words::words;
use crate::host::Host;
use crate::store::{AccountStatus, LoadScope};
use crate::ui::Form;

/// The words that the user types to confirm an erasure, one per language.
const CONFIRMATIONS: [&str; 2] = ["erase", "清除"];

/// Restores a removed account with its history, without its key.
pub(crate) async fn restore<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let id = form.account();
    let scope = LoadScope::Restored(id.clone());
    let restored = Step::within(&scope).try_commit(app, |state, _| {
        let account = state.account_mut(&id).ok_or(Rejected::NoAccount)?;
        if account.is_ended() {
            account.life = AccountStatus::Active;
        }
        Ok(account.lacks_key())
    });
    let lacks_key = restored.await?;
    alarm::arm(app).await;
    let done =
        Done::of(words, if lacks_key { |words| words.restored_without_key } else { |words| words.restored });
    Ok(done.opening(Spot::Account(form.account())))
}

/// Erases a removed account for good.
pub(crate) async fn erase<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    confirmed(form)?;
    commit(app, |state, _| state.erase(&form.account())).await?;
    Ok(Done::of(words, |words| words.erased))
}

/// Erases everything that is stored, and starts from empty.
pub(crate) async fn erase_all<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    confirmed(form)?;
    let _held = hold_keys(app).await?;
    // A page never replaces a newer commit with an older one, so the revision number continues.
    let rev = look_within(app, &LoadScope::Accounts, |state, _| state.rev).await.unwrap_or_default();
    let me = look_within(app, &LoadScope::Accounts, |state, _| state.computer());
    if let Ok(Some(me)) = me.await {
        sync::clear(app, Some(&me)).await?;
    }
    app.host.forget_all().await;
    app.host.erase().await?;
    commit(app, |state, _| state.rev = rev).await?;
    alarm::arm(app).await;
    Ok(Done::of(words, |words| words.all_erased).opening(Spot::Overview(None)))
}

fn confirmed(form: &Form) -> Result<(), Rejected> {
    let word = form.text("word").trim().to_ascii_lowercase();
    if CONFIRMATIONS.contains(&word.as_str()) {
        Ok(())
    } else {
        Err(Rejected::of(words, |words| words.type_the_word).at("word"))
    }
}
