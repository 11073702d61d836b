//! The breakdown of a month's spend: a table by model or product that sums to the book's figure.

use maud::{Markup, html};

use crate::app::View;
use crate::books::bill::Unit;
use crate::books::figure::{Figure, Mark};
use crate::books::statement::BookStatement;
use crate::books::tokens::advice;
use crate::money::Amount;
use crate::store::Account;
use crate::ui::format;
use crate::ui::parts;

const UNITS: [Unit; 6] =
    [Unit::CacheHit, Unit::CacheMiss, Unit::Input, Unit::Output, Unit::Requests, Unit::Other];

/// The part of a book's spend without a line.
fn unsplit(book: &BookStatement) -> Option<Amount> {
    let split: Amount = book.lines.iter().map(|(_, amount)| *amount).sum();
    book.spend.amount.map(|spend| spend - split).filter(|unsplit| !unsplit.is_zero())
}

/// The table of one book, and what would have cost less. Empty if none of the spend is billed.
pub(crate) fn lines(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    if book.lines.is_empty() {
        return html! {};
    }
    let billing = |unit: Unit| book.usage.iter().any(|usage| usage.unit == unit);
    html! {
        details open {
            summary { (view.words().by_model) }
            (table(view, book, billing))
            @if billing(Unit::Output) { p.soft { (view.words().thinking) } }
            (cheaper(view, account, book))
        }
    }
}

fn table(view: &View<'_>, book: &BookStatement, billing: impl Fn(Unit) -> bool) -> Markup {
    let words = view.words();
    let units: Vec<Unit> = UNITS.into_iter().filter(|unit| billing(*unit)).collect();
    let shares = Share::available(billing);
    let unsplit = unsplit(book);
    let all = book.lines.iter().map(|(_, amount)| *amount).chain(unsplit);
    let all: Vec<Figure> = all.map(|amount| Figure::new(amount, Mark::Exact, [])).collect();
    let shown = parts::shown(&view.month_parts().spent(book), &all, book.currency);
    let mut amounts = shown.iter().filter_map(|figure| figure.amount);
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { (words.model) }
                        @for unit in &units { th.number scope="col" { ((words.unit)(*unit)) } }
                        @for share in &shares { th.number scope="col" { (share.head(view)) } }
                        th.number scope="col" { (words.spent) }
                    }
                }
                tbody {
                    @for ((name, _), amount) in book.lines.iter().zip(amounts.by_ref()) {
                        tr {
                            th scope="row" { (name) }
                            @for unit in &units {
                                td { (quantity(book, name, *unit).map_or_else(|| format::UNKNOWN.to_owned(), format::count)) }
                            }
                            @for share in &shares { td { (share.text(book, name)) } }
                            td { (view.money(amount, book.currency)) }
                        }
                    }
                    @for usage in book.usage.iter().filter(|usage| usage.unit == Unit::Other) {
                        tr {
                            th scope="row" { (usage.name) }
                            @for _ in 1..units.len() { td {} }
                            td { (format::count(usage.quantity)) }
                            @for _ in 0..=shares.len() { td {} }
                        }
                    }
                    @if let Some(unsplit) = amounts.next() {
                        tr {
                            th scope="row" { (words.not_split) }
                            @for _ in 0..units.len() + shares.len() { td {} }
                            td { (view.money(unsplit, book.currency)) }
                        }
                    }
                }
            }
        }
    }
}

fn quantity(book: &BookStatement, name: &str, unit: Unit) -> Option<Amount> {
    let found = book.usage.iter().find(|usage| usage.name == name && usage.unit == unit);
    found.map(|usage| usage.quantity)
}

/// A share of a model's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    /// Cache hits as a share of the input.
    Hits,
    /// Output as a share of all tokens.
    Output,
}

impl Share {
    /// The shares whose quantities are billed for some model.
    fn available(billing: impl Fn(Unit) -> bool) -> Vec<Share> {
        let has_input = billing(Unit::CacheMiss) || billing(Unit::Input);
        let needs = [
            (Share::Hits, billing(Unit::CacheHit) && billing(Unit::CacheMiss)),
            (Share::Output, billing(Unit::Output) && has_input),
        ];
        needs.into_iter().filter_map(|(share, is_known)| is_known.then_some(share)).collect()
    }

    fn head(self, view: &View<'_>) -> &'static str {
        let words = view.words();
        match self {
            Share::Hits => words.hits_of_input,
            Share::Output => words.output_of_tokens,
        }
    }

    /// The share of a model. Unknown if the input is not reported or not split into hits and misses.
    fn text(self, book: &BookStatement, name: &str) -> String {
        let billed = |unit| quantity(book, name, unit);
        let sum = |units: &[Unit]| units.iter().filter_map(|unit| billed(*unit)).sum::<Amount>();
        let split = [Unit::CacheHit, Unit::CacheMiss];
        let share = match self {
            Share::Hits if billed(Unit::Input).is_none() => billed(Unit::CacheMiss)
                .or(billed(Unit::CacheHit))
                .map(|_| (sum(&[Unit::CacheHit]), sum(&split))),
            Share::Hits => None,
            Share::Output => {
                let input = sum(&split) + sum(&[Unit::Input]);
                billed(Unit::Output).filter(|_| !input.is_zero()).map(|output| (output, input + output))
            }
        };
        share.map_or_else(|| format::UNKNOWN.to_owned(), |(part, whole)| format::percent(part, whole))
    }
}

/// What would have cost less at the user's own prices, or a note that these are unknown if an export could report them.
fn cheaper(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    let words = view.words();
    let has_tokens = book.usage.iter().any(|usage| !matches!(usage.unit, Unit::Requests | Unit::Other));
    let has_prices = account.prices.iter().any(|price| price.price.currency == book.currency);
    let could_tell = account.card().is_some_and(|card| card.export.is_some());
    if has_tokens && !has_prices && could_tell {
        return html! { p.soft { (words.no_prices) } };
    }
    let advice = advice(&book.usage, &book.lines, &account.prices, book.currency);
    if advice.is_empty() {
        return html! {};
    }
    html! {
        p { (words.cheaper) }
        ul.advice {
            @for one in &advice { li { ((words.advice)(one, &view.money(one.saving, book.currency))) } }
        }
    }
}
