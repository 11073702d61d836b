//! The name of an account, and the card of its provider.

use crate::provider::{Card, Problem};
use crate::providers;
use crate::store::Account;

impl Account {
    /// The card of its provider; `None` for an unknown provider.
    pub fn card(&self) -> Option<&'static Card> {
        providers::find(&self.provider).map(|provider| &provider.card)
    }

    /// Its provider's name, and its label if it has one. For an unknown provider, its label alone.
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

    /// Whether its last attempt failed because the browser's permission is missing.
    pub fn is_withheld(&self) -> bool {
        self.pulse.problem == Some(Problem::HostWithheld)
    }
}
