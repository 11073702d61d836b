//! The figures at the top: the month's spend, the forecasts of this month and the next, and the first balance to run out.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::{budget, invoices, statement, untracked};
use crate::pages::badge::is_short;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::pages::month::{began_this_month, fresh, separated, unconverted};
use crate::pages::words::words as shared;
use crate::time::{DAY, Span};
use crate::ui::components::{As, figure, figure_with, fill, time};
use crate::ui::forecast::{between_days, month_forecasts};
use crate::ui::format::Grain;

/// The tiles of the month that is shown.
pub(super) fn tiles(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    html! {
        (spent(view, shown))
        @if shown.is_running { (month_forecasts(view, &shown.detail.forecast_checks(&view.state.forecasts))) @if let Some(first) = runs_out_first(view) { (first) } }
        @else { (per_day(view, shown)) (subscriptions(view, shown)) }
    }
}

fn spent(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(view.language);
    let sum = &shown.spending.sum;
    let currency = shown.spending.currency;
    html! {
        div.wide-tile {
            small { (if shown.is_running { words.spent_so_far } else { words.spent }) }
            @let records = if shown.is_running { invoices::records(view, shown.detail) } else { Vec::new() };
            b { (figure_with(view, "total", &sum.total(), currency, Grain::Cents, &records)) }
            @if shown.is_running { (budget::budget_line(view)) }
            (unconverted(view, &sum.not_converted))
            @let notes = notes(view, shown);
            @if !notes.is_empty() { small { (separated(&notes)) } }
            @if !shown.is_running { small { (statement::link(view, shown.month)) } }
        }
    }
}

/// This month compared with the last, how many accounts are up to date, and since when they are tracked.
fn notes(view: &View<'_>, shown: &Shown<'_>) -> Vec<Markup> {
    let words = words(view.language);
    let mut notes = Vec::new();
    if !shown.is_running {
        return notes;
    }
    let (fresh, of) = (fresh(view), view.current_count());
    if let Some(comparison) = shown.detail.than_last_month() {
        notes.push(html! { ((words.than_last_month)(comparison.change.percent)) });
    }
    if of > 0 {
        notes.push(html! { ((shared(view.language).up_to_date)(fresh, of)) });
    }
    notes.extend(untracked::share_line(view));
    if let Some(since) = began_this_month(view) {
        notes.push(fill(words.since, &[time(since, As::Moment)]));
    }
    notes
}

/// The average day of a month that is over.
fn per_day(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let span: Span = shown.month.span();
    let mut average = shown.spending.sum.spend;
    average.amount = average.amount.and_then(|amount| amount.times(DAY, span.ms()));
    html! {
        div {
            small { (words(view.language).daily_average) }
            b { (figure(view, "average", &average, shown.spending.currency, Grain::Cents)) }
        }
    }
}

fn subscriptions(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let Some(currency) = shown.spending.currency.filter(|_| !shown.spending.sum.plans.is_zero()) else {
        return html! {};
    };
    html! {
        div {
            small { (shared(view.language).subscriptions) }
            b { (view.money(shown.spending.sum.plans, currency)) }
        }
    }
}

/// The first balance to run out.
fn runs_out_first(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let (account, book, runway) = view.statement.runs_out_first()?;
    let left = (view.words().left)(&view.money(book.balance?, book.currency));
    let between = between_days(view, &runway);
    Some(html! {
        div {
            small { (words.runs_out_first) }
            b.warn[is_short(book)] { (view.date(runway.date)) }
            small { a href={ "#" (Spot::Account(account.id.clone())) } { (view.name_of(&account.id)) } " · " (left) @if let Some(between) = between { " · " (between) } }
        }
    })
}
