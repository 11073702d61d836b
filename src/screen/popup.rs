//! The popup: how much, where it lands, what next month costs, who spends it, what needs you.

use maud::{Markup, html};

use crate::books::statement::{AccountStatement, BookStatement};
use crate::money::Amount;
use crate::provider::Problem;
use crate::screen::ahead::{ahead, pace};
use crate::screen::badge::{is_nearly_dry, is_short};
use crate::screen::chart::chart;
use crate::screen::format::{Grain, bar_percent};
use crate::screen::keyless::{known_until, next_figure, reminder, typed_left};
use crate::screen::own::key_expires_soon;
use crate::screen::pieces::{As, Beat, Icon, action, figure, fill, note, pulse, section, time};
use crate::screen::plans::budget_line;
use crate::screen::questions::{expires, short_question};
use crate::screen::{Lock, View, connect, name, names};
use crate::store::{Account, AccountStatus};
use crate::time::{DAY, MINUTE};

/// How long into a month the month before is still told.
const LAST_MONTH_SHOWN: u64 = 7 * DAY;

/// How long before granted credit expires it is told.
const REMINDED_BEFORE: u64 = 7 * DAY;

/// The ids of the popup's sections, in order.
pub const POPUP_SECTIONS: [&str; 8] =
    ["head", "note", "unlock", "hero", "chart", "ahead", "accounts", "foot"];

/// All sections of the popup.
pub fn popup(view: &View<'_>) -> String {
    popup_sections(view).into_iter().map(|(_, html)| html).collect()
}

/// The sections of the popup, each with its id.
pub fn popup_sections(view: &View<'_>) -> Vec<(&'static str, String)> {
    let has_accounts = !view.state.accounts.is_empty();
    let unlock = (view.lock == Lock::Locked).then(|| connect::unlock(view));
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
    POPUP_SECTIONS.into_iter().zip(sections.map(Markup::into_string)).collect()
}

/// The month, and the buttons that are always there.
pub(super) fn head(view: &View<'_>) -> Markup {
    let words = view.words();
    let month = view.statement.month;
    let left = month.days() - view.statement.now.day().number();
    html! {
        header id="head" {
            h2 { ((words.month)(month)) }
            span.soft title=(words.utc_month) { ((words.days_left)(left)) }
            @if !view.state.accounts.is_empty() { (hide(view)) }
            @if view.lock == Lock::Unlocked {
                (action("lock", &[], &html! { button title=(words.lock) aria-label=(words.lock) { (Icon::Padlock.draw()) } }))
            }
            a.button href="dashboard.html" target="_blank" { (words.dashboard) }
        }
    }
}

/// The switch that hides amounts while somebody else sees the screen.
pub(super) fn hide(view: &View<'_>) -> Markup {
    let is_hidden = view.state.settings.is_hidden;
    let label = if is_hidden { view.words().show_amounts } else { view.words().hide_amounts };
    let icon = if is_hidden { Icon::EyeShut } else { Icon::Eye };
    let button = html! { button title=(label) aria-label=(label) accesskey="h" { (icon.draw()) } };
    action("hide", &[("hidden", if is_hidden { "" } else { "on" })], &button)
}

fn note_of(view: &View<'_>) -> Option<Markup> {
    let words = view.words();
    let told = match view.lock {
        Lock::Unsealed => {
            Some(html! { p.note { a href="dashboard.html#seal" target="_blank" { (words.vault.unsealed) } } })
        }
        Lock::Lost => {
            Some(html! { p.note.bad { a href="dashboard.html#seal" target="_blank" { (words.vault.lost) } } })
        }
        _ => None,
    };
    let is_noted = view.note.is_some_and(|note| note.section == "note");
    let troubles = troubles(view);
    (is_noted || told.is_some() || troubles.is_some()).then(|| {
        html! { (note(view, "note")) @for told in [told, troubles].into_iter().flatten() { (told) } }
    })
}

/// What the browser lost or damaged, until it is noted.
pub(super) fn troubles(view: &View<'_>) -> Option<Markup> {
    let troubles = view.state.troubles();
    let words = view.words();
    (!troubles.is_empty()).then(|| {
        html! {
            div.note {
                @for (key, is_recovered) in troubles { p { ((words.vault.damaged)(key, *is_recovered)) } }
                p { (words.vault.save_why) }
                div.acts {
                    (action("noted", &[], &html! { button { (words.vault.noted) } }))
                    button type="button" data-save="drawdown-stored.json" { (words.vault.save) }
                }
            }
        }
    })
}

fn welcome(view: &View<'_>) -> Markup {
    let words = view.words();
    html! {
        h1 { (words.welcome) }
        p.soft { (words.welcome_text) }
        p { a.button.go href="dashboard.html" target="_blank" { (words.connect_first) } }
    }
}

/// How many accounts are up to date: read lately, and the last time without a fault.
fn fresh(view: &View<'_>) -> usize {
    let is_fresh = |(account, told): &(&Account, &AccountStatement)| {
        told.read_at.is_some() && !told.is_stale && !told.is_ended && trouble(view, account).is_none()
    };
    view.accounts().filter(is_fresh).count()
}

/// The month so far, its pace, and what the figure leaves out.
pub(super) fn hero(view: &View<'_>) -> Markup {
    let (words, statement) = (view.words(), view.statement);
    let total = &statement.total;
    let mut line: Vec<Markup> = Vec::new();
    if statement.burn_per_day.amount.is_some() {
        let pace = figure(view, "pace", &statement.burn_per_day, total.currency, Grain::Cents);
        line.push(fill(words.a_day, &[pace]));
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
        (budget_line(view))
        @for (currency, beside) in &total.not_converted {
            p.soft { (fill(words.beside, &[figure(view, &format!("beside-{currency}"), beside, Some(*currency), Grain::Cents)])) ", " a href="dashboard.html#currencies" target="_blank" { (words.plans.set_rate) } }
        }
        @if let Some(since) = began_this_month(view) { p.soft { (fill(words.since, &[time(since, As::Moment)])) } }
        @if let Some(last) = last_month(view) { p.soft { (last) } }
    }
}

/// When tracking began, where that was in this month and nothing was known before (rule L14).
fn began_this_month(view: &View<'_>) -> Option<crate::time::Timestamp> {
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
    let told = figure(view, "last-month", &statement.last_month, statement.total.currency, Grain::Cents);
    Some(html! { (name) ": " (told) })
}

fn separated(parts: &[Markup]) -> Markup {
    html! { @for (place, part) in parts.iter().enumerate() { @if place > 0 { " · " } (part) } }
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
    let (provider, label) = names(account);
    let initial: String = provider.chars().take(1).collect();
    html! {
        li {
            span.initial aria-hidden="true" { (initial) }
            span.name { b { (provider) } " " span.soft { (label) } }
            " "
            @if let Some(book) = book {
                b.amount { (figure(view, &format!("{}-{}", account.id.0, book.currency), &book.spend, Some(book.currency), Grain::Cents)) }
                (under(view, account, statement, Some(book)))
                @if account.life == AccountStatus::Active { @if let Some(ask) = short_question(view, account, book) { (ask) } }
            } @else {
                b.amount { "–" }
                (under(view, account, statement, None))
            }
            (note(view, &format!("account-{}", account.id.0)))
            @if reminder(view, account, statement).is_some() { (next_figure(view, account, false)) }
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
    let words = view.words();
    let anchor = format!("dashboard.html#account-{}", account.id.0);
    let trouble = trouble(view, account);
    let mut class = if trouble.is_some() { "bad" } else { "soft" };
    let mut parts: Vec<Markup> = Vec::new();
    if let Some(soon) = key_expires_soon(view, account).filter(|_| trouble.is_none()) {
        parts.push(html! { a href=(anchor) target="_blank" { (soon) } });
        class = "warn";
    }
    if let Some(trouble) = &trouble {
        parts.push(html! { a href=(anchor) target="_blank" { (trouble) } });
    }
    let reminder = reminder(view, account, statement);
    if let Some(reminder) = &reminder {
        parts.push(html! { a href=(anchor) target="_blank" { (reminder) } });
        class = "warn";
    }
    if let Some(book) = book.filter(|_| account.life != AccountStatus::Ended) {
        if let Some(burn) = book.burn.as_ref().filter(|_| trouble.is_none()) {
            parts.push(pace(view, &format!("pace-{}-{}", account.id.0, book.currency), book, burn));
        }
        parts.extend(left(view, account, book));
        // Whoever must mend something first is told nothing else.
        if trouble.is_none() {
            if account.reloads && book.balance.is_some() {
                parts.push(html! { (words.own.reloads) });
            }
            parts.extend(book.runway.map(|runway| html! { ((words.dry_about)(&view.date(runway.date))) }));
            let open = book.asking.iter().filter(|window| window.open.is_some()).count();
            if open > 0 {
                parts.push(html! { ((words.open_windows)(open)) });
            }
            if let Some(twin) = twin(view, statement) {
                parts.push(html! { ((words.twin)(&twin)) });
                class = "warn";
            }
            if let Some(soon) = expires_soon(view, account, book) {
                parts.push(html! { (soon) });
                class = "warn";
            }
            if is_short(book) || !book.asking.is_empty() {
                class = "warn";
            }
            if is_nearly_dry(book) {
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
    parts.extend(known_until(view, account, statement).filter(|_| reminder.is_none()));
    html! { small class=(class) { (separated(&parts)) } }
}

/// The name of the account that this one is probably the same as.
pub(super) fn twin(view: &View<'_>, statement: &AccountStatement) -> Option<String> {
    let account = view.state.account(statement.duplicate.as_ref()?)?;
    Some(name(account))
}

/// A reminder of granted credit that expires within a week.
fn expires_soon(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let day = expires(account, book.currency)?;
    let is_soon = day.span().from <= view.statement.now.plus(REMINDED_BEFORE);
    granted_expires(view, account, book).filter(|_| is_soon)
}

/// When granted credit that is left expires, until it has.
pub(super) fn granted_expires(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<String> {
    let granted = book.granted.filter(|granted| *granted > Amount::ZERO)?;
    let day = expires(account, book.currency).filter(|day| day.span().to > view.statement.now)?;
    Some((view.words().granted_expires_on)(&view.money(granted, book.currency), &view.date(day)))
}

/// What is left, with its pools a hover away.
pub(super) fn left(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    if book.typed.is_some() {
        return typed_left(view, account, book);
    }
    let left = (view.words().left)(&view.money(book.balance?, book.currency));
    Some(html! { span title=[pools(view, book)] { (left) } })
}

/// Granted and topped-up money apart, where the provider splits them.
pub(super) fn pools(view: &View<'_>, book: &BookStatement) -> Option<String> {
    let (balance, granted) = book.balance.zip(book.granted)?;
    let (granted, paid) = (view.money(granted, book.currency), view.money(balance - granted, book.currency));
    Some((view.words().pools)(&granted, &paid))
}

/// What stands in the way of an account, in a few words.
pub(super) fn trouble(view: &View<'_>, account: &Account) -> Option<String> {
    let words = view.words();
    match &account.problem {
        _ if account.life != AccountStatus::Active => None,
        _ if account.lacks_key() => Some(words.paste_again.to_owned()),
        Some(problem) => Some((words.problem)(problem)),
        None => account.is_cut_short.then(|| words.cut_short.to_owned()),
    }
}

/// When it was updated, when it will be, and the refresh button with its progress.
pub(super) fn foot(view: &View<'_>) -> Markup {
    let words = view.words();
    let active = || view.state.accounts.iter().filter(|account| account.life == AccountStatus::Active);
    let asked = || active().filter(|account| account.source.is_key());
    let waiting = asked().filter(|account| account.attempt.is_some()).count();
    let is_read = active().any(|account| account.read_at.is_some());
    let next = active().filter_map(|account| account.due_at(&view.state.settings)).min();
    let is_next_told = view.lock != Lock::Locked && waiting == 0;
    let next = next.filter(|next| is_next_told && next.plus(MINUTE) > view.statement.now);
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

/// Whether an account asks for the browser's leave to be reached.
pub(super) fn is_withheld(account: &Account) -> bool {
    account.problem == Some(Problem::HostWithheld)
}
