//! The overview of a month: its spend by day, by account and by model, and the forecasts.
//!
//! ```text
//!   spent | this month's forecast | next month's | the first balance to run out
//!   chart of the month by day; the open day
//!   what needs attention
//!   by account                    | by model
//!   by client, if there is one
//!   last 12 months                | prepaid balances, upcoming charges
//!   estimate
//! ```

mod balances;
mod by_account;
mod by_model;
mod day;
mod month_chart;
mod shown;
mod tiles;
mod year;

use maud::{Markup, html};

use crate::app::View;
use crate::books::statement::DetailedStatement;
use crate::features::{clients, estimate};
use crate::pages::dashboard::frame;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::{attention, connect};
use crate::ui::components::section;

/// The sections of the view.
pub(super) fn sections(view: &View<'_>, detail: &DetailedStatement<'_>) -> Markup {
    if view.state.accounts.is_empty() {
        return html! {
            (section("intro", "panel", Some(connect::intro(view))))
            (section("connect", "panel", Some(connect::gallery(view))))
            (section("estimate", "panel", Some(estimate::section(view))))
            (section("count", "panel", estimate::counted(view)))
            (section("counting", "panel", None))
        };
    }
    let shown = Shown::new(view, detail);
    let now = |content: Option<Markup>| content.filter(|_| shown.is_running);
    html! {
        (section("overview", "tiles", Some(tiles::tiles(view, &shown))))
        (section("chart", "panel", month_chart::chart(view, &shown)))
        (section("day", "panel", view.place.day().map(|day| day::day(view, &shown, day))))
        (section("attention", "panel", now(attention::of_all(view))))
        (section("by-account", "panel half", Some(by_account::table(view, &shown))))
        (section("by-model", "panel half", by_model::table(view, &shown)))
        (section("by-client", "panel", by_client(view, &shown)))
        (section("year", "panel half", Some(year::chart(view, &shown))))
        (section("balances", "panel half", now(balances::section(view, &shown))))
        (frame::pin(view))
        (section("estimate", "panel", now((!frame::is_choosing(view)).then(|| estimate::section(view)))))
        (section("count", "panel", estimate::counted(view)))
        (section("counting", "panel", None))
    }
}

/// The spend of each client. `None` if there is no client.
fn by_client(view: &View<'_>, shown: &Shown<'_>) -> Option<Markup> {
    let totals = clients::by_client(view.state, shown.detail, &shown.spending);
    (!totals.is_empty()).then(|| {
        html! {
            h2 { (clients::heading(view)) }
            (clients::table(view, &shown.spending, &totals, "by-client"))
        }
    })
}
