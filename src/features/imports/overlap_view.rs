//! The question whether a file replaces what is known of its days or is added to it, and the list of imports that can be
//! undone.

use maud::{Markup, html};

use crate::app::View;
use crate::features::imports::waiting::{Overlapping, Waiting};
use crate::features::imports::words::words;
use crate::money::Money;
use crate::store::{Account, ImportConflict};
use crate::ui::components::{As, action, note, time};

/// The question, with both sums.
pub(super) fn ask_overlap(
    view: &View<'_>,
    waiting: &Waiting,
    overlapping: &Overlapping,
    account: &Account,
) -> Markup {
    let words = words(view.language);
    let other = overlapping.other_provider.as_deref();
    html! {
        h2 { (words.overlap_title) }
        p { b data-say { ((words.overlap_question)(&waiting.file, &account.name(), other)) } }
        (note(view, "import"))
        @for ImportConflict { currency, from, to, known, in_file } in &overlapping.conflicts {
            p {
                @let money = |amount| view.money(amount, *currency);
                ((words.both)((*from, *to), known.map(money).as_deref(), &money(*in_file)))
            }
        }
        div.actions {
            (action("answer_import", &[("settings.overlap", "replace")], &html! { button.go { (words.replace) } }))
            (action("answer_import", &[("settings.overlap", "add")], &html! { button { (words.add) } }))
            (action("answer_import", &[("settings.drop", "on")], &html! { button { (words.drop_file) } }))
        }
    }
}

/// The imports of an account that can be undone, the latest first.
pub(crate) fn imports(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let imports: Vec<_> = account.standing_imports().collect();
    if imports.is_empty() {
        return html! {};
    }
    html! {
        details {
            summary { ((words.count)(imports.len())) }
            ul.stated {
                @for import in imports.iter().rev() {
                    @let sums: Vec<_> = import.books.iter().map(|book| {
                        let Money { amount, currency } = book.sum;
                        view.money(amount, currency)
                    }).collect();
                    li {
                        (import.file) " · " (sums.join(" + ")) " · " (time(import.at, As::Moment)) " "
                        (action("undo", &[("account", &account.id.0), ("correction", &import.id())], &html! { button { (view.words().undo) } }))
                    }
                }
            }
        }
    }
}
