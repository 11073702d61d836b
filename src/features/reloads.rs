//! Auto-reload: a balance that its provider reloads does not run out; it costs the next charge.
//!
//! If the provider reloads by default, the page asks once whether the user turned that off.

mod view;
mod words;

pub(crate) use view::{button, is_asked, mention, question, question_in_short};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::host::Host;
use crate::store::{Account, AccountSetting};
use crate::ui::Form;

/// Whether the user answered if an account's balance is reloaded.
const IS_ANSWERED: AccountSetting<bool> = AccountSetting::new("reloads.is_answered", false);
/// The value of the field `on` without an answer.
const NOT_ANSWERED: &str = "not_answered";

/// Stores whether an account's balance is reloaded automatically. An undo sends [`NOT_ANSWERED`].
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

/// The field `on` for an account's stored answer.
fn answer(account: &Account) -> &'static str {
    match (account.reloads, IS_ANSWERED.get(account)) {
        (true, _) => "on",
        (false, true) => "",
        (false, false) => NOT_ANSWERED,
    }
}
