//! The question whether a file replaces the figures of its days or adds to them, and the lists of imports that can be undone.

use maud::{Markup, html};

use crate::app::View;
use crate::features::imports::waiting::{Overlapping, Waiting};
use crate::features::imports::words::words;
use crate::order::in_order;
use crate::store::{Account, Import, ImportConflict, ImportedPeriod};
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
            ul.stated { @for import in imports.iter().rev() { li { (import.file) (facts(view, account, import)) } } }
        }
    }
}

/// The imports of all accounts that can be undone, the latest first. `None` if there are none.
pub(crate) fn all_imports(view: &View<'_>) -> Option<Markup> {
    let mut imports: Vec<(&Account, &Import)> = Vec::new();
    for account in view.state.accounts.iter() {
        imports.extend(account.standing_imports().map(|import| (account, import)));
    }
    let imports = in_order(imports, |one, other| other.1.at.cmp(&one.1.at));
    (!imports.is_empty()).then(|| {
        html! {
            h2 { (words(view.language).imported_files) }
            ul.stated {
                @for (account, import) in imports {
                    li { (import.file) " · " (view.name(account)) (facts(view, account, import)) }
                }
            }
        }
    })
}

/// The content and time of an import, and the button that undoes it.
fn facts(view: &View<'_>, account: &Account, import: &Import) -> Markup {
    let sum = |book: &ImportedPeriod| view.money(book.sum.amount, book.sum.currency);
    let sums: Vec<_> = import.books.iter().map(sum).collect();
    html! {
        " · " (sums.join(" + ")) " · " (time(import.at, As::Moment)) " "
        (action("undo", &[("account", &account.id.0), ("correction", &import.id())], &html! { button { (view.words().undo) } }))
    }
}
