//! Plans and budget: what is paid anyway, and what the month may cost.

use maud::{Markup, html};

use crate::books::plan::{Every, Plan};
use crate::books::rates::between;
use crate::books::statement::Standing;
use crate::money::{Currency, Money};
use crate::provider::ecb::ORIGIN;
use crate::screen::connect::link;
use crate::screen::format::{bar_percent, percent};
use crate::screen::pieces::{action, fill, note};
use crate::screen::{View, name};
use crate::store::Account;
use crate::time::in_order;

/// The usual subscriptions, by name: their prices change, and are the user's to enter.
const USUAL: [&str; 8] = [
    "Claude Pro",
    "Claude Max",
    "ChatGPT Plus",
    "ChatGPT Pro",
    "GitHub Copilot Pro",
    "Cursor Pro",
    "Google AI Pro",
    "Windsurf Pro",
];

/// The section. Where amounts are hidden, so are its forms.
pub(super) fn plans(view: &View<'_>) -> Markup {
    let words = &view.words().plans;
    html! {
        h2 { (words.title) }
        (note(view, "plans"))
        (budget_line(view))
        @if view.state.settings.is_hidden { p.soft { (words.hidden) } } @else {
            (budget_form(view))
            h3 { (words.plans) }
            p.soft { (words.why) }
            @if !view.state.settings.plans.is_empty() {
                ul.stated { @for (place, plan) in view.state.settings.plans.iter().enumerate() { (one(view, place, plan)) } }
            }
            details {
                summary.button { (words.add) }
                (form(view, "new", None))
            }
        }
    }
}

/// How the month stands against its budget: a bar, and in words. Nothing without a budget.
pub(super) fn budget_line(view: &View<'_>) -> Markup {
    let words = &view.words().plans;
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
    let amount = view.money(budget.amount, currency);
    html! {
        svg.bar.budget.over[budget.standing == Standing::Spent] aria-hidden="true" {
            rect.rest width="100%" height="3" {}
            rect.part width={ (bar_percent(budget.spent, budget.amount)) "%" } height="3" {}
        }
        p class=(class) { ((words.of_budget)(&percent(budget.spent, budget.amount), &amount)) @if budget.standing == Standing::LandsAbove { ", " (words.lands_above) } }
    }
}

/// The currency of a budget that is not that of the total: no rate makes a promise.
fn other_budget(view: &View<'_>) -> Option<Currency> {
    let budget = view.state.settings.budget?.currency;
    (view.statement.total.currency? != budget).then_some(budget)
}

fn budget_form(view: &View<'_>) -> Markup {
    let words = &view.words().plans;
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    let budget = view.state.settings.budget.filter(|budget| budget.currency == currency);
    html! {
        form data-do="budget" {
            label for="budget" { ((words.budget)(currency.code())) }
            input id="budget" type="text" inputmode="decimal" name="amount" autocomplete="off"
                value=[budget.map(|budget| budget.amount.to_string())] placeholder=(words.no_budget);
            button.go { (view.words().save) }
        }
        @for (account, limit) in offered(view) {
            div.actions {
                p { ((words.limit)(&name(account), &view.money(limit.amount, limit.currency))) }
                (action("budget", &[("amount", &limit.amount.to_string())], &html! { button { (words.take_limit) } }))
            }
        }
    }
}

/// Limits that users set at providers, and that are not the budget yet.
fn offered<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a Account, Money)> {
    let (budget, currency) = (view.state.settings.budget, view.statement.total.currency);
    let limits = view.state.accounts.iter().filter_map(|account| Some((account, account.limit?)));
    limits.filter(move |(_, limit)| Some(limit.currency) == currency && budget != Some(*limit))
}

fn one(view: &View<'_>, place: usize, plan: &Plan) -> Markup {
    let words = &view.words().plans;
    let price = view.money(plan.amount, plan.currency);
    let charged = match plan.every {
        Every::Month => (words.each_month)(plan.day),
        Every::Year => (words.each_year)(&view.date(plan.since.month().day(plan.day))),
    };
    let number = place.to_string();
    html! {
        li {
            span { b { (plan.name) } " " span.soft { (price) ", " (charged) @if let Some(until) = plan.until { ", " ((words.until)(&view.date(until))) } } }
            details { summary.button { (words.change) } (form(view, &number, Some((place, plan)))) }
            (action("drop_plan", &[("place", &number), ("name", &plan.name)], &html! { button { (view.words().remove) } }))
        }
    }
}

fn form(view: &View<'_>, key: &str, known: Option<(usize, &Plan)>) -> Markup {
    let words = &view.words().plans;
    let id = |what: &str| format!("plan-{key}-{what}");
    let plan = known.map(|(_, plan)| plan);
    let currency = plan.map(|plan| plan.currency).or(view.statement.total.currency).unwrap_or(Currency::USD);
    let today = view.statement.now.day();
    let since = plan.map_or(today, |plan| plan.since);
    let day = plan.map_or(today.number(), |plan| plan.day);
    let field = |name: &str, label: &str, kind: &str, value: &str, is_needed: bool| {
        html! {
            label for=(id(name)) { (label) }
            input id=(id(name)) type=(kind) name=(name) value=(value) autocomplete="off" required[is_needed]
                list=[(name == "name").then(|| id("usual"))];
        }
    };
    let amount = plan.map(|plan| plan.amount.to_string()).unwrap_or_default();
    let until = plan.and_then(|plan| plan.until).map(|day| day.to_string()).unwrap_or_default();
    html! {
        form data-do="plan" {
            input type="hidden" name="place" value=[known.map(|(place, _)| place)];
            (field("name", words.name, "text", plan.map_or("", |plan| &plan.name), true))
            datalist id=(id("usual")) { @for name in USUAL { option value=(name) {} } }
            (field("amount", words.price, "text", &amount, true))
            (field("currency", view.words().in_currency, "text", currency.code(), true))
            label for=(id("every")) { (words.every) }
            select id=(id("every")) name="every" {
                @for (value, every, label) in [("month", Every::Month, words.monthly), ("year", Every::Year, words.yearly)] {
                    option value=(value) selected[plan.is_some_and(|plan| plan.every == every)] { (label) }
                }
            }
            (field("day", words.day, "text", &day.to_string(), true))
            (field("since", words.since, "date", &since.to_string(), true))
            (field("until", words.until_day, "date", &until, false))
            button.go { (view.words().save) }
        }
    }
}

/// Currencies other than that of the totals, and what they are worth. Nothing where there is none.
pub(super) fn currencies(view: &View<'_>) -> Option<Markup> {
    let words = &view.words().plans;
    let main = view.statement.total.currency?;
    let others = others(view, main);
    if others.is_empty() {
        return None;
    }
    let settings = &view.state.settings;
    Some(html! {
        h2 { (words.currencies) }
        (note(view, "currencies"))
        p { ((words.why_rates)(main.code())) }
        @for other in others {
            @let known = between(&settings.rates, other, main);
            @let field = format!("rate-{other}");
            form data-do="rate" {
                input type="hidden" name="currency" value=(other);
                label for=(field) { ((words.one_is_worth)(other.code(), main.code())) }
                div.actions {
                    input id=(field) type="text" inputmode="decimal" name="rate" autocomplete="off"
                        value=[known.map(|known| known.rate.to_text(10))];
                    button { (view.words().save) }
                }
                @if let Some(known) = known { p.soft { ((words.rate_of)(known.source, &view.date(known.on))) } }
            }
        }
        form data-do="ecb_rates" data-origins=[(!settings.takes_ecb_rates).then(|| format!("{ORIGIN}/*"))] {
            @if settings.takes_ecb_rates { p { (words.ecb_on) } button { (words.ecb_stop) } }
            @else {
                input type="hidden" name="on" value="on";
                p { (fill(words.ecb_offer, &[link("https://frankfurter.dev")])) }
                button { (words.ecb_take) }
            }
        }
    })
}

fn others(view: &View<'_>, main: Currency) -> Vec<Currency> {
    let books = view.statement.accounts.iter().flat_map(|account| account.counted());
    let plans = view.state.settings.plans.iter().map(|plan| plan.currency);
    let known = view.state.settings.rates.iter().map(|exchange| exchange.from);
    let all = books.map(|book| book.currency).chain(plans).chain(known);
    let mut others = in_order(all.filter(|other| *other != main), Currency::cmp);
    others.dedup();
    others
}
