//! The switch that hides amounts while somebody else sees the screen.

mod view;
mod words;

pub(crate) use view::button;

use crate::app::tx::commit;
use crate::app::{App, Done, Failure, Outcome};
use crate::host::Host;
use crate::ui::Form;

/// Toggles whether amounts are hidden.
pub(crate) async fn toggle<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    commit(app, |state, _| state.settings.is_hidden = !state.settings.is_hidden).await
}

/// Shows or hides amounts.
pub(crate) async fn hide<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let is_hidden = form.is_on("hidden");
    commit(app, |state, _| state.settings.is_hidden = is_hidden).await?;
    Ok(Done::silently())
}
