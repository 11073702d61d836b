//! The form of a provider, and the question about a replaced key.

use maud::{Markup, html};

use crate::app::View;
use crate::books::reading::Reading;
use crate::features::keys::expiry::expiry_field;
use crate::features::keys::words::words;
use crate::provider::{Card, Field, Proof, Shape};
use crate::store::{Account, Replacement};
use crate::ui::components::{action, fill};
use crate::ui::links::{host, link, origins};

pub(crate) fn connect_form(view: &View<'_>, card: &'static Card) -> Markup {
    let words = words(view.language);
    let hosts: Vec<_> = card.origins.iter().map(|origin| host(origin)).collect();
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
            (expiry_field(view, card, &field))
            @for setting in card.setup.fields { (setting_field(view, card, setting)) }
            label for={ (field) "-label" } { (view.words().label_of_account) }
            input id={ (field) "-label" } type="text" name="label" autocomplete="off" maxlength="40";
            p.soft { ((words.browser_asks)(&view.language.list(&hosts))) }
            button.go { (words.connect) }
            details {
                summary { (words.learn_more) }
                @if let Some(more) = &card.more { p { (view.text(more)) } }
                dl.facts {
                    dt { (words.if_stolen) } dd { (view.text(&card.key.if_stolen)) }
                    dt { (words.what_counts) } dd { (view.text(&card.counts)) }
                    dt { (words.how_late) } dd { (view.text(&card.lag)) }
                    dt { (words.proof) } dd { (proof) }
                }
            }
        }
    }
}

/// The steps at the provider, and the least privilege that works.
fn steps(view: &View<'_>, card: &Card) -> Markup {
    let least = view.text(&card.key.least);
    html! {
        @if card.setup.steps.is_empty() {
            p { (fill(words(view.language).make_key, &[link(card.key.page)])) (view.language.space()) (least) }
        } @else {
            ol.steps { @for (text, page) in card.setup.steps { li { (view.text(text)) " " (link(page)) } } }
            p { (least) }
        }
    }
}

/// The field for a key: one line, or a file to paste or choose.
fn key_field(view: &View<'_>, card: &Card, id: &str, label: &str) -> Markup {
    let words = words(view.language);
    html! {
        @match card.setup.shape {
            Shape::Word => {
                label for=(id) { (label) }
                input id=(id) type="password" name="key" autocomplete="off" spellcheck="false" data-focus required;
            }
            Shape::ServiceAccount => {
                label for=(id) { (label) " (" (words.paste_file) ")" }
                textarea id=(id) name="key" rows="3" autocomplete="off" spellcheck="false" data-focus {}
                label for={ (id) "-file" } { (words.choose_file) }
                input id={ (id) "-file" } type="file" name="key" accept=".json,application/json";
            }
        }
    }
}

/// The field for an account setting.
fn setting_field(view: &View<'_>, card: &Card, field: &Field) -> Markup {
    let (id, name) = (format!("{}-{}", card.id, field.name), format!("settings.{}", field.name));
    html! {
        label for=(id) { (view.text(&field.label)) }
        @if field.choices.is_empty() {
            input id=(id) type="text" name=(name) placeholder=(field.example) autocomplete="off" spellcheck="false"
                required[!(field.accepts)("")];
        } @else {
            select id=(id) name=(name) {
                @for (value, text) in field.choices { option value=(value) { (view.text(text)) } }
            }
        }
    }
}

/// The question of rule L12, shown after a new key was tried.
pub(crate) fn replaced(view: &View<'_>, account: &Account, replacement: &Replacement) -> Markup {
    let words = words(view.language);
    let balances: Vec<String> = replacement
        .observed
        .readings
        .iter()
        .filter_map(Reading::left)
        .map(|left| view.money(left.amount, left.currency))
        .collect();
    let is_same = account.continues(&replacement.observed);
    html! {
        form.panel data-do="take_key" {
            input type="hidden" name="account" value=(account.id.0);
            p { ((words.replacement_works)(&view.language.list(&balances))) }
            label.choice { input type="radio" name="books" value="go_on" checked[is_same]; (words.same_account) }
            label.choice { input type="radio" name="books" value="begin_anew" checked[!is_same]; (words.other_account) }
            button.go { (words.take_key) }
        }
        (action("drop_key", &[("account", &account.id.0)], &html! { button { (words.drop_key) } }))
    }
}

/// The form for a new key, or for the first key of an account kept by files, whose bills continue.
pub(crate) fn new_key(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let field = format!("key-{}", account.id.0);
    html! {
        details {
            summary.button { (if account.source.is_key() { words.replace_key } else { words.add_key }) }
            form data-do="replace_key" data-origins=[account.card().map(origins)] {
                input type="hidden" name="account" value=(account.id.0);
                @if let Some(card) = account.card() {
                    p { (fill(words.make_key, &[link(card.key.page)])) }
                    (key_field(view, card, &field, words.new_key))
                }
                button.go { (words.try_key) }
            }
        }
    }
}
