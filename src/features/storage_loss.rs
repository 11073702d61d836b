//! Notice about stored values that the browser lost or damaged. It stays until the user dismisses it.

mod view;
mod words;

pub(crate) use view::notice;

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome};
use crate::host::Host;

/// Dismisses the notice.
pub(crate) async fn noted<H: Host>(app: &App<'_, H>) -> Outcome {
    commit(app, |state, _| state.forget_troubles()).await?;
    Ok(Done::silently())
}
