//! The clients or projects that an account's spend is for, as the user named them.
//!
//! An account has one client, and a line of it (a model, project or product) may have another. A line is identified by its
//! provider's name, so that its client holds for every month, past ones included.
//!
//! ```
//! use drawdown::store::Clients;
//!
//! let mut clients = Clients::default();
//! clients.set(None, Some("Acme".to_owned()));
//! clients.set(Some("gpt-5.5"), Some("Globex".to_owned()));
//! assert_eq!(clients.client_of(Some("gpt-5.5")), Some("Globex"));
//! assert_eq!(clients.client_of(Some("gpt-5.5-mini")), Some("Acme"));
//! assert_eq!(clients.client_of(None), Some("Acme"));
//! ```

use serde::{Deserialize, Serialize};

/// The clients of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clients {
    /// The client of every line without one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    /// Lines with a client of their own, by the provider's name for the line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<(String, String)>,
}

impl Clients {
    /// The longest name of a client, in characters.
    pub const LONGEST_NAME: usize = 40;

    /// Whether the user named no client.
    pub fn is_empty(&self) -> bool {
        *self == Clients::default()
    }

    /// The client of a line; `None` stands for the spend without a line.
    pub fn client_of(&self, line: Option<&str>) -> Option<&str> {
        let own = line.and_then(|line| self.lines().find(|(known, _)| *known == line));
        own.map(|(_, client)| client).or(self.account.as_deref())
    }

    /// The lines with a client of their own, and those clients.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().map(|(line, client)| (line.as_str(), client.as_str()))
    }

    /// Each client of the account; a client of several lines appears several times.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.account.as_deref().into_iter().chain(self.lines().map(|(_, client)| client))
    }

    /// Sets the client of the account, or of one line. Returns the previous client; `None` if it had none of its own.
    pub fn set(&mut self, line: Option<&str>, client: Option<String>) -> Option<String> {
        let Some(line) = line else { return core::mem::replace(&mut self.account, client) };
        let place = self.lines.iter().position(|(known, _)| known == line);
        let before = place.map(|place| self.lines.remove(place).1);
        self.lines.extend(client.map(|client| (line.to_owned(), client)));
        before
    }

    /// Adds the clients that only the other names.
    pub(super) fn add_missing(&mut self, other: &Clients) {
        if self.account.is_none() {
            self.account.clone_from(&other.account);
        }
        let missing = other.lines.iter().filter(|(line, _)| self.lines().all(|(known, _)| known != line));
        let missing: Vec<_> = missing.cloned().collect();
        self.lines.extend(missing);
    }
}
