//! Pointing at the columns of a table that is of no known kind.
//!
//! Knows what a waiting table calls its columns, and what is still to be said of it. Does not know what is in its rows:
//! those wait elsewhere, and no page holds them.

use maud::{Markup, html};

use crate::books::reading::AccountId;
use crate::files::{Charges, ColumnMapping, Decimals, Order, Question};
use crate::screen::pieces::{action, note};
use crate::screen::{Overlapping, View, name};
use crate::store::Account;

/// A file that waits: a table until its columns are pointed at, or what was read until it is said whether it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For which account.
    pub account: AccountId,
    /// Its name.
    pub file: String,
    /// The names of its columns.
    pub head: Vec<String>,
    /// What was chosen so far, or is likely.
    pub pointing: ColumnMapping,
    /// What is to be said.
    pub ask: Question,
    /// Where the file was read, and waits for another question.
    pub overlap: Option<Overlapping>,
}

/// The form. What is asked only where a file leaves it open is not there before.
pub(super) fn point(view: &View<'_>, waiting: &Waiting, account: &Account) -> Markup {
    let words = view.words();
    let Waiting { file, head, pointing, ask, .. } = waiting;
    let place = |role| pointing.place(role);
    let order = pointing.order();
    let decimals = pointing.decimals();
    html! {
        h2 { (words.point_title) }
        p { ((words.point_how)(file, &name(account))) " " b data-say { ((words.point_ask)(ask)) } }
        p.soft { (words.point_keeps) }
        (note(view, "import"))
        form data-do="point" {
            (column(view, head, "date", words.point_date, words.point_choose, place("date"), true))
            (column(view, head, "end", words.imports.end, words.imports.no_end, place("end"), false))
            (column(view, head, "amount", words.point_amount, words.point_choose, place("amount"), true))
            (column(view, head, "currency", words.point_currency, words.point_one_code, place("currency"), false))
            label for="point-code" { (words.point_code) }
            input id="point-code" type="text" name="settings.code" value=(pointing.code()) maxlength="20" autocomplete="off" spellcheck="false";
            (column(view, head, "line", words.point_line, words.point_no_line, place("line"), false))
            (named(view, pointing, ask))
            (signs(view, pointing, ask))
            @if *ask == Question::Order || order.is_some() {
                label for="point-order" { (words.point_order) }
                select id="point-order" name="settings.order" required {
                    option value="" selected[order.is_none()] {}
                    option value="day" selected[order == Some(Order::DayFirst)] { (words.point_orders[0]) }
                    option value="month" selected[order == Some(Order::MonthFirst)] { (words.point_orders[1]) }
                }
            }
            @if *ask == Question::Decimals || decimals.is_some() {
                label for="point-decimals" { (words.point_decimals) }
                select id="point-decimals" name="settings.decimals" required {
                    option value="" selected[decimals.is_none()] {}
                    option value="point" selected[decimals == Some(Decimals::Point)] { ". (1,234.50)" }
                    option value="comma" selected[decimals == Some(Decimals::Comma)] { ", (1.234,50)" }
                }
            }
            button.go { (words.point_read) }
        }
        (action("point", &[("settings.drop", "on")], &html! { button { (words.point_drop) } }))
    }
}

/// Which currencies are meant by names that are no usual ones.
fn named(view: &View<'_>, pointing: &ColumnMapping, ask: &Question) -> Markup {
    let asked = match ask {
        Question::Currency(name) => Some((name.as_str(), "")),
        _ => None,
    };
    let named = pointing.named().iter().map(|(name, code)| (name.as_str(), code.as_str()));
    html! {
        @for (place, (name, code)) in named.filter(|(name, _)| asked.is_none_or(|(asked, _)| asked != *name)).chain(asked).enumerate() {
            @let id = format!("point-is-{place}");
            label for=(id) { ((view.words().imports.named)(name)) }
            input id=(id) type="text" name={ "settings.is:" (name) } value=(code) maxlength="20" autocomplete="off" spellcheck="false" required;
        }
    }
}

/// Which sign a charge has. That amounts which are all below zero are charges is likely, and chosen.
fn signs(view: &View<'_>, pointing: &ColumnMapping, ask: &Question) -> Markup {
    let (words, is_debits) = (&view.words().imports, *ask == Question::Debits);
    if !is_debits && *ask != Question::Sign && pointing.charges().is_none() {
        return html! {};
    }
    let chosen = pointing.charges().or(is_debits.then_some(Charges::Negative));
    let [negative, positive] = if is_debits { words.debits } else { words.charges };
    html! {
        label for="point-charges" { (if is_debits { words.are_charges } else { words.which_charges }) }
        select id="point-charges" name="settings.charges" required {
            @if !is_debits { option value="" selected[chosen.is_none()] {} }
            option value="negative" selected[chosen == Some(Charges::Negative)] { (negative) }
            option value="positive" selected[chosen == Some(Charges::Positive)] { (positive) }
        }
    }
}

/// One choice among the columns, or none of them.
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
                    @if name.is_empty() { ((view.words().point_unnamed)(place + 1)) } @else { (name) }
                }
            }
        }
    }
}
