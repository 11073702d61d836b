//! What an account is called, and the card of its provider.

use crate::provider::{Card, Problem};
use crate::providers;
use crate::store::Account;

impl Account {
    /// The card of its provider; none where the provider is not known.
    pub fn card(&self) -> Option<&'static Card> {
        providers::find(&self.provider).map(|provider| &provider.card)
    }

    /// Its provider's name, and its label where it has one. Without a known provider, its label alone.
    pub fn name(&self) -> String {
        let (name, label) = self.names();
        if label.is_empty() { name.to_owned() } else { format!("{name} {label}") }
    }

    /// The two parts of [`Account::name`].
    pub fn names(&self) -> (&str, &str) {
        match self.card().map_or(self.provider.as_str(), |card| card.name) {
            "" => (&self.label, ""),
            provider => (provider, &self.label),
        }
    }

    /// Whether it asks for the browser's permission to be reached.
    pub fn is_withheld(&self) -> bool {
        self.pulse.problem == Some(Problem::HostWithheld)
    }
}
