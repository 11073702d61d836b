//! The pages compose the features' views. Every commit also draws the badge and the popup's first frame, see [`publish`].

mod account_card;
mod attention;
mod badge;
mod connect;
mod dashboard;
mod month;
mod popup;
mod rows;
mod words;

pub(crate) use dashboard::dashboard;
pub(crate) use popup::popup;

use maud::html;

use crate::app::{Outcome, Published, Publisher, View};
use crate::text::Language;
use crate::ui::components::section;
use crate::ui::rejected::sentence;

/// How a commit is published: the popup's first frame, and the badge.
pub const PUBLISHER: Publisher = Publisher { sections: &popup::SECTIONS, publish, unsaved: badge::unsaved };

fn publish(view: &View<'_>) -> Published {
    Published { popup: popup::sections(view), badge: badge::badge(view) }
}

/// A reply with one sentence as its only section, for a message that named no page.
pub fn only_sentence(outcome: &Outcome, language: Language) -> String {
    let said = sentence(outcome, language);
    section("note", "", said.map(|said| html! { p.note.bad role="alert" { (said) } })).into_string()
}
