//! What was read of a file, before it is booked: its first rows, what was skipped, and the account that it is for.

use maud::{Markup, html};

use crate::app::View;
use crate::features::imports::waiting::{Preview, Waiting};
use crate::features::imports::words::words;
use crate::store::Account;
use crate::ui::components::{action, note};

/// The value that stands for a new account.
pub(super) const NEW: &str = "new";

/// The first rows, and the form that books all of them.
pub(super) fn preview(
    view: &View<'_>,
    waiting: &Waiting,
    Preview { first, rows, is_sure }: &Preview,
    accounts: &[&Account],
) -> Markup {
    let words = words(view.language);
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
        form data-do="answer_import" {
            label for="preview-account" { (words.into) }
            select id="preview-account" name="settings.account" {
                @for account in accounts {
                    option value=(account.id.0) selected[*is_sure && account.id == waiting.account] { (view.name(account)) }
                }
                option value=(NEW) selected[!is_sure] { (words.new_account) }
            }
            div.when-new {
                label for="preview-label" { (words.new_label) }
                input id="preview-label" type="text" name="label" maxlength="40" autocomplete="off" data-keep;
            }
            button.go { (words.read_file) }
        }
        (action("answer_import", &[("settings.drop", "on")], &html! { button { (words.drop_file) } }))
    }
}
