//! The import of a billing file: it has the month from the 1st, per model, and spend that a top-up hid.

use maud::{Markup, html};

use crate::app::View;
use crate::features::imports::columns_view::choose_columns;
use crate::features::imports::overlap_view::ask_overlap;
use crate::features::imports::preview_view::{choose_another, preview};
use crate::features::imports::waiting::{Asks, Waiting};
use crate::features::imports::words::words;
use crate::files::MOST_BYTES;
use crate::provider::Card;
use crate::store::Account;
use crate::ui::components::{fill, note};
use crate::ui::links::link;

/// One form for all accounts that have not ended and for a new one; while a file waits, the form with its question.
pub(crate) fn section(view: &View<'_>, waiting: Option<&Waiting>) -> Markup {
    let is_current = |account: &&Account| !account.is_ended();
    let accounts: Vec<&Account> = view.state.accounts.iter().filter(is_current).collect();
    let words = words(view.language);
    if let Some(waiting) = waiting {
        let account = accounts.iter().find(|account| account.id == waiting.account).copied();
        return match (&waiting.asks, account) {
            (Asks::Columns(columns), _) => choose_columns(view, waiting, columns, account),
            (Asks::Overlap(overlapping), Some(account)) => ask_overlap(view, waiting, overlapping, account),
            (Asks::Overlap(_), None) => choose_another(view, waiting, &accounts),
            (Asks::Preview(shown), _) => preview(view, waiting, shown, &accounts),
        };
    }
    html! {
        h2 { (words.title) }
        @for card in with_export(&accounts) { (how(view, card)) }
        p { (words.any) }
        p.soft { (words.keeps) }
        (note(view, "import"))
        form data-do="import" {
            @if accounts.len() > 1 {
                label for="import-account" { (words.into) }
                select id="import-account" name="account" {
                    @for (place, account) in accounts.iter().enumerate() {
                        option value=(account.id.0) selected[place == 0] { (view.name(account)) }
                    }
                }
            } @else if let Some(only) = accounts.first() { input type="hidden" name="account" value=(only.id.0); }
            label for="import-file" { (words.drop) }
            input.drop id="import-file" type="file" name="file" accept=".zip,.csv,.xlsx" multiple required data-most=(MOST_BYTES);
            button.go { (words.import) }
        }
    }
}

/// The providers of these accounts that offer an export, each once.
fn with_export(accounts: &[&Account]) -> Vec<&'static Card> {
    let mut cards: Vec<&'static Card> = Vec::new();
    for card in accounts.iter().filter_map(|account| account.card()) {
        if card.export.is_some() && !cards.iter().any(|known| known.id == card.id) {
            cards.push(card);
        }
    }
    cards
}

/// How to get a provider's own file.
pub(crate) fn how(view: &View<'_>, card: &Card) -> Markup {
    let Some(export) = &card.export else { return html! {} };
    let at = fill(&(words(view.language).how)(card.name), &[link(export.page)]);
    html! { p { (at) (view.language.space()) (view.text(&export.how)) } }
}
