//! What is new after an update: a note on the dashboard until the user closes it.
//!
//! A new installation shows none: its first start stores the version, and an update finds an older one.

mod changelog;
mod setting;
mod view;
mod words;

pub(crate) use setting::device_setting;
pub(crate) use view::notice;

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome};
use crate::features::whats_new::setting::{SEEN, VERSION};
use crate::host::Host;
use crate::store::Settings;

/// Stores the version at the first start.
pub(crate) fn remember_first(settings: &mut Settings) {
    if SEEN.get(settings).is_none() {
        SEEN.set(settings, &Some(VERSION.to_owned()));
    }
}

/// Closes the note.
pub(crate) async fn close<H: Host>(app: &App<'_, H>) -> Outcome {
    commit(app, |state, _| SEEN.set(&mut state.settings, &Some(VERSION.to_owned()))).await?;
    Ok(Done::silently())
}
