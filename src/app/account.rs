//! Changes of one account by its user.

use crate::app::alarm;
use crate::app::context::App;
use crate::app::outcome::{Outcome, Rejected};
use crate::app::tx::{Step, commit_form};
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::{Account, Outgoing, State};
use crate::time::Timestamp;

/// Changes an account, and sets the alarm to match. Rejected if the account was removed.
pub(crate) fn change_account<'a, H: Host>(
    app: &'a App<'_, H>,
    id: &'a AccountId,
    change: impl FnOnce(&mut Account, Timestamp) -> Outcome + 'a,
) -> impl Future<Output = Outcome> + 'a {
    arm_after(app, commit_form(app, move |state, now| change(current_account(state, id)?, now)))
}

async fn arm_after<H: Host>(app: &App<'_, H>, changed: impl Future<Output = Outcome>) -> Outcome {
    let changed = changed.await?;
    alarm::arm(app).await;
    Ok(changed)
}

/// Like [`change_account`], with the whole state and the log of requests. `out` is logged even if the account is gone.
pub(crate) async fn change_with_log<H: Host, T>(
    app: &App<'_, H>,
    id: &AccountId,
    out: Outgoing,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Rejected> {
    let changed = Step::lately().noting_in_whole_log(out).commit(app, |state, now| {
        let is_current = current_account(state, id).is_ok();
        is_current.then(|| change(state, now))
    });
    let changed = changed.await?;
    alarm::arm(app).await;
    changed.ok_or(Rejected::NoAccount)
}

/// An account that was not removed.
pub(crate) fn current_account<'a>(state: &'a mut State, id: &AccountId) -> Result<&'a mut Account, Rejected> {
    state.account_mut(id).filter(|account| !account.is_ended()).ok_or(Rejected::NoAccount)
}
