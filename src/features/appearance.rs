//! How the pages and the badge look: the theme, and the figure on the badge.

mod setting;
mod view;
mod words;

pub(crate) use setting::{BadgeFigure, badge_figure, theme};
pub(crate) use view::section;

use crate::app::tx::commit;
use crate::app::{App, Done, Outcome, Rejected};
use crate::features::appearance::setting::{BADGE, THEME, Theme};
use crate::host::Host;
use crate::ui::Form;

/// Changes the theme and the figure on the badge.
pub(crate) async fn change<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let theme = form.parse("theme", Theme::parse, Rejected::unexpected)?.unwrap_or_default();
    let badge = form.parse("badge", BadgeFigure::parse, Rejected::unexpected)?.unwrap_or_default();
    let before = commit(app, |state, _| {
        let before = (THEME.get(&state.settings), BADGE.get(&state.settings));
        THEME.set(&mut state.settings, &theme);
        BADGE.set(&mut state.settings, &badge);
        before
    });
    let (theme, badge) = before.await?;
    let undo = [("theme", theme.name().to_owned()), ("badge", badge.name().to_owned())];
    Ok(Done::saved().undone_by("appearance", undo))
}
