//! The form that makes a file.

use maud::{Markup, html};

use crate::app::View;
use crate::features::export::choice::{ALL, Format, first_month};
use crate::features::export::words::words;
use crate::ui::components::note;

/// The form: the months and the format. `None` before there is an account.
pub(crate) fn section(view: &View<'_>) -> Option<Markup> {
    view.state.accounts.iter().next()?;
    let words = words(view.language);
    let this = view.statement.month;
    let first = first_month(view.state, this);
    let months = core::iter::successors(Some(this), |month| Some(month.previous()));
    Some(html! {
        h2 { (words.title) }
        p { (words.how) }
        p.soft { (words.sums) }
        @if view.state.settings.is_hidden { p.soft { (words.hidden) } }
        (note(view, "export"))
        form data-do="export" {
            label for="export-month" { (words.month) }
            select id="export-month" name="month" data-keep {
                @for month in months.take_while(|month| *month >= first) { option value=(month) { (month) } }
                option value=(ALL) { (words.all) }
            }
            label for="export-format" { (words.format) }
            select id="export-format" name="format" data-keep {
                @for format in Format::ALL { option value=(format.name()) { ((words.of_format)(format)) } }
            }
            button.go { (words.export) }
        }
    })
}
