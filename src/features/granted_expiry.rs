//! The day on which granted credit expires: nobody but its user knows it.

mod view;
mod words;

pub(crate) use view::{expires, expires_soon, form, left_until};

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
        let before = account.granted_expires(currency).map(|day| day.to_string()).unwrap_or_default();
        account.expires.retain(|(known, _)| *known != currency);
        account.expires.extend(day.map(|day| (currency, day)));
        let undo = [("account", account.id.0.clone()), ("currency", currency.to_string()), ("day", before)];
        Ok(Done::of(words, |words| words.noted).undone_by("expiry_day", undo))
    })
    .await
}
