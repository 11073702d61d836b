//! The list of subscriptions, and the form for one.

use maud::{Markup, html};

use crate::app::View;
use crate::books::plan::{Every, Plan};
use crate::features::subscriptions::words::words;
use crate::money::Currency;
use crate::ui::components::{action, note};
use crate::ui::currency_select::currency_select;
use crate::ui::field_text;

/// The names of common subscriptions. Their prices change, so the user enters them.
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

/// All subscriptions, and the form for another.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let plans = &view.state.settings.plans;
    html! {
        h2 { (words.title) }
        p.soft { (words.why) }
        (note(view, "subscriptions"))
        @if view.state.settings.is_hidden { p.soft { (view.words().amounts_hidden) } } @else {
            @if !plans.is_empty() {
                ul.stated { @for (place, plan) in plans.iter().enumerate() { (one(view, place, plan)) } }
            }
            details {
                summary.button { (words.add) }
                (form(view, "new", None))
            }
        }
    }
}

fn one(view: &View<'_>, place: usize, plan: &Plan) -> Markup {
    let words = words(view.language);
    let price = view.money(plan.amount, plan.currency);
    let charged = match plan.every {
        Every::Month => (words.each_month)(plan.day),
        Every::Year => (words.each_year)(&view.date(plan.since.month().day(plan.day))),
    };
    let number = place.to_string();
    html! {
        li {
            span { b { (plan.name) } " " span.soft { (price) " · " (charged) @if let Some(until) = plan.until { " · " ((words.until)(&view.date(until))) } } }
            details { summary.button { (words.change) } (form(view, &number, Some((place, plan)))) }
            (action("drop_plan", &[("place", &number), ("name", &plan.name)], &html! { button { (view.words().remove) } }))
        }
    }
}

fn form(view: &View<'_>, key: &str, known: Option<(usize, &Plan)>) -> Markup {
    let words = words(view.language);
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
    let amount = plan.map(|plan| field_text(plan.amount, plan.currency)).unwrap_or_default();
    let until = plan.and_then(|plan| plan.until).map(|day| day.to_string()).unwrap_or_default();
    html! {
        form data-do="plan" {
            input type="hidden" name="place" value=[known.map(|(place, _)| place)];
            (field("name", words.name, "text", plan.map_or("", |plan| &plan.name), true))
            datalist id=(id("usual")) { @for name in USUAL { option value=(name) {} } }
            (field("amount", words.price, "text", &amount, true))
            label for=(id("currency")) { (view.words().in_currency) }
            (currency_select(view, &id("currency"), Some(currency), None))
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
