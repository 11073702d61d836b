//! The card of one account on the dashboard: its figures, its problems, and its actions.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{AccountStatement, BookStatement, DetailedStatement};
use crate::features::{
    accounts, clients, corrections, credits, imports, invoices, keys, manual, peak_hours, reloads, untracked,
};
use crate::pages::attention::{self, Listed};
use crate::pages::badge::is_short;
use crate::pages::month::{left, pools};
use crate::pages::rows;
use crate::pages::words::words;
use crate::provider::Scope;
use crate::store::Account;
use crate::time::DAY;
use crate::ui::balance_chart::balance;
use crate::ui::breakdown::lines;
use crate::ui::components::{As, figure, fill, note, section, time};
use crate::ui::forecast::{of_book, pace_change, run_out_of};
use crate::ui::format::Grain;
use crate::ui::parts::part_and_rest;

/// The card of the open account.
pub(crate) fn card(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    account: &Account,
    statement: &AccountStatement,
) -> Markup {
    let id = format!("account-{}", account.id.0);
    let content = html! {
        h2 tabindex="-1" data-open=(id) { (rows::names(view, account)) " " (untracked::kind_chip(view, account)) }
        @if account.is_ended() { p.soft { (words(view.language).removed_text) } }
        @else { (what_to_do(view, account, statement)) }
        (note(view, &id))
        (attention::of_account(view, account, statement, Listed::All))
        (untracked::listed_too(view, account))
        @if manual::reminder(view, account, statement).is_none() {
            @if let Some(known) = manual::known_until(view, account, statement) { p.soft { (known) } }
        }
        @if statement.set_aside > 0 { p.soft { ((words(view.language).set_aside)(statement.set_aside)) } }
        @if !account.is_ended() && manual::reminder(view, account, statement).is_none() {
            (manual::next_figure(view, account, true))
        }
        @if let Some(expires) = keys::expires(view, account) { p.soft { (expires) } }
        @if let Some(named) = clients::named(view, account) { p.soft { (named) } }
        @for book in statement.counted() {
            (book_facts(view, detail, account, book))
        }
        (peak_hours::section(view, account))
        (credits::purchases(view, account, statement))
        (corrections::stated(view, account))
        (imports::imports(view, account))
        (invoices::section(view, detail, account, statement))
    };
    section(&id, "panel card", Some(content))
}

/// The figures of one book: the first four as tiles, the others under "Details".
fn book_facts(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    account: &Account,
    book: &BookStatement,
) -> Markup {
    let words = words(view.language);
    let id = |what: &str| format!("{what}-{}-{}", account.id.0, book.currency);
    let currency = Some(book.currency);
    let is_current = !account.is_ended();
    let of_part = account.card().and_then(|card| card.scope).filter(|scope| *scope != Scope::Account);
    let spent = view.month_parts().spent(book);
    html! {
        div.four {
            div {
                small { (words.this_month) @if let Some(scope) = of_part { " (" ((view.words().scope)(scope)) ")" } }
                b { (figure(view, &id("spend"), &spent, currency, Grain::Cents)) }
                @if let Some(outlook) = &book.outlook {
                    @let pace = figure(view, &id("pace"), &outlook.pace.figure(DAY), currency, Grain::Cents);
                    small { (fill(view.words().a_day, &[pace])) @if let Some(change) = pace_change(view, book) { " · " (change) } }
                }
                (invoices::tile_line(view, detail, account, book))
            }
            @if is_current { (of_book(view, account, book)) }
            @if let Some(left) = left(view, account, book) {
                div {
                    small { (view.words().balance) @if of_part.is_some() { " (" ((view.words().scope)(Scope::Account)) ")" } }
                    b.warn[is_short(book)] { (left) }
                    @if let Some(run_out) = run_out_of(view, book) { small { (run_out) } }
                }
            }
        }
        @if is_current { @if let Some(drawn) = balance(view, account, book) { (drawn) } }
        (lines(view, account, book))
        details {
            summary { (words.details) }
            dl.facts {
                @if let Some(pools) = pools(view, book) { dt { (words.balance_of) } dd { (pools) } }
                @if let Some(expires) = credits::expires(view, book) { dt { (words.credit) } dd { (expires) } }
                @if let (Some(granted), Some(spend)) = (book.from_granted.filter(|_| has_granted(book)), spent.amount) {
                    @let (granted, paid) = part_and_rest(spend, granted, book.currency);
                    dt { (words.from_granted) } dd { (view.money(granted, book.currency)) }
                    dt { (words.from_paid) } dd { (view.money(paid, book.currency)) }
                }
                @if !book.expired.is_zero() { dt { (words.expired) } dd { (view.money(book.expired, book.currency)) } }
                @if !book.money_in.is_zero() { dt { (words.money_in) } dd { (view.money(book.money_in, book.currency)) } }
                @if let Some(card) = account.card().filter(|_| account.source.is_key()) {
                    dt { (words.covers) } dd { (view.text(&card.covers)) }
                }
                @if let Some(byok) = byok(view, account, book) { dt { (words.byok) } dd { (byok) ", " (words.byok_why) } }
                dt { (words.tracked) } dd { (fill(words.since, &[time(book.since, As::Moment)])) }
            }
        }
    }
}

/// The amount paid to other providers through an account this month.
fn byok(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let (month, money) = account.byok?;
    let is_shown = month == view.statement.month && money.currency == book.currency;
    is_shown.then(|| view.money(money.amount, money.currency))
}

/// Whether granted credit was used or is left, and so has its own figure.
fn has_granted(book: &BookStatement) -> bool {
    [book.from_granted, book.granted, Some(book.expired)]
        .into_iter()
        .flatten()
        .any(|amount| !amount.is_zero())
}

/// The actions of an account that has not ended; rare ones are under "More".
fn what_to_do(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let is_key = account.source.is_key();
    html! {
        div.acts {
            (corrections::state_form(view, account, statement))
            (manual::type_left(view, account, statement))
            (accounts::pause_button(view, account))
            details.more {
                summary.button { (words(view.language).more) }
                div.acts {
                    @if is_key || account.card().is_some() { (keys::new_key(view, account)) }
                    (keys::expiry_form(view, account))
                    (credits::granted_form(view, account, statement))
                    (credits::purchase_form(view, account, statement))
                    (reloads::button(view, account, statement))
                    (peak_hours::switch(view, account))
                    @if !is_key { (manual::remind_form(view, account)) }
                    (accounts::rename_form(view, account))
                    (clients::form(view, account))
                    (accounts::remove_form(view, account))
                }
            }
        }
    }
}
