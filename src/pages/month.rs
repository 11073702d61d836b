//! The month so far, for both pages: the total, what it leaves out, and when it was updated.

use maud::{Markup, html};

use crate::app::{Lock, Note, View};
use crate::books::figure::Figure;
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::statement::is_summary_shown;
use crate::features::{budget, manual, untracked};
use crate::money::Currency;
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::time::{DAY, MINUTE, Timestamp};
use crate::ui::components::{As, Beat, action, figure, fill, pulse, time, trouble};
use crate::ui::format::Grain;
use crate::ui::parts::part_and_rest;

/// How long the last month is still shown after a month begins.
const LAST_MONTH_SHOWN: u64 = 7 * DAY;

/// The number of accounts that are up to date: read recently, and without a problem.
pub(crate) fn fresh(view: &View<'_>) -> usize {
    let is_fresh = |(account, statement): &(&Account, &AccountStatement)| {
        statement.read_at.is_some()
            && !statement.is_stale
            && !statement.is_ended
            && trouble(view, account).is_none()
    };
    view.accounts().filter(is_fresh).count()
}

/// The month so far, its pace, and what the total leaves out.
pub(crate) fn hero(view: &View<'_>) -> Markup {
    let (words, statement) = (words(view.language), view.statement);
    let total = &statement.total;
    let mut line: Vec<Markup> = Vec::new();
    if statement.pace_per_day.amount.is_some() {
        let pace = figure(view, "pace", &statement.pace_per_day, total.currency, Grain::Cents);
        line.push(fill(view.words().a_day, &[pace]));
    }
    let of = view.current_count();
    if of > 0 {
        line.push(html! { ((words.up_to_date)(fresh(view), of)) });
    }
    html! {
        h1 { (figure(view, "total", &total.so_far(), total.currency, Grain::Cents)) }
        p.soft { (separated(&line)) }
        (budget::budget_line(view))
        (unconverted(view, &total.not_converted))
        @if let Some(share) = untracked::share_line(view) { p.soft { (share) } }
        @if let Some(since) = began_this_month(view) { p.soft { (fill(words.since, &[time(since, As::Moment)])) } }
        @if let Some(last) = last_month(view) { p.soft { (last) } }
    }
}

/// Amounts without a rate, shown next to a total, with the link to set one.
pub(crate) fn unconverted(view: &View<'_>, not_converted: &[(Currency, Figure)]) -> Markup {
    let words = words(view.language);
    html! {
        @for (currency, spend) in not_converted {
            p.soft { (fill(words.beside, &[figure(view, &format!("beside-{currency}"), spend, Some(*currency), Grain::Cents)])) " " a href="dashboard.html#budget" data-tab { (words.set_rate) } }
        }
    }
}

/// When tracking began, if it began this month without earlier figures (rule L14).
pub(crate) fn began_this_month(view: &View<'_>) -> Option<Timestamp> {
    let books = view.statement.accounts.iter().flat_map(AccountStatement::counted);
    let first = books.map(|book| book.since).min()?;
    (first > view.statement.month.span().from).then_some(first)
}

/// The last month, for a week.
fn last_month(view: &View<'_>) -> Option<Markup> {
    let statement = view.statement;
    let is_new = statement.now.since(statement.month.span().from) < LAST_MONTH_SHOWN;
    statement.last_month.amount.filter(|_| is_new && !is_summary_shown(view))?;
    let name = (view.words().month)(statement.month.previous());
    let cost = statement.last_month_total();
    let spend = figure(view, "last-month", &cost, statement.total.currency, Grain::Cents);
    Some(html! { (name) ": " (spend) })
}

pub(crate) fn separated(parts: &[Markup]) -> Markup {
    html! { @for (place, part) in parts.iter().enumerate() { @if place > 0 { " · " } (part) } }
}

/// The balance left, with its pools on hover.
pub(crate) fn left(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    if book.typed.is_some() {
        return manual::typed_left(view, account, book);
    }
    let left = (view.words().left)(&view.money(book.balance?, book.currency));
    Some(html! { span title=[pools(view, book)] { (left) } })
}

/// Granted and topped-up money separately, if the provider splits them.
pub(crate) fn pools(view: &View<'_>, book: &BookStatement) -> Option<String> {
    let (balance, granted) = book.balance.zip(book.granted)?;
    let (granted, paid) = part_and_rest(balance, granted, book.currency);
    let (granted, paid) = (view.money(granted, book.currency), view.money(paid, book.currency));
    Some((words(view.language).pools)(&granted, &paid))
}

/// When the figures were last updated and when they will be next; during a refresh, its progress.
pub(crate) fn times(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let waiting = reading(view);
    let is_read = active(view).any(|account| account.pulse.read_at.is_some());
    let next = active(view).filter_map(|account| account.due_at(&view.state.settings)).min();
    let is_next_shown = view.lock != Lock::Locked && waiting == 0;
    let next = next.filter(|next| is_next_shown && next.plus(MINUTE) > view.statement.now);
    html! {
        @if waiting > 0 { span data-say { ((words.refreshing)(with_key(view).count() - waiting, with_key(view).count())) } }
        @else if is_read {
            span { (fill(words.updated, &[pulse(active(view), Beat::Read)])) }
            @if next.is_some() { span.dash { " · " } span { (fill(words.next, &[pulse(active(view), Beat::Due)])) } }
        }
        @if view.lock == Lock::Locked { span.dash { " · " } span { (words.locked) } }
    }
}

/// The button that refreshes all accounts, shown if one has a usable key.
pub(crate) fn refresh_button(view: &View<'_>) -> Markup {
    let is_running = reading(view) > 0;
    html! {
        @if view.lock != Lock::Locked && with_key(view).next().is_some() {
            (action("refresh", &[], &html! { button.go id="refresh" aria-disabled=[is_running.then_some("true")] { (words(view.language).refresh) } }))
        }
    }
}

fn active<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Account> {
    view.state.accounts.iter().filter(|account| account.life == AccountStatus::Active)
}

fn with_key<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Account> {
    active(view).filter(|account| account.source.is_key())
}

/// The number of accounts that a running refresh has not read yet.
fn reading(view: &View<'_>) -> usize {
    with_key(view).filter(|account| account.pulse.attempt.is_some()).count()
}

/// Whether a note belongs at the top of the page.
pub(crate) fn is_for_page(note: Option<&Note>) -> bool {
    note.is_some_and(|note| note.section == "note")
}
