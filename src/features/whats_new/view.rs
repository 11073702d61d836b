//! The note.

use maud::{Markup, html};

use crate::app::View;
use crate::features::whats_new::changelog::lines;
use crate::features::whats_new::setting::{VERSION, is_updated};
use crate::features::whats_new::words::words;
use crate::ui::components::action;

/// What is new in this version, after an update.
pub(crate) fn notice(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    is_updated(&view.state.settings).then(|| {
        html! {
            div.note {
                p { b { ((words.title)(VERSION)) } }
                ul { @for line in lines(view.language) { li { (line) } } }
                (action("close_news", &[], &html! { button { (words.close) } }))
            }
        }
    })
}
