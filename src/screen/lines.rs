//! What a month's spend was for: a table by model or product that sums to the book's figure.

use maud::{Markup, html};

use crate::bill::Unit;
use crate::money::Amount;
use crate::provider::Tells;
use crate::screen::format::{self, Grain};
use crate::screen::pieces::figure;
use crate::screen::{View, card, name};
use crate::state::Account;
use crate::statement::BookStatement;

const UNITS: [Unit; 5] = [Unit::CacheHit, Unit::CacheMiss, Unit::Input, Unit::Output, Unit::Requests];

/// What the month's total is made of: every account, split as far as its provider tells. The lines of an account sum to
/// its figure, and the accounts of a currency to that currency's total.
pub(super) fn breakdown(view: &View<'_>) -> Markup {
    let words = view.words();
    html! {
        details {
            summary { (words.by_account) }
            table {
                thead { tr { th scope="col" { (words.model) } th.number scope="col" { (words.spent) } } }
                @for (account, statement) in view.accounts() {
                    @for book in statement.counted() {
                        @let whose = format!("split-{}-{}", account.id.0, book.currency);
                        tbody {
                            tr.whole {
                                th scope="rowgroup" { (name(account)) }
                                td { (figure(view, &whose, &book.spend, Some(book.currency), Grain::Cents)) }
                            }
                            @for (line, amount) in &book.lines {
                                tr { th.part scope="row" { (line) } td { (view.money(*amount, book.currency)) } }
                            }
                            @if let Some(rest) = rest(book) {
                                tr { th.part scope="row" { (not_split(view, account, book)) } td { (view.money(rest, book.currency)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What of a book's spend has no line.
fn rest(book: &BookStatement) -> Option<Amount> {
    let split: Amount = book.lines.iter().map(|(_, amount)| *amount).sum();
    book.spend.amount.map(|spend| spend - split).filter(|rest| !rest.is_zero())
}

/// Why it has none.
fn not_split(view: &View<'_>, account: &Account, book: &BookStatement) -> &'static str {
    let words = view.words();
    match card(account).map(|card| card.tells) {
        _ if !book.lines.is_empty() => words.not_split,
        Some(Tells::Balances) => words.only_balance,
        Some(Tells::Counters) => words.only_total,
        _ => words.not_split,
    }
}

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
    let rest = rest(book);
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
