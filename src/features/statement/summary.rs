//! The summary of the last month, until it is dismissed.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::statement::setting::DISMISSED;
use crate::features::statement::sheet::link;
use crate::features::statement::words::words;
use crate::time::DAY;
use crate::ui::components::{action, figure, fill};
use crate::ui::format::Grain;

/// How long the last month's summary is shown after a month begins, in milliseconds.
const SHOWN_FOR: u64 = 7 * DAY;

/// Whether the summary of the last month is shown.
pub(crate) fn is_summary_shown(view: &View<'_>) -> bool {
    let statement = view.statement;
    let is_new = statement.now.since(statement.month.span().from) < SHOWN_FOR;
    let dismissed = DISMISSED.get(&view.state.settings);
    is_new
        && statement.is_last_month_ready()
        && dismissed.is_none_or(|dismissed| dismissed < statement.month.previous())
}

/// The last month's cost, its missing parts, and the link to its statement.
pub(crate) fn summary(view: &View<'_>) -> Option<Markup> {
    let (words, statement) = (words(view.language), view.statement);
    let is_on_statement = matches!(view.place.spot, Spot::Statement(_));
    if is_on_statement || !is_summary_shown(view) {
        return None;
    }
    let month = statement.month.previous();
    let total = statement.last_month_total();
    let total = figure(view, "last-month-total", &total, statement.total.currency, Grain::Cents);
    let missing: Vec<String> = statement.last_month_missing().map(|id| view.name_of(id)).collect();
    Some(html! {
        div.note.put-off {
            p {
                b { (fill(&(words.month_cost)((view.words().month)(month)), &[total])) }
                @if !missing.is_empty() { " · " ((words.missing)(&view.language.list(&missing))) }
                " · " (link(view, month))
            }
            (action("dismiss_summary", &[("month", &month.to_string())], &html! { button.later { (words.dismiss) } }))
        }
    })
}
