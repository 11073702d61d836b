//! The dashboard: first run, overview, accounts, settings, what leaves, in one column.

use maud::{Markup, html};

use crate::screen::ahead::ahead;
use crate::screen::chart::chart;
use crate::screen::format::Grain;
use crate::screen::pieces::{Icon, action, figure, note, section};
use crate::screen::popup::{foot, hero, hide, troubles};
use crate::screen::{Lock, View, accounts, alerts, connect, data, estimate, import, lines, plans, settings};

/// All sections of the dashboard.
pub fn dashboard(view: &View<'_>) -> String {
    let has_accounts = !view.state.accounts.is_empty();
    let is_noted = view.note.is_some_and(|note| note.section == "note");
    // One thing at a time: before the password is chosen, nothing else asks for anything.
    let is_choosing = matches!(view.lock, Lock::Unsealed | Lock::Lost);
    let is_settled = has_accounts && !is_choosing;
    let markup = html! {
        (head(view))
        (section("note", "", (is_noted || !view.state.troubles().is_empty())
            .then(|| html! { (note(view, "note")) @if let Some(told) = troubles(view) { (told) } })))
        (section("intro", "panel", (!has_accounts).then(|| intro(view))))
        (section("unlock", "panel", (view.lock == Lock::Locked).then(|| connect::unlock(view))))
        (section("seal", "panel", connect::seal(view)))
        (section("pin", "panel pin", is_settled.then(|| connect::pin(view))))
        (section("overview", "panel", has_accounts.then(|| overview(view))))
        (section("accounts", "panel", has_accounts.then(|| accounts::accounts(view))))
        (section("plans", "panel", is_settled.then(|| plans::plans(view))))
        (section("currencies", "panel", is_settled.then(|| plans::currencies(view)).flatten()))
        (section("import", "panel", is_settled.then(|| import::import(view)).flatten()))
        (section("connect", "panel", (!is_choosing).then(|| connect::connect(view))))
        (section("estimate", "panel", (!is_choosing).then(|| estimate::estimate(view))))
        (section("settings", "panel", is_settled.then(|| settings::settings(view))))
        (section("alerts", "panel", is_settled.then(|| alerts::alerts(view))))
        (section("password", "panel", settings::password(view)))
        (section("data", "panel", (!is_choosing).then(|| data::data(view))))
        @if let Some(sent) = view.state.requests() {
            (section("requests", "panel", Some(data::requests(view, sent))))
        }
    };
    markup.into_string()
}

fn head(view: &View<'_>) -> Markup {
    let words = view.words();
    html! {
        header id="head" {
            h1 { "Drawdown" }
            span.soft { (words.utc_month) ", " ((words.days_left)(view.statement.month.days() - view.statement.now.day().number())) }
            @if !view.state.accounts.is_empty() { (hide(view)) }
            @if view.lock == Lock::Unlocked {
                (action("lock", &[], &html! { button { (Icon::Padlock.draw()) " " (words.lock) } }))
            }
        }
    }
}

fn intro(view: &View<'_>) -> Markup {
    let words = view.words();
    html! { h2 { (words.welcome) } p { (words.welcome_text) } p.soft { (words.what_leaves) } }
}

fn overview(view: &View<'_>) -> Markup {
    let words = view.words();
    let statement = view.statement;
    html! {
        h2 { ((words.month)(statement.month)) }
        div.hero { (hero(view)) }
        @if let Some(chart) = chart(view, "month") { (chart) }
        div.ahead { (ahead(view)) }
        @if statement.landing.range.is_some() { p.soft { (words.range_assumes) } }
        details {
            summary { (words.days_table) }
            table {
                thead { tr { th scope="col" { (words.day) } th scope="col" { (words.spent) } } }
                tbody {
                    @for (day, spend) in statement.days.iter().rev() {
                        tr {
                            th scope="row" { ((words.date)(*day)) }
                            td { (figure(view, &format!("day-{day}"), spend, statement.total.currency, Grain::Cents)) }
                        }
                    }
                }
            }
        }
        (lines::breakdown(view))
        (foot(view))
    }
}
