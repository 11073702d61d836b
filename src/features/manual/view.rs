//! The forms that add accounts without a key, the fields for typed figures, and the reminder.

use core::iter::once;

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::statement::{AccountStatement, BookStatement};
use crate::features::manual::no_api::NoApi;
use crate::features::manual::words::words;
use crate::money::Currency;
use crate::provider::Card;
use crate::store::{Account, AccountStatus, Source};
use crate::ui::components::{As, Beat, account_form, figure, fill, pulse, time, trouble};
use crate::ui::currency_select::currency_select;
use crate::ui::format::Grain;
use crate::ui::links::link;

/// A short reminder for an account with an old figure or file.
pub(crate) fn reminder(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Option<Markup> {
    let words = words(view.language);
    let is_due = statement.is_stale || (account.source == Source::File && statement.read_at.is_none());
    if account.life != AccountStatus::Active || account.source.is_key() || !is_due {
        return None;
    }
    let typed = |phrase| statement.read_at.map(|at| fill(phrase, &[time(at, As::Age)]));
    match account.source {
        Source::Key => None,
        Source::Balance(_) => typed(words.type_balance),
        Source::Bill(_) => typed(words.type_bill),
        Source::File => Some(match statement.read_at {
            Some(end) => html! { ((words.bring_newer)(&view.date(end.minus(1).day()))) },
            None => html! { (words.bring_first) },
        }),
    }
}

/// How recent an account's figures are, if the user need not act.
pub(crate) fn known_until(
    view: &View<'_>,
    account: &Account,
    statement: &AccountStatement,
) -> Option<Markup> {
    let words = words(view.language);
    let at = statement.read_at?;
    Some(match account.source {
        Source::Key if statement.is_stale || trouble(view, account).is_some() => {
            fill(words.figures_of, &[time(at, As::Age)])
        }
        Source::Key => fill(words.read, &[pulse(once(account), Beat::Read)]),
        Source::Balance(_) | Source::Bill(_) => fill(words.typed, &[time(at, As::Age)]),
        Source::File => html! { ((words.file_ends)(&view.date(at.minus(1).day()))) },
    })
}

/// The field for the next figure of an account kept by hand; `with_time` adds a field for its time.
pub(crate) fn next_figure(view: &View<'_>, account: &Account, with_time: bool) -> Markup {
    let words = words(view.language);
    let (currency, label) = match account.source {
        Source::Balance(currency) => (currency, words.balance_now),
        Source::Bill(currency) => (currency, words.bill_so_far),
        Source::Key | Source::File => return html! {},
    };
    let id = format!("figure-{}", account.id.0);
    html! {
        form data-do="figure" {
            input type="hidden" name="account" value=(account.id.0);
            label for=(id) { ((label)(currency.code())) }
            div.actions {
                (amount(&id))
                button { (words.keep) }
            }
            @if with_time {
                details {
                    summary { (words.earlier) }
                    label for={ (id) "-at" } { (view.words().when) }
                    input id={ (id) "-at" } type="datetime-local" name="at";
                    p.soft { (words.earlier_hint) }
                }
            }
        }
    }
}

fn amount(id: &str) -> Markup {
    html! { input id=(id) type="text" inputmode="decimal" name="amount" autocomplete="off" required; }
}

/// The form for the balance left, if bills are reported without a balance.
pub(crate) fn type_left(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let words = words(view.language);
    let is_reported = |book: &BookStatement| book.balance.is_some() && book.typed.is_none();
    let books = statement.counted().filter(|book| account.is_billed() && !is_reported(book));
    html! {
        @for book in books {
            @let id = format!("left-{}-{}", account.id.0, book.currency);
            (account_form(account, "left", words.type_left, &html! {
                input type="hidden" name="currency" value=(book.currency);
                label for=(id) { ((words.balance_now)(book.currency.code())) }
                (amount(&id))
                p.soft { (words.type_left_hint) }
                button { (words.keep) }
            }))
        }
    }
}

/// The balance left as it was typed, with the reason why it is approximate.
pub(crate) fn typed_left(view: &View<'_>, account: &Account, book: &BookStatement) -> Option<Markup> {
    book.typed?;
    let left = Figure::new(book.balance?, Mark::Approximate, [Reason::ManualFigure]);
    let id = format!("typed-{}-{}", account.id.0, book.currency);
    let left = figure(view, &id, &left, Some(book.currency), Grain::Cents);
    Some(fill(words(view.language).typed_left, &[left]))
}

/// The form that sets the reminder.
pub(crate) fn remind_form(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let id = format!("days-{}", account.id.0);
    html! {
        (account_form(account, "remind", words.remind, &html! {
            label for=(id) { (words.remind_after) }
            input id=(id) type="text" inputmode="numeric" name="days" value=[account.remind_days] autocomplete="off" placeholder=(view.words().never);
            button { (view.words().save) }
        }))
    }
}

/// The form that adds an account kept by hand.
pub(crate) fn by_hand_form(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { p { (words.by_hand_how) } (by_hand(view, "")) }
}

/// The ways to add an account of a provider without an API: what it lacks, where its figure is shown, and both forms.
pub(crate) fn no_api(view: &View<'_>, provider: &NoApi) -> Markup {
    let words = words(view.language);
    let lacks = view.text(provider.lacks.sentence()).replace("{}", provider.name);
    html! {
        p { (lacks) " " (fill(words.seen_at, &[link(provider.page)])) }
        div.ways {
            div {
                h3 { (words.with_figures) }
                p { (words.figures_how) }
                (by_hand(view, provider.name))
            }
            div {
                h3 { (words.with_file) }
                p { (words.file_risk) }
                (of_file(view, provider.name))
            }
        }
    }
}

/// The form of an account kept by hand; `label` is its name if known.
fn by_hand(view: &View<'_>, label: &str) -> Markup {
    let words = words(view.language);
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    html! {
        form data-do="by_hand" {
            (name("hand", words.name_of_it, label, true))
            label for="hand-currency" { (view.words().in_currency) }
            (currency_select(view, "hand-currency", Some(currency), None))
            label.choice { input type="radio" name="tells" value="balance" checked; (words.tells_balance) }
            label.choice { input type="radio" name="tells" value="bill"; (words.tells_bill) }
            label for="hand-amount" { (words.first_figure) }
            (amount("hand-amount"))
            button.go { (words.add) }
        }
    }
}

/// The form that adds an account of an unknown provider, kept by files.
pub(crate) fn by_file_form(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { p { (words.by_file_how) } (of_file(view, "")) }
}

/// The form of an account kept by files; `label` is its name if known.
fn of_file(view: &View<'_>, label: &str) -> Markup {
    let words = words(view.language);
    html! {
        form data-do="by_file" {
            (name("file", words.name_of_it, label, true))
            button.go { (words.add) }
        }
    }
}

/// The alternative to a key for a provider that gives files: its risk and its cost.
///
/// `how` explains how to get the file.
pub(crate) fn by_file(view: &View<'_>, card: &Card, how: &Markup) -> Markup {
    let words = words(view.language);
    html! {
        h3 { (words.with_file) }
        p { (words.file_risk) }
        (how)
        form data-do="by_file" {
            input type="hidden" name="provider" value=(card.id);
            (name(&format!("file-{}", card.id), view.words().label_of_account, "", false))
            button.go { (words.add) }
        }
    }
}

fn name(id: &str, label: &str, value: &str, is_needed: bool) -> Markup {
    html! {
        label for={ (id) "-name" } { (label) }
        input id={ (id) "-name" } type="text" name="label" value=(value) autocomplete="off" maxlength="40" required[is_needed];
    }
}
