//! The problems of reading an account: one variant for each thing that the user can do about it.

use core::fmt;

use serde::{Deserialize, Serialize};

/// The reason why an account could not be read. Each variant is something that the user can act on. Holds no key, no URL and no
/// body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The provider refused the key: replace it.
    KeyRefused,
    /// The key is good but has no permission to read this: change it in the provider's console.
    NotPermitted,
    /// An error of this provider only. Its card gives the advice, under this name.
    Barred {
        /// The name in `known_errors` of the card.
        by: String,
    },
    /// The browser may not reach the provider: grant access.
    HostWithheld,
    /// Too many requests: wait.
    RateLimited {
        /// The seconds to wait, if the provider says so; at most a day.
        after: Option<u64>,
    },
    /// The provider has a fault: wait.
    ProviderDown,
    /// No answer came: check the network.
    Offline,
    /// An answer that cannot be read: report it.
    Unreadable {
        /// The content that was expected and not found.
        what: String,
    },
    /// The provider does not offer this.
    Unsupported,
    /// The provider ended this API. History stays, and the API is not called again.
    Retired,
}

impl Problem {
    /// An answer that cannot be read. `what` is the content that was expected and not found, never text of the answer.
    pub fn unreadable(what: &str) -> Problem {
        Problem::Unreadable { what: what.to_owned() }
    }

    /// An error of this provider only, by its name on the card.
    pub fn barred(by: &str) -> Problem {
        Problem::Barred { by: by.to_owned() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::KeyRefused => to.write_str("the provider refused the key"),
            Problem::NotPermitted => to.write_str("the key may not read this"),
            Problem::Barred { by } => write!(to, "the provider's card explains this under {by}"),
            Problem::HostWithheld => to.write_str("the browser may not reach the provider"),
            Problem::RateLimited { after: Some(seconds) } => {
                write!(to, "too many requests, wait {seconds} s")
            }
            Problem::RateLimited { after: None } => to.write_str("too many requests"),
            Problem::ProviderDown => to.write_str("the provider has a fault"),
            Problem::Offline => to.write_str("no answer came"),
            Problem::Unreadable { what } => write!(to, "the answer has no readable {what}"),
            Problem::Unsupported => to.write_str("the provider does not offer this"),
            Problem::Retired => to.write_str("the provider ended this API"),
        }
    }
}

impl core::error::Error for Problem {}
