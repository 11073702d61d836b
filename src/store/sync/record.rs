//! What this computer keeps of syncing: when each field was last changed, and what it wrote and read.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::store::sync::field::{Field, REMOVED, SETTINGS, of_account, owner_of};
use crate::time::Timestamp;

/// So many letters of a digest tell two values of one field apart.
const DIGEST: usize = 12;

/// What this computer keeps of syncing, while it is on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRecord {
    /// The short random name of this computer, in the keys of its items.
    pub me: String,
    /// When each field was last changed.
    stamps: Vec<Stamp>,
    /// The digest of each item of other computers that was taken in, by its key.
    pub seen: Vec<(String, String)>,
    /// The digest of what each item of this computer held when it was last written, by its key.
    pub wrote: Vec<(String, String)>,
    /// When items were last written.
    pub wrote_at: Option<Timestamp>,
    /// What hinders it.
    pub trouble: Option<SyncTrouble>,
    /// How many bytes of the area were used when it was last looked at.
    pub used: usize,
    /// Whether nothing of other computers was taken in yet: theirs counts where both chose something.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(super) is_joining: bool,
    /// When another computer gave up its keys with its password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset_at: Option<Timestamp>,
}

/// What hinders syncing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncTrouble {
    /// Not all of it fits into the area.
    Full,
    /// The browser refused to write.
    Refused,
}

/// When a field was last changed: path, time, computer, and the digest of its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp(String, Timestamp, String, String);

impl SyncRecord {
    /// The record of a computer that begins to sync.
    pub fn new(me: String) -> SyncRecord {
        SyncRecord { me, ..SyncRecord::default() }
    }

    /// The record of a computer that joins others.
    pub fn joining(me: String) -> SyncRecord {
        SyncRecord { is_joining: true, ..SyncRecord::new(me) }
    }

    /// Forgets an account that became another.
    pub(super) fn forget(&mut self, AccountId(id): &AccountId) {
        self.stamps.retain(|stamp| owner_of(&stamp.0) != id);
    }

    /// Notes which fields differ from what was last noted. One that was never noted and has its default is left out, and so
    /// are those of an account that is not there any more: nobody changed them.
    pub(super) fn stamp(&mut self, fields: &[(String, Value)], now: Timestamp) {
        let is_there =
            |owner: &str| owner == SETTINGS || fields.iter().any(|(path, _)| owner_of(path) == owner);
        let is_gone = |path: &str| !fields.iter().any(|(known, _)| known == path) && is_there(owner_of(path));
        let gone: Vec<String> =
            self.stamps.iter().map(|stamp| stamp.0.clone()).filter(|path| is_gone(path)).collect();
        let nothing = gone.into_iter().map(|path| (path, Value::Null));
        for (path, value) in fields.iter().cloned().chain(nothing) {
            let digest = digest_of(&value);
            let me = self.me.clone();
            match self.stamps.iter_mut().find(|stamp| stamp.0 == path) {
                Some(stamp) if stamp.3 == digest => {}
                // A change is later than what it changes, also where another computer's clock is ahead.
                Some(stamp) => *stamp = Stamp(path, now.max(stamp.1.plus(1)), me, digest),
                None => self.stamps.push(Stamp(path, now, me, digest)),
            }
        }
    }

    /// Whether a field of another computer is later than what is known of it here.
    pub(super) fn is_news(&self, field: &Field) -> bool {
        let known = self.stamps.iter().find(|stamp| stamp.0 == field.path);
        known.is_none_or(|Stamp(_, at, by, _)| (*at, by) < (field.at, &field.by))
    }

    /// Notes a field that was taken over.
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

    /// Whether it is known that an account was removed.
    pub(super) fn is_removed(&self, id: &AccountId) -> bool {
        let path = of_account(id, REMOVED);
        self.stamps.iter().any(|stamp| stamp.0 == path && stamp.3 != digest_of(&Value::Null))
    }

    /// The fields with the times of their last changes; those too that have no value any more. Of an account that was erased
    /// it is known that it was removed, and nothing else.
    pub(super) fn stamped(&self, fields: &[(String, Value)]) -> Vec<Field> {
        let mut stamped = Vec::new();
        for Stamp(path, at, by, _) in &self.stamps {
            let owner = owner_of(path);
            let known = fields.iter().find(|(known, _)| known == path).map(|(_, value)| value.clone());
            let is_there = owner == SETTINGS || fields.iter().any(|(path, _)| owner_of(path) == owner);
            let value = match known {
                Some(value) => value,
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
