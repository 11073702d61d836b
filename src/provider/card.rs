//! The card of a provider: what the connect page shows and what the driver needs to know.
//!
//! Knows what a pasted key looks like, so that a wrong one is recognized before any request. Does no I/O.

use core::fmt;

use crate::books::reading::DrawOrder;
use crate::files::TableReader;
use crate::provider::service_account::{KeyFileError, ServiceAccount};
use crate::provider::{Problem, Setup, Shape};
use crate::text::Text;
use crate::vault::Secret;

/// The facts of a provider, for the page that connects it and for the driver.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// The short name in storage and in files: small letters.
    pub id: &'static str,
    /// The name that people know.
    pub name: &'static str,
    /// The origins that it is read from, and its key may be sent to: `https://host`.
    pub origins: &'static [&'static str],
    /// What its key is called, and where it is made.
    pub key: KeyKind,
    /// What connecting takes besides it.
    pub setup: Setup,
    /// What it tells, which decides what counts as spend.
    pub billing: Billing,
    /// What is counted, and what is not.
    pub counts: Text,
    /// The scope of each figure: of a key, of an account (rule L16).
    pub covers: Text,
    /// What to do when a good key may not read: see [`Problem::NotPermitted`].
    pub not_permitted: Text,
    /// What to do about what stands in the way at this provider alone, by name: see [`Problem::Barred`].
    pub known_errors: &'static [(&'static str, Text)],
    /// How long after it happened a spend can show, in words.
    pub lag: Text,
    /// Hours after the end of a day until a bill for it no longer grows; 0 where it tells no bills.
    pub settles_after_hours: u32,
    /// The shortest sensible time between two refreshes, in minutes.
    pub shortest_minutes: u32,
    /// The time between two refreshes where the user chose none, in minutes.
    pub usual_minutes: u32,
    /// Which pool is spent first.
    pub draw_order: DrawOrder,
    /// Its own file of what was billed, where it offers one.
    pub export: Option<Export>,
    /// Whether anybody has seen it work.
    pub proof: Proof,
}

/// A provider's own file of what was billed.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The page that gives it.
    pub page: &'static str,
    /// How to get it there.
    pub how: Text,
    /// Reads one of its tables.
    pub read: TableReader,
}

/// What a provider tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    /// What is left: its falls are the spend.
    Balances,
    /// A total that only grows: its increase is the spend, and a balance beside it is only shown (rule L9).
    Counters,
    /// What was billed per day: nothing else is spend, and a balance beside it is only shown (rule L10).
    Bills,
}

/// The kind of key that a provider takes.
#[derive(Clone, Copy, Debug)]
pub struct KeyKind {
    /// The page that makes it.
    pub page: &'static str,
    /// How it begins.
    pub prefix: &'static str,
    /// The least privilege that works.
    pub least: Text,
    /// What it could do if stolen.
    pub if_stolen: Text,
}

/// How a card knows what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A user reported that it worked on this day.
    SeenLive(&'static str),
    /// From the provider's documents only.
    FromDocuments,
}

/// How keys of other providers begin, so that one pasted into the wrong field is told before any call. The longest
/// that fits decides.
const KNOWN_PREFIXES: [(&str, &str); 8] = [
    ("sk-ant-", "Anthropic"),
    ("sk-or-", "OpenRouter"),
    ("sk-proj-", "OpenAI"),
    ("sk-admin-", "OpenAI"),
    ("sk-svcacct-", "OpenAI"),
    ("AIza", "Google"),
    ("gsk_", "Groq"),
    ("xai-", "xAI"),
];

/// What is wrong with a pasted key, seen without any call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKey {
    /// Nothing was pasted.
    Empty,
    /// It has spaces or signs that no key has.
    Garbled,
    /// It begins like a key of another provider.
    Of(&'static str),
    /// It does not begin like a key of this provider.
    OtherPrefix,
    /// It is no key file of a service account.
    NotServiceAccount(KeyFileError),
}

impl Card {
    /// Its own sentence on what to do about a problem, where it has one.
    pub fn says(&self, problem: &Problem) -> Option<&Text> {
        match problem {
            Problem::NotPermitted => Some(&self.not_permitted),
            Problem::Barred { by } => {
                self.known_errors.iter().find(|(name, _)| name == by).map(|(_, text)| text)
            }
            _ => None,
        }
    }

    /// Looks at a pasted key without sending it anywhere.
    pub fn check_key(&self, key: &str) -> Result<(), WrongKey> {
        if self.setup.shape == Shape::ServiceAccount && !key.is_empty() {
            return ServiceAccount::parse(&Secret::new(key)).map(|_| ()).map_err(WrongKey::NotServiceAccount);
        }
        let is_ours = key.starts_with(self.key.prefix);
        let other = KNOWN_PREFIXES
            .iter()
            .filter(|(prefix, name)| key.starts_with(prefix) && !self.name.starts_with(name))
            .max_by_key(|(prefix, _)| prefix.len());
        match other {
            _ if key.is_empty() => Err(WrongKey::Empty),
            _ if !key.bytes().all(|byte| byte.is_ascii_graphic()) => Err(WrongKey::Garbled),
            Some((prefix, name)) if !is_ours || prefix.len() > self.key.prefix.len() => {
                Err(WrongKey::Of(name))
            }
            _ if !is_ours => Err(WrongKey::OtherPrefix),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for WrongKey {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongKey::Empty => to.write_str("the key is empty"),
            WrongKey::Garbled => to.write_str("the key has characters that no key has"),
            WrongKey::Of(name) => write!(to, "the key starts like a key of {name}"),
            WrongKey::OtherPrefix => to.write_str("the key does not start like a key of this provider"),
            WrongKey::NotServiceAccount(why) => why.fmt(to),
        }
    }
}

impl core::error::Error for WrongKey {}
