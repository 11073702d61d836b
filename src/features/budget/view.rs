//! The month's progress against its budget, and the form that sets the budget.

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::{Budget, Standing};
use crate::features::budget::BudgetScope;
use crate::features::budget::words::words;
use crate::money::{Currency, Money};
use crate::store::Account;
use crate::ui::components::action;
use crate::ui::field_text;
use crate::ui::forecast::days_between;
use crate::ui::format::{bar_percent, percent};

/// The month's progress against its budget, as a bar and a sentence. Empty without a budget.
pub(crate) fn budget_line(view: &View<'_>) -> Markup {
    let words = words(view.language);
    if let Some(other) = other_budget(view) {
        return html! { p.soft { ((words.other_currency)(other.code())) } };
    }
    let Some(budget) = view.statement.budget else { return html! {} };
    let Some(currency) = view.statement.total.currency else { return html! {} };
    meter(view, budget, currency)
}

/// A month's progress against a budget, as a bar and a sentence.
fn meter(view: &View<'_>, budget: Budget, currency: Currency) -> Markup {
    let words = words(view.language);
    let class = match budget.standing {
        Standing::Within | Standing::MayGoOver => "soft",
        Standing::LandsAbove => "warn",
        Standing::Spent => "bad",
    };
    let amount = view.round_money(budget.amount, currency);
    html! {
        div.meter {
            svg.bar.budget.over[budget.standing == Standing::Spent] aria-hidden="true" {
                rect.rest width="100%" height="5" rx="2.5" {}
                rect.part width={ (bar_percent(budget.spent, budget.amount)) "%" } height="5" rx="2.5" {}
                @if let Some(landing) = budget.landing {
                    rect.tick x={ (bar_percent(landing, budget.amount).min(99)) "%" } width="2" height="5" {}
                }
            }
            p class=(class) {
                ((words.of_budget)(&percent(budget.spent, budget.amount), &amount))
                @if let Some(standing) = standing(view, budget) { " · " (standing) }
            }
        }
    }
}

/// The forecast against a budget, with the day on which the budget is reached. `None` without a forecast or once the budget is
/// spent.
fn standing(view: &View<'_>, budget: Budget) -> Option<String> {
    let words = words(view.language);
    budget.landing?;
    let soonest = budget.reached.and_then(|reached| reached.soonest);
    Some(match budget.standing {
        Standing::Within => words.on_track.to_owned(),
        Standing::MayGoOver => (words.may_go_over)(soonest.map(|day| view.date(day)).as_deref()),
        Standing::LandsAbove => {
            let latest = budget.reached.and_then(|reached| reached.latest);
            let day = budget.reached.and_then(|reached| reached.expected);
            let range = soonest.zip(day).map(|(soonest, day)| days_between(view, soonest, day, latest));
            (words.likely_over)(day.map(|day| view.date(day)).as_deref(), range.as_deref())
        }
        Standing::Spent => return None,
    })
}

/// The budget's currency if it is not the main one: a limit is never converted.
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
        @for scoped in scoped(view) { (scoped_budget(view, &scoped)) }
        (add_form(view))
        @for (account, limit) in offered(view) {
            div.actions {
                p { ((words.limit)(&view.name(account), &view.money(limit.amount, limit.currency))) }
                (take(limit, words.take_limit))
            }
        }
    }
}

/// A budget of one currency or one account, and the month's progress against it.
struct Scoped {
    scope: BudgetScope,
    name: String,
    money: Money,
    /// `None` while the account's book has no figures.
    budget: Option<Budget>,
}

/// The budgets of currencies and of accounts.
fn scoped(view: &View<'_>) -> Vec<Scoped> {
    let settings = &view.state.settings;
    let of_currency = settings.currency_budgets.iter().map(|money| {
        let now = view.statement.now;
        let budget = Budget::of_currency(*money, &view.statement.accounts, &settings.plans, now);
        let scope = BudgetScope::Currency(money.currency);
        Scoped { name: name(view, &scope), scope, money: *money, budget: Some(budget) }
    });
    let of_account = view.accounts().flat_map(|(account, statement)| {
        account.budgets.iter().map(|money| {
            let book = statement.books.iter().find(|book| book.currency == money.currency);
            let scope = BudgetScope::Account(account.id.clone(), money.currency);
            let budget = book.map(|book| Budget::of_book(money.amount, book, view.statement.now));
            Scoped { name: name(view, &scope), scope, money: *money, budget }
        })
    });
    of_currency.chain(of_account).collect()
}

fn scoped_budget(view: &View<'_>, Scoped { scope, name, money, budget }: &Scoped) -> Markup {
    let words = words(view.language);
    let (of, id) = (scope.to_string(), format!("budget-{}", scope.to_string().replace(' ', "-")));
    html! {
        div.sub {
            h3 { (name) }
            @if let Some(budget) = budget { (meter(view, *budget, money.currency)) }
            form data-do="budget" {
                input type="hidden" name="of" value=(of);
                label for=(id) { ((words.budget_of)(name)) }
                div.actions {
                    input id=(id) type="text" inputmode="decimal" name="amount" autocomplete="off"
                        value=(field_text(money.amount, money.currency)) placeholder=(words.no_budget);
                    button { (view.words().save) }
                }
            }
        }
    }
}

/// The form that adds a budget for a currency or account without one. Empty if all have one, or if there is only one account and
/// one currency.
fn add_form(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let known: Vec<BudgetScope> = scoped(view).into_iter().map(|scoped| scoped.scope).collect();
    let mut scopes: Vec<BudgetScope> = Vec::new();
    for (account, statement) in view.accounts().filter(|(account, _)| !account.is_ended()) {
        for book in statement.counted() {
            let of_currency = BudgetScope::Currency(book.currency);
            if view.statement.total.currency != Some(book.currency) && !scopes.contains(&of_currency) {
                scopes.push(of_currency);
            }
            scopes.push(BudgetScope::Account(account.id.clone(), book.currency));
        }
    }
    let is_one = scopes.len() < 2;
    scopes.retain(|scope| !known.contains(scope));
    if scopes.is_empty() || is_one {
        return html! {};
    }
    html! {
        details {
            summary.button { (words.add_budget) }
            form data-do="budget" {
                label for="budget-of" { (words.budget_for) }
                select id="budget-of" name="of" {
                    @for (place, scope) in scopes.iter().enumerate() {
                        option value=(scope) selected[place == 0] { (name(view, scope)) }
                    }
                }
                label for="budget-new" { (words.amount_a_month) }
                input id="budget-new" type="text" inputmode="decimal" name="amount" autocomplete="off" required;
                button.go { (view.words().save) }
            }
        }
    }
}

/// The name of a budget's scope, with its currency.
fn name(view: &View<'_>, scope: &BudgetScope) -> String {
    let words = words(view.language);
    match scope {
        BudgetScope::Total(currency) => (words.budget)(currency.code()),
        BudgetScope::Currency(currency) => (words.all_in)(currency.code()),
        BudgetScope::Account(id, currency) => (words.account_in)(&view.name_of(id), currency.code()),
    }
}

/// The button that takes a provider's limit as the budget.
fn take(limit: Money, label: &str) -> Markup {
    let amount = limit.amount.to_string();
    action("budget", &[("amount", &amount), ("amount.read", &amount)], &html! { button { (label) } })
}

/// Limits that users set at providers and that are not the budget yet.
fn offered<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a Account, Money)> {
    let (budget, currency) = (view.state.settings.budget, view.statement.total.currency);
    let limits = view.state.accounts.iter().filter_map(|account| Some((account, account.limit?)));
    limits.filter(move |(_, limit)| Some(limit.currency) == currency && budget != Some(*limit))
}

/// The month's progress against its budget, for the tooltip.
pub(crate) fn tooltip(view: &View<'_>) -> Option<String> {
    let (budget, currency) = view.statement.budget.zip(view.statement.total.currency)?;
    let used = percent(budget.spent, budget.amount);
    Some((words(view.language).of_budget_so_far)(&used, &view.money(budget.amount, currency)))
}
