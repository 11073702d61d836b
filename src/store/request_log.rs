//! The log of requests: each request, its account, and its result.
//!
//! Never contains headers, bodies, or any part of an address from its question mark on. It is stored as texts with a line for
//! each request, in the order of sending. The newest rows are in one value, and adding to the log reads and writes only that.
//! Once it has 50 rows, they move to the next of ten values of older rows, in turn. The rows of a refresh are written once,
//! with its last answer, so they lack the requests of a worker that was stopped before: such a refresh is shown as cut short.
//!
//! ```text
//!   requests    #N                                     the next value of older rows to be written
//!               milliseconds TAB account TAB status or reason TAB bytes TAB host TAB path
//!   requests.N  50 such lines
//! ```

use crate::books::reading::AccountId;
use crate::host::{FetchError, Values};
use crate::provider::Answer;
use crate::store::keys::{append_damaged, root_keys};
use crate::time::Timestamp;

/// The key of its newest rows.
const REQUESTS: &str = "requests";
/// The key of a log that could not be read.
pub(super) const DAMAGED: &str = "damaged.requests";
/// The most requests in the list.
pub const MOST_REQUESTS: usize = 500;
/// The rows in one value of older rows.
const ROWS: usize = 50;
/// The number of values of older rows.
const VALUES: usize = 10;
/// The most of a path that is kept, in characters: a path may contain a setting.
const LONGEST_PATH: usize = 200;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// When it was sent.
    pub at: Timestamp,
    /// The id of its account, or of its provider if no account was created; empty for all accounts.
    pub of: String,
    /// The host of its address.
    pub host: String,
    /// The path of its address, without a query.
    pub path: String,
    /// The status of the answer, or the reason for having none.
    pub status: Result<u16, FetchError>,
    /// The bytes of the answer's body, unpacked; 0 without an answer.
    pub bytes: usize,
}

/// The requests of one attempt, until they are logged together with its result.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// See [`Sent::of`].
    pub of: String,
    sent: Vec<Sent>,
}

impl Outgoing {
    /// For an account or a provider, by its id; without requests.
    pub fn new(id: &str) -> Outgoing {
        Outgoing { of: id.to_owned(), sent: Vec::new() }
    }

    /// For all accounts, such as exchange rates; without requests.
    pub fn for_all() -> Outgoing {
        Outgoing::new("")
    }

    /// Whether it is for all accounts.
    pub fn is_for_all(&self) -> bool {
        self.of.is_empty()
    }

    /// Adds a request that was sent at that time.
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

    /// Whether it has no requests.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }
}

/// The first keys of every load, and the newest rows of the log: for adding to it.
pub fn keys_with_log() -> Vec<String> {
    root_keys().into_iter().chain([REQUESTS, DAMAGED].map(str::to_owned)).collect()
}

/// The first keys of every load, and the whole log: for listing it and for removing rows.
pub fn keys_with_whole_log() -> Vec<String> {
    keys_with_log().into_iter().chain((0..VALUES).map(key)).collect()
}

fn key(place: usize) -> String {
    format!("{REQUESTS}.{place}")
}

/// The log, and the data needed to write it.
#[derive(Clone, Debug)]
pub(super) struct Log {
    /// Its loaded rows, in order.
    sent: Vec<Sent>,
    /// The number of those stored in values of older rows.
    older: usize,
    /// The number of the next value of older rows to be written.
    next: usize,
    /// The rows to be written.
    rewrite: Rewrite,
    is_changed: bool,
    /// The stored texts that could not be read.
    damaged: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rewrite {
    /// The newest rows, and older ones as they move.
    Newest,
    /// All rows.
    All,
}

impl Log {
    /// Loads the rows that were asked for. `None` if none were.
    pub(super) fn load(stored: &Values) -> Option<Log> {
        let text = stored.get(REQUESTS)?.unwrap_or_default();
        let (header, lines) = match text.strip_prefix('#') {
            Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
            None => ("0", text),
        };
        let newest = parse(lines);
        let mut damaged: Vec<&str> = newest.is_none().then_some(text).into_iter().collect();
        let next = header.parse().ok().filter(|next| *next < VALUES).unwrap_or(0);
        let mut log = Log {
            sent: Vec::new(),
            older: 0,
            next,
            rewrite: Rewrite::Newest,
            is_changed: false,
            damaged: None,
        };
        // The next rows replace the oldest.
        for place in (next..VALUES).chain(0..next) {
            let Some(text) = stored.get(&key(place)).flatten() else { continue };
            match parse(text) {
                Some(rows) => log.sent.extend(rows),
                None => {
                    damaged.push(text);
                    log.rewrite = Rewrite::All;
                }
            }
        }
        log.older = log.sent.len();
        log.sent.extend(newest.unwrap_or_default());
        let before = stored.get(DAMAGED).flatten();
        log.damaged = (!damaged.is_empty()).then(|| append_damaged(before, &damaged.join("\n")));
        Some(log)
    }

    /// Its newest rows, in order of time.
    pub(super) fn sent(&self) -> &[Sent] {
        self.sent.get(self.sent.len().saturating_sub(MOST_REQUESTS)..).unwrap_or_default()
    }

    /// Adds requests, each at its time: of two accounts that are read at once, one is logged first. Rows of a clock that ran
    /// ahead stay before newer ones.
    pub(super) fn add(&mut self, out: Outgoing, now: Timestamp) {
        for sent in out.sent {
            let is_before = |known: &Sent| known.at <= sent.at || known.at > now;
            let place = self.sent.iter().rposition(is_before).map_or(0, |place| place + 1);
            self.sent.insert(place.max(self.older), Sent { of: out.of.clone(), ..sent });
            self.is_changed = true;
        }
    }

    /// Removes the rows of an erased account. An unreadable text may hold some of them, and is removed as a whole.
    pub(super) fn erase(&mut self, AccountId(id): &AccountId) {
        self.sent.retain(|sent| sent.of != *id);
        self.damaged = None;
        self.is_changed = true;
        self.rewrite = Rewrite::All;
    }

    /// Whether the rows to be written read back unchanged.
    pub(super) fn is_read_from(&self, values: &Values) -> bool {
        let reads = |read: Log| read.damaged.is_none() && self.sent.ends_with(&read.sent);
        Log::load(values).is_none_or(reads)
    }

    /// Adds the rows to be written to `values`.
    pub(super) fn save(&mut self, values: &mut Values) {
        if !self.is_changed {
            return;
        }
        if let Some(damaged) = self.damaged.take() {
            values.set(DAMAGED.to_owned(), Some(damaged));
        }
        if self.rewrite == Rewrite::All {
            (0..VALUES).for_each(|place| values.set(key(place), None));
            (self.older, self.next) = (self.sent.len().saturating_sub(ROWS * VALUES), 0);
        }
        let mut newest = self.sent.get(self.older..).unwrap_or_default();
        while let Some((full, rest)) = newest.split_at_checked(ROWS) {
            values.set(key(self.next), Some(lines(full)));
            self.next = (self.next + 1) % VALUES;
            self.older += ROWS;
            newest = rest;
        }
        let text = match (self.next, newest) {
            (0, []) => None,
            (next, newest) => Some(format!("#{next}\n{}", lines(newest))),
        };
        values.set(REQUESTS.to_owned(), text);
    }
}

fn lines(rows: &[Sent]) -> String {
    rows.iter().map(Sent::line).collect::<Vec<_>>().join("\n")
}

fn parse(lines: &str) -> Option<Vec<Sent>> {
    lines.lines().map(Sent::parse).collect()
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
