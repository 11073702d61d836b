//! The overview of a month.

use maud::{Markup, html};

use crate::app::View;
use crate::features::estimate;
use crate::pages::month::hero;
use crate::pages::{attention, connect, dashboard};
use crate::ui::breakdown;
use crate::ui::chart::chart;
use crate::ui::components::{figure, section};
use crate::ui::forecast::ahead;
use crate::ui::format::Grain;

/// The sections of the view.
pub(super) fn sections(view: &View<'_>) -> Markup {
    let has_accounts = !view.state.accounts.is_empty();
    html! {
        (section("intro", "panel", (!has_accounts).then(|| connect::intro(view))))
        (section("connect", "panel", (!has_accounts).then(|| connect::gallery(view))))
        (dashboard::pin(view))
        (section("overview", "panel", has_accounts.then(|| month(view))))
        (section("attention", "panel", attention::of_all(view)))
        (section("estimate", "panel", (!dashboard::is_choosing(view)).then(|| estimate::section(view))))
    }
}

fn month(view: &View<'_>) -> Markup {
    let statement = view.statement;
    html! {
        div.hero { (hero(view)) }
        @if let Some(chart) = chart(view, "month") { (chart) }
        div.ahead { (ahead(view)) }
        details {
            summary { (crate::pages::words::words(view.language).days_table) }
            table {
                thead { tr { th scope="col" { (view.words().day) } th scope="col" { (view.words().spent) } } }
                tbody {
                    @for (day, spend) in statement.days.iter().rev() {
                        tr {
                            th scope="row" { ((view.words().date)(*day)) }
                            td { (figure(view, &format!("day-{day}"), spend, statement.total.currency, Grain::Cents)) }
                        }
                    }
                }
            }
        }
        (breakdown::breakdown(view))
    }
}
