//! One day: its accounts and models, its readings, and the figures derived from them.

use maud::{Markup, html};

use crate::app::{Shown as ShownPlace, Spot, View};
use crate::books::reading::Reading;
use crate::books::statement::{BookDay, DayWindow};
use crate::pages::dashboard::overview::by_model;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::time::Day;
use crate::ui::components::{As, figure, fill, time};
use crate::ui::format::Grain;

/// The open day.
pub(super) fn day(view: &View<'_>, shown: &Shown<'_>, day: Day) -> Markup {
    let words = words(view.language);
    let detail = shown.detail.day(day);
    let sum = &detail.spending.sum;
    let currency = detail.spending.currency;
    let month = (!shown.is_running).then_some(ShownPlace::Month(shown.month));
    let to = |day: Day| format!("#{}", view.place.with_spot(Spot::Overview(Some(ShownPlace::Day(day)))));
    let is_last = day >= view.statement.now.day();
    html! {
        div.panel-head {
            h2 tabindex="-1" data-open={ "day/" (day) } {
                (view.language.date(day)) ": " (figure(view, "day", &sum.total(), currency, Grain::Cents))
            }
            div.actions {
                a.button id="day-before" href=(to(day.previous())) aria-label=(words.day_before) title=(words.day_before) { "‹" }
                @if !is_last { a.button id="day-after" href=(to(day.next())) aria-label=(words.day_after) title=(words.day_after) { "›" } }
                a.button href={ "#" (view.place.with_spot(Spot::Overview(month))) } { (words.close) }
            }
        }
        @if let Some(currency) = currency.filter(|_| !detail.spending.lines.is_empty()) {
            (by_model::lines(view, shown, &detail.spending, currency))
        }
        @for charge in &detail.spending.charges { p { (charge.plan) ": " (view.money(charge.price.amount, charge.price.currency)) } }
        @if detail.accounts.is_empty() && detail.spending.charges.is_empty() { p.soft { (words.nothing_known) } }
        @for account in &detail.accounts {
            @for book in &account.books {
                @if !book.readings.is_empty() || !book.windows.is_empty() {
                    details {
                        summary { ((words.how_derived)(&view.name_of(&account.id), book.currency.code())) }
                        (derived(view, book))
                    }
                }
            }
        }
    }
}

/// The readings of a day, and the windows between them.
fn derived(view: &View<'_>, book: &BookDay) -> Markup {
    let words = words(view.language);
    html! {
        @if let Some(billed) = book.billed { p { ((words.billed)(&view.money(billed, book.currency))) } }
        @if !book.readings.is_empty() {
            table {
                thead { tr { th scope="col" { (words.read_at) } th scope="col" { (view.words().balance) } } }
                tbody {
                    @for reading in &book.readings {
                        tr { th scope="row" { (time(reading.at, As::Moment)) } td { (amount(view, &reading.reading)) } }
                    }
                }
            }
        }
        @if !book.windows.is_empty() {
            table {
                thead { tr { th scope="col" { (words.between) } th scope="col" { (view.words().spent) } } }
                tbody { @for (place, window) in book.windows.iter().enumerate() { (window_row(view, book, window, place)) } }
            }
        }
    }
}

fn amount(view: &View<'_>, reading: &Reading) -> String {
    match reading {
        Reading::Balance(balance) => view.money(balance.pools.total(), balance.currency),
        Reading::Counter(counter) => view.money(counter.total, counter.currency),
    }
}

fn window_row(view: &View<'_>, book: &BookDay, of_day: &DayWindow, place: usize) -> Markup {
    let words = words(view.language);
    let span = of_day.window.span;
    let id = format!("window-{}-{}-{place}", book.currency, span.to.ms());
    html! {
        tr {
            th scope="row" {
                (fill(words.from_to, &[time(span.from, As::Moment), time(span.to, As::Moment)]))
                @if !of_day.window.money_in.is_zero() { " " span.soft { ((words.money_came_in)(&view.money(of_day.window.money_in, book.currency))) } }
                @for (_, declared) in &of_day.declared { " " span.soft { ((words.declared)(declared.kind, &view.money(declared.amount, declared.currency))) } }
            }
            td { (figure(view, &id, &of_day.spend, Some(book.currency), Grain::Cents)) }
        }
    }
}
