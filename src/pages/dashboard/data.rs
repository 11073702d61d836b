//! Files that come in, and what leaves this browser.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::{backup, export, imports, requests, sample};
use crate::ui::components::section;

/// The sections of the view. `waiting` is a file that waits for an answer.
pub(super) fn sections(view: &View<'_>, waiting: Option<&imports::Waiting>) -> Markup {
    let log = view.state.requests().filter(|_| view.place.spot == Spot::Requests);
    let export = if sample::is_sample(view) { None } else { export::section(view) };
    html! {
        (section("import", "panel", imports::section(view, waiting)))
        (section("export", "panel", export))
        (section("backup", "panel", Some(backup::section(view))))
        (section("data", "panel", Some(requests::section(view))))
        @if let Some(log) = log { (section("requests", "panel", Some(requests::list(view, log)))) }
    }
}
