//! The section that connects an account: every provider by key or by file, and accounts without a provider.

use maud::{Markup, html};

use crate::app::{Lock, View};
use crate::features::{imports, keys, manual};
use crate::pages::words::words;
use crate::provider::Card;
use crate::providers;
use crate::ui::components::note;

/// What a card offers, provider by provider.
pub(crate) fn connect(view: &View<'_>) -> Markup {
    let words = words(view.language);
    // The first account is what the page is for; later the form waits behind its name.
    let is_alone = providers::ALL.len() == 1 && view.state.accounts.is_empty();
    html! {
        h2 { (words.connect_title) }
        (note(view, "connect"))
        @if view.lock == Lock::Locked {
            p.soft { (words.unlock_to_connect) }
        } @else {
            @for provider in providers::ALL {
                details name="provider" open[is_alone] {
                    summary { b { (provider.card.name) } }
                    (ways(view, &provider.card))
                }
            }
        }
        (manual::add(view))
    }
}

/// By key, and beside it by file where the provider gives one: each says what it risks.
fn ways(view: &View<'_>, card: &'static Card) -> Markup {
    if card.export.is_none() {
        return keys::connect_form(view, card);
    }
    let words = words(view.language);
    html! {
        div.ways {
            div {
                h3 { (words.with_key) }
                p { ((words.key_risk)(card.usual_minutes, view.text(&card.key.if_stolen))) }
                (keys::connect_form(view, card))
            }
            div { (manual::by_file(view, card, &imports::how(view, card))) }
        }
    }
}

/// How to show the button on the toolbar; the page hides it where the browser says that it is shown.
pub(crate) fn pin(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { h2 { (words.pin_title) } p { (words.pin_how) } }
}
