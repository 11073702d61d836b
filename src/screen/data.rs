//! What leaves this browser: the hosts that it may reach, and the requests that went out.
//!
//! The list is a section of its own that only the command `requests` brings: five hundred rows with every push would be
//! a hundred kilobytes that nobody reads, and fewer rows would not be the list. As no other answer holds that section, it
//! stays on the page as it is, and says of when.

use maud::{Markup, html};

use crate::provider::ecb;
use crate::providers;
use crate::screen::connect::bare;
use crate::screen::pieces::{As, action, fill, time};
use crate::screen::{View, name};
use crate::store::{MOST_REQUESTS, Sent};

/// What leaves, where to, and the button that brings the list.
pub(super) fn data(view: &View<'_>) -> Markup {
    let words = view.words();
    let mut hosts: Vec<&str> = Vec::new();
    let origins = providers::ALL.iter().flat_map(|provider| provider.card.origins);
    for host in origins.chain([&ecb::ORIGIN]).map(|origin| bare(origin)) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    html! {
        h2 { (words.data) }
        p { (words.data_leaves) }
        ul.hosts { @for host in hosts { li { code { (host) } } } }
        p.soft { (words.data_kept) }
        (action("requests", &[], &html! { button { ((words.list_requests)(MOST_REQUESTS)) } }))
    }
}

/// The list, the newest first; it scrolls inside.
pub(super) fn requests(view: &View<'_>, sent: &[Sent]) -> Markup {
    let words = view.words();
    if sent.is_empty() {
        return html! { p data-say { (words.no_requests) } };
    }
    html! {
        details open {
            summary { span data-say { ((words.requests_listed)(sent.len())) } }
            p.soft { (fill(words.requests_of, &[time(view.statement.now, As::Moment)])) }
            div.wide.log tabindex="0" role="region" aria-label=(words.data) {
                table {
                    thead {
                        tr {
                            @for title in [words.when, words.account, words.host, words.path] { th scope="col" { (title) } }
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
    let words = view.words();
    html! {
        tr {
            th scope="row" { (time(sent.at, As::Moment)) }
            @for text in [whose(view, &sent.of), sent.host.clone(), sent.path.clone()] { td.text { (text) } }
            @match sent.status {
                Ok(status) => { td { (status) } td { (sent.bytes) } }
                Err(unreached) => { td { ((words.unreached)(unreached)) } td { "–" } }
            }
        }
    }
}

/// The name of the account, or of the provider whose key came to no account; rates are for none.
fn whose(view: &View<'_>, of: &str) -> String {
    let account = view.state.accounts.iter().find(|account| account.id.0 == of).map(name);
    let provider = || providers::find(of).map(|provider| provider.card.name.to_owned());
    let rates = || of.is_empty().then(|| view.words().plans.currencies.to_owned());
    account.or_else(provider).or_else(rates).unwrap_or_else(|| of.to_owned())
}
