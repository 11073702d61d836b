//! The contract of a provider: a [`Card`] of facts, and two pure functions from text to a [`Report`].
//!
//! A provider does no I/O, reads no clock and never sees a key: its [`Request`] defines how the driver attaches the key
//! ([`Auth`]). `src/providers/README.md` explains how to write one.
//!
//! ```
//! use drawdown::time::Timestamp;
//! use drawdown::provider::{Answer, Problem};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! let answer = Answer { retry_after: Some("Sun, 22 Nov 2026 07:02:00 GMT".to_owned()), ..Answer::new(429, "") };
//! assert_eq!(answer.body(now), Err(Problem::RateLimited { after: Some(120) }));
//! ```

mod answer;
mod card;
pub mod ecb;
pub mod expected;
mod parts;
mod problem;
mod report;
mod request;
mod rows;
mod scope;
pub mod service_account;
mod setup;
mod terms;

pub use answer::Answer;
pub use card::{Billing, Card, Export, KeyKind, Kind, Proof, WrongKey};
pub use parts::{Part, Parts, is_cursor};
pub use problem::Problem;
pub use report::Report;
pub use request::{Auth, Request};
pub use rows::{Rows, row_key};
pub use scope::Scope;
pub use setup::{Field, Setup, Shape, setting};
pub use terms::{PeakHours, PeakState, Reload, Terms};

use crate::time::{Day, Span, Timestamp};

/// A provider: its facts, its first request, and a function that reads an answer.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    /// The facts.
    pub card: Card,
    /// The first request of a refresh.
    pub first: fn(&Query<'_>) -> Request,
    /// Reads an answer: returns its content, and the next request if there is one.
    pub read: fn(&Query<'_>, &Request, &Answer) -> Result<Step, Problem>,
    /// The same provider with the keys of other scopes, for a provider whose answer includes the scope of the key: an account
    /// gets the card of the [`Scope`] in the [`Report`] of its first read. Empty for most.
    pub others: &'static [Provider],
}

impl Provider {
    /// The provider for a key with this scope: itself, unless the scope matches one of `others`.
    pub fn with_scope(&self, scope: Option<Scope>) -> &Provider {
        let others = || self.others.iter().find(|other| other.card.scope == scope);
        if scope.is_none() || self.card.scope == scope { self } else { others().unwrap_or(self) }
    }

    /// Reads an answer. If the request was optional and its answer cannot be read, the read ends with the data so far.
    pub fn step(&self, query: &Query<'_>, request: &Request, answer: &Answer) -> Result<Step, Problem> {
        match (self.read)(query, request, answer) {
            Err(_) if request.is_optional => Ok(Step::Done(Report::default())),
            step => step,
        }
    }
}

/// The inputs of a refresh.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// The account's settings.
    pub settings: &'a [(String, String)],
    /// The first day to read bills of. Providers without bills ignore it.
    pub from: Day,
    /// The time of the refresh.
    pub now: Timestamp,
}

impl Query<'_> {
    /// The UTC days to read bills of: from the first to the end of today.
    pub fn asked(&self) -> Span {
        Span { from: self.from.span().from, to: self.now.day().span().to }
    }
}

/// The result of reading an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The content of this answer, and the next request. Nothing is stored before [`Step::Done`]: a short total is never
    /// published.
    More(Report, Request),
    /// The content of the last answer. The driver merges all of them into one report: see [`Report::from_pages`].
    Done(Report),
}
