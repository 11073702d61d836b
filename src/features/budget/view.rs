//! How the month stands against its budget, and the form that sets it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::Standing;
use crate::features::budget::words::words;
use crate::money::{Currency, Money};
use crate::store::Account;
use crate::ui::components::action;
use crate::ui::field_text;
use crate::ui::format::{bar_percent, percent};

/// How the month stands against its budget: a bar, and in words. Nothing without a budget.
pub(crate) fn budget_line(view: &View<'_>) -> Markup {
    let words = words(view.language);
    if let Some(other) = other_budget(view) {
        return html! { p.soft { ((words.other_currency)(other.code())) } };
    }
    let Some(budget) = view.statement.budget else { return html! {} };
    let Some(currency) = view.statement.total.currency else { return html! {} };
    let class = match budget.standing {
        Standing::Within => "soft",
        Standing::LandsAbove => "warn",
        Standing::Spent => "bad",
    };
    let amount = view.round_money(budget.amount, currency);
    html! {
        svg.bar.budget.over[budget.standing == Standing::Spent] aria-hidden="true" {
            rect.rest width="100%" height="5" rx="2.5" {}
            rect.part width={ (bar_percent(budget.spent, budget.amount)) "%" } height="5" rx="2.5" {}
            @if let Some(landing) = view.statement.landing.figure.amount {
                rect.tick x={ (bar_percent(landing, budget.amount).min(99)) "%" } width="2" height="5" {}
            }
        }
        p class=(class) { ((words.of_budget)(&percent(budget.spent, budget.amount), &amount)) @if budget.standing == Standing::LandsAbove { " · " (words.lands_above) } }
    }
}

/// The currency of a budget that is not that of the total: no rate makes a promise.
fn other_budget(view: &View<'_>) -> Option<Currency> {
    let budget = view.state.settings.budget?.currency;
    (view.statement.total.currency? != budget).then_some(budget)
}

pub(crate) fn budget_form(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    let budget = view.state.settings.budget.filter(|budget| budget.currency == currency);
    html! {
        form data-do="budget" {
            label for="budget" { ((words.budget)(currency.code())) }
            input id="budget" type="text" inputmode="decimal" name="amount" autocomplete="off"
                value=[budget.map(|budget| field_text(budget.amount, budget.currency))] placeholder=(words.no_budget);
            button.go { (view.words().save) }
        }
        @for (account, limit) in offered(view) {
            div.actions {
                p { ((words.limit)(&account.name(), &view.money(limit.amount, limit.currency))) }
                (take(limit, words.take_limit))
            }
        }
    }
}

/// Takes a limit as the budget.
fn take(limit: Money, label: &str) -> Markup {
    let amount = limit.amount.to_string();
    action("budget", &[("amount", &amount), ("amount.read", &amount)], &html! { button { (label) } })
}

/// Limits that users set at providers, and that are not the budget yet.
fn offered<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a Account, Money)> {
    let (budget, currency) = (view.state.settings.budget, view.statement.total.currency);
    let limits = view.state.accounts.iter().filter_map(|account| Some((account, account.limit?)));
    limits.filter(move |(_, limit)| Some(limit.currency) == currency && budget != Some(*limit))
}

/// How the month stands against its budget, for the tooltip.
pub(crate) fn tooltip(view: &View<'_>) -> Option<String> {
    let (budget, currency) = view.statement.budget.zip(view.statement.total.currency)?;
    let used = percent(budget.spent, budget.amount);
    Some((words(view.language).of_budget_so_far)(&used, &view.money(budget.amount, currency)))
}
