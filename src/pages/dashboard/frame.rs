//! The frame of every view: the navigation with the times of the refresh, and the header with the title and its buttons.

use maud::{Markup, html};

use crate::app::{Lock, Place, Shown, Spot, Tab, View};
use crate::features::{appearance, privacy, sample, vault};
use crate::pages::dashboard::words::words;
use crate::pages::month::{refresh_button, times};
use crate::pages::words::words as shared;
use crate::pages::{attention, connect};
use crate::time::Month;
use crate::ui::components::{Icon, section};

/// The navigation: a link to each view, and when the figures were updated.
pub(super) fn nav(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let open = view.place.spot.tab();
    let waiting = attention::count(view);
    html! {
        nav id="nav" aria-label=(words.navigation) {
            a.skip href="#view" data-skip { (words.skip) }
            b.brand { "Drawdown" }
            ul {
                @for tab in Tab::ALL {
                    li {
                        a href={ "#" (tab.name()) } aria-current=[(tab == open).then_some("page")] {
                            (icon(tab).draw())
                            span { ((words.tab)(tab)) }
                            @if tab == Tab::Accounts && waiting > 0 {
                                " " span.count title=((words.need_attention)(waiting)) { (waiting) span.unseen { " " (words.to_look_at) } }
                            }
                        }
                    }
                }
            }
            @if !sample::is_sample(view) { p.times { (times(view)) } }
        }
    }
}

fn icon(tab: Tab) -> Icon {
    match tab {
        Tab::Overview => Icon::Bars,
        Tab::Accounts => Icon::Card,
        Tab::Budget => Icon::Clock,
        Tab::Data => Icon::Download,
        Tab::Settings => Icon::Gear,
    }
}

/// The title of the view, with the buttons that all views share.
pub(super) fn head(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let tab = view.place.spot.tab();
    let waiting = attention::count(view);
    html! {
        header id="head" data-theme=(appearance::theme(view)) {
            @match tab {
                Tab::Overview => (month_picker(view)),
                Tab::Accounts => {
                    h1 tabindex="-1" data-open=(tab.name()) { ((words.tab)(tab)) }
                    span.soft { ((words.connected)(view.current_count())) @if waiting > 0 { " · " ((words.need_attention)(waiting)) } }
                    @if view.place.spot != Spot::AddAccount { a.button href={ "#" (Spot::AddAccount) } { (words.add_account) } }
                }
                _ => { h1 tabindex="-1" data-open=(tab.name()) { ((words.tab)(tab)) } span.soft {} }
            }
            @if !view.state.accounts.is_empty() { (privacy::button(view)) }
            (vault::lock(view))
            (refresh_button(view))
        }
    }
}

/// The month that the overview shows, with links to the previous and the next one.
fn month_picker(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let now = view.statement.month;
    let shown = view.place.month().unwrap_or(now);
    let is_statement = matches!(view.place.spot, Spot::Statement(_)) && shown < now;
    let to = |month: Month| {
        if is_statement {
            return format!("#{}", Spot::Statement(month));
        }
        let shown = (month != now).then_some(Shown::Month(month));
        format!("#{}", Place { spot: Spot::Overview(shown), ..view.place.clone() })
    };
    let is_first = view.state.first_month().is_none_or(|first| shown <= first);
    let arrow = |id: &str, is_end: bool, month: Month, label: &str, sign: &str| {
        html! {
            @if is_end { span.button.off aria-hidden="true" { (sign) } }
            @else { a.button id=(id) href=(to(month)) aria-label=(label) title=(label) { (sign) } }
        }
    };
    html! {
        @if !view.state.accounts.is_empty() { (arrow("month-before", is_first, shown.previous(), words.month_before, "‹")) }
        h1 tabindex="-1" data-open="overview" { (view.language.month_with_year(shown)) }
        @if !view.state.accounts.is_empty() { (arrow("month-after", shown >= now || (is_statement && shown.next() == now), shown.next(), words.month_after, "›")) }
        span.soft {
            (shared(view.language).utc_month)
            @if shown == now { " · " ((shared(view.language).days_left)(now.days() - view.statement.now.day().number())) }
        }
    }
}

/// Whether the user must choose the password before the page asks for anything else.
pub(super) fn is_choosing(view: &View<'_>) -> bool {
    matches!(view.lock, Lock::Unsealed | Lock::Lost)
}

/// How to pin the button to the toolbar, once it has something to show.
pub(super) fn pin(view: &View<'_>) -> Markup {
    let is_shown = !view.state.accounts.is_empty() && !is_choosing(view) && !sample::is_sample(view);
    section("pin", "panel pin", is_shown.then(|| connect::pin(view)))
}
