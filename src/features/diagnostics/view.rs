//! The form that shows the file, and the form that saves it.

use maud::{Markup, html};

use crate::app::View;
use crate::features::diagnostics::FIELD;
use crate::features::diagnostics::words::words;
use crate::ui::components::note;

/// Both forms. The field is shown once it contains the file.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.title) }
        p { (words.what) }
        p.soft { (words.left_out) }
        (note(view, "diagnostics"))
        form data-do="diagnose" {
            label.choice { input type="checkbox" name="amounts" data-keep; (words.real_amounts) }
            p.soft { (words.disguised) }
            button.go { (words.show) }
        }
        form.once-filled data-do="save_diagnostics" {
            label for="diagnostics-text" { (words.file) }
            textarea id="diagnostics-text" name=(FIELD) rows="12" readonly placeholder=" " spellcheck="false" {}
            button { (words.save) }
        }
    }
}
