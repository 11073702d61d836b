//! The month statement: what an account began with, what came in and went out, and what was left, for a month that is
//! over, on one page to print. On the first days of a month, a summary of the last one links to it.

mod changes;
mod setting;
mod sheet;
mod summary;
mod words;

pub(crate) use sheet::{link, list, sheet};
pub(crate) use summary::{is_summary_shown, summary};

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome, Rejected};
use crate::features::statement::setting::DISMISSED;
use crate::features::statement::words::words;
use crate::host::Host;
use crate::time::Month;
use crate::ui::Form;

/// Shows the summary of a month no longer. Without a month, no summary is dismissed.
pub(crate) async fn dismiss<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let month = form.parse("month", Month::parse, Rejected::unexpected)?;
    let before = commit(app, |state, _| {
        let before = DISMISSED.get(&state.settings);
        DISMISSED.set(&mut state.settings, &month);
        before
    });
    let before = before.await?.map(|month| month.to_string()).unwrap_or_default();
    Ok(Done::of(words, |words| words.dismissed).undone_by("dismiss_summary", [("month", before)]))
}
