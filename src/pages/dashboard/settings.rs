//! The settings, the alerts and the password.

use maud::{Markup, html};

use crate::app::View;
use crate::features::{alerts, settings, vault};
use crate::ui::components::section;

/// The sections of the view.
pub(super) fn sections(view: &View<'_>) -> Markup {
    html! {
        (section("settings", "panel", Some(settings::section(view))))
        (section("alerts", "panel", Some(alerts::section(view))))
        (section("password", "panel", vault::password(view)))
    }
}
