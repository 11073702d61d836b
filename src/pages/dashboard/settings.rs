//! The settings, the alerts and the password.

use maud::{Markup, html};

use crate::app::View;
use crate::features::{alerts, appearance, backup, removal, settings, sync, vault};
use crate::ui::components::section;

/// The sections of the view.
pub(super) fn sections(view: &View<'_>) -> Markup {
    html! {
        (section("settings", "panel half", Some(settings::section(view))))
        (section("appearance", "panel half", Some(appearance::section(view))))
        (section("alerts", "panel half", Some(alerts::section(view))))
        (section("password", "panel half", vault::password(view)))
        (section("sync", "panel half", Some(sync::section(view))))
        (section("computers", "panel half", Some(backup::other_computers(view))))
        (section("erase", "panel half", Some(removal::erase_everything(view))))
    }
}
