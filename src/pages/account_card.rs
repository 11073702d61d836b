//! The card of one account on the dashboard: its figures, what stands in its way, and what can be done with it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::{accounts, alerts, corrections, granted_expiry, imports, keys, manual, reloads};
use crate::pages::overview::{left, pools, twin};
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::ui::balance_chart::balance;
use crate::ui::breakdown::lines;
use crate::ui::components::{As, figure, fill, note, time, trouble};
use crate::ui::forecast::{of_book, pace, run_out};
use crate::ui::format::Grain;
use crate::ui::links::origins;

/// All accounts.
pub(crate) fn accounts(view: &View<'_>) -> Markup {
    html! {
        h2 { (words(view.language).accounts) }
        (note(view, "accounts"))
        @for (account, statement) in view.accounts() { (one(view, account, statement)) }
    }
}

fn one(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let section = format!("account-{}", account.id.0);
    html! {
        article id=(section) {
            h3 { (account.name()) }
            (note(view, &section))
            (trouble_of(view, account))
            @if let Some(replacement) = &account.replacement { (keys::replaced(view, account, replacement)) }
            @if let Some(reminder) = manual::reminder(view, account, statement) { p.note { (reminder) } }
            @else if let Some(known) = manual::known_until(view, account, statement) { p.soft { (known) } }
            @if statement.set_aside > 0 { p.soft { ((words(view.language).set_aside)(statement.set_aside)) } }
            @if account.life != AccountStatus::Ended { (manual::next_figure(view, account, true)) }
            @if let Some(twin) = twin(view, statement) { p.note.bad { ((words(view.language).twin_text)(&twin)) } }
            (accounts::counted_twice(view, account))
            (alerts::unusual(view, account, statement))
            @if let Some(expires) = keys::expires(view, account) { p.soft { (expires) } }
            (corrections::questions(view, account, statement))
            @for book in statement.counted() {
                (book_facts(view, account, book))
                @if account.life != AccountStatus::Ended { @if let Some(drawn) = balance(view, account, book) { (drawn) } }
                (lines(view, account, book))
            }
            (corrections::stated(view, account))
            (imports::imports(view, account))
            @if account.life == AccountStatus::Ended { p.soft { (words(view.language).removed_text) } }
            @else { (what_to_do(view, account, statement)) }
        }
    }
}

fn trouble_of(view: &View<'_>, account: &Account) -> Markup {
    let Some(trouble) = trouble(view, account) else { return html! {} };
    let help = match (&account.pulse.problem, account.card()) {
        (Some(problem), card) => {
            let own = card.and_then(|card| card.says(problem));
            Some(own.map_or_else(|| (words(view.language).what_to_do)(problem), |text| view.text(text)))
        }
        _ => None,
    };
    html! {
        p.note.bad { b { (trouble) } @if let Some(help) = help { " " (help) } }
        @if let (true, Some(card)) = (account.is_withheld(), account.card()) {
            form data-do="refresh" data-origins=(origins(card)) { button.go { (words(view.language).grant) } }
        }
    }
}

fn book_facts(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    let words = words(view.language);
    let id = |what: &str| format!("{what}-{}-{}", account.id.0, book.currency);
    let currency = Some(book.currency);
    html! {
        dl.facts {
            dt { (words.this_month) } dd { (figure(view, &id("spend"), &book.spend, currency, Grain::Cents)) }
            @if let Some(left) = left(view, account, book) {
                dt { (view.words().balance) } dd {
                    (left)
                    @if let Some(pools) = pools(view, book) { " (" (pools) ")" }
                    @if let Some(expires) = granted_expiry::expires(view, account, book) { ", " (expires) }
                    @if let Some(runway) = book.runway { ", " (run_out(view, &runway)) }
                }
            }
            @if let Some(burn) = &book.burn {
                dt { (words.pace) }
                dd { (pace(view, &id("pace"), book, burn)) }
            }
            @if account.life != AccountStatus::Ended { (of_book(view, account, book)) }
            @if let (Some(granted), Some(spend)) = (book.from_granted.filter(|_| has_granted(book)), book.spend.amount) {
                dt { (words.from_granted) } dd { (view.money(granted, book.currency)) }
                dt { (words.from_paid) } dd { (view.money(spend - granted, book.currency)) }
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

/// What was paid to others through an account this month.
fn byok(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let (month, money) = account.byok?;
    let is_shown = month == view.statement.month && money.currency == book.currency;
    is_shown.then(|| view.money(money.amount, money.currency))
}

/// Whether granted credit was used or is left, so that it is shown separately.
fn has_granted(book: &BookStatement) -> bool {
    [book.from_granted, book.granted, Some(book.expired)]
        .into_iter()
        .flatten()
        .any(|amount| !amount.is_zero())
}

/// What can be done with an account that goes on.
fn what_to_do(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let is_key = account.source.is_key();
    html! {
        div.acts {
            (corrections::state_form(view, account, statement))
            (manual::type_left(view, account, statement))
            (granted_expiry::form(view, account, statement))
            (keys::expiry_form(view, account))
            (reloads::button(view, account, statement))
            @if is_key || account.card().is_some() { (keys::new_key(view, account)) }
            @if !is_key { (manual::remind_form(view, account)) }
            (accounts::rename_form(view, account))
            (accounts::pause_button(view, account))
            (accounts::remove_form(view, account))
        }
    }
}
