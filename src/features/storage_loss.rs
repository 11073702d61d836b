//! What the browser lost or damaged of the stored values: it is shown until its reader has noted it.

mod view;
mod words;

pub(crate) use view::notice;

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome};
use crate::host::Host;

/// Shows it no longer.
pub(crate) async fn noted<H: Host>(app: &App<'_, H>) -> Outcome {
    commit(app, |state, _| state.forget_troubles()).await?;
    Ok(Done::silently())
}
