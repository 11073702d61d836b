//! The spend of each account, with its share, its last 30 days and its change from the week before. The rows sum to the total.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::figure::Figure;
use crate::books::reading::AccountId;
use crate::books::statement::{AccountStatement, AccountTotal, BookStatement};
use crate::features::clients;
use crate::money::Amount;
use crate::pages::dashboard::overview::shown::{Shown, parts_shown};
use crate::pages::dashboard::words::words;
use crate::pages::rows;
use crate::pages::words::words as shared;
use crate::ui::chart::spark;
use crate::ui::components::figure;
use crate::ui::format::Grain;

/// A row for each account and one for subscriptions.
pub(super) fn table(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(view.language);
    let sum = &shown.spending.sum;
    let parts = parts_shown(&shown.spending, sum.accounts.iter().map(|account| account.spend));
    html! {
        div.panel-head {
            h2 { (words.by_account) }
            @if let Some(filter) = clients::filter(view, "account-rows") { (filter) }
        }
        table.figures {
            thead.unseen {
                tr {
                    th scope="col" { (words.account) }
                    @if shown.is_running { th scope="col" { (words.last_30_days) } th scope="col" { (words.change) } }
                    th scope="col" { (words.share) }
                    th scope="col" { (view.words().spent) }
                }
            }
            tbody id="account-rows" data-roving {
                @for (place, (account, spend)) in sum.accounts.iter().zip(&parts).enumerate() { (row(view, shown, place, account, spend)) }
                @if let (false, Some(plans)) = (sum.plans.is_zero(), parts.last()) { (subscriptions(view, shown, plans)) }
            }
        }
    }
}

fn row(view: &View<'_>, shown: &Shown<'_>, place: usize, account: &AccountTotal, spend: &Figure) -> Markup {
    let hue = shown.hue(place);
    let known = view.state.account(&account.id);
    let text = known.map(|account| clients::searched_text(view, account));
    html! {
        tr data-text=[text] {
            th scope="row" {
                i class={ "dot " (hue.class()) } aria-hidden="true" {}
                a href={ "#" (Spot::Account(account.id.clone())) } { @if let Some(account) = view.state.account(&account.id) { (rows::names(view, account)) } }
            }
            @if shown.is_running {
                @let days: Vec<Option<Amount>> = shown.detail.recent_days(&account.id).into_iter().map(|(_, amount)| amount).collect();
                td.spark-cell { (spark(&days, hue)) }
                td.soft { (change(view, &account.id)) }
            }
            td.soft { (share(shown, account.spend.amount)) }
            td {
                b {
                    @if account.spend.amount.is_some() || account.not_converted.is_empty() {
                        (figure(view, &format!("by-{}", account.id.0), spend, shown.spending.currency, Grain::Cents))
                    }
                    @for (place, (currency, spend)) in account.not_converted.iter().enumerate() {
                        @if place > 0 || account.spend.amount.is_some() { " + " }
                        (figure(view, &format!("by-{}-{currency}", account.id.0), spend, Some(*currency), Grain::Cents))
                    }
                }
            }
        }
    }
}

fn subscriptions(view: &View<'_>, shown: &Shown<'_>, plans: &Figure) -> Markup {
    let words = shared(view.language);
    let names: Vec<&str> = shown.spending.charges.iter().map(|charge| charge.plan.as_str()).collect();
    html! {
        tr data-text={ (words.subscriptions) " " (view.language.list(&names)) } {
            th scope="row" { i.dot.s7 aria-hidden="true" {} a href={ "#" (Spot::Budget) } { (words.subscriptions) " " span.soft { (view.language.list(&names)) } } }
            @if shown.is_running { td.spark-cell {} td {} }
            td.soft { (share(shown, plans.amount)) }
            td { b { (figure(view, "by-plans", plans, shown.spending.currency, Grain::Cents)) } }
        }
    }
}

fn share(shown: &Shown<'_>, part: Option<Amount>) -> String {
    let percent = part.and_then(|part| shown.spending.percent(part));
    percent.map_or_else(String::new, |percent| format!("{percent}%"))
}

/// The change of an account's pace from the week before, if it has one book.
fn change(view: &View<'_>, id: &AccountId) -> String {
    let statement = view.statement.accounts.iter().find(|statement| statement.id == *id);
    let books: Vec<&BookStatement> = statement.into_iter().flat_map(AccountStatement::counted).collect();
    let [book] = books.as_slice() else { return String::new() };
    book.change.map_or_else(String::new, |change| (words(view.language).change_short)(change.percent))
}
