//! The spend of a month, a week or a day by model or product, with shares.

use maud::{Markup, html};

use crate::app::{ModelTime, Place, View};
use crate::books::figure::{Figure, Mark};
use crate::books::statement::{LineName, Period, Spending, SpendingLine};
use crate::features::clients;
use crate::money::Currency;
use crate::pages::dashboard::overview::shown::{Shown, parts_shown};
use crate::pages::dashboard::words::words;
use crate::ui::chart::Hue;
use crate::ui::components::{choice, choices, figure};
use crate::ui::format::{Grain, bar_percent};

/// The table, with the choice of its period. `None` before there are figures.
pub(super) fn table(view: &View<'_>, shown: &Shown<'_>) -> Option<Markup> {
    let words = words(view.language);
    let currency = shown.spending.currency?;
    let time = if shown.is_running { view.place.models } else { ModelTime::Month };
    let other = match time {
        ModelTime::Month => None,
        ModelTime::Week => Some(shown.detail.spending(Period::Week)),
        ModelTime::Yesterday => Some(shown.detail.spending(Period::Yesterday)),
    };
    let spending = other.as_ref().unwrap_or(&shown.spending);
    let to = |time: ModelTime| -> Place { view.place.with_models(time) };
    Some(html! {
        div.panel-head {
            h2 { (words.by_model) }
            @if let Some(filter) = clients::filter(view, "model-rows") { (filter) }
            @if shown.is_running {
                (choices(words.model_time, &[
                    choice("models-month", words.month, &to(ModelTime::Month), time == ModelTime::Month),
                    choice("models-week", words.week, &to(ModelTime::Week), time == ModelTime::Week),
                    choice("models-yesterday", words.yesterday, &to(ModelTime::Yesterday), time == ModelTime::Yesterday),
                ]))
            }
        }
        @if spending.lines.is_empty() { p.soft { (words.nothing_spent) } } @else { (lines(view, shown, spending, currency)) }
    })
}

/// The lines of a period, as a table.
pub(super) fn lines(view: &View<'_>, shown: &Shown<'_>, spending: &Spending, currency: Currency) -> Markup {
    let words = words(view.language);
    let amounts = spending.lines.iter().map(|line| Figure::new(line.amount, Mark::Exact, []));
    let parts = parts_shown(spending, amounts);
    html! {
        table.figures {
            thead.unseen { tr { th scope="col" { (view.words().model) } th scope="col" { (words.share) } th scope="col" { (view.words().spent) } } }
            tbody id="model-rows" { @for (line, spent) in spending.lines.iter().zip(&parts) { (row(view, shown, spending, line, &figure(view, "", spent, Some(currency), Grain::Cents))) } }
        }
    }
}

fn row(
    view: &View<'_>,
    shown: &Shown<'_>,
    spending: &Spending,
    line: &SpendingLine,
    spent: &Markup,
) -> Markup {
    let words = words(view.language);
    let (name, of) = match &line.name {
        LineName::Named(account, name) => (name.clone(), Some(account)),
        LineName::NotBrokenDown(account) => (words.not_broken_down.to_owned(), Some(account)),
        LineName::Other(count) => ((words.other_lines)(*count), None),
    };
    let place = of.and_then(|id| shown.spending.sum.accounts.iter().position(|account| account.id == *id));
    let hue = place.map_or_else(Hue::default, |place| shown.hue(place));
    let percent = spending.percent(line.amount).map_or_else(String::new, |percent| format!("{percent}%"));
    let whole = spending.sum.total().amount.unwrap_or_default();
    let client = of.and_then(|id| view.state.account(id)?.clients.client_of(line_of(&line.name)));
    let text = format!(
        "{name} {} {}",
        of.map(|id| view.name_of(id)).unwrap_or_default(),
        client.unwrap_or_default()
    );
    html! {
        tr data-text=(text) {
            th scope="row" {
                (name) " " @if let Some(account) = of { span.soft { (view.name_of(account)) } }
                svg.bar aria-hidden="true" {
                    rect.rest width="100%" height="4" {}
                    rect class=(hue.class()) width={ (bar_percent(line.amount, whole)) "%" } height="4" {}
                }
            }
            td.soft { (percent) }
            td { b { (spent) } }
        }
    }
}

/// The provider's name of a line. `None` for a line without a name.
fn line_of(name: &LineName) -> Option<&str> {
    match name {
        LineName::Named(_, name) => Some(name),
        LineName::NotBrokenDown(_) | LineName::Other(_) => None,
    }
}
