//! The dashboard: the navigation and the open view. Other views are not rendered.

mod accounts;
mod budget;
mod data;
mod frame;
mod overview;
mod settings;
mod statement_page;
pub(super) mod words;

use maud::{Markup, html};

use crate::app::{Lock, Spot, Tab, View};
use crate::books::statement::DetailedStatement;
use crate::features::{imports, sample, statement, storage_loss, sync, vault, whats_new};
use crate::pages::month::is_for_page;
use crate::ui::components::{note, section};

/// The sections of the open place, from the figures in `detail`. `waiting` is a file that waits for an answer.
pub(crate) fn dashboard(
    view: &View<'_>,
    detail: &DetailedStatement<'_>,
    waiting: Option<&imports::Waiting>,
) -> String {
    let is_locked = view.lock == Lock::Locked;
    let markup = html! {
        (frame::nav(view))
        (frame::head(view))
        (section("note", "", notes(view)))
        (section("sample", "panel", sample::banner(view)))
        (section("join", "panel", sync::invitation(view)))
        (section("unlock", "panel", is_locked.then(|| vault::unlock_form(view))))
        (section("seal", "panel", vault::seal_form(view)))
        @match view.place.spot.tab() {
            _ if frame::is_choosing(view) && view.place.spot.tab() != Tab::Overview => {}
            Tab::Overview => @match view.place.spot {
                Spot::Statement(month) if month < view.statement.month => (statement_page::sections(view, detail, month)),
                _ => (overview::sections(view, detail)),
            },
            Tab::Accounts => (accounts::sections(view, detail)),
            Tab::Budget => (budget::sections(view)),
            Tab::Data => (data::sections(view, waiting)),
            Tab::Settings => (settings::sections(view)),
        }
    };
    markup.into_string()
}

/// The notes at the top of every view.
fn notes(view: &View<'_>) -> Option<Markup> {
    let parts: Vec<Markup> = [storage_loss::notice(view), whats_new::notice(view), statement::summary(view)]
        .into_iter()
        .flatten()
        .collect();
    (is_for_page(view.note) || !parts.is_empty())
        .then(|| html! { (note(view, "note")) @for part in parts { (part) } })
}
