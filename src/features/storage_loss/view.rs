//! The notice.

use maud::{Markup, html};

use crate::app::View;
use crate::features::storage_loss::words::words;
use crate::ui::components::action;

/// The values that the browser lost or damaged, until the notice is dismissed.
pub(crate) fn notice(view: &View<'_>) -> Option<Markup> {
    let troubles = view.state.troubles();
    let words = words(view.language);
    (!troubles.is_empty()).then(|| {
        html! {
            div.note {
                @for (key, is_recovered) in troubles { p { ((words.damaged)(key, *is_recovered)) } }
                p { (words.save_why) }
                div.acts {
                    (action("noted", &[], &html! { button { (words.noted) } }))
                    button type="button" data-save="drawdown-stored.json" { (words.save) }
                }
            }
        }
    })
}
