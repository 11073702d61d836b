//! The month statement: an account's opening balance, the money in and out, and the closing balance for a month that is over, on
//! one page to print. In the first days of a month, a summary of the last month links to it.

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

/// Dismisses the summary of a month. Without a month, no summary is dismissed.
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
