//! The day on which granted credit expires: nobody but its user knows it.

mod view;
mod words;

pub(crate) use view::{expires, expires_soon, form};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome};
use crate::features::granted_expiry::words::words;
use crate::host::Host;
use crate::ui::Form;

/// Notes the day, or forgets it.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let currency = form.needed_currency("currency")?;
    let day = form.day("day")?;
    change_account(app, &form.account(), |account, _| {
        account.expires.retain(|(known, _)| *known != currency);
        account.expires.extend(day.map(|day| (currency, day)));
        Ok(Done::of(words, |words| words.noted))
    })
    .await
}
