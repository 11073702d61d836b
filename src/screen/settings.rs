//! Settings on the dashboard: refresh period, currency, locking, password.

use maud::{Markup, html};

use crate::screen::connect::{new_password, username};
use crate::screen::pieces::note;
use crate::screen::{Lock, View};

/// All settings.
pub(super) fn settings(view: &View<'_>) -> Markup {
    let words = view.words();
    let settings = &view.state.settings;
    let period = settings.period_minutes.map(|minutes| minutes.to_string());
    let lock_after = settings.lock_after_minutes.map(|minutes| minutes.to_string());
    let currency = settings.currency.map(|currency| currency.to_string());
    html! {
        h2 { (words.settings) }
        (note(view, "settings"))
        form data-do="settings" {
            label for="period" { (words.period) }
            input id="period" type="text" inputmode="numeric" name="period_minutes" value=[period] placeholder=(words.period_usual);
            label for="currency" { (words.currency) }
            input id="currency" type="text" name="currency" value=[currency] maxlength="3" placeholder=(words.currency_usual);
            label for="lock-after" { (words.lock_after) }
            input id="lock-after" type="text" inputmode="numeric" name="lock_after_minutes" value=[lock_after] placeholder=(words.lock_never);
            label.choice { input type="checkbox" name="lock_with_computer" checked[settings.is_locked_with_computer]; (words.lock_with_computer) }
            p.soft { (words.vault.locked_why) }
            button.go { (words.save) }
        }
    }
}

/// Changing the password, and giving up one that is forgotten.
pub(super) fn password(view: &View<'_>) -> Option<Markup> {
    let words = view.words();
    match view.lock {
        Lock::Unlocked => Some(html! {
            h2 { (words.vault.change_password) }
            (note(view, "password"))
            form data-do="change_password" {
                (username())
                label for="current" { (words.vault.current_password) }
                input id="current" type="password" name="current" autocomplete="current-password" required;
                (new_password(view, "change"))
                button.go { (words.vault.change) }
            }
        }),
        Lock::Locked => Some(html! {
            h2 { (words.vault.forgot_password) }
            (note(view, "password"))
            p { (words.vault.forgot_text) }
            details {
                summary { (words.vault.forgot_summary) }
                form data-do="forget_password" { button.danger { (words.vault.give_up_vault) } }
            }
        }),
        _ => None,
    }
}
