//! The list of untracked services, the share of the bill that has a source, and the kind of each source.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::books::untracked::{Precision, SourceShare, UntrackedService, is_same_service};
use crate::features::untracked::words::words;
use crate::money::{Currency, Money};
use crate::providers;
use crate::store::{Account, AccountStatus, Source};
use crate::ui::components::{action, note};
use crate::ui::currency_select::currency_select;
use crate::ui::field_text;

/// A chip with the kind of an account's source. A paused or removed account shows its status there instead.
pub(crate) fn kind_chip(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let (label, why) = match account.source {
        Source::Key => (words.live, words.live_why),
        Source::File => (words.imported, words.imported_why),
        Source::Balance(_) | Source::Bill(_) => (words.entered, words.entered_why),
    };
    html! { @if account.life == AccountStatus::Active { span.kind.chip title=(why) { (label) } } }
}

/// The chip of a service without a source.
fn untracked_chip(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! { span.kind.chip.warn title=(words.untracked_why) { (words.title) } }
}

/// The share of this month's expected bill that has a source, with the link to the list. Empty without a list.
pub(crate) fn share_line(view: &View<'_>) -> Option<Markup> {
    let share = share(view)?;
    let to = format!("dashboard.html#{}", Spot::Budget);
    Some(html! { a href=(to) data-tab { (share_text(view, &share)) } })
}

fn share(view: &View<'_>) -> Option<SourceShare> {
    let settings = &view.state.settings;
    view.statement.source_share(&settings.untracked, &settings.rates)
}

fn share_text(view: &View<'_>, share: &SourceShare) -> String {
    let words = words(view.language);
    if share.untracked.is_zero() {
        // None of the expected amounts has a rate, so the share is unknown.
        return words.share_unknown.to_owned();
    }
    let phrase = match share.precision {
        Precision::About => words.share,
        Precision::AtMost => words.share_at_most,
        Precision::AtLeast => words.share_at_least,
    };
    (phrase)(share.percent)
}

/// The services as rows of the list of accounts, each with the link to change it.
pub(crate) fn rows(view: &View<'_>) -> Markup {
    let words = words(view.language);
    html! {
        @for service in &view.state.settings.untracked {
            li data-text=(service.name) {
                span.initial aria-hidden="true" { (service.name.chars().take(1).collect::<String>()) }
                span.line { a.name href={ "#" (Spot::Budget) } { b { (service.name) } } }
                span.line { small.status.soft { ((words.expected)(&money(view, service.expected))) } (untracked_chip(view)) }
            }
        }
    }
}

/// The entries of the list with the same name as this account, each with the button that removes it.
pub(crate) fn listed_too(view: &View<'_>, account: &Account) -> Markup {
    let words = words(view.language);
    let services = view.state.settings.untracked.iter().enumerate();
    let same = services.filter(|(_, service)| is_of(account, service));
    html! {
        @for (place, service) in same {
            div.asks { div.ask {
                p { ((words.listed_too)(&service.name)) }
                (remove(place, service, words.remove_entry))
            } }
        }
    }
}

fn is_of(account: &Account, service: &UntrackedService) -> bool {
    !account.is_ended() && is_same_service(account.names().0, &service.name)
}

fn remove(place: usize, service: &UntrackedService, label: &str) -> Markup {
    let fields = [("place", &*place.to_string()), ("name", &service.name)];
    action("drop_untracked", &fields, &html! { button { (label) } })
}

/// The existing source for a service: an account or a subscription.
fn source_of(view: &View<'_>, service: &UntrackedService) -> Option<String> {
    let words = words(view.language);
    let account = view.state.accounts.iter().find(|account| is_of(account, service));
    let plans = &view.state.settings.plans;
    let plan = || plans.iter().find(|plan| is_same_service(&plan.name, &service.name));
    account
        .map(|account| (words.tracked_now)(&account.name()))
        .or_else(|| plan().map(|plan| (words.subscribed)(&plan.name)))
}

fn money(view: &View<'_>, money: Money) -> String {
    view.round_money(money.amount, money.currency)
}

/// All services, the share of the bill that has a source, and the form for another service.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let services = &view.state.settings.untracked;
    let is_hidden = view.state.settings.is_hidden;
    html! {
        h2 { (words.title) }
        p.soft { (words.why) }
        (note(view, "untracked"))
        @if let Some(share) = share(view) { (explained_share(view, &share)) }
        @else if !services.is_empty() { p.soft { (words.no_forecast) } }
        @if is_hidden { p.soft { (view.words().amounts_hidden) } } @else {
            @if !services.is_empty() {
                ul.stated { @for (place, service) in services.iter().enumerate() { (one(view, place, service)) } }
            }
            details {
                summary.button { (words.add) }
                (form(view, "new", None))
            }
        }
    }
}

/// The share, with the amounts that it consists of.
fn explained_share(view: &View<'_>, share: &SourceShare) -> Markup {
    let words = words(view.language);
    let currency = view.statement.total.currency.unwrap_or(Currency::USD);
    let amount = |amount| view.money(amount, currency);
    let apart: Vec<String> = share.not_converted.iter().map(|apart| money(view, *apart)).collect();
    html! {
        p { b { (share_text(view, share)) } }
        p.soft {
            ((words.made_of)(&amount(share.tracked), &amount(share.untracked)))
            @if !apart.is_empty() { (view.language.space()) ((words.without_rate)(&view.language.list(&apart))) }
        }
    }
}

fn one(view: &View<'_>, place: usize, service: &UntrackedService) -> Markup {
    let words = words(view.language);
    html! {
        li {
            span {
                b { (service.name) } " "
                span.soft {
                    ((words.expected)(&money(view, service.expected)))
                    @if !service.note.is_empty() { " · " (service.note) }
                }
            }
            " " (untracked_chip(view))
            details { summary.button { (words.change) } (form(view, &place.to_string(), Some((place, service)))) }
            @match source_of(view, service) {
                Some(source) => { span.warn { (source) } (remove(place, service, words.remove_entry)) }
                None => (remove(place, service, view.words().remove)),
            }
        }
    }
}

fn form(view: &View<'_>, key: &str, known: Option<(usize, &UntrackedService)>) -> Markup {
    let words = words(view.language);
    let id = |what: &str| format!("untracked-{key}-{what}");
    let service = known.map(|(_, service)| service);
    let usual = view.statement.total.currency.unwrap_or(Currency::USD);
    let currency = service.map_or(usual, |service| service.expected.currency);
    let amount = service.map(|service| field_text(service.expected.amount, service.expected.currency));
    html! {
        form data-do="untracked" {
            input type="hidden" name="place" value=[known.map(|(place, _)| place)];
            label for=(id("name")) { (words.name) }
            input id=(id("name")) type="text" name="name" value=[service.map(|service| service.name.as_str())]
                maxlength="40" autocomplete="off" required list=(id("providers"));
            datalist id=(id("providers")) { @for name in names() { option value=(name) {} } }
            label for=(id("amount")) { (words.amount) }
            input id=(id("amount")) type="text" inputmode="decimal" name="amount" value=[amount] autocomplete="off" required;
            label for=(id("currency")) { (view.words().in_currency) }
            (currency_select(view, &id("currency"), Some(currency), None))
            label for=(id("note")) { (words.note) }
            input id=(id("note")) type="text" name="note" value=[service.map(|service| service.note.as_str())] maxlength="80" autocomplete="off";
            button.go { (view.words().save) }
        }
    }
}

/// The names of providers, each once.
fn names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in providers::ALL.iter().map(|provider| provider.card.name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
