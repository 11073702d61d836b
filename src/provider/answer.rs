//! A provider's answer: its status decides the kind of [`Problem`].

use serde_json::Value;

use crate::provider::Problem;
use crate::provider::expected::STATUS;
use crate::time::{DAY, MINUTE, SECOND, Timestamp};

/// A smaller clock difference counts as none.
const EXACT: u64 = 3 * SECOND;
/// With a larger difference, the clock is wrong.
const MINUTES: u64 = 10 * MINUTE;
/// The most memory, in bytes, that the values of a body may take on 64 bits. In the module they take about half.
const MOST_MEMORY: usize = 64 << 20;
/// The memory of an object with its first entry.
const OF_OBJECT: usize = 640;
/// The memory of each further value.
const OF_VALUE: usize = 64;

/// An HTTP answer of a provider, with any status code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `Retry-After`, if there is one.
    pub retry_after: Option<String>,
    /// The header `Date`, if there is one: the time of the answer by the provider's clock.
    pub date: Option<String>,
    /// The text of the body.
    pub body: String,
}

impl Answer {
    /// An answer without headers.
    pub fn new(status: u16, body: impl Into<String>) -> Answer {
        Answer { status, retry_after: None, date: None, body: body.into() }
    }

    /// The time of arrival: this computer's clock, corrected if it is off by seconds or minutes from the provider's. It puts the
    /// readings of two computers with one account in the right order (rule L19). A clock that is off by more is not corrected
    /// (rule L8).
    pub fn arrived(&self, now: Timestamp) -> Timestamp {
        let date = self.date.as_deref().and_then(Timestamp::parse_http);
        // The header has whole seconds, and the answer took a moment to arrive.
        let off = date.map(|date| date.since(now).max(now.since(date.plus(SECOND))));
        match date {
            Some(date) if off.is_some_and(|off| (EXACT..=MINUTES).contains(&off)) => date,
            _ => now,
        }
    }

    /// The body of a successful answer. Any other status is a problem.
    pub fn body(&self, now: Timestamp) -> Result<&str, Problem> {
        match self.status {
            200..=299 => Ok(&self.body),
            401 => Err(Problem::KeyRefused),
            402 | 403 => Err(Problem::NotPermitted),
            404 | 405 => Err(Problem::Unsupported),
            410 => Err(Problem::Retired),
            429 => Err(Problem::RateLimited { after: self.wait(now) }),
            408 | 500..=599 => Err(Problem::ProviderDown),
            other => Err(Problem::unreadable(&format!("{STATUS} {other}"))),
        }
    }

    /// The JSON of a successful answer. Fails with [`Problem::Unreadable`] of `what` if the body is not JSON.
    pub fn json(&self, now: Timestamp, what: &str) -> Result<Value, Problem> {
        serde_json::from_str(self.body(now)?).map_err(|_| Problem::unreadable(what))
    }

    /// Whether parsing the body as JSON would take too much memory: 8 MB of small objects take 760 MB. Counts the characters
    /// outside of strings that begin a value.
    pub fn takes_too_much(&self) -> bool {
        if self.body.len() <= MOST_MEMORY / OF_OBJECT {
            return false;
        }
        let (mut is_text, mut is_escaped, mut taken) = (false, false, 0);
        for byte in self.body.bytes() {
            match byte {
                _ if core::mem::take(&mut is_escaped) => {}
                b'\\' => is_escaped = is_text,
                b'"' => is_text = !is_text,
                b'{' if !is_text => taken += OF_OBJECT,
                b'[' | b',' | b':' if !is_text => taken += OF_VALUE,
                _ => {}
            }
        }
        taken > MOST_MEMORY
    }

    /// The seconds to wait from `Retry-After`, which holds seconds or a date (RFC 9110, 10.2.3). At most a day, so that a broken
    /// server cannot stop an account forever.
    pub fn wait(&self, now: Timestamp) -> Option<u64> {
        let text = self.retry_after.as_deref()?.trim();
        let seconds = match text.parse() {
            Ok(seconds) => seconds,
            Err(_) => Timestamp::parse_http(text)?.since(now).div_ceil(SECOND),
        };
        Some(seconds.min(DAY / SECOND))
    }
}
