//! The forms of backup and restore, with their explanation.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::backup::MOST_BYTES;
use crate::features::backup::setting::{MADE_AT, is_due};
use crate::features::backup::words::words;
use crate::ui::components::{As, fill, note, time};

/// The forms that make and restore a backup.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.title) }
        p { (words.what) }
        (last(view))
        (note(view, "backup"))
        form data-do="back_up" { button.go { (words.back_up) } }
        h3 { (words.restore_title) }
        p.soft { (words.restore_how) }
        form data-do="restore_backup" {
            label for="backup-file" { (words.choose) }
            input.drop id="backup-file" type="file" name="file" accept=".json" required data-most=(MOST_BYTES);
            @if view.state.vault.is_some() {
                label for="backup-password" { (words.password) }
                input id="backup-password" type="password" name="password" autocomplete="off";
                p.soft { (words.password_why) }
            }
            button { (words.restore) }
        }
    }
}

/// When the last backup was made, or a reminder that one is missing.
fn last(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let made_at = MADE_AT.get(&view.state.settings);
    let is_due = is_due(view.state, view.statement.now);
    let at = match made_at {
        Some(at) => time(at, As::Moment),
        None if is_due => html! { (words.never) },
        None => return html! {},
    };
    html! { p class=(if is_due { "note" } else { "soft" }) { (fill(words.last, &[at])) } }
}

/// How to move the data to another computer, for the settings page.
pub(crate) fn other_computers(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.computers_title) }
        p { (words.computers_how) }
        p.soft { (words.computers_total) }
        (last(view))
        p { a.button href={ "#" (Spot::Data) } { (words.title) } }
    }
}
