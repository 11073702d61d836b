//! The forms that rename, move, pause, join and remove an account.

use maud::{Markup, html};

use crate::app::View;
use crate::features::accounts::words::words;
use crate::store::{Account, AccountStatus, Source};
use crate::ui::components::{account_form, action};

/// The form that renames an account.
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

/// The buttons that move an account up and down. A button at the end of the list is kept, so that it does not lose the focus.
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

/// The button that pauses or resumes an account.
pub(crate) fn pause_button(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let is_paused = account.life == AccountStatus::Paused;
    let (command, label) = if is_paused { ("resume", words.resume) } else { ("pause", words.pause) };
    action(command, &[("account", &account.id.0)], &html! { button { (label) } })
}

/// The form that removes an account, with or without its history.
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

/// The form that joins an account with its probable duplicate.
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

/// Warns that an account kept by files may count the same money as an account that is read by key at the same provider.
pub(crate) fn counted_twice(view: &View<'_>, account: &Account) -> Markup {
    let is_it =
        |other: &&Account| other.provider == account.provider && other.source.is_key() && !other.is_ended();
    let other = view.state.accounts.iter().find(is_it);
    let other = other.filter(|_| account.source == Source::File && !account.is_ended());
    html! { @if let Some(other) = other { p.note.bad { ((words(view.language).counted_twice)(&other.name())) } } }
}
