//! Auto-reload: a balance that its provider reloads does not run out, but costs the next charge.
//!
//! The page asks once where a provider reloads unless its user turns that off.

mod view;
mod words;

pub(crate) use view::{button, is_asked, mention, question, question_in_short};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::host::Host;
use crate::store::{Account, AccountSetting};
use crate::ui::Form;

/// Whether the user said if the balance of an account is reloaded.
const IS_ANSWERED: AccountSetting<bool> = AccountSetting::new("reloads.is_answered", false);
/// What the field `on` holds where the user has not said it.
const NOT_ANSWERED: &str = "not_answered";

/// Notes whether an account's balance is reloaded automatically. To undo the answer, the form says that there is none.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (is_on, is_answered) = (form.is_on("on"), form.text("on") != NOT_ANSWERED);
    change_account(app, &form.account(), |account, _| {
        let undo = [("account", account.id.0.clone()), ("on", answer(account).to_owned())];
        account.reloads = is_on;
        if is_answered != IS_ANSWERED.get(account) {
            IS_ANSWERED.set(account, &is_answered);
        }
        Ok(Done::saved().undone_by("reloads", undo))
    })
    .await
}

/// The field `on` of the form that says what is known of an account.
fn answer(account: &Account) -> &'static str {
    match (account.reloads, IS_ANSWERED.get(account)) {
        (true, _) => "on",
        (false, true) => "",
        (false, false) => NOT_ANSWERED,
    }
}
