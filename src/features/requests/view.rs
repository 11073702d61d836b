//! The section about outgoing requests, and the list that it links to.

use maud::{Markup, html};

use crate::app::{Spot, View};
use crate::features::requests::words::words;
use crate::provider::ecb;
use crate::providers;
use crate::store::{Account, MOST_REQUESTS, Sent};
use crate::ui::components::{As, fill, time};
use crate::ui::links::host;

/// What leaves the browser and to which hosts, with the link to the list.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let words = words(view.language);
    let mut hosts: Vec<&str> = Vec::new();
    let origins = providers::ALL.iter().flat_map(|provider| provider.card.origins);
    for host in origins.chain([&ecb::ORIGIN]).map(|origin| host(origin)) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    html! {
        h2 { (words.title) }
        p { (words.leaves) }
        ul.hosts { @for host in hosts { li { code { (host) } } } }
        p.soft { (words.kept) }
        p { a.button href={ "#" (Spot::Requests) } { ((words.list_requests)(MOST_REQUESTS)) } }
    }
}

/// The list of requests, newest first, in a box that scrolls.
pub(crate) fn list(view: &View<'_>, sent: &[Sent]) -> Markup {
    let words = words(view.language);
    if sent.is_empty() {
        return html! { p data-say { (words.no_requests) } };
    }
    html! {
        details open {
            summary { span data-say { ((words.requests_listed)(sent.len())) } }
            p.soft { (fill(words.requests_of, &[time(view.statement.now, As::Moment)])) }
            div.wide.log tabindex="0" role="region" aria-label=(words.title) {
                table {
                    thead {
                        tr {
                            @for title in [view.words().when, words.account, words.host, words.path] { th scope="col" { (title) } }
                            @for title in [words.status, words.bytes] { th.number scope="col" { (title) } }
                        }
                    }
                    tbody { @for sent in sent.iter().rev() { (row(view, sent)) } }
                }
            }
        }
    }
}

fn row(view: &View<'_>, sent: &Sent) -> Markup {
    let words = words(view.language);
    html! {
        tr {
            th scope="row" { (time(sent.at, As::Moment)) }
            @for text in [sender(view, &sent.of), sent.host.clone(), sent.path.clone()] { td.text { (text) } }
            @match sent.status {
                Ok(status) => { td { (status) } td { (sent.bytes) } }
                Err(unreached) => { td { ((words.unreached)(unreached)) } td { "–" } }
            }
        }
    }
}

/// The account's name, or the provider's name if its key was not stored; requests for exchange rates belong to no account.
fn sender(view: &View<'_>, of: &str) -> String {
    let account = view.state.accounts.iter().find(|account| account.id.0 == of).map(Account::name);
    let provider = || providers::find(of).map(|provider| provider.card.name.to_owned());
    let rates = || of.is_empty().then(|| view.words().currencies.to_owned());
    account.or_else(provider).or_else(rates).unwrap_or_else(|| of.to_owned())
}
