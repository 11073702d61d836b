//! The offer to see sample data, and the banner that marks it.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::sample::setting::IS_SHOWN;
use crate::features::sample::state::PREFIX;
use crate::features::sample::words::words;
use crate::ui::components::action;

/// The button that shows the sample.
pub(crate) fn offer(view: &View<'_>) -> Markup {
    action("sample", &[("on", "on")], &html! { button { (words(view.language).show) } })
}

/// Whether a page shows the sample.
pub(crate) fn is_sample(view: &View<'_>) -> bool {
    let first = view.state.accounts.iter().next();
    IS_SHOWN.get(&view.state.settings) && first.is_some_and(|account| account.id.0.starts_with(PREFIX))
}

/// The banner that marks sample data, with a link to add the first account and the button that hides the sample.
pub(crate) fn banner(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    is_sample(view).then(|| {
        html! {
            p { b { (words.is_sample) } " " (words.goes) }
            div.acts {
                a.button.go href={ "#" (Spot::AddAccount) } { (words.connect) }
                (action("sample", &[("on", "")], &html! { button { (words.hide) } }))
            }
        }
    })
}
