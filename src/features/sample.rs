//! Sample data: a made-up month that shows the whole dashboard before the first account. It is made when a page is drawn, is
//! never stored, and ends with the first account.

mod setting;
mod state;
mod view;
mod words;

pub(crate) use state::sample_of;
pub(crate) use view::{banner, is_sample, offer};

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome, Spot};
use crate::features::sample::setting::IS_SHOWN;
use crate::host::Host;
use crate::ui::Form;

/// Shows or hides the sample data.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_shown = form.is_on("on");
    commit(app, |state, _| IS_SHOWN.set(&mut state.settings, &is_shown)).await?;
    Ok(Done::silently().opening(Spot::Overview(None)))
}
