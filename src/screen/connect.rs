//! Connecting: a provider's form, the password that seals its key, unlocking, and showing the toolbar button.

use maud::{Markup, html};

use crate::provider::{Card, Field, Proof, Shape};
use crate::providers;
use crate::screen::own::key_expiry_field;
use crate::screen::pieces::{action, fill, note};
use crate::screen::{Lock, View, keyless};
use crate::vault::SHORTEST_PASSWORD;

/// What a card offers, provider by provider.
pub(super) fn connect(view: &View<'_>) -> Markup {
    let words = view.words();
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
        (keyless::add(view))
    }
}

/// By key, and beside it by file where the provider gives one: each says what it risks.
fn ways(view: &View<'_>, card: &'static Card) -> Markup {
    if card.export.is_none() {
        return form(view, card);
    }
    let words = view.words();
    html! {
        div.ways {
            div {
                h3 { (words.with_key) }
                p { ((words.key_risk)(card.usual_minutes, view.text(&card.key.if_stolen))) }
                (form(view, card))
            }
            div { (keyless::by_file(view, card)) }
        }
    }
}

fn form(view: &View<'_>, card: &'static Card) -> Markup {
    let words = view.words();
    let hosts: Vec<_> = card.origins.iter().map(|origin| bare(origin)).collect();
    let field = format!("key-{}", card.id);
    let proof = match card.proof {
        Proof::SeenLive(day) => (words.seen_live)(day),
        Proof::FromDocuments => words.from_documents.to_owned(),
    };
    html! {
        form data-do="connect" data-origins=(origins(card)) {
            input type="hidden" name="provider" value=(card.id);
            (steps(view, card))
            (key_field(view, card, &field, &(words.paste_key)(card.name)))
            (key_expiry_field(view, card, &field))
            @for setting in card.setup.fields { (setting_field(view, card, setting)) }
            label for={ (field) "-label" } { (words.label_of_account) }
            input id={ (field) "-label" } type="text" name="label" autocomplete="off" maxlength="40";
            p.soft { ((words.browser_asks)(&hosts.join(", "))) }
            button.go { (words.connect) }
            dl.facts {
                @if card.export.is_none() { dt { (words.if_stolen) } dd { (view.text(&card.key.if_stolen)) } }
                dt { (words.what_counts) } dd { (view.text(&card.counts)) }
                dt { (words.how_late) } dd { (view.text(&card.lag)) }
                dt { (words.proof) } dd { (proof) }
            }
        }
    }
}

/// What to do at the provider's first, and the least privilege that works.
fn steps(view: &View<'_>, card: &Card) -> Markup {
    let least = view.text(&card.key.least);
    html! {
        @if card.setup.steps.is_empty() {
            p { (fill(view.words().make_key, &[link(card.key.page)])) " " (least) }
        } @else {
            ol.steps { @for (text, page) in card.setup.steps { li { (view.text(text)) " " (link(page)) } } }
            p { (least) }
        }
    }
}

/// The field for a key: one line, or a file that is pasted or chosen.
pub(super) fn key_field(view: &View<'_>, card: &Card, id: &str, label: &str) -> Markup {
    let words = view.words();
    html! {
        @match card.setup.shape {
            Shape::Word => {
                label for=(id) { (label) }
                input id=(id) type="password" name="key" autocomplete="off" spellcheck="false" required;
            }
            Shape::ServiceAccount => {
                label for=(id) { (label) ": " (words.paste_file) }
                textarea id=(id) name="key" rows="3" autocomplete="off" spellcheck="false" {}
                label for={ (id) "-file" } { (words.choose_file) }
                input id={ (id) "-file" } type="file" name="key" accept=".json,application/json";
            }
        }
    }
}

/// A field for a setting of the account.
fn setting_field(view: &View<'_>, card: &Card, field: &Field) -> Markup {
    let (id, name) = (format!("{}-{}", card.id, field.name), format!("settings.{}", field.name));
    html! {
        label for=(id) { (view.text(&field.label)) }
        @if field.choices.is_empty() {
            input id=(id) type="text" name=(name) placeholder=(field.example) autocomplete="off" spellcheck="false" required;
        } @else {
            select id=(id) name=(name) {
                @for (value, text) in field.choices { option value=(value) { (view.text(text)) } }
            }
        }
    }
}

/// The match patterns that the browser asks the user about.
pub(super) fn origins(card: &Card) -> String {
    card.origins.iter().map(|origin| format!("{origin}/*")).collect::<Vec<_>>().join(" ")
}

/// A link to a provider's own page.
pub(super) fn link(page: &str) -> Markup {
    html! { a href=(page) target="_blank" rel="noreferrer" { (bare(page)) } }
}

/// Choosing the password, once there is something to seal.
pub(super) fn seal(view: &View<'_>) -> Option<Markup> {
    let words = view.words();
    let why = match view.lock {
        Lock::Unsealed => words.vault.seal_why,
        Lock::Lost => words.vault.seal_lost,
        _ => return None,
    };
    Some(html! {
        (note(view, "connect"))
        h2 { (words.vault.seal_title) }
        p { (why) }
        (note(view, "seal"))
        form data-do="seal" {
            (username())
            (new_password(view, "seal"))
            p.soft { (words.vault.password_advice) }
            button.go { (words.vault.seal) }
        }
        (action("suggest_password", &[], &html! { button { (words.vault.suggest) } }))
    })
}

/// Two fields for a new password.
pub(super) fn new_password(view: &View<'_>, id: &str) -> Markup {
    let words = view.words();
    html! {
        @for (name, label) in [("password", words.vault.new_password), ("again", words.vault.again)] {
            label for={ (id) "-" (name) } { (label) }
            input id={ (id) "-" (name) } type="password" name=(name) autocomplete="new-password"
                minlength=(SHORTEST_PASSWORD) required;
        }
    }
}

/// Password managers file a password under a name; this field is for them and never sent.
pub(super) fn username() -> Markup {
    html! {
        input.unseen type="text" autocomplete="username" value="Drawdown" tabindex="-1" aria-hidden="true" readonly;
    }
}

/// One focused field; Enter unlocks and refreshes.
pub(super) fn unlock(view: &View<'_>) -> Markup {
    let words = view.words();
    html! {
        form data-do="unlock" {
            (username())
            label for="unlock-password" { (words.vault.unlock_label) }
            div.actions {
                input id="unlock-password" type="password" name="password" autocomplete="current-password" data-focus required;
                button.go { (words.vault.unlock) }
            }
        }
        (note(view, "unlock"))
        p.soft { (words.vault.locked_why) }
    }
}

/// How to show the button on the toolbar; the page hides it where the browser says that it is shown.
pub(super) fn pin(view: &View<'_>) -> Markup {
    let words = view.words();
    html! { h2 { (words.pin_title) } p { (words.pin_how) } }
}

/// An address without its scheme.
pub(super) fn bare(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}
