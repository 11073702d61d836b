//! The preview of a file before it is booked: its first rows, the skipped rows, and its account.

use maud::{Markup, html};

use crate::app::View;
use crate::books::reading::AccountId;
use crate::features::imports::waiting::{Preview, Waiting};
use crate::features::imports::words::words;
use crate::files::RowCounts;
use crate::store::Account;
use crate::ui::components::{action, note};

/// The field value that means a new account.
pub(super) const NEW: &str = "new";

/// The first rows, and the form that books all rows.
pub(super) fn preview(
    view: &View<'_>,
    waiting: &Waiting,
    Preview { first, rows, is_sure }: &Preview,
    accounts: &[&Account],
) -> Markup {
    let words = words(view.language);
    if first.is_empty() {
        return nothing(view, waiting, rows);
    }
    html! {
        h2 { (words.preview_title) }
        p { b data-say { (waiting.file) } (words.colon) ((words.rows_read)(rows)) }
        div.wide tabindex="0" role="region" aria-label=(words.preview_title) {
            table {
                thead { tr { th scope="col" { (words.date) } th scope="col" { (words.line_name) } th.number scope="col" { (words.amount) } } }
                tbody {
                    @for row in first {
                        tr { th scope="row" { (view.language.date(row.day)) } td.text { (row.name) } td { (view.money(row.sum.amount, row.sum.currency)) } }
                    }
                }
            }
        }
        p.soft { (words.preview_how) }
        (note(view, "import"))
        (choose_account(view, accounts, Some(&waiting.account).filter(|_| *is_sure)))
    }
}

/// The note for a file without usage: the skipped rows, and nothing to import.
fn nothing(view: &View<'_>, waiting: &Waiting, rows: &RowCounts) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.nothing_title) }
        p { b data-say { (waiting.file) } (words.colon) ((words.rows_read)(rows)) }
        p.soft { (words.nothing_how) }
        div.actions { (drop_file(view)) }
    }
}

/// The form for a file whose account was removed while it waited: it offers other accounts.
pub(super) fn choose_another(view: &View<'_>, waiting: &Waiting, accounts: &[&Account]) -> Markup {
    let words = words(view.language);
    html! {
        h2 { (words.preview_title) }
        p { b data-say { ((words.account_gone)(&waiting.file)) } }
        (note(view, "import"))
        (choose_account(view, accounts, None))
    }
}

/// The form that books the file into an account or a new one. A new one is preselected if no account is likely.
fn choose_account(view: &View<'_>, accounts: &[&Account], likely: Option<&AccountId>) -> Markup {
    let words = words(view.language);
    html! {
        form data-do="answer_import" {
            @if accounts.is_empty() { input type="hidden" name="settings.account" value=(NEW); } @else {
                label for="preview-account" { (words.into) }
                select id="preview-account" name="settings.account" {
                    @for account in accounts {
                        option value=(account.id.0) selected[likely == Some(&account.id)] { (view.name(account)) }
                    }
                    option value=(NEW) selected[likely.is_none()] { (words.new_account) }
                }
            }
            div.when-new[!accounts.is_empty()] {
                label for="preview-label" { (words.new_label) }
                input id="preview-label" type="text" name="label" maxlength="40" autocomplete="off" data-keep;
            }
            button.go { (words.read_file) }
        }
        (drop_file(view))
    }
}

fn drop_file(view: &View<'_>) -> Markup {
    action(
        "answer_import",
        &[("settings.drop", "on")],
        &html! { button { (words(view.language).drop_file) } },
    )
}
