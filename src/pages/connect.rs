//! Adding an account: the gallery of providers, the page of each, and accounts without a provider.

use maud::{Markup, html};

use crate::app::{Lock, Place, Spot, View};
use crate::features::{imports, keys, manual, sample};
use crate::pages::words::words;
use crate::provider::{Card, Kind};
use crate::providers;
use crate::ui::components::note;

/// The names, in addresses, of the pages for accounts without a provider.
const BY_HAND: &str = "manual";
const BY_FILE: &str = "file";

/// The introduction to Drawdown, before the first account.
pub(crate) fn intro(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { h2 { (words.welcome) } p { (words.welcome_text) } p.soft { (words.what_leaves) } (sample::offer(view)) }
}

/// All providers, and the other kinds of account.
pub(crate) fn gallery(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h2 tabindex="-1" { (words.connect_title) }
        (note(view, "connect"))
        @if view.lock == Lock::Locked {
            p.soft { (words.unlock_to_connect) }
            (without_provider(view))
        } @else {
            label.unseen for="gallery-search" { (words.search) }
            input.search id="gallery-search" type="search" data-filter="gallery" placeholder=((words.search_providers)(providers::ALL.len() + manual::NO_API.len())) autocomplete="off";
            div id="gallery" {
                @for kind in Kind::ALL {
                    @let cards: Vec<_> = providers::ALL.iter().map(|provider| &provider.card).filter(|card| card.kind == kind).collect();
                    @let no_api: Vec<_> = manual::NO_API.iter().filter(|provider| provider.kind == kind).collect();
                    @if !cards.is_empty() || !no_api.is_empty() {
                        h3 { ((words.kind)(kind)) }
                        ul.gallery {
                            @for card in cards { (tile(card.id, card.name, (words.bills_how)(card.billing))) }
                            @for provider in no_api { (tile(provider.id, provider.name, words.by_hand_short)) }
                        }
                    }
                }
                (without_provider(view))
            }
            p.soft.none { (words.no_match) }
        }
    }
}

/// The number of providers that the popup names.
const NAMED: usize = 6;

/// The names of the first providers, for the popup. Each opens the dashboard at the field for its key, because the browser's
/// permission prompt would close the popup.
pub(crate) fn names(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let first = providers::ALL.iter().take(NAMED);
    let first = first.map(|provider| (Spot::AddFrom(provider.card.id.to_owned()), provider.card.name));
    let others = [
        (Spot::AddAccount, words.all_providers),
        (Spot::AddFrom(BY_HAND.to_owned()), words.by_hand),
        (Spot::AddFrom(BY_FILE.to_owned()), words.from_file),
    ];
    html! {
        h2 { (words.connect_title) }
        ul.names {
            @for (spot, name) in first.chain(others) {
                li { a.button href={ "dashboard.html#" (Place::at(spot)) } data-tab { (name) } }
            }
        }
    }
}

/// The ways to add an account without a key, which needs no password.
fn without_provider(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h3 { (words.anything_else) }
        ul.gallery {
            (tile(BY_HAND, words.by_hand, words.by_hand_short))
            (tile(BY_FILE, words.from_file, words.from_file_short))
        }
    }
}

/// Whether the account that this name in addresses stands for can be added while keys are locked.
pub(crate) fn needs_no_key(from: &str) -> bool {
    [BY_HAND, BY_FILE].contains(&from) || manual::find_no_api(from).is_some()
}

fn tile(from: &str, name: &str, how: &str) -> Markup {
    let initial: String = name.chars().take(1).collect();
    html! {
        li data-text=(name) {
            a href={ "#" (Place::at(Spot::AddFrom(from.to_owned()))) } {
                span.initial aria-hidden="true" { (initial) }
                b { (name) }
                small.soft { (how) }
            }
        }
    }
}

/// The page that adds an account with or without a provider. `None` for an unknown name.
pub(crate) fn provider_page(view: &View<'_>, from: &str) -> Option<Markup> {
    let words = words(view.language);
    let provider = providers::find(from).map(|provider| &provider.card);
    let (title, form) = match (from, provider) {
        (BY_HAND, _) => (words.by_hand, manual::by_hand_form(view)),
        (BY_FILE, _) => (words.from_file, manual::by_file_form(view)),
        (_, Some(card)) => (card.name, ways(view, card)),
        (_, None) => {
            let provider = manual::find_no_api(from)?;
            (provider.name, manual::no_api(view, provider))
        }
    };
    Some(html! {
        p { a href={ "#" (Spot::AddAccount) } { (words.all_providers) } }
        h2 tabindex="-1" data-open={ "add/" (from) } { (title) }
        (note(view, "connect"))
        (form)
    })
}

/// Adding by key and, if the provider gives a file, by file. Each way states its risk.
fn ways(view: &View<'_>, card: &'static Card) -> Markup {
    if card.export.is_none() {
        return keys::connect_form(view, card);
    }
    let words = words(view.language);
    html! {
        div.ways {
            div {
                h3 { (words.with_key) }
                (keys::connect_form(view, card))
            }
            div { (manual::by_file(view, card, &imports::how(view, card))) }
        }
    }
}

/// How to pin the button to the toolbar. The page hides this if the browser reports that the button is pinned.
pub(crate) fn pin(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { h2 { (words.pin_title) } p { (words.pin_how) } }
}
