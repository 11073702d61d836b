//! The forms that turn sync on and off, and the form that joins other computers.

use maud::{Markup, html};

use crate::app::sync::QUOTA;
use crate::app::{Lock, View};
use crate::features::sync::setting::IS_FOUND;
use crate::features::sync::words::{Words, words};
use crate::store::{SyncRecord, SyncTrouble};
use crate::ui::components::{As, action, fill, note, time};

/// Whether sync is on, and the form that changes it.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let is_found = IS_FOUND.get(&view.state.settings);
    html! {
        h2 { (words.title) }
        (note(view, "sync"))
        @match &view.state.sync {
            Some(sync) => (on(words, sync, is_found)),
            None if is_found => {
                p { (words.found_here) }
                (join_form(words, if view.state.vault.is_some() { words.join_seals } else { words.join_brings }))
            }
            None => {
                p { (words.what) }
                p.soft { (words.how) }
                p.soft { (words.who_sees) }
                @match view.lock {
                    Lock::Unlocked => (action("sync_on", &[], &html! { button.go { (words.turn_on) } })),
                    Lock::Locked => p.soft { (words.unlock_first) },
                    _ => p.soft { (words.no_vault) },
                }
            }
        }
    }
}

/// The form for another computer's password, in a browser that is still empty.
pub(crate) fn invitation(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    (view.state.is_fresh() && IS_FOUND.get(&view.state.settings)).then(|| {
        html! {
            h2 { (words.found) }
            (note(view, "join"))
            (join_form(words, words.join_brings))
        }
    })
}

fn join_form(words: &Words, why: &str) -> Markup {
    html! {
        form data-do="sync_join" {
            label for="join-password" { (words.password) }
            div.actions {
                input id="join-password" type="password" name="password" autocomplete="current-password" required;
                button.go { (words.join) }
            }
        }
        p.soft { (why) }
    }
}

fn on(words: &Words, sync: &SyncRecord, is_found: bool) -> Markup {
    let kilobytes = |bytes: usize| bytes.div_ceil(1024).to_string();
    html! {
        p { (words.is_on) }
        @if let Some(at) = sync.wrote_at() { p.soft { (fill(words.written, &[time(at, As::Moment)])) } }
        p.soft { ((words.used)(&kilobytes(sync.used), &kilobytes(QUOTA))) }
        @match sync.trouble {
            Some(SyncTrouble::Full) => p.note { (words.full) },
            Some(SyncTrouble::Refused) => p.note { (words.refused) },
            None => {}
        }
        @if let Some(at) = sync.reset_at { p.note { (fill(words.was_reset, &[time(at, As::Moment)])) } }
        @if is_found {
            p.note { (words.found_other) }
            (join_form(words, words.join_seals))
        }
        p.soft { (words.who_sees) }
        details {
            summary { (words.turn_off) }
            p.soft { (words.stays) }
            form data-do="sync_off" {
                label for="sync-clear" { (words.clear) }
                select id="sync-clear" name="clear" {
                    option value="" { (words.clear_none) }
                    option value="own" { (words.clear_own) }
                    option value="all" { (words.clear_all) }
                }
                button.danger { (words.turn_off) }
            }
        }
    }
}
