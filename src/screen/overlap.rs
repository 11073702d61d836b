//! Imports beside each other: the question whether one replaces what is known of its days or is added to it, and the list
//! of those that can be undone.

use maud::{Markup, html};

use crate::money::Money;
use crate::screen::pieces::{As, action, note, time};
use crate::screen::{View, Waiting, name};
use crate::store::{Account, ImportConflict};

/// What an import waits for: whether it replaces or adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlapping {
    /// The provider whose export it is, where that is known.
    pub provider: Option<&'static str>,
    /// Whether the account is of another.
    pub is_of_other: bool,
    /// What the account and the file say of the same days, by book.
    pub clashes: Vec<ImportConflict>,
}

/// The question, with both sums.
pub(super) fn overlap(view: &View<'_>, waiting: &Waiting, asked: &Overlapping, account: &Account) -> Markup {
    let words = &view.words().imports;
    let other = asked.provider.filter(|_| asked.is_of_other);
    html! {
        h2 { (words.title) }
        p { b data-say { ((words.question)(&waiting.file, &name(account), other)) } }
        (note(view, "import"))
        @for ImportConflict { currency, from, to, known, told } in &asked.clashes {
            p {
                @let money = |amount| view.money(amount, *currency);
                ((words.both)((*from, *to), known.map(money).as_deref(), &money(*told)))
            }
        }
        div.actions {
            (action("point", &[("settings.overlap", "replace")], &html! { button.go { (words.replace) } }))
            (action("point", &[("settings.overlap", "add")], &html! { button { (words.add) } }))
            (action("point", &[("settings.drop", "on")], &html! { button { (view.words().point_drop) } }))
        }
    }
}

/// The imports of an account that can be undone, the latest first.
pub(super) fn imports(view: &View<'_>, account: &Account) -> Markup {
    let words = view.words();
    let imports: Vec<_> = account.standing_imports().collect();
    if imports.is_empty() {
        return html! {};
    }
    html! {
        details {
            summary { ((words.imports.count)(imports.len())) }
            ul.stated {
                @for import in imports.iter().rev() {
                    @let sums: Vec<_> = import.books.iter().map(|book| {
                        let Money { amount, currency } = book.sum;
                        view.money(amount, currency)
                    }).collect();
                    li {
                        (import.file) ": " (sums.join(", ")) ", " (time(import.at, As::Moment)) " "
                        (action("undo", &[("account", &account.id.0), ("correction", &import.id())], &html! { button { (words.undo) } }))
                    }
                }
            }
        }
    }
}
