//! Peak hours: whether use costs more now, and the cost of use in peak hours according to an account's exports.

mod view;
mod words;

pub(crate) use view::{section, switch};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::host::Host;
use crate::store::AccountSetting;
use crate::ui::Form;

/// Whether an account's page hides the peak hours.
const IS_OFF: AccountSetting<bool> = AccountSetting::new("peak_hours.is_off", false);

/// Shows peak hours for an account, or hides them.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_off = !form.is_on("on");
    change_account(app, &form.account(), |account, _| {
        let before = if IS_OFF.get(account) { "" } else { "on" };
        let undo = [("account", account.id.0.clone()), ("on", before.to_owned())];
        IS_OFF.set(account, &is_off);
        Ok(Done::saved().undone_by("peak_hours", undo))
    })
    .await
}
