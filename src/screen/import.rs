//! Bringing a file of what was billed: the month from the 1st, per model, also what a top-up hid.

use maud::{Markup, html};

use crate::files::MOST_BYTES;
use crate::provider::Card;
use crate::screen::connect::link;
use crate::screen::overlap::overlap;
use crate::screen::pieces::{fill, note};
use crate::screen::point::point;
use crate::screen::{View, card, name};
use crate::store::{Account, AccountStatus};

/// One form for every account that goes on; while a table waits until its columns are pointed at, the form for that.
pub(super) fn import(view: &View<'_>) -> Option<Markup> {
    let goes_on = |account: &&Account| account.life != AccountStatus::Ended;
    let accounts: Vec<&Account> = view.state.accounts.iter().filter(goes_on).collect();
    let words = view.words();
    let first = accounts.first()?;
    let waiting = view.waiting.and_then(|waiting| {
        let account = accounts.iter().find(|account| account.id == waiting.account)?;
        Some((waiting, *account))
    });
    if let Some((waiting, account)) = waiting {
        if let Some(asked) = &waiting.overlap {
            return Some(overlap(view, waiting, asked, account));
        }
        return Some(point(view, waiting, account));
    }
    Some(html! {
        h2 { (words.import_title) }
        @for card in with_export(&accounts) { (how(view, card)) }
        p { (words.import_any) }
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
            input.drop id="import-file" type="file" name="file" accept=".zip,.csv" multiple required data-most=(MOST_BYTES);
            button.go { (words.import) }
        }
    })
}

/// The providers of these accounts that offer an export, each once.
fn with_export(accounts: &[&Account]) -> Vec<&'static Card> {
    let mut cards: Vec<&'static Card> = Vec::new();
    for card in accounts.iter().filter_map(|account| card(account)) {
        if card.export.is_some() && !cards.iter().any(|known| known.id == card.id) {
            cards.push(card);
        }
    }
    cards
}

/// How to get a provider's own file.
pub(super) fn how(view: &View<'_>, card: &Card) -> Markup {
    let Some(export) = &card.export else { return html! {} };
    let at = fill(&(view.words().import_how)(card.name), &[link(export.page)]);
    html! { p { (at) " " (view.text(&export.how)) } }
}
