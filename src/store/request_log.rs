//! The log of requests: what went out, for whom, and whether anything came back.
//!
//! Knows no header, no body, and nothing of an address from its question mark on: none of that is ever kept. It rests
//! as one text with a line for each request, in the order in which they were sent, and is read only by what adds to it,
//! takes from it or lists it. It is written with what a refresh brought, so it misses what a worker sent that was stopped
//! before that: such a refresh is told as cut short.
//!
//! ```text
//!   milliseconds TAB whose TAB status or reason TAB bytes TAB host TAB path
//! ```

use crate::books::reading::AccountId;
use crate::host::{FetchError, Values};
use crate::provider::Answer;
use crate::store::recovery::kept_beside;
use crate::time::Timestamp;

/// Where it rests.
pub(super) const REQUESTS: &str = "requests";
/// Where a log is kept that could not be read.
pub(super) const DAMAGED: &str = "damaged.requests";
/// How many requests are kept.
pub const MOST_REQUESTS: usize = 500;
/// The most of a path that is kept, in characters: a setting may be part of it.
const LONGEST_PATH: usize = 200;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When it went out.
    pub at: Timestamp,
    /// The id of its account, or of its provider where no account came of it; empty where it is for all of them.
    pub of: String,
    /// Where to.
    pub host: String,
    /// What for, without a query.
    pub path: String,
    /// The status of the answer, or why there is none.
    pub status: Result<u16, FetchError>,
    /// The bytes of the answer's body, unpacked; 0 where there is none.
    pub bytes: usize,
}

/// The requests of one attempt, until they are noted with what came of it.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// See [`Sent::of`].
    pub of: String,
    sent: Vec<Sent>,
}

impl Outgoing {
    /// Of an account or a provider, by its id; nothing has gone out yet.
    pub fn new(id: &str) -> Outgoing {
        Outgoing { of: id.to_owned(), sent: Vec::new() }
    }

    /// For all accounts, as exchange rates are; nothing has gone out yet.
    pub fn for_all() -> Outgoing {
        Outgoing::new("")
    }

    /// Whether it is for all accounts.
    pub fn is_for_all(&self) -> bool {
        self.of.is_empty()
    }

    /// Adds a request that went out at that time.
    pub fn add(&mut self, at: Timestamp, url: &str, answer: &Result<Answer, FetchError>) {
        let address = url.strip_prefix("https://").unwrap_or(url);
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = address.split_once('/').unwrap_or((address, ""));
        let path = ['/'].into_iter().chain(path.chars().filter(|sign| !sign.is_control()));
        self.sent.push(Sent {
            at,
            of: String::new(),
            host: host.to_owned(),
            path: path.take(LONGEST_PATH).collect(),
            status: answer.as_ref().map(|answer| answer.status).map_err(|unreached| *unreached),
            bytes: answer.as_ref().map_or(0, |answer| answer.body.len()),
        });
    }

    /// Whether nothing went out.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }
}

/// The log, and what it needs to be written.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pub(super) sent: Vec<Sent>,
    is_changed: bool,
    /// The stored text, where that could not be read.
    damaged: Option<String>,
}

impl Log {
    /// Reads it. `None` where nobody asked for it.
    pub(super) fn load(stored: &Values) -> Option<Log> {
        let text = stored.get(REQUESTS)?;
        let sent: Option<Vec<Sent>> = text.unwrap_or_default().lines().map(Sent::parse).collect();
        let damaged = text.filter(|_| sent.is_none());
        let damaged = damaged.map(|text| kept_beside(stored.get(DAMAGED).flatten(), text));
        Some(Log { sent: sent.unwrap_or_default(), is_changed: false, damaged })
    }

    /// Adds what went out, each by its time: of two accounts that are read at once one is noted first. What a clock that
    /// ran ahead has left stays before what is newer.
    pub(super) fn add(&mut self, out: Outgoing, now: Timestamp) {
        for sent in out.sent {
            let is_before = |known: &Sent| known.at <= sent.at || known.at > now;
            let place = self.sent.iter().rposition(is_before).map_or(0, |place| place + 1);
            self.sent.insert(place, Sent { of: out.of.clone(), ..sent });
            self.is_changed = true;
        }
        self.sent.drain(..self.sent.len().saturating_sub(MOST_REQUESTS));
    }

    /// Leaves out an account that is erased. A text that cannot be read may hold some of it, and goes whole.
    pub(super) fn erase(&mut self, AccountId(id): &AccountId) {
        self.sent.retain(|sent| sent.of != *id);
        self.damaged = None;
        self.is_changed = true;
    }

    /// Whether what is to be written of it reads back as it is.
    pub(super) fn is_read_from(&self, values: &Values) -> bool {
        Log::load(values).is_none_or(|read| read.damaged.is_none() && read.sent == self.sent)
    }

    /// What has to be written of it.
    pub(super) fn save(&mut self, values: &mut Values) {
        if !self.is_changed {
            return;
        }
        if let Some(damaged) = self.damaged.take() {
            values.set(DAMAGED.to_owned(), Some(damaged));
        }
        let text = self.sent.iter().map(Sent::line).collect::<Vec<_>>().join("\n");
        values.set(REQUESTS.to_owned(), Some(text).filter(|text| !text.is_empty()));
    }
}

impl Sent {
    fn line(&self) -> String {
        let status = match self.status {
            Ok(status) => status.to_string(),
            Err(FetchError::Offline) => "offline".to_owned(),
            Err(FetchError::TimedOut) => "late".to_owned(),
            Err(FetchError::TooLong) => "long".to_owned(),
            Err(FetchError::Unsendable) => "unsendable".to_owned(),
        };
        let Sent { at, of, host, path, bytes, .. } = self;
        format!("{}\t{of}\t{status}\t{bytes}\t{host}\t{path}", at.ms())
    }

    fn parse(line: &str) -> Option<Sent> {
        let mut parts = line.split('\t');
        let mut part = || parts.next();
        Some(Sent {
            at: Timestamp::from_ms(part()?.parse().ok()?),
            of: part()?.to_owned(),
            status: match part()? {
                "offline" => Err(FetchError::Offline),
                "late" => Err(FetchError::TimedOut),
                "long" => Err(FetchError::TooLong),
                "unsendable" => Err(FetchError::Unsendable),
                status => Ok(status.parse().ok()?),
            },
            bytes: part()?.parse().ok()?,
            host: part()?.to_owned(),
            path: part()?.to_owned(),
        })
    }
}
