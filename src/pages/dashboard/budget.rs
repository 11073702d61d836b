//! The month's budget, subscriptions, untracked services, and exchange rates.

use maud::{Markup, html};

use crate::app::View;
use crate::features::{budget, rates, subscriptions, untracked};
use crate::pages::dashboard::words::words;
use crate::ui::components::{note, section};

/// The sections of the view.
pub(super) fn sections(view: &View<'_>) -> Markup {
    html! {
        (section("plans", "panel", Some(budget(view))))
        (section("subscriptions", "panel", Some(subscriptions::section(view))))
        (section("untracked", "panel", Some(untracked::section(view))))
        (section("currencies", "panel", rates::section(view)))
    }
}

/// The month's progress against its budget. While amounts are hidden, the form is hidden too.
fn budget(view: &View<'_>) -> Markup {
    html! {
        h2 { (words(view.language).monthly_budget) }
        (note(view, "plans"))
        (budget::budget_line(view))
        @if view.state.settings.is_hidden { p.soft { (view.words().amounts_hidden) } } @else { (budget::budget_form(view)) }
    }
}
