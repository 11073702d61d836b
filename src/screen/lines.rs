//! What a month's spend was for: a table by model or product that sums to the book's figure.

use maud::{Markup, html};

use crate::bill::Unit;
use crate::money::Amount;
use crate::screen::View;
use crate::screen::format;
use crate::statement::BookStatement;

const UNITS: [Unit; 5] = [Unit::CacheHit, Unit::CacheMiss, Unit::Input, Unit::Output, Unit::Requests];

/// The table of one book. Nothing where nothing of it is billed.
pub(super) fn lines(view: &View<'_>, book: &BookStatement) -> Markup {
    let words = view.words();
    if book.lines.is_empty() {
        return html! {};
    }
    let told = |unit: &Unit| book.usage.iter().any(|usage| usage.unit == *unit);
    let units: Vec<Unit> = UNITS.into_iter().filter(told).collect();
    let count = |name: &str, unit: Unit| {
        let found = book.usage.iter().find(|usage| usage.name == name && usage.unit == unit);
        found.map_or_else(|| format::UNKNOWN.to_owned(), |usage| format::count(usage.quantity))
    };
    let split: Amount = book.lines.iter().map(|(_, amount)| *amount).sum();
    let rest = book.spend.amount.map(|spend| spend - split).filter(|rest| !rest.is_zero());
    html! {
        details open {
            summary { (words.by_model) }
            div.wide {
                table {
                    thead {
                        tr {
                            th scope="col" { (words.model) }
                            @for unit in &units { th.number scope="col" { ((words.unit)(*unit)) } }
                            th.number scope="col" { (words.spent) }
                        }
                    }
                    tbody {
                        @for (name, amount) in &book.lines {
                            tr {
                                th scope="row" { (name) }
                                @for unit in &units { td { (count(name, *unit)) } }
                                td { (view.money(*amount, book.currency)) }
                            }
                        }
                        @if let Some(rest) = rest {
                            tr {
                                th scope="row" { (words.not_split) }
                                @for _ in &units { td {} }
                                td { (view.money(rest, book.currency)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
