//! The dashboard: first run, overview, accounts, settings, what leaves, in one column.

use maud::{Markup, html};

use crate::app::{Lock, View};
use crate::features::{
    alerts, budget, estimate, imports, privacy, rates, requests, settings, storage_loss, subscriptions, vault,
};
use crate::pages::overview::{foot, hero, is_for_page};
use crate::pages::words::words;
use crate::pages::{account_card, connect};
use crate::ui::breakdown;
use crate::ui::chart::chart;
use crate::ui::components::{figure, note, section};
use crate::ui::forecast::ahead;
use crate::ui::format::Grain;

/// All sections of the dashboard.
pub(crate) fn dashboard(view: &View<'_>, waiting: Option<&imports::Waiting>) -> String {
    let has_accounts = !view.state.accounts.is_empty();
    // One thing at a time: before the password is chosen, nothing else asks for anything.
    let is_choosing = matches!(view.lock, Lock::Unsealed | Lock::Lost);
    let is_settled = has_accounts && !is_choosing;
    let markup = html! {
        (head(view))
        (section("note", "", notes(view)))
        (section("intro", "panel", (!has_accounts).then(|| intro(view))))
        (section("unlock", "panel", (view.lock == Lock::Locked).then(|| vault::unlock_form(view))))
        (section("seal", "panel", vault::seal_form(view)))
        (section("pin", "panel pin", is_settled.then(|| connect::pin(view))))
        (section("overview", "panel", has_accounts.then(|| overview(view))))
        (section("accounts", "panel", has_accounts.then(|| account_card::accounts(view))))
        (section("plans", "panel", is_settled.then(|| plans(view))))
        (section("currencies", "panel", is_settled.then(|| rates::section(view)).flatten()))
        (section("import", "panel", is_settled.then(|| imports::section(view, waiting)).flatten()))
        (section("connect", "panel", (!is_choosing).then(|| connect::connect(view))))
        (section("estimate", "panel", (!is_choosing).then(|| estimate::section(view))))
        (section("settings", "panel", is_settled.then(|| settings::section(view))))
        (section("alerts", "panel", is_settled.then(|| alerts::section(view))))
        (section("password", "panel", vault::password(view)))
        (section("data", "panel", (!is_choosing).then(|| requests::section(view))))
        @if let Some(sent) = view.state.requests() {
            (section("requests", "panel", Some(requests::list(view, sent))))
        }
    };
    markup.into_string()
}

fn notes(view: &View<'_>) -> Option<Markup> {
    let loss = storage_loss::notice(view);
    (is_for_page(view.note) || loss.is_some())
        .then(|| html! { (note(view, "note")) @if let Some(loss) = loss { (loss) } })
}

/// The budget and the subscriptions. Where amounts are hidden, so are their forms.
fn plans(view: &View<'_>) -> Markup {
    html! {
        h2 { (words(view.language).plans) }
        (note(view, "plans"))
        (budget::budget_line(view))
        @if view.state.settings.is_hidden { p.soft { (view.words().amounts_hidden) } } @else {
            (budget::budget_form(view))
            (subscriptions::list(view))
        }
    }
}

fn head(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        header id="head" {
            h1 { "Drawdown" }
            span.soft { (words.utc_month) ", " ((words.days_left)(view.statement.month.days() - view.statement.now.day().number())) }
            @if !view.state.accounts.is_empty() { (privacy::button(view)) }
            (vault::lock(view, vault::LockLabel::Named))
        }
    }
}

fn intro(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { h2 { (words.welcome) } p { (words.welcome_text) } p.soft { (words.what_leaves) } }
}

fn overview(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let statement = view.statement;
    html! {
        h2 { ((view.words().month)(statement.month)) }
        div.hero { (hero(view)) }
        @if let Some(chart) = chart(view, "month") { (chart) }
        div.ahead { (ahead(view)) }
        @if statement.landing.range.is_some() { p.soft { (words.range_assumes) } }
        details {
            summary { (words.days_table) }
            table {
                thead { tr { th scope="col" { (view.words().day) } th scope="col" { (view.words().spent) } } }
                tbody {
                    @for (day, spend) in statement.days.iter().rev() {
                        tr {
                            th scope="row" { ((view.words().date)(*day)) }
                            td { (figure(view, &format!("day-{day}"), spend, statement.total.currency, Grain::Cents)) }
                        }
                    }
                }
            }
        }
        (breakdown::breakdown(view))
        (foot(view))
    }
}
