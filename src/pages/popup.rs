//! The popup: how much, the forecast, what next month costs, who spends it, what needs you.

use maud::{Markup, html};

use crate::app::{Lock, View};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::{corrections, granted_expiry, keys, manual, privacy, reloads, storage_loss, vault};
use crate::money::Amount;
use crate::pages::badge::{is_nearly_empty, is_short};
use crate::pages::overview::{foot, hero, is_for_page, left, separated, twin};
use crate::pages::words::words;
use crate::store::{Account, AccountStatus};
use crate::ui::chart::chart;
use crate::ui::components::{figure, note, section, trouble};
use crate::ui::forecast::{ahead, pace};
use crate::ui::format::{Grain, bar_percent};

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
        section("ahead", "ahead", has_accounts.then(|| ahead(view))),
        section("accounts", "rows", has_accounts.then(|| rows(view))),
        foot(view),
    ];
    SECTIONS.into_iter().zip(sections.map(Markup::into_string)).collect()
}

/// The month, and the buttons that are always there.
pub(crate) fn head(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let month = view.statement.month;
    let left = month.days() - view.statement.now.day().number();
    html! {
        header id="head" {
            h2 { ((view.words().month)(month)) }
            span.soft title=(words.utc_month) { ((words.days_left)(left)) }
            @if !view.state.accounts.is_empty() { (privacy::button(view)) }
            (vault::lock(view, vault::LockLabel::Icon))
            a.button href="dashboard.html" target="_blank" { (words.dashboard) }
        }
    }
}

fn note_of(view: &View<'_>) -> Option<Markup> {
    let parts: Vec<Markup> = vault::unsealed(view).into_iter().chain(storage_loss::notice(view)).collect();
    (is_for_page(view.note) || !parts.is_empty()).then(|| {
        html! { (note(view, "note")) @for part in parts { (part) } }
    })
}

fn welcome(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h1 { (words.welcome) }
        p.soft { (words.welcome_text) }
        p { a.button.go href="dashboard.html" target="_blank" { (words.connect_first) } }
    }
}

/// A row per book.
fn rows(view: &View<'_>) -> Markup {
    html! {
        ul {
            @for (account, statement) in view.accounts() {
                @if statement.books.is_empty() { (row(view, account, statement, None)) }
                @for book in statement.counted() { (row(view, account, statement, Some(book))) }
            }
        }
    }
}

fn row(
    view: &View<'_>,
    account: &Account,
    statement: &AccountStatement,
    book: Option<&BookStatement>,
) -> Markup {
    let (provider, label) = account.names();
    let initial: String = provider.chars().take(1).collect();
    html! {
        li {
            span.initial aria-hidden="true" { (initial) }
            span.name { b { (provider) } " " span.soft { (label) } }
            " "
            @if let Some(book) = book {
                b.amount { (figure(view, &format!("{}-{}", account.id.0, book.currency), &book.spend, Some(book.currency), Grain::Cents)) }
                (under(view, account, statement, Some(book)))
                @if account.life == AccountStatus::Active { @if let Some(ask) = corrections::short_question(view, account, book) { (ask) } }
            } @else {
                b.amount { "–" }
                (under(view, account, statement, None))
            }
            (note(view, &format!("account-{}", account.id.0)))
            @if manual::reminder(view, account, statement).is_some() { (manual::next_figure(view, account, false)) }
            @if let Some(book) = book { (bar(view, book)) }
        }
    }
}

/// A book's share of what was spent in its currency.
fn bar(view: &View<'_>, book: &BookStatement) -> Markup {
    let books = view.statement.accounts.iter().flat_map(AccountStatement::counted);
    let same = books.filter(|other| other.currency == book.currency);
    let sum: Amount = same.filter_map(|other| other.spend.amount).sum();
    let percent = book.spend.amount.map_or(0, |amount| bar_percent(amount, sum));
    html! {
        svg.bar aria-hidden="true" {
            rect.rest width="100%" height="3" {}
            rect.part width={ (percent) "%" } height="3" {}
        }
    }
}

/// The line under an account's name: what needs you, else what is left.
fn under(
    view: &View<'_>,
    account: &Account,
    statement: &AccountStatement,
    book: Option<&BookStatement>,
) -> Markup {
    let words = words(view.language);
    let anchor = format!("dashboard.html#account-{}", account.id.0);
    let trouble = trouble(view, account);
    let mut class = if trouble.is_some() { "bad" } else { "soft" };
    let mut parts: Vec<Markup> = Vec::new();
    if let Some(soon) = keys::expires_soon(view, account).filter(|_| trouble.is_none()) {
        parts.push(html! { a href=(anchor) target="_blank" { (soon) } });
        class = "warn";
    }
    if let Some(trouble) = &trouble {
        parts.push(html! { a href=(anchor) target="_blank" { (trouble) } });
    }
    let reminder = manual::reminder(view, account, statement);
    if let Some(reminder) = &reminder {
        parts.push(html! { a href=(anchor) target="_blank" { (reminder) } });
        class = "warn";
    }
    if let Some(book) = book.filter(|_| account.life != AccountStatus::Ended) {
        if let Some(burn) = book.burn.as_ref().filter(|_| trouble.is_none()) {
            parts.push(pace(view, &format!("pace-{}-{}", account.id.0, book.currency), book, burn));
        }
        parts.extend(left(view, account, book));
        // What has to be mended first hides everything else.
        if trouble.is_none() {
            parts.extend(reloads::mention(view, account, book).map(|text| html! { (text) }));
            parts.extend(
                book.runway.map(|runway| html! { ((view.words().dry_about)(&view.date(runway.date))) }),
            );
            let open = book.asking.iter().filter(|window| window.open.is_some()).count();
            if open > 0 {
                parts.push(html! { ((view.words().open_windows)(open)) });
            }
            if let Some(twin) = twin(view, statement) {
                parts.push(html! { ((words.twin)(&twin)) });
                class = "warn";
            }
            if let Some(soon) = granted_expiry::expires_soon(view, account, book) {
                parts.push(html! { (soon) });
                class = "warn";
            }
            if is_short(book) || !book.asking.is_empty() {
                class = "warn";
            }
            if is_nearly_empty(book) {
                class = "bad";
            }
            if book.spend.amount.is_none() && account.life == AccountStatus::Active && reminder.is_none() {
                let is_new = book.since >= view.statement.month.span().from;
                parts.push(html! { (if is_new { words.second_reading } else { words.not_read_yet }) });
            }
        }
    }
    match account.life {
        AccountStatus::Paused => parts.push(html! { (words.paused) }),
        AccountStatus::Ended => parts.push(html! { (words.removed) }),
        AccountStatus::Active => {}
    }
    parts.extend(manual::known_until(view, account, statement).filter(|_| reminder.is_none()));
    html! { small class=(class) { (separated(&parts)) } }
}
