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

mod answer;
mod card;
pub mod ecb;
mod parts;
mod problem;
mod request;
mod rows;
pub mod service_account;
mod setup;

pub use answer::Answer;
pub use card::{Billing, Card, Export, KeyKind, Proof, WrongKey};
pub use parts::{Part, Parts, is_cursor};
pub use problem::Problem;
pub use request::{Auth, Request};
pub use rows::{Rows, row_key};
pub use setup::{Field, Setup, Shape, setting};

use crate::books::reading::Reading;
use crate::time::{Day, Timestamp};

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

/// What reading an answer led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// This was told, and there is more to ask. Nothing counts before all is told: a short total is never published.
    More(Vec<Reading>, Request),
    /// This was told, and it is all. Bills of one day and book are added up over all answers; of a balance and a counter
    /// there is one per book.
    Done(Vec<Reading>),
}
