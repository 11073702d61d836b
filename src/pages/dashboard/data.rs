//! Imported files, and the data that leaves this browser.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::{backup, diagnostics, export, imports, requests, sample, statement};
use crate::ui::components::section;

/// The sections of the view. `waiting` is a file that waits for an answer.
pub(super) fn sections(view: &View<'_>, waiting: Option<&imports::Waiting>) -> Markup {
    let log = view.state.requests().filter(|_| view.place.spot == Spot::Requests);
    let is_sample = sample::is_sample(view);
    let export = if is_sample { None } else { export::section(view) };
    let diagnostics = (!is_sample).then(|| diagnostics::section(view));
    html! {
        (section("import", "panel", Some(imports::section(view, waiting))))
        (section("imports", "panel", imports::all_imports(view)))
        (section("export", "panel", export))
        (section("statements", "panel", statement::list(view)))
        (section("backup", "panel", Some(backup::section(view))))
        (section("data", "panel", Some(requests::section(view))))
        (section("diagnostics", "panel", diagnostics))
        @if let Some(log) = log { (section("requests", "panel", Some(requests::list(view, log)))) }
    }
}
