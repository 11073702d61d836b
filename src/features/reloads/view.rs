//! The question, the switch, and the note in an account's row.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::reloads::IS_ANSWERED;
use crate::features::reloads::words::words;
use crate::provider::Reload;
use crate::store::{Account, AccountStatus};
use crate::ui::components::{action, switch};
use crate::ui::forecast::next_charge;

/// The switch, for an account with a balance.
pub(crate) fn button(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    html! {
        @if has_balance(statement) {
            (switch("reloads", &[("account", &account.id.0)], words.auto_reload, account.reloads.into()))
        }
    }
}

/// Whether the page asks if an account's balance is reloaded automatically.
pub(crate) fn is_asked(account: &Account, statement: &AccountStatement) -> bool {
    let is_usual = account.card().is_some_and(|card| card.terms.reload == Reload::UnlessTurnedOff);
    let is_known = account.reloads || IS_ANSWERED.get(account);
    is_usual && !is_known && account.life == AccountStatus::Active && has_balance(statement)
}

/// The question, with its two answers.
pub(crate) fn question(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let answer = |on: &str, button: Markup| {
        action("reloads", &[("account", account.id.0.as_str()), ("on", on)], &button)
    };
    html! {
        p { b { (words.question) } " " ((words.why)(account.card().map_or("", |card| card.name))) }
        div.actions {
            (answer("on", html! { button { (words.yes) } }))
            (answer("", html! { button { (words.no) } }))
        }
    }
}

/// The short form of the question.
pub(crate) fn question_in_short(view: &View<'_>) -> &'static str {
    words(view.language).question
}

/// When a book's balance is reloaded next, or only that it is reloaded if the time is unknown.
pub(crate) fn mention(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let is_reloaded = account.reloads && book.balance.is_some();
    is_reloaded.then(|| next_charge(view, book).unwrap_or_else(|| words(view.language).reloads.to_owned()))
}

fn has_balance(statement: &AccountStatement) -> bool {
    statement.counted().any(|book| book.balance.is_some())
}
