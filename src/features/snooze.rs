//! "Ask me later": for a week, an account's questions of now and its warnings do not ask for attention. A later question,
//! unusual spend and whatever is urgent still do.

mod view;
mod words;

pub(crate) use view::{button, mention};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::books::ledger::Window;
use crate::features::snooze::words::words;
use crate::host::Host;
use crate::store::{Account, AccountSetting};
use crate::time::{DAY, Timestamp};
use crate::ui::Form;

/// For how long an account is not asked about.
const A_WEEK: u64 = 7 * DAY;

/// When an account was last snoozed.
const SNOOZED_AT: AccountSetting<Option<Timestamp>> = AccountSetting::new("snooze.at", None);

/// Snoozes an account for a week, or ends that.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_on = form.is_on("on");
    change_account(app, &form.account(), |account, now| {
        SNOOZED_AT.set(account, &is_on.then_some(now));
        let undo = [("account", account.id.0.clone()), ("on", if is_on { "" } else { "on" }.to_owned())];
        let done = if is_on { Done::of(words, |words| words.snoozed) } else { Done::saved() };
        Ok(done.undone_by("snooze", undo))
    })
    .await
}

/// Until when an account is snoozed.
pub(crate) fn until(account: &Account, now: Timestamp) -> Option<Timestamp> {
    let at = SNOOZED_AT.get(account)?;
    Some(at.plus(A_WEEK)).filter(|until| at <= now && now < *until)
}

/// Whether a question was there already when its account was snoozed.
pub(crate) fn is_snoozed(account: &Account, window: &Window, now: Timestamp) -> bool {
    until(account, now).is_some() && SNOOZED_AT.get(account).is_some_and(|at| window.span.to <= at)
}
