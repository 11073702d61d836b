//! This computer's sync record: when each field last changed, and which items it wrote and read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::order::in_order;
use crate::store::sync::field::{
    Field, REMOVED, SETTINGS, figure_of, of_account, owner_of, path_of_same, same_of,
};
use crate::time::{Day, Timestamp};

/// This many characters of a digest distinguish two values of one field.
const DIGEST: usize = 12;
/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The number of writes whose times are kept.
const WRITES: usize = 30;

/// This computer's sync record, while syncing is on. It is stored as one text with a line for each fact: a type made of lists
/// would add twenty kilobytes of conversions to the module.
///
/// ```text
///   1a2b3c4d 1795330700000,1795330800000 full 4711 - joining 0.1.0
///                        name, last writes, trouble, bytes in use, a reset elsewhere, whether it joins, version
///   stamp 1795330800000 1a2b3c4d 9f8e7d6c5b4a settings/budget
///   seen drawdown.9f8e7d6c.settings DIGEST
///   wrote drawdown.1a2b3c4d.settings DIGEST DIGEST
/// ```
///
/// After an update every item is merged once more: the version before may not have understood all of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SyncRecord {
    /// The short random name of this computer, used in the keys of its items.
    pub me: String,
    /// When each field was last changed.
    stamps: Vec<Stamp>,
    /// The digest of each merged item of other computers, by its key.
    pub seen: Vec<(String, String)>,
    /// For each item of this computer: its key, and the digests of its text and of its sealed text when it was last written.
    pub wrote: Vec<(String, String)>,
    /// The times of the last writes, the latest one last.
    writes: Vec<Timestamp>,
    /// The problem that hinders syncing.
    pub trouble: Option<SyncTrouble>,
    /// How many bytes of the area were in use at the last read.
    pub used: usize,
    /// Whether it has not merged other computers' items yet: in the first merge, their values win.
    pub(super) is_joining: bool,
    /// When another computer gave up its keys with its password.
    pub reset_at: Option<Timestamp>,
}

/// A problem that hinders syncing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncTrouble {
    /// Not everything fits into the area.
    Full,
    /// The browser refused to write.
    Refused,
}

/// The last change of a field: path, time, computer, and the digest of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp(String, Timestamp, String, String);

impl TryFrom<String> for SyncRecord {
    type Error = &'static str;

    fn try_from(stored: String) -> Result<SyncRecord, &'static str> {
        SyncRecord::parse(&stored).ok_or("no record of syncing")
    }
}

impl From<SyncRecord> for String {
    fn from(record: SyncRecord) -> String {
        let time = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), |at| at.ms().to_string());
        let trouble = match record.trouble {
            None => "-",
            Some(SyncTrouble::Full) => "full",
            Some(SyncTrouble::Refused) => "refused",
        };
        let joining = if record.is_joining { "joining" } else { "-" };
        let writes: Vec<String> = record.writes.iter().map(|at| at.ms().to_string()).collect();
        let writes = if writes.is_empty() { "-".to_owned() } else { writes.join(",") };
        let (me, used, reset_at) = (&record.me, record.used, time(record.reset_at));
        let mut text = format!("{me} {writes} {trouble} {used} {reset_at} {joining} {VERSION}");
        for Stamp(path, at, by, digest) in &record.stamps {
            text += &format!("\nstamp {} {by} {digest} {path}", at.ms());
        }
        for (kind, list) in [("seen", &record.seen), ("wrote", &record.wrote)] {
            for (key, digest) in list {
                text += &format!("\n{kind} {key} {digest}");
            }
        }
        text
    }
}

impl SyncRecord {
    /// The record of a computer that starts to sync.
    pub fn new(me: String) -> SyncRecord {
        SyncRecord { me, ..SyncRecord::default() }
    }

    fn parse(stored: &str) -> Option<SyncRecord> {
        let mut lines = stored.lines();
        let mut first = lines.next()?.split(' ');
        let mut word = || first.next();
        let number = |text: &str| text.parse().ok().map(Timestamp::from_ms);
        let mut record = SyncRecord::new(word()?.to_owned());
        record.writes = word()?.split(',').filter_map(number).collect();
        record.trouble = match word()? {
            "full" => Some(SyncTrouble::Full),
            "refused" => Some(SyncTrouble::Refused),
            _ => None,
        };
        record.used = word()?.parse().ok()?;
        record.reset_at = number(word()?);
        record.is_joining = word()? == "joining";
        let is_updated = word() != Some(VERSION);
        for line in lines {
            let (kind, rest) = line.split_once(' ')?;
            if kind == "stamp" {
                let mut parts = rest.splitn(4, ' ');
                let (at, by, digest) = (number(parts.next()?)?, parts.next()?, parts.next()?);
                record.stamps.push(Stamp(parts.next()?.to_owned(), at, by.to_owned(), digest.to_owned()));
                continue;
            }
            let (key, digest) = rest.split_once(' ')?;
            match kind {
                "seen" if is_updated => {}
                "seen" => record.seen.push((key.to_owned(), digest.to_owned())),
                _ => record.wrote.push((key.to_owned(), digest.to_owned())),
            }
        }
        Some(record)
    }

    /// The record of a computer that joins others.
    pub fn joining(me: String) -> SyncRecord {
        SyncRecord { is_joining: true, ..SyncRecord::new(me) }
    }

    /// Renames this computer, so that all its items are written again.
    pub fn rename(&mut self, me: String) {
        self.me = me;
        self.wrote.clear();
        self.writes.clear();
    }

    /// When items were last written.
    pub fn wrote_at(&self) -> Option<Timestamp> {
        self.writes.last().copied()
    }

    /// Records the time of a write.
    pub fn note_write(&mut self, now: Timestamp) {
        self.writes.push(now);
        let too_many = self.writes.len().saturating_sub(WRITES);
        self.writes.drain(..too_many);
    }

    /// Whether an item under this computer's name was written by a copy of this profile: at a time when this computer wrote
    /// nothing. `false` for items older than every remembered write: it cannot tell.
    pub fn is_of_copy(&self, written: Timestamp) -> bool {
        let first = self.writes.iter().min();
        first.is_none_or(|first| *first < written) && !self.writes.contains(&written)
    }

    /// Records that an account became another one. All other fields of the first account are forgotten; the items of other
    /// computers are read once more.
    pub(super) fn note_same(&mut self, from: &AccountId, into: &AccountId, now: Timestamp) {
        self.stamps.retain(|stamp| owner_of(&stamp.0) != from.0 || same_of(&stamp.0).is_some());
        self.seen.clear();
        let (path, opposite) = (path_of_same(from, into), path_of_same(into, from));
        if self.stamp_of(&path).is_some() && self.successor(from) == *into {
            return;
        }
        let at = self.stamp_of(&opposite).map_or(now, |(at, _)| now.max(at.plus(1)));
        let (by, value) = (self.me.clone(), Value::Bool(true));
        self.note(&Field { path, at, by, value });
    }

    /// The account that an account became; itself if it became none. If computers disagree, the latest record wins, and a
    /// record that would close a circle is ignored.
    pub(super) fn successor(&self, id: &AccountId) -> AccountId {
        let records = self.stamps.iter().filter_map(|stamp| Some((stamp, same_of(&stamp.0)?)));
        let records = in_order(records, |(one, _), (other, _)| (other.1, &other.2).cmp(&(one.1, &one.2)));
        let mut became: BTreeMap<&str, &str> = BTreeMap::new();
        let end = |became: &BTreeMap<&str, &str>, id: &str| {
            let steps = core::iter::successors(Some(id.to_owned()), |id| {
                became.get(id.as_str()).map(|next| (*next).to_owned())
            });
            steps.last().unwrap_or_else(|| id.to_owned())
        };
        for (_, (from, into)) in records {
            if !became.contains_key(from) && end(&became, into) != from {
                became.insert(from, into);
            }
        }
        AccountId(end(&became, &id.0))
    }

    /// Forgets the typed figures of an account before a day: they cannot be taken back any more.
    pub(super) fn forget_figures(&mut self, AccountId(id): &AccountId, before: Day) {
        let is_old = |path: &str| figure_of(path).is_some_and(|(of, at)| of == id && at.day() < before);
        self.stamps.retain(|stamp| !is_old(&stamp.0));
    }

    /// Stamps the fields that differ from their last stamps. Leaves out fields that were never stamped and have their default,
    /// and fields of accounts that are gone: nobody changed those.
    pub(super) fn stamp(&mut self, fields: &[(String, Value)], now: Timestamp) {
        let is_there =
            |owner: &str| owner == SETTINGS || fields.iter().any(|(path, _)| owner_of(path) == owner);
        let is_gone = |path: &str| {
            let is_field = same_of(path).is_none() && is_there(owner_of(path));
            is_field && !fields.iter().any(|(known, _)| known == path)
        };
        let gone: Vec<String> =
            self.stamps.iter().map(|stamp| stamp.0.clone()).filter(|path| is_gone(path)).collect();
        let nothing = gone.into_iter().map(|path| (path, Value::Null));
        for (path, value) in fields.iter().cloned().chain(nothing) {
            let digest = digest_of(&value);
            let me = self.me.clone();
            match self.stamps.iter_mut().find(|stamp| stamp.0 == path) {
                Some(stamp) if stamp.3 == digest => {}
                // A change must be later than the value it replaces, even if another computer's clock is ahead.
                Some(stamp) => *stamp = Stamp(path, now.max(stamp.1.plus(1)), me, digest),
                None => self.stamps.push(Stamp(path, now, me, digest)),
            }
        }
    }

    /// Whether a field of another computer is newer than the stamp here.
    pub(super) fn is_news(&self, field: &Field) -> bool {
        let known = self.stamps.iter().find(|stamp| stamp.0 == field.path);
        known.is_none_or(|Stamp(_, at, by, _)| (*at, by) < (field.at, &field.by))
    }

    /// Stamps a field that was taken over.
    pub(super) fn note(&mut self, field: &Field) {
        let stamp = Stamp(field.path.clone(), field.at, field.by.clone(), digest_of(&field.value));
        match self.stamps.iter_mut().find(|stamp| stamp.0 == field.path) {
            Some(known) => *known = stamp,
            None => self.stamps.push(stamp),
        }
    }

    /// When a field was last changed, and on which computer.
    pub(super) fn stamp_of(&self, path: &str) -> Option<(Timestamp, &str)> {
        self.stamps.iter().find(|stamp| stamp.0 == path).map(|stamp| (stamp.1, stamp.2.as_str()))
    }

    /// Whether an account was removed, or became another one.
    pub(super) fn is_gone(&self, id: &AccountId) -> bool {
        self.is_removed(id) || self.successor(id) != *id
    }

    /// Whether an account is recorded as removed.
    pub(super) fn is_removed(&self, id: &AccountId) -> bool {
        let path = of_account(id, REMOVED);
        self.stamps.iter().any(|stamp| stamp.0 == path && stamp.3 != digest_of(&Value::Null))
    }

    /// The fields with the times of their last changes, including fields that have no value any more. An erased account has
    /// only the field that says it was removed.
    pub(super) fn stamped(&self, fields: &[(String, Value)]) -> Vec<Field> {
        let mut stamped = Vec::new();
        for Stamp(path, at, by, _) in &self.stamps {
            let owner = owner_of(path);
            let known = fields.iter().find(|(known, _)| known == path).map(|(_, value)| value.clone());
            let is_there = owner == SETTINGS || fields.iter().any(|(path, _)| owner_of(path) == owner);
            let value = match known {
                Some(value) => value,
                None if same_of(path).is_some() => Value::Bool(true),
                None if is_there => Value::Null,
                None if path.ends_with(REMOVED) => Value::from(at.ms()),
                None => continue,
            };
            stamped.push(Field { path: path.clone(), at: *at, by: by.clone(), value });
        }
        stamped
    }
}

fn digest_of(value: &Value) -> String {
    digest(&value.to_string()).chars().take(DIGEST).collect()
}
