//! Alerts: the text of a notification, and the form that turns alerts on and off.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::alert::{Alert, AlertKind, AlertScope};
use crate::books::reading::AccountId;
use crate::books::statement::{AccountStatement, BookStatement, Budget};
use crate::features::alerts::words::words;
use crate::host::Notification;
use crate::money::{Amount, Currency};
use crate::store::Account;
use crate::time::{Day, Timestamp};
use crate::ui::components::note;
use crate::ui::format::{Grain, marked, percent};
use crate::ui::links::link;

/// One notification of all new alerts; `None` without any. A click opens the page concerned. It contains no amount while amounts
/// are hidden.
pub(super) fn notification(view: &View<'_>, alerts: &[Alert]) -> Option<Notification> {
    let words = words(view.language);
    let lines: Vec<String> = alerts.iter().filter_map(|alert| line(view, alert)).collect();
    let first = alerts.first()?;
    let place = match &first.of {
        AlertScope::Total if first.about == AlertKind::MonthSummary => {
            Spot::Statement(view.statement.month.previous()).to_string()
        }
        AlertScope::Account(id, _) | AlertScope::Credit(id, ..) => Spot::Account(id.clone()).to_string(),
        AlertScope::Total | AlertScope::Currency(_) => Spot::Budget.to_string(),
    };
    let (title, message) = match lines.as_slice() {
        [] => return None,
        [line] => ("Drawdown".to_owned(), line.clone()),
        lines => ((words.digest)(lines.len()), lines.join("\n")),
    };
    Some(Notification { place, title, message })
}

fn line(view: &View<'_>, alert: &Alert) -> Option<String> {
    match &alert.of {
        AlertScope::Total => of_total(view, alert.about),
        AlertScope::Currency(currency) => of_currency(view, alert.about, *currency),
        AlertScope::Account(id, currency) => {
            let (account, statement) = view.accounts().find(|(account, _)| account.id == *id)?;
            let book =
                currency.and_then(|currency| statement.books.iter().find(|book| book.currency == currency));
            of_account(view, alert.about, account, book)
        }
        AlertScope::Credit(id, currency, day) => of_credit(view, id, *currency, *day),
    }
}

fn of_credit(view: &View<'_>, id: &AccountId, currency: Currency, day: Day) -> Option<String> {
    let words = words(view.language);
    let (account, statement) = view.accounts().find(|(account, _)| account.id == *id)?;
    let book = statement.books.iter().find(|book| book.currency == currency)?;
    let parts = book.credits.each.iter().filter(|part| part.credit.expires == Some(day));
    let unused: Amount = parts.filter_map(|part| part.unused).sum();
    let unused = (unused >= currency.smallest()).then(|| view.money(unused, currency));
    Some((words.credit_expires)(&view.name(account), &view.date(day), unused.as_deref()))
}

fn of_total(view: &View<'_>, about: AlertKind) -> Option<String> {
    let (words, statement) = (words(view.language), view.statement);
    let total = |amount| statement.total.currency.map(|currency| view.money(amount, currency));
    if about == AlertKind::MonthSummary {
        let month = (view.words().month)(statement.month.previous());
        let cost = statement.last_month_total();
        let shown = match view.state.settings.is_hidden {
            true => total(cost.amount?)?,
            false => marked(&cost, statement.total.currency, Grain::Cents),
        };
        return Some((words.month_summary)(month, &shown));
    }
    let budget = statement.budget?;
    let amount = total(budget.amount)?;
    Some(match about {
        AlertKind::LandsAbove => (words.lands_above)(&total(statement.landing.figure.amount?)?, &amount),
        _ => (words.budget)(&percent(budget.spent, budget.amount), &amount),
    })
}

fn of_currency(view: &View<'_>, about: AlertKind, currency: Currency) -> Option<String> {
    let (words, settings) = (words(view.language), &view.state.settings);
    let money = settings.currency_budgets.iter().find(|budget| budget.currency == currency)?;
    let budget = Budget::of_currency(*money, &view.statement.accounts, &settings.plans, view.statement.now);
    let (code, amount) = (currency.code(), view.money(budget.amount, currency));
    Some(match about {
        AlertKind::LandsAbove => {
            (words.currency_lands_above)(code, &view.money(budget.landing?, currency), &amount)
        }
        _ => (words.currency_budget)(code, &percent(budget.spent, budget.amount), &amount),
    })
}

fn of_account(
    view: &View<'_>,
    about: AlertKind,
    account: &Account,
    book: Option<&BookStatement>,
) -> Option<String> {
    let words = words(view.language);
    let name = view.name(account);
    Some(match about {
        AlertKind::KeyRefused => (words.key_refused)(&name),
        AlertKind::KeyExpires => (words.key_expires)(&name, &view.date(account.key_expires?)),
        AlertKind::RunsOut => match book?.next_charge {
            Some(charge) => (words.next_charge)(&name, &view.date(charge.date)),
            None => (words.runs_out)(&name, &view.date(book?.runway?.date)),
        },
        AlertKind::LowBalance => (words.low_balance)(&name, &view.money(book?.balance?, book?.currency)),
        AlertKind::CreditExpires | AlertKind::CreditExpiresLater => return None,
        AlertKind::Unusual => {
            let usual = book?.anomaly?;
            let (spend, median) =
                (view.money(usual.spend, book?.currency), view.money(usual.median, book?.currency));
            (words.unusual)(&name, usual.is_hour(), &spend, &median)
        }
        AlertKind::Rise => (words.rise)(&name),
        AlertKind::MonthSummary => return None,
        AlertKind::BudgetSpent | AlertKind::BudgetNear => {
            let budget = budget_of(account, book?, view.statement.now)?;
            let percent = percent(budget.spent, budget.amount);
            (words.account_budget)(&name, &percent, &view.money(budget.amount, book?.currency))
        }
        AlertKind::LandsAbove => {
            let (budget, currency) = (budget_of(account, book?, view.statement.now)?, book?.currency);
            let (landing, amount) =
                (view.money(budget.landing?, currency), view.money(budget.amount, currency));
            (words.account_lands_above)(&name, &landing, &amount)
        }
    })
}

/// A book's figures against its account's budget.
fn budget_of(account: &Account, book: &BookStatement, now: Timestamp) -> Option<Budget> {
    let budget = account.budgets.iter().find(|budget| budget.currency == book.currency)?;
    Some(Budget::of_book(budget.amount, book, now))
}

/// Unusual spend of an account now, with a link to the page where keys are revoked.
pub(crate) fn unusual(view: &View<'_>, account: &Account, statement: &AccountStatement) -> Markup {
    let is_exceeded = |book: &&BookStatement| book.anomaly.is_some_and(|usual| usual.is_exceeded());
    html! {
        @for book in statement.counted().filter(is_exceeded) {
            p.note.bad {
                (of_account(view, AlertKind::Unusual, account, Some(book)).unwrap_or_default())
                @if let Some(card) = account.card() { " " (link(card.key.page)) }
            }
        }
    }
}

/// The form that turns alerts on and off.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let wanted = &view.state.settings.alerts;
    let boxes = [
        ("budget", words.want_budget, wanted.budget),
        ("keys", words.want_keys, wanted.keys),
        ("granted_expires", words.want_granted, wanted.granted_expires),
        ("unusual", words.want_unusual, wanted.unusual),
        ("rise", words.want_rise, wanted.rise),
        ("month_summary", words.want_summary, wanted.month_summary),
    ];
    let low = wanted.low_balance;
    let fields = [
        ("run_out_days", words.want_run_out, "numeric", wanted.run_out_days.map(|days| days.to_string())),
        ("low_balance", words.want_low, "decimal", low.map(|amount| amount.to_string())),
    ];
    let quiet = [
        ("quiet_from", words.quiet_from, wanted.quiet.map(|(from, _)| from)),
        ("quiet_to", words.quiet_to, wanted.quiet.map(|(_, to)| to)),
    ];
    html! {
        h2 { (words.title) }
        p.soft { (words.once) }
        (note(view, "alerts"))
        @if view.state.settings.is_hidden { p.soft { (view.words().amounts_hidden) } } @else { form data-do="alerts" {
            @for (name, label, is_on) in boxes {
                label.choice { input type="checkbox" name=(name) checked[is_on]; (label) }
            }
            @for (name, label, kind, value) in fields {
                label for={ "alert-" (name) } { (label) }
                input id={ "alert-" (name) } type="text" inputmode=(kind) name=(name) value=[value] placeholder=(words.never) autocomplete="off";
            }
            fieldset.two {
                legend { (words.quiet) }
                @for (name, label, hour) in quiet {
                    div {
                        label for={ "alert-" (name) } { (label) }
                        input id={ "alert-" (name) } type="time" step="3600" name=(name) value=[hour.map(|hour| format!("{hour:02}:00"))];
                    }
                }
            }
            button.go { (view.words().save) }
        } }
    }
}
