//! The form that maps the columns of a table of an unknown kind.
//!
//! Knows the column names and the open questions. Does not know the rows: they wait in the session, and no page holds them.

use maud::{Markup, html};

use crate::app::View;
use crate::features::imports::waiting::{Columns, Waiting};
use crate::features::imports::words::words;
use crate::files::{Charges, ColumnMapping, Decimals, Order, Question};
use crate::store::Account;
use crate::ui::components::{action, note};

/// The form. A question appears only if the file leaves it open.
pub(super) fn choose_columns(
    view: &View<'_>,
    waiting: &Waiting,
    columns: &Columns,
    account: Option<&Account>,
) -> Markup {
    let words = words(view.language);
    let Columns { head, chosen, question } = columns;
    let place = |role| chosen.place(role);
    let order = chosen.order();
    let decimals = chosen.decimals();
    html! {
        h2 { (words.columns_title) }
        p { ((words.columns_how)(&waiting.file, account.map(Account::name).as_deref())) (view.language.space()) b data-say { ((words.question)(question)) } }
        p.soft { (words.columns_keep) }
        (note(view, "import"))
        form data-do="answer_import" {
            (column(view, head, "date", words.date, words.choose_column, place("date"), true))
            (column(view, head, "end", words.end, words.no_end, place("end"), false))
            (column(view, head, "amount", words.amount, words.choose_column, place("amount"), true))
            (column(view, head, "currency", words.currency, words.one_code, place("currency"), false))
            label for="point-code" { (words.code) }
            input id="point-code" type="text" name="settings.code" value=(chosen.code()) maxlength="20" autocomplete="off" spellcheck="false";
            (column(view, head, "line", words.line, words.no_line, place("line"), false))
            (named(view, chosen, question))
            (signs(view, chosen, question))
            @if *question == Question::Order || order.is_some() {
                label for="point-order" { (words.date_order) }
                select id="point-order" name="settings.order" required {
                    option value="" selected[order.is_none()] {}
                    option value="day" selected[order == Some(Order::DayFirst)] { (words.date_orders[0]) }
                    option value="month" selected[order == Some(Order::MonthFirst)] { (words.date_orders[1]) }
                }
            }
            @if *question == Question::Decimals || decimals.is_some() {
                label for="point-decimals" { (words.decimals) }
                select id="point-decimals" name="settings.decimals" required {
                    option value="" selected[decimals.is_none()] {}
                    option value="point" selected[decimals == Some(Decimals::Point)] { ". (1,234.50)" }
                    option value="comma" selected[decimals == Some(Decimals::Comma)] { ", (1.234,50)" }
                }
            }
            button.go { (words.read_file) }
        }
        (action("answer_import", &[("settings.drop", "on")], &html! { button { (words.drop_file) } }))
    }
}

/// The choice of the currency that an unusual name means.
fn named(view: &View<'_>, chosen: &ColumnMapping, question: &Question) -> Markup {
    let asked = match question {
        Question::Currency(name) => Some((name.as_str(), "")),
        _ => None,
    };
    let named = chosen.named().iter().map(|(name, code)| (name.as_str(), code.as_str()));
    html! {
        @for (place, (name, code)) in named.filter(|(name, _)| asked.is_none_or(|(asked, _)| asked != *name)).chain(asked).enumerate() {
            @let id = format!("point-is-{place}");
            label for=(id) { ((words(view.language).named)(name)) }
            input id=(id) type="text" name={ "settings.is:" (name) } value=(code) maxlength="20" autocomplete="off" spellcheck="false" required;
        }
    }
}

/// The choice of the sign of a charge. If all amounts are below zero, they are probably charges, so that is selected.
fn signs(view: &View<'_>, chosen: &ColumnMapping, question: &Question) -> Markup {
    let (words, is_debits) = (words(view.language), *question == Question::Debits);
    if !is_debits && *question != Question::Sign && chosen.charges().is_none() {
        return html! {};
    }
    let sign = chosen.charges().or(is_debits.then_some(Charges::Negative));
    let [negative, positive] = if is_debits { words.debits } else { words.charges };
    html! {
        label for="point-charges" { (if is_debits { words.are_charges } else { words.which_charges }) }
        select id="point-charges" name="settings.charges" required {
            @if !is_debits { option value="" selected[sign.is_none()] {} }
            option value="negative" selected[sign == Some(Charges::Negative)] { (negative) }
            option value="positive" selected[sign == Some(Charges::Positive)] { (positive) }
        }
    }
}

/// The choice of one column, or none.
fn column(
    view: &View<'_>,
    head: &[String],
    role: &str,
    label: &str,
    none: &str,
    chosen: Option<usize>,
    is_needed: bool,
) -> Markup {
    let id = format!("point-{role}");
    html! {
        label for=(id) { (label) }
        select id=(id) name={ "settings." (role) } required[is_needed] {
            option value="" selected[chosen.is_none()] { (none) }
            @for (place, name) in head.iter().enumerate() {
                option value=(place) selected[chosen == Some(place)] {
                    @if name.is_empty() { ((words(view.language).unnamed)(place + 1)) } @else { (name) }
                }
            }
        }
    }
}
