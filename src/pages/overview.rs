//! The month so far, shared by both pages: the total, what it leaves out, and when it was updated.

use maud::{Markup, html};

use crate::app::{Lock, Note, View};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::{budget, manual};
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::time::{DAY, MINUTE, Timestamp};
use crate::ui::components::{As, Beat, action, figure, fill, pulse, time, trouble};
use crate::ui::format::Grain;

/// How long into a month the month before is still shown.
const LAST_MONTH_SHOWN: u64 = 7 * DAY;

/// How many accounts are up to date: read lately, and the last time without a fault.
fn fresh(view: &View<'_>) -> usize {
    let is_fresh = |(account, statement): &(&Account, &AccountStatement)| {
        statement.read_at.is_some()
            && !statement.is_stale
            && !statement.is_ended
            && trouble(view, account).is_none()
    };
    view.accounts().filter(is_fresh).count()
}

/// The month so far, its pace, and what the figure leaves out.
pub(crate) fn hero(view: &View<'_>) -> Markup {
    let (words, statement) = (words(view.language), view.statement);
    let total = &statement.total;
    let mut line: Vec<Markup> = Vec::new();
    if statement.burn_per_day.amount.is_some() {
        let pace = figure(view, "pace", &statement.burn_per_day, total.currency, Grain::Cents);
        line.push(fill(view.words().a_day, &[pace]));
    }
    let of = view.going_on();
    if of > 0 {
        line.push(html! { ((words.up_to_date)(fresh(view), of)) });
    }
    if let (false, Some(currency)) = (total.plans.is_zero(), total.currency) {
        line.push(html! { ((words.plans_in)(&view.money(total.plans, currency))) });
    }
    html! {
        h1 { (figure(view, "total", &total.so_far(), total.currency, Grain::Cents)) }
        p.soft { (separated(&line)) }
        (budget::budget_line(view))
        @for (currency, spend) in &total.not_converted {
            p.soft { (fill(words.beside, &[figure(view, &format!("beside-{currency}"), spend, Some(*currency), Grain::Cents)])) ", " a href="dashboard.html#currencies" target="_blank" { (words.set_rate) } }
        }
        @if let Some(since) = began_this_month(view) { p.soft { (fill(words.since, &[time(since, As::Moment)])) } }
        @if let Some(last) = last_month(view) { p.soft { (last) } }
    }
}

/// When tracking began, where that was in this month and nothing was known before (rule L14).
fn began_this_month(view: &View<'_>) -> Option<Timestamp> {
    let books = view.statement.accounts.iter().flat_map(AccountStatement::counted);
    let first = books.map(|book| book.since).min()?;
    (first > view.statement.month.span().from).then_some(first)
}

/// The month before, for a week.
fn last_month(view: &View<'_>) -> Option<Markup> {
    let statement = view.statement;
    let is_new = statement.now.since(statement.month.span().from) < LAST_MONTH_SHOWN;
    statement.last_month.amount.filter(|_| is_new)?;
    let name = (view.words().month)(statement.month.previous());
    let spend = figure(view, "last-month", &statement.last_month, statement.total.currency, Grain::Cents);
    Some(html! { (name) ": " (spend) })
}

pub(crate) fn separated(parts: &[Markup]) -> Markup {
    html! { @for (place, part) in parts.iter().enumerate() { @if place > 0 { " · " } (part) } }
}

/// The name of the account that this one is probably the same as.
pub(crate) fn twin(view: &View<'_>, statement: &AccountStatement) -> Option<String> {
    let account = view.state.account(statement.duplicate.as_ref()?)?;
    Some(account.name())
}

/// What is left, with its pools a hover away.
pub(crate) fn left(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    if book.typed.is_some() {
        return manual::typed_left(view, account, book);
    }
    let left = (view.words().left)(&view.money(book.balance?, book.currency));
    Some(html! { span title=[pools(view, book)] { (left) } })
}

/// Granted and topped-up money apart, where the provider splits them.
pub(crate) fn pools(view: &View<'_>, book: &BookStatement) -> Option<String> {
    let (balance, granted) = book.balance.zip(book.granted)?;
    let (granted, paid) = (view.money(granted, book.currency), view.money(balance - granted, book.currency));
    Some((words(view.language).pools)(&granted, &paid))
}

/// When it was updated, when it will be, and the refresh button with its progress.
pub(crate) fn foot(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let active = || view.state.accounts.iter().filter(|account| account.life == AccountStatus::Active);
    let asked = || active().filter(|account| account.source.is_key());
    let waiting = asked().filter(|account| account.pulse.attempt.is_some()).count();
    let is_read = active().any(|account| account.pulse.read_at.is_some());
    let next = active().filter_map(|account| account.due_at(&view.state.settings)).min();
    let is_next_shown = view.lock != Lock::Locked && waiting == 0;
    let next = next.filter(|next| is_next_shown && next.plus(MINUTE) > view.statement.now);
    html! {
        footer id="foot" {
            span.soft {
                @if waiting > 0 { ((words.refreshing)(asked().count() - waiting, asked().count())) }
                @else if is_read {
                    (fill(words.updated, &[pulse(active(), Beat::Read)]))
                    @if next.is_some() { " · " (fill(words.next, &[pulse(active(), Beat::Due)])) }
                }
                @if view.lock == Lock::Locked { " · " (words.locked) }
            }
            @if view.lock != Lock::Locked && asked().next().is_some() {
                (action("refresh", &[], &html! { button.go disabled[waiting > 0] { (words.refresh) } }))
            }
        }
    }
}

/// Whether a note is for the top of the page.
pub(crate) fn is_for_page(note: Option<&Note>) -> bool {
    note.is_some_and(|note| note.section == "note")
}
