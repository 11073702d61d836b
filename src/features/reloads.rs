//! A balance that is filled up by itself: then it does not run out.

mod view;
mod words;

pub(crate) use view::{button, mention};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::host::Host;
use crate::ui::Form;

/// Notes whether an account's balance is filled up by itself.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_on = form.is_on("on");
    change_account(app, &form.account(), |account, _| {
        account.reloads = is_on;
        Ok(Done::silently())
    })
    .await
}
