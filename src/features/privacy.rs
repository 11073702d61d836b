//! The switch that hides amounts while somebody else sees the screen.

mod view;
mod words;

pub(crate) use view::button;

use crate::app::tx::commit;
use crate::app::{App, Done, Failure, Outcome};
use crate::host::Host;
use crate::ui::Form;

/// Hides amounts that are shown, and shows those that are hidden.
pub(crate) async fn toggle<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    commit(app, |state, _| state.settings.is_hidden = !state.settings.is_hidden).await
}

/// Shows amounts, or hides them.
pub(crate) async fn hide<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_hidden = form.is_on("hidden");
    commit(app, |state, _| state.settings.is_hidden = is_hidden).await?;
    Ok(Done::silently())
}
