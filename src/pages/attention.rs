//! What needs attention: everything that a person can do something about, account by account, the most urgent first.
//!
//! Knows which features ask for something. Does not know how an account is shown otherwise.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::ledger::Window;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::{accounts, alerts, corrections, granted_expiry, keys, manual, snooze};
use crate::pages::badge::{is_nearly_empty, is_short};
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::ui::components::{note, trouble};
use crate::ui::forecast::run_out;
use crate::ui::links::origins;

/// How many accounts the overview lists with what they need. The others are a click away.
const MOST: usize = 3;

/// How urgent something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// It can wait.
    None,
    /// It should be looked at.
    Soon,
    /// A figure is missing or money runs out until it is done.
    Now,
}

/// How urgent it is to look at an account.
pub(crate) fn urgency(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Urgency {
    if account.life != AccountStatus::Active {
        return Urgency::None;
    }
    let books = || statement.counted();
    let is_now = trouble(view, account).is_some() || books().any(is_nearly_empty);
    let may_wait = || {
        manual::reminder(view, account, statement).is_some()
            || statement.duplicate.is_some()
            || keys::expires_soon(view, account).is_some()
            || books().any(is_short)
            || books().any(|book| granted_expiry::expires_soon(view, account, book).is_some())
    };
    let is_soon = account.replacement.is_some()
        || books().any(|book| is_unusual(book) || asking(view, account, book).next().is_some())
        || (snooze::until(account, view.statement.now).is_none() && may_wait());
    match (is_now, is_soon) {
        (true, _) => Urgency::Now,
        (false, true) => Urgency::Soon,
        (false, false) => Urgency::None,
    }
}

/// The questions of a book that are not snoozed.
pub(crate) fn asking<'a>(
    view: &View<'_>,
    account: &'a Account,
    book: &'a BookStatement,
) -> impl Iterator<Item = &'a Window> {
    let now = view.statement.now;
    book.asking.iter().filter(move |window| !snooze::is_snoozed(account, window, now))
}

fn is_unusual(book: &BookStatement) -> bool {
    book.anomaly.is_some_and(|anomaly| anomaly.is_exceeded())
}

/// How many accounts need attention.
pub(crate) fn count(view: &View<'_>) -> usize {
    view.accounts().filter(|(account, statement)| urgency(view, account, statement) > Urgency::None).count()
}

/// What needs attention in all accounts, and what came of an answer. `None` where nothing does.
pub(crate) fn of_all(view: &View<'_>) -> Option<Markup> {
    let mut waiting: Vec<_> = view
        .accounts()
        .map(|(account, statement)| (urgency(view, account, statement), account, statement))
        .filter(|(urgency, ..)| *urgency > Urgency::None)
        .collect();
    waiting.sort_by_key(|(urgency, ..)| core::cmp::Reverse(*urgency));
    let answered = view.note.map(|note| note.section.as_str()).filter(|of| of.starts_with("account-"));
    (!waiting.is_empty() || answered.is_some()).then(|| {
        html! {
            h2 { (words(view.language).attention) }
            @if let Some(section) = answered { (note(view, section)) }
            @for (_, account, statement) in waiting.iter().take(MOST) {
                div.waiting {
                    h3 { a href={ "#" (Spot::Account(account.id.clone())) } { (account.name()) } }
                    (of_account(view, account, statement))
                }
            }
            @if let Some(more) = waiting.len().checked_sub(MOST).filter(|more| *more > 0) {
                p { a href={ "#" (Spot::Accounts) } { ((words(view.language).more_waiting)(more)) } }
            }
        }
    })
}

/// What needs attention in one account.
pub(crate) fn of_account(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    html! {
        (problem(view, account))
        @if let Some(replacement) = &account.replacement { (keys::replaced(view, account, replacement)) }
        @if let Some(reminder) = manual::reminder(view, account, statement) {
            div.asks { p { (reminder) } (manual::next_figure(view, account, false)) }
        }
        @if let Some(other) = duplicate(view, statement) { p.note.warn { ((words.twin_text)(&other)) } }
        (accounts::counted_twice(view, account))
        (alerts::unusual(view, account, statement))
        @if let Some(soon) = keys::expires_soon(view, account) { p.note.warn { (soon) } }
        @for book in statement.counted() {
            @if let Some(soon) = granted_expiry::expires_soon(view, account, book) { p.note.warn { (soon) } }
            @if let (true, Some(runway)) = (is_short(book), book.runway) {
                p.note.warn.bad[is_nearly_empty(book)] { (run_out(view, &runway)) }
            }
        }
        (corrections::questions(view, account, statement))
        @if let Some(snoozed) = snooze::mention(view, account) { (snoozed) }
        @else if urgency(view, account, statement) == Urgency::Soon { (snooze::button(view, account)) }
    }
}

/// The name of the account that this one is probably the same as.
pub(crate) fn duplicate(view: &View<'_>, statement: &AccountStatement) -> Option<String> {
    Some(view.state.account(statement.duplicate.as_ref()?)?.name())
}

/// What stands in the way of an account's figures, and what to do about it.
fn problem(view: &View<'_>, account: &Account) -> Markup {
    let Some(trouble) = trouble(view, account) else { return html! {} };
    let card = account.card();
    let help = account.pulse.problem.as_ref().map(|problem| {
        let own = card.and_then(|card| card.says(problem));
        own.map_or_else(|| (words(view.language).what_to_do)(problem), |text| view.text(text))
    });
    html! {
        div.note.bad {
            p { b { (trouble) } @if let Some(help) = help { " " (help) } }
            @if let (true, Some(card)) = (account.is_withheld(), card) {
                form data-do="refresh" data-origins=(origins(card)) { button.go { (words(view.language).grant) } }
            }
        }
    }
}
