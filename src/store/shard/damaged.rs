//! A shard whose stored text is lost or damaged: what replaces it, and what is kept of it.

use crate::books::reading::Observation;
use crate::host::Values;
use crate::store::keys::{append_damaged, damaged_key};
use crate::store::shard::Shard;
use crate::store::stored_shard::StoredShard;

impl Shard {
    /// Takes the account's last readings in place of the lost ones.
    pub(super) fn restore(&mut self, last: &[Observation]) {
        self.is_restored = true;
        self.kept.is_part_lost = true;
        let (before, own): (Vec<_>, Vec<_>) =
            last.iter().cloned().partition(|observed| observed.at.month() < self.month);
        self.kept.before = before;
        for observed in own.into_iter().filter(|observed| observed.at.month() == self.month) {
            self.kept.insert(observed);
        }
    }

    /// Stores the restored readings, because the account will have newer ones.
    pub(in crate::store) fn keep_restored(&mut self) {
        self.is_changed |= self.is_restored;
    }

    /// Keeps the unreadable part. The spend of the month can only have been higher.
    pub(super) fn keep_damaged(&mut self, damaged: &StoredShard) {
        if damaged.is_empty() {
            return;
        }
        let texts = self.damaged.take().into_iter().chain(serde_json::to_string(damaged).ok());
        self.damaged = Some(texts.collect::<Vec<_>>().join("\n"));
        self.kept.is_part_lost = true;
    }

    /// Whether some of its readings were damaged.
    pub(in crate::store) fn is_part_lost(&self) -> bool {
        self.kept.is_part_lost
    }

    /// Loads the damaged texts that were kept before; returns their key if they are not loaded yet.
    pub(in crate::store) fn recall_damaged(&mut self, stored: &Values) -> Option<String> {
        let damaged = self.damaged.as_ref()?;
        let key = damaged_key(&Shard::key(&self.account, self.month));
        let Some(before) = stored.get(&key) else { return Some(key) };
        self.damaged = Some(append_damaged(before, damaged));
        None
    }
}
