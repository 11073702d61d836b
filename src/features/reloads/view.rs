//! The switch, and what a row says of it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::reloads::words::words;
use crate::store::Account;
use crate::ui::components::switch;

/// The switch of an account that has a balance.
pub(crate) fn button(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    html! {
        @if statement.counted().any(|book| book.balance.is_some()) {
            (switch("reloads", &[("account", &account.id.0)], words.auto_reload, account.reloads.into()))
        }
    }
}

/// That the balance of a book is filled up by itself, in a few words.
pub(crate) fn mention(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<&'static str> {
    (account.reloads && book.balance.is_some()).then(|| words(view.language).reloads)
}
