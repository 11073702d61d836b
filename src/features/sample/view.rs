//! The offer to see sample data, and the sentence that says that it is one.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::sample::setting::IS_SHOWN;
use crate::features::sample::words::words;
use crate::ui::components::action;

/// The button that shows the sample.
pub(crate) fn offer(view: &View<'_>) -> Markup {
    action("sample", &[("on", "on")], &html! { button { (words(view.language).show) } })
}

/// That what the page shows is a sample, with the way to the first account and the button that hides it.
pub(crate) fn banner(view: &View<'_>) -> Option<Markup> {
    let words = words(view.language);
    let is_sample =
        view.state.accounts.iter().next().is_some_and(|account| account.id.0.starts_with("sample-"));
    (is_sample && IS_SHOWN.get(&view.state.settings)).then(|| {
        html! {
            p { b { (words.is_sample) } " " (words.goes) }
            div.acts {
                a.button.go href={ "#" (Spot::AddAccount) } { (words.connect) }
                (action("sample", &[("on", "")], &html! { button { (words.hide) } }))
            }
        }
    })
}
