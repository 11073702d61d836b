//! The accounts: their list, the open account, and the gallery to add another.

use maud::{Markup, html};

use crate::app::{Lock, Place, Spot, View};
use crate::books::statement::DetailedStatement;
use crate::features::{accounts, clients, removal, sample, untracked};
use crate::pages::connect::{gallery, needs_no_key, provider_page};
use crate::pages::dashboard::words::words;
use crate::pages::{account_card, rows};
use crate::ui::components::{note, section};

/// The maximum number of accounts without a search field.
const SEARCHED_FROM: usize = 7;

/// The sections of the view.
pub(super) fn sections(view: &View<'_>, detail: &DetailedStatement<'_>) -> Markup {
    let has_accounts = !view.state.accounts.is_empty();
    let open = match &view.place.spot {
        Spot::Account(id) => view.accounts().find(|(account, _)| account.id == *id),
        _ => None,
    };
    let way = match &view.place.spot {
        Spot::AddFrom(from) if view.lock != Lock::Locked || needs_no_key(from) => provider_page(view, from),
        _ => None,
    };
    html! {
        (section("accounts", "panel list", has_accounts.then(|| list(view))))
        @if let Some((account, statement)) = open { (account_card::card(view, detail, account, statement)) }
        @else if let Some(way) = way { (section("connect", "panel", Some(way))) }
        @else { (section("connect", "panel", Some(gallery(view)))) }
        (section("removed", "panel", removal::recently_removed(view)))
    }
}

/// A link to each account, with its spend and its status.
fn list(view: &View<'_>) -> Markup {
    let open = match &view.place.spot {
        Spot::Account(id) => Some(id),
        _ => None,
    };
    let of = view.current_count();
    // There is no room for the buttons next to an open account.
    let can_move = view.place.spot == Spot::Accounts && of > 1 && !sample::is_sample(view);
    let parts = view.month_parts();
    html! {
        (note(view, "accounts"))
        @let is_searched = view.state.accounts.len() > SEARCHED_FROM;
        @if is_searched || (of > 1 && !view.state.clients().is_empty()) {
            @let label = words(view.language).search_accounts;
            input.search type="search" id="account-search" data-filter="account-list" placeholder=(label) aria-label=(label) autocomplete="off";
        }
        ul.rows id="account-list" {
            @for (place, (account, statement)) in rows::in_own_order(view).into_iter().enumerate() {
                li class=[(open == Some(&account.id)).then_some("open")] data-text=(clients::searched_text(view, account)) {
                    (rows::initial(account))
                    @let name = html! {
                        a.name href={ "#" (Place::at(Spot::Account(account.id.clone()))) }
                            aria-current=[(open == Some(&account.id)).then_some("true")] { (rows::name(view, account)) }
                    };
                    @let status = html! { (rows::status(view, account, statement)) (untracked::kind_chip(view, account)) };
                    (rows::two_lines(&name, &rows::spent(view, &parts, account, statement), &status))
                    @if can_move && place < of { (accounts::move_buttons(view, account, place, of)) }
                }
            }
            (untracked::rows(view))
        }
    }
}
