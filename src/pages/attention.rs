//! What needs attention: everything that the user can act on, account by account, the most urgent first.
//!
//! Knows which features ask for attention. Does not know how an account is displayed otherwise.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::ledger::Window;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::snooze::Item;
use crate::features::{accounts, alerts, corrections, credits, keys, manual, reloads, snooze};
use crate::order::in_order;
use crate::pages::badge::{is_nearly_empty, is_short};
use crate::pages::words::words;
use crate::provider::Card;
use crate::store::{Account, AccountStatus};
use crate::ui::components::{note, trouble};
use crate::ui::forecast::run_out;
use crate::ui::links::origins;

/// The maximum number of accounts that the overview lists here. The others are a click away.
const MOST: usize = 2;

/// How urgent something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// It can wait.
    None,
    /// It should be looked at.
    Soon,
    /// A figure is missing or money is running out until the user acts.
    Now,
}

/// How urgently an account needs attention.
pub(crate) fn urgency(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Urgency {
    if account.life != AccountStatus::Active {
        return Urgency::None;
    }
    let books = || statement.counted();
    let is_now = trouble(view, account).is_some() || books().any(is_nearly_empty);
    let is_soon = account.replacement.is_some()
        || books().any(|book| is_unusual(book) || asking(view, account, book).next().is_some())
        || warnings(view, account, statement).into_iter().any(|item| asks(view, account, item));
    match (is_now, is_soon) {
        (true, _) => Urgency::Now,
        (false, true) => Urgency::Soon,
        (false, false) => Urgency::None,
    }
}

/// Whether an item is not snoozed.
pub(crate) fn asks(view: &View<'_>, account: &Account, item: Item) -> bool {
    snooze::until(account, item, view.statement.now).is_none()
}

/// The questions of a book that are not snoozed.
pub(crate) fn asking<'a>(
    view: &View<'_>,
    account: &'a Account,
    book: &'a BookStatement,
) -> impl Iterator<Item = &'a Window> {
    book.asking.iter().filter(|window| asks(view, account, question_of(book, window)))
}

fn question_of(book: &BookStatement, window: &Window) -> Item {
    Item::Question(book.currency, window.span.to)
}

/// The warnings of an account that can be snoozed, whether or not they are.
fn warnings(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |item, is_there: bool| items.extend(is_there.then_some(item));
    add(Item::Reminder, manual::reminder(view, account, statement).is_some());
    add(Item::Duplicate, duplicate(view, statement).is_some());
    add(Item::Reload, reloads::is_asked(account, statement));
    add(Item::KeyExpires, keys::expires_soon(view, account).is_some());
    for book in statement.counted() {
        let credit = credits::expires_soon(view, book);
        add(Item::CreditExpires(book.currency), credit.is_some());
        add(Item::RunsOut(book.currency), is_short(book) && book.runway.is_some());
    }
    items
}

/// The content of a warning.
fn warning(view: &View<'_>, account: &Account, statement: &AccountStatement, item: Item) -> Option<Markup> {
    let book = |currency| statement.counted().find(move |book| book.currency == currency);
    let text = match item {
        Item::Question(..) | Item::Reminder | Item::Reload => return None,
        Item::Duplicate => {
            let other = same_account(view, statement)?;
            let text = (words(view.language).duplicate_text)(&view.name(other));
            return Some(html! { p { (text) } (accounts::join_form(view, account, other)) });
        }
        Item::KeyExpires => keys::expires_soon(view, account)?,
        Item::CreditExpires(currency) => credits::expires_soon(view, book(currency)?)?,
        Item::RunsOut(currency) => run_out(view, &book(currency)?.runway?),
    };
    Some(html! { p { (text) } })
}

fn is_unusual(book: &BookStatement) -> bool {
    book.anomaly.is_some_and(|anomaly| anomaly.is_exceeded())
}

/// The number of accounts that need attention.
pub(crate) fn count(view: &View<'_>) -> usize {
    view.accounts().filter(|(account, statement)| urgency(view, account, statement) > Urgency::None).count()
}

/// What needs attention in all accounts, and the outcome of an answer. `None` if nothing does.
pub(crate) fn of_all(view: &View<'_>) -> Option<Markup> {
    let waiting = view
        .accounts()
        .map(|(account, statement)| (urgency(view, account, statement), account, statement))
        .filter(|(urgency, ..)| *urgency > Urgency::None);
    let waiting = in_order(waiting, |(one, ..), (other, ..)| other.cmp(one));
    let answered = view.note.map(|note| note.section.as_str()).filter(|of| of.starts_with("account-"));
    (!waiting.is_empty()).then(|| {
        html! {
            h2 { (words(view.language).attention) }
            @if let Some(section) = answered { (note(view, section)) }
            @if let Some(all) = withheld(view) { (all) }
            @for (_, account, statement) in waiting.iter().take(MOST) {
                div.waiting {
                    h3 { a href={ "#" (Spot::Account(account.id.clone())) } { (view.name(account)) } }
                    (of_account(view, account, statement, Listed::Asking))
                }
            }
            @if let Some(more) = waiting.len().checked_sub(MOST).filter(|more| *more > 0) {
                p { a href={ "#" (Spot::Accounts) } { ((words(view.language).more_waiting)(more)) } }
            }
        }
    })
}

/// Asks for access to all sites at once if the browser withholds several, as on a newly set up computer.
fn withheld(view: &View<'_>) -> Option<Markup> {
    let accounts = view.state.accounts.iter().filter(|account| account.is_withheld());
    let mut cards: Vec<&'static Card> = Vec::new();
    for card in accounts.filter_map(Account::card) {
        if !cards.iter().any(|known| known.id == card.id) {
            cards.push(card);
        }
    }
    let names: Vec<String> = cards.iter().map(|card| card.name.to_owned()).collect();
    let all: Vec<String> = cards.iter().map(|card| origins(card)).collect();
    (cards.len() > 1).then(|| {
        html! {
            div.note.bad id="withheld" {
                p { ((words(view.language).withheld)(&view.language.list(&names))) }
                form data-do="refresh" data-origins=(all.join(" ")) { button.go { (words(view.language).grant_all) } }
            }
        }
    })
}

/// Which of an account's items are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// Those that are not snoozed.
    Asking,
    /// All of them.
    All,
}

/// What needs attention in one account.
pub(crate) fn of_account(
    view: &View<'_>,
    account: &Account,
    statement: &AccountStatement,
    listed: Listed,
) -> Markup {
    let is_listed = |item: Item| listed == Listed::All || asks(view, account, item);
    let items = warnings(view, account, statement).into_iter().filter(|item| is_listed(*item));
    let later = |item: Item| {
        let mention = snooze::mention(view, account, item);
        mention.unwrap_or_else(|| snooze::button(view, account, item))
    };
    let questions: Vec<_> = statement
        .counted()
        .flat_map(|book| book.asking.iter().map(move |window| (book, window)))
        .filter(|(book, window)| is_listed(question_of(book, window)))
        .map(|(book, window)| corrections::Asked {
            currency: book.currency,
            window,
            later: later(question_of(book, window)),
        })
        .collect();
    html! {
        (problem(view, account))
        @if let Some(replacement) = &account.replacement { (keys::replaced(view, account, replacement)) }
        @if let Some(reminder) = manual::reminder(view, account, statement).filter(|_| is_listed(Item::Reminder)) {
            div.asks { p { (reminder) } (manual::next_figure(view, account, false)) div.put-off { (later(Item::Reminder)) } }
        }
        @if reloads::is_asked(account, statement) && is_listed(Item::Reload) {
            div.asks { (reloads::question(view, account)) div.put-off { (later(Item::Reload)) } }
        }
        (accounts::counted_twice(view, account))
        (alerts::unusual(view, account, statement))
        @for item in items {
            @let is_urgent = is_urgent(statement, item);
            @if let Some(text) = warning(view, account, statement, item) {
                div.note.warn.put-off.bad[is_urgent] { (text) @if !is_urgent { (later(item)) } }
            }
        }
        (corrections::questions(view, account, &questions))
    }
}

/// Whether a warning is too urgent to be snoozed.
fn is_urgent(statement: &AccountStatement, item: Item) -> bool {
    let is_it = |book: &BookStatement| item == Item::RunsOut(book.currency) && is_nearly_empty(book);
    statement.counted().any(is_it)
}

/// The probable duplicate of this account.
fn same_account<'a>(view: &View<'a>, statement: &AccountStatement) -> Option<&'a Account> {
    view.state.account(statement.duplicate.as_ref()?)
}

/// The name of the probable duplicate.
pub(crate) fn duplicate(view: &View<'_>, statement: &AccountStatement) -> Option<String> {
    Some(view.name(same_account(view, statement)?))
}

/// The problem that stops an account's figures, and what to do about it.
fn problem(view: &View<'_>, account: &Account) -> Markup {
    let Some(trouble) = trouble(view, account) else { return html! {} };
    let card = account.card();
    let help = account.pulse.problem.as_ref().map(|problem| {
        let own = card.and_then(|card| card.advice_for(problem));
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
