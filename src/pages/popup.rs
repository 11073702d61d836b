//! The popup: the month's spend, the forecasts, the spend by account, and what needs attention.

use maud::{Markup, html};

use crate::app::{Lock, Spot, View};
use crate::books::figure::Figure;
use crate::books::statement::AccountStatement;
use crate::features::snooze::Item;
use crate::features::{appearance, corrections, manual, privacy, statement, storage_loss, vault};
use crate::pages::attention::{asking, asks};
use crate::pages::month::{hero, is_for_page, refresh_button, times};
use crate::pages::words::words;
use crate::pages::{connect, rows};
use crate::store::{Account, AccountStatus};
use crate::time::Span;
use crate::ui::chart::chart;
use crate::ui::components::{figure, note, section};
use crate::ui::forecast::month_forecasts;
use crate::ui::format::Grain;
use crate::ui::month_parts::MonthParts;

/// The ids of the popup's sections, in order.
pub(crate) const SECTIONS: [&str; 8] =
    ["head", "note", "unlock", "hero", "chart", "ahead", "accounts", "foot"];

/// All sections of the popup.
pub(crate) fn popup(view: &View<'_>) -> String {
    sections(view).into_iter().map(|(_, html)| html).collect()
}

/// The sections of the popup, each with its id.
pub(crate) fn sections(view: &View<'_>) -> Vec<(&'static str, String)> {
    let has_accounts = !view.state.accounts.is_empty();
    let unlock = (view.lock == Lock::Locked).then(|| vault::unlock_form(view));
    let hero = if has_accounts { hero(view) } else { welcome(view) };
    let sections = [
        head(view),
        section("note", "", note_of(view)),
        section("unlock", "panel", unlock),
        section("hero", "hero", Some(hero)),
        section("chart", "", chart(view, "chart")),
        section("ahead", "ahead", has_accounts.then(|| month_forecasts(view, &[]))),
        section("accounts", "rows", has_accounts.then(|| rows(view))),
        foot(view),
    ];
    SECTIONS.into_iter().zip(sections.map(Markup::into_string)).collect()
}

/// The month, and the buttons that are always shown.
pub(crate) fn head(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let month = view.statement.month;
    let left = month.days() - view.statement.now.day().number();
    html! {
        header id="head" data-theme=(appearance::theme(view)) {
            b { ((view.words().month)(month)) }
            span.soft title=(words.utc_month) { ((words.days_left)(left)) }
            @if !view.state.accounts.is_empty() { (privacy::button(view)) }
            (vault::lock(view))
            a.button href="dashboard.html#overview" data-tab { (words.dashboard) }
        }
    }
}

fn note_of(view: &View<'_>) -> Option<Markup> {
    let parts = vault::unsealed(view).into_iter().chain(storage_loss::notice(view));
    let parts: Vec<Markup> = parts.chain(statement::summary(view)).collect();
    (is_for_page(view.note) || !parts.is_empty()).then(|| {
        html! { (note(view, "note")) @for part in parts { (part) } }
    })
}

fn welcome(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h1.welcome { (words.welcome) }
        p.soft { (words.welcome_text) }
        (connect::names(view))
    }
}

/// A row for each account, with the questions that one click answers, and a row for subscriptions. They sum to the total.
fn rows(view: &View<'_>) -> Markup {
    let parts = view.month_parts();
    html! {
        ul {
            @for (account, statement) in rows::by_urgency(view, &parts) { (row(view, &parts, account, statement)) }
            @if !view.statement.total.plans.is_zero() { (subscriptions(view, &parts.plans)) }
        }
    }
}

/// The subscription charges of this month.
fn subscriptions(view: &View<'_>, spent: &Figure) -> Markup {
    let name = words(view.language).subscriptions;
    let initial: String = name.chars().take(1).collect();
    let so_far = Span { to: view.statement.now.day().span().to, ..view.statement.month.span() };
    let charged = view.state.settings.plans.iter().filter(|plan| plan.charges(so_far).next().is_some());
    let names: Vec<&str> = charged.map(|plan| plan.name.as_str()).collect();
    let spent = figure(view, "plans", spent, view.statement.total.currency, Grain::Cents);
    html! {
        li {
            span.initial aria-hidden="true" { (initial) }
            (rows::two_lines(
                &html! { a.name href={ "dashboard.html#" (Spot::Budget) } data-tab { b { (name) } } },
                &html! { b.amount { (spent) } },
                &html! { small.status.soft { (view.language.list(&names)) } },
            ))
        }
    }
}

fn row(view: &View<'_>, parts: &MonthParts<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    html! {
        li {
            (rows::initial(account))
            (rows::two_lines(&rows::name(view, account), &rows::spent(view, parts, account, statement), &rows::status(view, account, statement)))
            (note(view, &format!("account-{}", account.id.0)))
            @if account.life == AccountStatus::Active {
                @for book in statement.counted() {
                    @if let Some(window) = asking(view, account, book).next() { (corrections::short_question(view, account, book, window)) }
                }
            }
            @if manual::reminder(view, account, statement).is_some() && asks(view, account, Item::Reminder) { (manual::next_figure(view, account, false)) }
            (rows::share(parts.share(statement)))
        }
    }
}

/// When the figures were updated, with the button that refreshes them.
fn foot(view: &View<'_>) -> Markup {
    html! { footer id="foot" { span.soft { (times(view)) } (refresh_button(view)) } }
}
