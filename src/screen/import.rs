//! Bringing a provider's own export: the month from the 1st, per model, also what a top-up hid.

use maud::{Markup, html};

use crate::provider::Export;
use crate::screen::connect::link;
use crate::screen::pieces::{fill, note};
use crate::screen::{View, card, name};
use crate::state::{Account, Life, Source};

/// One form for every provider that has an export and an account here.
pub(super) fn import(view: &View<'_>) -> Option<Markup> {
    let with_export = |account: &'_ &Account| {
        account.life != Life::Ended && (account.source == Source::File || export(account).is_some())
    };
    let accounts: Vec<&Account> = view.state.accounts.iter().filter(with_export).collect();
    let words = view.words();
    let first = accounts.first()?;
    Some(html! {
        h2 { (words.import_title) }
        @if let Some(exports) = accounts.iter().find_map(|account| export(account)) {
            p { (fill(words.import_how, &[link(exports.page)])) " " (view.text(&exports.how)) }
        }
        p.soft { (words.import_keeps) }
        (note(view, "import"))
        form data-do="import" {
            @if accounts.len() > 1 {
                label for="import-account" { (words.import_into) }
                select id="import-account" name="account" {
                    @for (place, account) in accounts.iter().enumerate() {
                        option value=(account.id.0) selected[place == 0] { (name(account)) }
                    }
                }
            } @else { input type="hidden" name="account" value=(first.id.0); }
            label for="import-file" { (words.import_drop) }
            input.drop id="import-file" type="file" name="file" accept=".zip,.csv" multiple required;
            button.go { (words.import) }
        }
    })
}

fn export(account: &Account) -> Option<&'static Export> {
    card(account)?.export.as_ref()
}
