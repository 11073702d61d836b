//! The contract of a provider: a [`Card`] of facts, and two pure functions from text to [`Reading`]s.
//!
//! Knows what may be asked and what an answer may be. A provider does no I/O, reads no clock and never sees a key:
//! it names how the driver shall attach one ([`Auth`]).
//!
//! ```
//! use drawdown::time::Timestamp;
//! use drawdown::provider::{Answer, Problem};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let answer = Answer { status: 429, retry_after: Some("Sun, 22 Nov 2026 07:02:00 GMT".to_owned()), body: String::new() };
//! assert_eq!(answer.body(now), Err(Problem::RateLimited { after: Some(120) }));
//! ```

pub mod ecb;
mod parts;
mod rows;
pub mod service_account;
mod setup;

pub use parts::{Part, Parts, is_cursor};
pub use rows::{Rows, row_key};
pub use setup::{Field, Setup, Shape, setting};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::books::reading::{DrawOrder, Reading};
use crate::provider::service_account::{KeyFileError, ServiceAccount};
use crate::time::{DAY, Day, SECOND, Timestamp};
use crate::vault::Secret;

/// A provider: what it is, what to ask first, and how to read an answer.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    /// The facts.
    pub card: Card,
    /// The first request of a refresh.
    pub first: fn(&Query<'_>) -> Request,
    /// What an answer told, or what to ask next.
    pub read: fn(&Query<'_>, &Request, &Answer) -> Result<Step, Problem>,
}

impl Provider {
    /// Reads an answer. One that was optional and cannot be read ends the refresh with what was told before it.
    pub fn step(&self, query: &Query<'_>, ask: &Request, answer: &Answer) -> Result<Step, Problem> {
        match (self.read)(query, ask, answer) {
            Err(_) if ask.is_optional => Ok(Step::Done(Vec::new())),
            step => step,
        }
    }
}

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

/// One phrase in every language that the pages speak.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

/// What a refresh wants to know.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// The account's own settings.
    pub settings: &'a [(String, String)],
    /// The first day of which bills are wanted: providers of other things ignore it.
    pub from: Day,
    /// The moment of the refresh.
    pub now: Timestamp,
}

/// One request, without its credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where to; its origin must be on the card.
    pub url: String,
    /// How the driver attaches the credential.
    pub auth: Auth,
    /// Further headers, none of them secret.
    pub headers: &'static [(&'static str, &'static str)],
    /// The JSON to send by POST. Without it the request is a GET.
    pub body: Option<String>,
    /// What the provider counts from one answer to the next, such as the rows told so far. It is not sent.
    pub count: u64,
    /// Whether the refresh stands without its answer: a failure of it takes nothing of what was told before.
    pub is_optional: bool,
}

impl Request {
    /// A plain GET.
    pub fn get(url: String, auth: Auth) -> Request {
        Request { url, auth, headers: &[], body: None, count: 0, is_optional: false }
    }

    /// The same as one that the refresh can do without. It must be the last.
    #[must_use]
    pub fn optional(self) -> Request {
        Request { is_optional: true, ..self }
    }

    /// The same with another value of one parameter, in place of any that it has.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Request {
        let (path, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let others = query.split('&').filter(|pair| !pair.is_empty() && value_of(pair, name).is_none());
        let escaped = value.bytes().fold(String::new(), |text, byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text + &char::from(byte).to_string()
            }
            other => text + &format!("%{other:02X}"),
        });
        let query: Vec<_> = others.map(str::to_owned).chain([format!("{name}={escaped}")]).collect();
        Request { url: format!("{path}?{}", query.join("&")), ..self.clone() }
    }

    /// The value of a parameter, as it stands in the address.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.url.split(['?', '&']).skip(1).find_map(|pair| value_of(pair, name))
    }

    /// The page after this one, by the cursor that its answer told. Fails without one: what is left out then would make
    /// the total short (rule L10).
    pub fn page(&self, cursor: Option<&str>) -> Result<Request, Problem> {
        let cursor = cursor.filter(|cursor| is_cursor(cursor)).ok_or(Problem::unreadable("the next page"))?;
        Ok(self.with("page", cursor))
    }

    /// Its scheme and host, as they stand on a card.
    pub fn origin(&self) -> &str {
        let host = self
            .url
            .strip_prefix("https://")
            .map_or(0, |rest| rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        self.url.get(.."https://".len() + host).unwrap_or_default()
    }
}

fn value_of<'a>(pair: &'a str, name: &str) -> Option<&'a str> {
    pair.split_once('=').filter(|(of, _)| *of == name).map(|(_, value)| value)
}

/// How a credential is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// `NAME: KEY`.
    Header(&'static str),
    /// `Authorization: Bearer TOKEN`, with a token for this scope that Google gives to the service account whose file the
    /// key is.
    GoogleToken(&'static str),
}

/// What a provider answered, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header of that name, where there was one.
    pub retry_after: Option<String>,
    /// The text.
    pub body: String,
}

/// What reading an answer led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// This was told, and there is more to ask. Nothing counts before all is told: a short total is never published.
    More(Vec<Reading>, Request),
    /// This was told, and it is all. Bills of one day and book are added up over all answers; of a balance and a counter
    /// there is one per book.
    Done(Vec<Reading>),
}

/// Why an account could not be read, by what the user should do about it. Holds no key, no URL and no body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The provider does not know the key: replace it.
    KeyRefused,
    /// A good key without the right to read this: see the provider's console.
    NotPermitted,
    /// What only this provider has stands in the way: its card says what to do, under this name.
    Barred {
        /// The name.
        by: String,
    },
    /// The browser may not reach the provider: grant it.
    HostWithheld,
    /// Too many requests: wait.
    RateLimited {
        /// Seconds to wait, where the provider said so; a day at most.
        after: Option<u64>,
    },
    /// The provider has a fault: wait.
    ProviderDown,
    /// No answer came: see the network.
    Offline,
    /// An answer that cannot be understood: report it.
    Unreadable {
        /// What was looked for and not found.
        what: String,
    },
    /// The provider does not offer this.
    Unsupported,
    /// The provider ended this API: what is known stays, and it is not called again.
    Retired,
}

impl Problem {
    /// An answer that cannot be understood, by what was looked for in it.
    pub fn unreadable(what: &str) -> Problem {
        Problem::Unreadable { what: what.to_owned() }
    }

    /// What only this provider has, by its name on the card.
    pub fn barred(by: &str) -> Problem {
        Problem::Barred { by: by.to_owned() }
    }
}

impl Answer {
    /// The text of a good answer. Any other status is a problem.
    pub fn body(&self, now: Timestamp) -> Result<&str, Problem> {
        match self.status {
            200..=299 => Ok(&self.body),
            401 => Err(Problem::KeyRefused),
            402 | 403 => Err(Problem::NotPermitted),
            404 | 405 => Err(Problem::Unsupported),
            410 => Err(Problem::Retired),
            429 => Err(Problem::RateLimited { after: self.wait(now) }),
            408 | 500..=599 => Err(Problem::ProviderDown),
            other => Err(Problem::unreadable(&format!("an answer with status {other}"))),
        }
    }

    /// The JSON of a good answer; `what` names it, should it not be there.
    pub fn json(&self, now: Timestamp, what: &str) -> Result<Value, Problem> {
        serde_json::from_str(self.body(now)?).map_err(|_| Problem::unreadable(what))
    }

    /// Seconds to wait by `Retry-After`, which holds seconds or a date (RFC 9110, 10.2.3). At most a day: what a
    /// broken server asks for must not silence an account for good.
    pub fn wait(&self, now: Timestamp) -> Option<u64> {
        let text = self.retry_after.as_deref()?.trim();
        let seconds = match text.parse() {
            Ok(seconds) => seconds,
            Err(_) => Timestamp::parse_http(text)?.since(now).div_ceil(SECOND),
        };
        Some(seconds.min(DAY / SECOND))
    }
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
