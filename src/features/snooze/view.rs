//! The button that snoozes an account, and what is said while it is snoozed.

use maud::{Markup, html};

use crate::app::View;
use crate::features::snooze::until;
use crate::features::snooze::words::words;
use crate::store::Account;
use crate::ui::components::action;

/// Snoozes an account for a week.
pub(crate) fn button(view: &View<'_>, account: &Account) -> Markup {
    let fields = [("account", account.id.0.as_str()), ("on", "on")];
    action("snooze", &fields, &html! { button { (words(view.language).ask_later) } })
}

/// Until when an account is snoozed, and the button that ends it.
pub(crate) fn mention(view: &View<'_>, account: &Account) -> Option<Markup> {
    let words = words(view.language);
    let until = until(account, view.statement.now)?;
    let fields = [("account", account.id.0.as_str()), ("on", "")];
    Some(html! {
        div.actions {
            p.soft { ((words.snoozed_until)(&view.date(until.day()))) }
            (action("snooze", &fields, &html! { button { (words.ask_now) } }))
        }
    })
}
