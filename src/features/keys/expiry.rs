//! The day on which a key expires. The user enters it, because no provider reports it.

use maud::{Markup, html};

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome, View};
use crate::books::alert::SOON;
use crate::features::keys::words::words;
use crate::host::Host;
use crate::provider::Card;
use crate::store::Account;
use crate::time::Day;
use crate::ui::Form;
use crate::ui::components::account_form;

/// Sets or removes the day.
pub(crate) async fn set_expiry<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let day = form.day("key_expires")?;
    change_account(app, &form.account(), |account, _| {
        let before = core::mem::replace(&mut account.key_expires, day);
        let before = before.map(|day| day.to_string()).unwrap_or_default();
        let undo = [("account", account.id.0.clone()), ("key_expires", before)];
        Ok(Done::saved().undone_by("key_expiry", undo))
    })
    .await
}

/// How to make a key that expires, and the field for its day, if the provider has such keys.
pub(crate) fn expiry_field(view: &View<'_>, card: &Card, id: &str) -> Markup {
    let words = words(view.language);
    html! {
        @if let Some((how, command)) = &card.setup.expiry {
            details {
                summary { (words.make_expire) }
                p { (view.text(how)) }
                pre { code { (command) } }
            }
            (day_field(words.key_expires, id, None))
        }
    }
}

fn day_field(label: &str, id: &str, known: Option<Day>) -> Markup {
    html! {
        label for={ (id) "-expires" } { (label) }
        input id={ (id) "-expires" } type="date" name="key_expires" value=[known.map(|day| day.to_string())];
    }
}

/// The form that changes the day on which an account's key expires.
pub(crate) fn expiry_form(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let can_expire = account.card().is_some_and(|card| card.setup.expiry.is_some());
    html! {
        @if account.source.is_key() && (can_expire || account.key_expires.is_some()) {
            (account_form(account, "key_expiry", words.key_expires_title, &html! {
                (day_field(words.key_expires, &format!("key-{}", account.id.0), account.key_expires))
                button { (view.words().save) }
            }))
        }
    }
}

/// The day on which an account's key expires, if known.
pub(crate) fn expires(view: &View<'_>, account: &Account) -> Option<String> {
    let day = account.key_expires?;
    let words = words(view.language);
    let is_over = day.span().to <= view.statement.now;
    Some((if is_over { words.key_expired_on } else { words.key_expires_on })(&view.date(day)))
}

/// The same, in the last week before that day.
pub(crate) fn expires_soon(view: &View<'_>, account: &Account) -> Option<String> {
    let is_soon = account.key_expires?.span().from <= view.statement.now.plus(SOON);
    expires(view, account).filter(|_| is_soon)
}
