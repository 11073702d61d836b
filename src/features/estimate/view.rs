//! The forms that estimate the cost of a text, a top-up or more use. Results are shown above their form; the result of a text is
//! shown below it, because its form must not change while the text is entered.
//!
//! The fields keep what was entered (`data-keep`), because the reply replaces the whole section.

use maud::{Markup, html};

use crate::app::View;
use crate::books::tokens::{MOST_TEXT, TokenPrices};
use crate::features::estimate::words::words;
use crate::money::Currency;
use crate::store::Account;
use crate::text::Language;
use crate::ui::components::{note, section as section_of, withhold};
use crate::ui::currency_select::currency_select;
use crate::ui::format;

/// The section. While amounts are hidden, its forms and results are hidden too.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    if view.state.settings.is_hidden {
        withhold(view, "estimate");
    }
    html! {
        h2 { (words.title) }
        @if view.state.settings.is_hidden { p.soft { (words.hidden) } } @else {
            (note(view, "estimate"))
            details { summary { (words.a_text) } (text(view)) }
            @if view.current_count() > 0 { details { summary { (words.what_if) } (top_up(view)) (growth(view)) } }
        }
    }
}

/// The tokens of a text and their cost, in the section after the form.
pub(crate) fn counted(view: &View<'_>) -> Option<Markup> {
    let said = note(view, "count");
    let is_shown = !view.state.settings.is_hidden && !said.0.is_empty();
    is_shown.then(|| html! { h2.unseen { (words(view.language).counted) } (said) })
}

/// The section that shows the progress of a count.
pub(super) fn progress(percent: usize, language: Language) -> Markup {
    let shown = html! {
        label for="counting-percent" { (words(language).counting) }
        progress id="counting-percent" max="100" value=(percent) { (percent) "%" }
    };
    section_of("counting", "panel", Some(shown))
}

fn text(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let models = models(view);
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    html! {
        form data-do="what_if_text" data-live="count" {
            label for="estimate-text" { (words.text) }
            textarea id="estimate-text" name="text" rows="6" spellcheck="false" data-keep {}
            label for="estimate-file" { (words.file) }
            input.drop id="estimate-file" type="file" name="file" data-most=(MOST_TEXT) data-keep;
            (select("as", "as", words.count_as, &["", "system", "user", "assistant"].into_iter().zip(words.kinds)))
            p.soft { (words.rule) }
            (field("answer", words.answer, ""))
            @if !models.is_empty() { (choice("model", words.model, &models)) }
            p.soft { @if models.is_empty() { (words.typed_only) } @else { (words.typed) } }
            div.three {
                div { (field("input", words.input_price, "")) }
                div { (field("output", words.output_price, "")) }
                div {
                    label for="estimate-currency" { (view.words().in_currency) }
                    (currency_select(view, "estimate-currency", Some(currency), None))
                }
            }
            (select("by", "by", words.prices_for, &["", "other"].into_iter().zip(words.vocabularies)))
            button.go { (words.work_out) }
        }
    }
}

/// A text field that keeps what was entered.
fn field(name: &str, label: &str, value: &str) -> Markup {
    let id = format!("estimate-{name}");
    html! {
        label for=(id) { (label) }
        input id=(id) type="text" name=(name) value=(value) autocomplete="off" data-keep;
    }
}

/// The choice of a book, or of one of its models.
fn choice(what: &str, label: &str, among: &[(String, String)]) -> Markup {
    select(what, "of", label, &among.iter().map(|(value, label)| (value.as_str(), label.as_str())))
}

/// A choice of one of several values, each with its name in the form and its label.
fn select<'a>(
    what: &str,
    name: &str,
    label: &str,
    among: &(impl Iterator<Item = (&'a str, &'a str)> + Clone),
) -> Markup {
    let id = format!("estimate-{what}");
    html! {
        label for=(id) { (label) }
        select id=(id) name=(name) data-keep {
            @for (place, (value, label)) in among.clone().enumerate() {
                option value=(value) selected[place == 0] { (label) }
            }
        }
    }
}

/// Every model with prices reported by an export.
fn models(view: &View<'_>) -> Vec<(String, String)> {
    let accounts = || view.state.accounts.iter().filter(|account| !account.prices.is_empty());
    let is_one = accounts().count() == 1;
    let mut models: Vec<(String, String)> = Vec::new();
    for account in accounts().filter(|account| !account.is_ended()) {
        for price in &account.prices {
            let (model, currency) = (price.name.as_str(), price.price.currency);
            let value = book_value(account, currency, model);
            let Some(terms) = TokenPrices::find(&account.prices, model, currency) else { continue };
            // A model has one price for each kind of token.
            if models.last().is_none_or(|(last, _)| *last != value) {
                let shown = if is_one { model.to_owned() } else { format!("{} · {model}", account.name()) };
                let price = |amount| format::price(amount, currency);
                let label = (words(view.language).terms)(&shown, &price(terms.input), &price(terms.output));
                models.push((value, label));
            }
        }
    }
    models
}

/// The name of a book, or of one of its models, in the form.
fn book_value(account: &Account, currency: Currency, what: &str) -> String {
    format!("{} {currency} {what}", account.id.0)
}

/// The form for a top-up. Empty if no account is prepaid.
fn top_up(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let mut books: Vec<(String, String)> = Vec::new();
    for (account, statement) in view.accounts().filter(|(account, _)| !account.is_ended()) {
        for book in statement.counted().filter(|book| book.balance.is_some()) {
            let label = format!("{} · {}", account.name(), book.currency);
            books.push((book_value(account, book.currency, ""), label));
        }
    }
    if books.is_empty() {
        return html! {};
    }
    html! {
        form data-do="what_if_top_up" {
            (field("amount", words.top_up, ""))
            (choice("book", words.of_book, &books))
            button.go { (words.how_long) }
        }
    }
}

fn growth(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        form data-do="what_if_growth" {
            (field("percent", words.growth, ""))
            button.go { (words.where_to) }
        }
    }
}
