//! Prepaid balances, and the events of the next 30 days.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::forecast::State;
use crate::books::statement::BookStatement;
use crate::features::credits;
use crate::order::in_order;
use crate::pages::badge::is_short;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::pages::month::left;
use crate::pages::rows;
use crate::store::Account;
use crate::time::{DAY, Day, Span};
use crate::ui::components::{figure, fill};
use crate::ui::forecast::run_out_of;
use crate::ui::format::Grain;

/// Balances and upcoming events. `None` without either.
pub(super) fn section(view: &View<'_>, shown: &Shown<'_>) -> Option<Markup> {
    let words = words(view.language);
    let current = view.accounts().filter(|(_, statement)| !statement.is_ended);
    let books = current.flat_map(|(account, statement)| statement.counted().map(move |book| (account, book)));
    let prepaid: Vec<(&Account, &BookStatement)> = books.filter(|(_, book)| book.balance.is_some()).collect();
    let coming = coming(view, shown, &prepaid);
    (!prepaid.is_empty() || !coming.is_empty()).then(|| {
        html! {
            @if !prepaid.is_empty() {
                h2 { (words.prepaid_balances) }
                ul.balances data-roving { @for (account, book) in prepaid { (balance(view, account, book)) } }
            }
            @if !coming.is_empty() {
                h2 { (words.next_30_days) }
                ul.balances { @for (_, entry) in coming { li { (entry) } } }
            }
        }
    })
}

/// The events of the next 30 days, by day: charges, and credit that expires. They are not summed, because expiring credit costs
/// nothing.
fn coming(view: &View<'_>, shown: &Shown<'_>, prepaid: &[(&Account, &BookStatement)]) -> Vec<(Day, Markup)> {
    let entry = |day: Day, name: &Markup, amount: String| {
        (day, html! { span { (name) } " " b { (amount) } " " small.soft { (view.date(day)) } })
    };
    let charges = shown.detail.upcoming().into_iter().map(|charge| {
        let price = view.money(charge.price.amount, charge.price.currency);
        entry(charge.day, &html! { (charge.plan) }, price)
    });
    let announced = Span { from: view.statement.now, ..shown.detail.announced() };
    let parts = prepaid
        .iter()
        .flat_map(|(account, book)| book.credits.each.iter().map(move |part| (*account, *book, part)));
    let expiries = parts.filter_map(|(account, book, part)| {
        let (left, day) = credits::left_until(part)?;
        let name = html! { (account.name()) " " span.soft { (words(view.language).credit_expires) } };
        let is_announced = day.span().meets(announced);
        is_announced.then(|| entry(day, &name, view.money(left, book.currency)))
    });
    in_order(charges.chain(expiries), |(one, _), (other, _)| one.cmp(other))
}

fn balance(view: &View<'_>, account: &Account, book: &BookStatement) -> Markup {
    let id = format!("balance-{}-{}", account.id.0, book.currency);
    html! {
        li {
            a href={ "#" (Spot::Account(account.id.clone())) } { (rows::names(view, account)) }
            b { @if let Some(left) = left(view, account, book) { (left) } }
            @match run_out_of(view, book) {
                Some(run_out) => small.soft.warn[is_short(book)] { (run_out) },
                None => small.soft { (no_run_out(view, book)) },
            }
            @if let Some(outlook) = &book.balance_outlook {
                small.soft { (fill(view.words().a_day, &[figure(view, &id, &outlook.pace.figure(DAY), Some(book.currency), Grain::Cents)])) }
            }
            @if let Some(expires) = credits::expires(view, book) { small.soft { (expires) } }
        }
    }
}

/// Why a balance has no run-out day.
fn no_run_out(view: &View<'_>, book: &BookStatement) -> &'static str {
    match book.outlook.as_ref().map(|outlook| outlook.burn.state()) {
        None | Some(State::Gathering) => view.words().gathering,
        Some(State::Early) => view.words().early,
        Some(State::Partial | State::Full) => words(view.language).no_recent_use,
    }
}
