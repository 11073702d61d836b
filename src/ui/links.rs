//! Links to providers' own pages, and the origins for which a form asks permission.

use maud::{Markup, html};

use crate::provider::Card;

/// The match patterns that the browser asks the user about.
pub(crate) fn origins(card: &Card) -> String {
    card.origins.iter().map(|origin| format!("{origin}/*")).collect::<Vec<_>>().join(" ")
}

/// A link to a provider's own page.
pub(crate) fn link(page: &str) -> Markup {
    html! { a href=(page) target="_blank" rel="noreferrer" { (host(page)) } }
}

/// An address without its scheme.
pub(crate) fn host(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}
