//! The forms of an account's life.

use maud::{Markup, html};

use crate::app::View;
use crate::features::accounts::words::words;
use crate::store::{Account, AccountStatus, Source};
use crate::ui::components::{account_form, action};

/// Renaming an account.
pub(crate) fn rename_form(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let field = format!("label-{}", account.id.0);
    html! {
        (account_form(account, "rename", words.rename, &html! {
            label for=(field) { (view.words().label_of_account) }
            input id=(field) type="text" name="label" value=(account.label) autocomplete="off" maxlength="40";
            button { (view.words().save) }
        }))
    }
}

/// Moving an account up and down in the list. A button at the end of the list stays, so that it keeps the focus.
pub(crate) fn move_buttons(view: &View<'_>, account: &Account, place: usize, of: usize) -> Markup {
    let words = words(view.language);
    let button = |to: &str, sign: &str, label: String, end: Option<&str>| {
        action(
            "move",
            &[("account", &account.id.0), ("to", to)],
            &html! {
                button.arrow id={ (to) "-" (account.id.0) } aria-label=(label) title=(label) aria-disabled=[end] { (sign) }
            },
        )
    };
    html! {
        span.moves {
            (button("up", "↑", (words.move_up)(&view.name(account)), (place == 0).then_some("true")))
            (button("down", "↓", (words.move_down)(&view.name(account)), (place + 1 == of).then_some("true")))
        }
    }
}

/// Pausing an account that is refreshed, and refreshing it again.
pub(crate) fn pause_button(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let is_paused = account.life == AccountStatus::Paused;
    let (command, label) = if is_paused { ("resume", words.resume) } else { ("pause", words.pause) };
    action(command, &[("account", &account.id.0)], &html! { button { (label) } })
}

/// Removing an account, with or without its history.
pub(crate) fn remove_form(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let (keep, remove) = match account.source.is_key() {
        true => (words.keep_history, words.remove_history),
        false => (words.keep_figures, words.remove_figures),
    };
    html! {
        (account_form(account, "remove", view.words().remove, &html! {
            label.choice { input type="radio" name="history" value="keep" checked; (keep) }
            label.choice { input type="radio" name="history" value="remove"; (remove) }
            button.danger { ((words.remove_account)(&view.name(account))) }
        }))
    }
}

/// Joining an account with the one that it is probably the same as.
pub(crate) fn join_form(view: &View<'_>, account: &Account, other: &Account) -> Markup {
    let words = words(view.language);
    html! {
        (account_form(account, "join", words.is_same, &html! {
            input type="hidden" name="into" value=(other.id.0);
            p.soft { ((words.what_joining_does)(&view.name(other))) }
            button { (words.join) }
        }))
    }
}

/// Another account of the provider that files are brought for, which is read by key: their money may be the same.
pub(crate) fn counted_twice(view: &View<'_>, account: &Account) -> Markup {
    let is_it = |other: &&Account| {
        other.provider == account.provider && other.source.is_key() && other.life != AccountStatus::Ended
    };
    let other = view.state.accounts.iter().find(is_it);
    let other = other.filter(|_| account.source == Source::File && account.life != AccountStatus::Ended);
    html! { @if let Some(other) = other { p.note.bad { ((words(view.language).counted_twice)(&other.name())) } } }
}
