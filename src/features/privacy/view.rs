//! The switch.

use maud::{Markup, html};

use crate::app::View;
use crate::features::privacy::words::words;
use crate::ui::components::{Icon, action};

/// The switch that hides amounts while somebody else sees the screen.
pub(crate) fn button(view: &View<'_>) -> Markup {
    let is_hidden = view.state.settings.is_hidden;
    let label = if is_hidden { words(view.language).show_amounts } else { words(view.language).hide_amounts };
    let icon = if is_hidden { Icon::EyeShut } else { Icon::Eye };
    let button = html! { button id="hide" title=(label) aria-label=(label) { (icon.draw()) } };
    action("hide", &[("hidden", if is_hidden { "" } else { "on" })], &button)
}
