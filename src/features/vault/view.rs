//! The forms that choose the password, unlock, lock, change the password, and give up a forgotten one.

use maud::{Markup, html};

use crate::app::{Lock, View};
use crate::features::vault::setting::STAYS_UNLOCKED;
use crate::features::vault::words::words;
use crate::ui::components::{Icon, action, note, switch};
use crate::vault::SHORTEST_PASSWORD;

/// The button that locks, shown while the vault is unlocked.
pub(crate) fn lock(view: &View<'_>) -> Markup {
    let name = words(view.language).lock;
    let button = html! { button id="lock" title=(name) aria-label=(name) { (Icon::Padlock.draw()) } };
    html! { @if view.lock == Lock::Unlocked { (action("lock", &[], &button)) } }
}

/// A note that the keys in use are not sealed by a password, or are lost, with the link to the form.
pub(crate) fn unsealed(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let (class, text) = match view.lock {
        Lock::Unsealed => ("note", words.unsealed),
        Lock::Lost => ("note bad", words.lost),
        _ => return None,
    };
    Some(html! { p class=(class) { a href="dashboard.html#overview" data-tab { (text) } } })
}

/// The form that chooses the password, once there is a key to seal.
pub(crate) fn seal_form(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let why = match view.lock {
        Lock::Unsealed => words.seal_why,
        Lock::Lost => words.seal_lost,
        _ => return None,
    };
    Some(html! {
        (note(view, "connect"))
        h2 { (words.seal_title) }
        p { (why) }
        (note(view, "seal"))
        form data-do="seal" {
            (username())
            (new_password(view, "seal"))
            p.soft { (words.password_advice) }
            button.go { (words.seal) }
        }
        (action("suggest_password", &[], &html! { button { (words.suggest) } }))
    })
}

/// The password field, with the focus; Enter unlocks and refreshes.
pub(crate) fn unlock_form(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        form data-do="unlock" {
            (username())
            label for="unlock-password" { (words.unlock_label) }
            div.actions {
                input id="unlock-password" type="password" name="password" autocomplete="current-password" data-focus required;
                button.go { (words.unlock) }
            }
        }
        (note(view, "unlock"))
        p.soft { (view.words().locked_why) }
    }
}

/// The forms that change the password, stay unlocked, and give up a forgotten password.
pub(crate) fn password(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    match view.lock {
        Lock::Unlocked => Some(html! {
            h2 { (words.change_password) }
            (note(view, "password"))
            form data-do="change_password" {
                (username())
                label for="current" { (words.current_password) }
                input id="current" type="password" name="current" autocomplete="current-password" required;
                (new_password(view, "change"))
                button.go { (words.change) }
            }
            (stay(view))
        }),
        Lock::Locked => Some(html! {
            h2 { (words.forgot_password) }
            (note(view, "password"))
            p { (words.forgot_text) }
            details {
                summary { (words.forgot_summary) }
                form data-do="forget_password" { button.danger { (words.give_up_vault) } }
            }
        }),
        _ => None,
    }
}

/// The switch that keeps the vault unlocked on this computer, with its explanation.
fn stay(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let is_on = STAYS_UNLOCKED.get(&view.state.settings);
    html! {
        p.soft { (words.stay_warning) }
        (switch("stay_unlocked", &[], words.stay, is_on.into()))
    }
}

/// Two fields for a new password.
pub(crate) fn new_password(view: &View<'_>, id: &str) -> Markup {
    let words = words(view.language);
    html! {
        @for (name, label) in [("password", words.new_password), ("again", words.again)] {
            label for={ (id) "-" (name) } { (label) }
            input id={ (id) "-" (name) } type="password" name=(name) autocomplete="new-password"
                minlength=(SHORTEST_PASSWORD) required;
        }
    }
}

/// A username field for password managers, which store a password under a name. It is never sent.
pub(crate) fn username() -> Markup {
    html! {
        input.unseen type="text" autocomplete="username" value="Drawdown" tabindex="-1" aria-hidden="true" readonly;
    }
}
