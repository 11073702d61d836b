//! The accounts that can be restored, and the form that erases everything.

use maud::{Markup, html};

use crate::app::View;
use crate::features::removal::words::words;
use crate::store::Account;
use crate::time::Timestamp;
use crate::ui::components::{action, note};

/// The accounts that were removed with their history. `None` without any.
pub(crate) fn recently_removed(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let mut removed = view.state.removed().peekable();
    removed.peek().is_some().then(|| {
        html! {
            h2 { (words.title) }
            (note(view, "removed"))
            ul.stated { @for (account, until) in removed { (one(view, account, until)) } }
        }
    })
}

fn one(view: &View<'_>, account: &Account, until: Timestamp) -> Markup {
    let words = words(view.language);
    html! {
        li {
            span { b { (account.name()) } " " span.soft { ((words.erased_on)(&view.date(until.day()))) } }
            (action("restore", &[("account", &account.id.0)], &html! { button { ((words.restore)(&account.name())) } }))
            details {
                summary.button { (words.erase_now) }
                (typed(view, "erase", &format!("erase-{}", account.id.0), &html! {
                    input type="hidden" name="account" value=(account.id.0);
                    p { (words.erase_account_why) }
                }, &(words.erase_account)(&account.name())))
            }
        }
    }
}

/// The form that erases everything that is stored.
pub(crate) fn erase_everything(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.erase_everything) }
        (note(view, "erase"))
        details {
            summary.button { (words.erase_everything) }
            (typed(view, "erase_all", "erase-all", &html! { p { (words.erase_everything_why) } }, words.erase_everything))
        }
    }
}

/// A form whose button erases something once the confirmation word is typed.
fn typed(view: &View<'_>, command: &str, id: &str, fields: &Markup, button: &str) -> Markup {
    html! {
        form data-do=(command) {
            (fields)
            label for=(id) { (words(view.language).word) }
            input id=(id) type="text" name="word" autocomplete="off" autocapitalize="off" spellcheck="false" required;
            button.danger { (button) }
        }
    }
}
