//! The statement of a month that is over, on its own page.

use maud::{Markup, html};

use crate::app::{Shown, Spot, View};
use crate::books::statement::{DetailedStatement, Period};
use crate::features::{clients, statement};
use crate::pages::dashboard::words::words;
use crate::time::Month;
use crate::ui::components::section;

/// The sections of the page.
pub(super) fn sections(view: &View<'_>, detail: &DetailedStatement<'_>, month: Month) -> Markup {
    let spending = detail.spending(Period::Month(month));
    let totals = clients::by_client(view.state, detail, &spending);
    let by_client = (!totals.is_empty()).then(|| {
        html! {
            h3 { (clients::heading(view)) }
            (clients::table(view, &spending, &totals, "statement-client"))
        }
    });
    let overview = Spot::Overview(Some(Shown::Month(month)));
    let page = html! {
        p.screen { a href={ "#" (overview) } { "‹ " ((words(view.language).tab)(overview.tab())) } }
        (statement::sheet(view, detail, month, by_client))
    };
    section("statement", "panel", Some(page))
}
