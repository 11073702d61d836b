//! What something would cost: forms for a text, a top-up, more use. What comes of them is said above them.
//!
//! Their fields keep what was entered (`data-keep`), because the answer takes the place of the whole section.

use maud::{Markup, html};

use crate::money::Currency;
use crate::screen::pieces::note;
use crate::screen::{View, format, name};
use crate::state::{Account, Life};
use crate::statement::BookStatement;
use crate::tokens::Terms;

/// The section. Where amounts are hidden, so are its forms, and what they came to.
pub(super) fn estimate(view: &View<'_>) -> Markup {
    let words = &view.words().tokens;
    html! {
        h2 { (words.title) }
        @if view.state.settings.is_hidden { p.soft { (words.hidden) } } @else {
            (note(view, "estimate"))
            details { summary { (words.a_text) } (text(view)) }
            @if view.going_on() > 0 { details { summary { (words.what_if) } (top_up(view)) (growth(view)) } }
        }
    }
}

fn text(view: &View<'_>) -> Markup {
    let words = &view.words().tokens;
    let models = models(view);
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    let field = |id: &str, name: &str, label: &str, value: Option<&str>| {
        html! {
            div {
                label for=(id) { (label) }
                input id=(id) type="text" name=(name) value=[value] autocomplete="off" data-keep;
            }
        }
    };
    html! {
        form data-do="estimate" {
            label for="estimate-text" { (words.text) }
            textarea id="estimate-text" name="text" rows="6" spellcheck="false" data-keep {}
            p.soft { (words.rule) }
            (field("estimate-answer", "answer", words.answer, None))
            @if !models.is_empty() {
                label for="estimate-of" { (words.model) }
                select id="estimate-of" name="of" data-keep {
                    @for (value, label) in &models { option value=(value) { (label) } }
                }
            }
            p.soft { @if models.is_empty() { (words.typed_only) } @else { (words.typed) } }
            div.three {
                (field("estimate-input", "input", words.input_price, None))
                (field("estimate-output", "output", words.output_price, None))
                (field("estimate-currency", "currency", view.words().in_currency, Some(currency.code())))
            }
            button.go { (words.work_out) }
        }
    }
}

/// Every model whose prices an export told: how a form names it, and how a person reads it.
fn models(view: &View<'_>) -> Vec<(String, String)> {
    let words = &view.words().tokens;
    let accounts = view.state.accounts.iter().filter(|account| account.life != Life::Ended);
    let several = accounts.clone().filter(|account| !account.prices.is_empty()).count() > 1;
    let mut models: Vec<(String, String)> = Vec::new();
    for account in accounts {
        for price in &account.prices {
            let (model, currency) = (price.name.as_str(), price.price.currency);
            let value = of(account, currency, model);
            let Some(terms) = Terms::of(&account.prices, model, currency) else { continue };
            if models.iter().any(|(known, _)| *known == value) {
                continue;
            }
            let shown = if several { format!("{}, {model}", name(account)) } else { model.to_owned() };
            let price = |amount| format::price(amount, currency);
            let (input, output) = (price(terms.input), price(terms.output));
            models.push((value, (words.terms)(&shown, &input, &output)));
        }
    }
    models
}

/// How a form names a book and what of it.
fn of(account: &Account, currency: Currency, what: &str) -> String {
    format!("{} {currency} {what}", account.id.0)
}

/// Nothing where no account is prepaid.
fn top_up(view: &View<'_>) -> Markup {
    let words = &view.words().tokens;
    let is_prepaid = |book: &&BookStatement| book.balance.is_some();
    let going_on = view.accounts().filter(|(account, _)| account.life != Life::Ended);
    let books: Vec<(String, String)> = going_on
        .flat_map(|(account, statement)| {
            let option = |book: &BookStatement| {
                let label = format!("{}, {}", name(account), book.currency);
                (of(account, book.currency, ""), label)
            };
            statement.counted().filter(is_prepaid).map(option).collect::<Vec<_>>()
        })
        .collect();
    let Some((first, label)) = books.first() else { return html! {} };
    html! {
        form data-do="what_if_top_up" {
            label for="top-up-amount" { (words.top_up) @if books.len() == 1 { " (" (label) ")" } }
            input id="top-up-amount" type="text" inputmode="decimal" name="amount" autocomplete="off" required data-keep;
            @if books.len() == 1 { input type="hidden" name="of" value=(first); } @else {
                label for="top-up-of" { (words.of_book) }
                select id="top-up-of" name="of" data-keep {
                    @for (value, label) in &books { option value=(value) { (label) } }
                }
            }
            button.go { (words.how_long) }
        }
    }
}

fn growth(view: &View<'_>) -> Markup {
    let words = &view.words().tokens;
    html! {
        form data-do="what_if_growth" {
            label for="growth" { (words.growth) }
            input id="growth" type="text" inputmode="numeric" name="percent" autocomplete="off" required data-keep;
            button.go { (words.where_to) }
        }
    }
}
