//! The area that browsers sync: a copy on each computer and one on the server, and the changes on their way between them.

use std::collections::BTreeMap;

use drawdown::time::{MINUTE, Timestamp};

use crate::chance::Chance;
use crate::computers::Computer;
use crate::fake::Fake;

type Items = BTreeMap<String, String>;

/// A change of one item on its way.
struct Change {
    arrives: Timestamp,
    key: String,
    text: Option<String>,
}

pub(super) struct Area {
    server: Items,
    /// Each computer's copy as it was last sent or received.
    known: Vec<Items>,
    /// The changes on their way to the server.
    up: Vec<Change>,
    /// The changes on their way to each computer.
    down: Vec<Vec<Change>>,
}

impl Area {
    pub(super) fn new(computers: usize) -> Area {
        Area {
            server: Items::new(),
            known: vec![Items::new(); computers],
            up: Vec::new(),
            down: (0..computers).map(|_| Vec::new()).collect(),
        }
    }

    /// Sends a computer's changes, each item separately.
    pub(super) fn send(&mut self, place: usize, host: &Fake, mut arrives: impl FnMut() -> Timestamp) {
        let now = host.synced.borrow().clone();
        let known = &mut self.known[place];
        for key in now.keys().chain(known.keys()).cloned().collect::<std::collections::BTreeSet<_>>() {
            if now.get(&key) != known.get(&key) {
                self.up.push(Change { arrives: arrives(), text: now.get(&key).cloned(), key });
            }
        }
        *known = now;
    }

    /// Delivers the changes that have arrived for a computer. Returns whether there were any.
    pub(super) fn deliver(&mut self, place: usize, now: Timestamp, host: &Fake) -> bool {
        self.serve(now);
        let arrived: Vec<Change> = self.down[place].extract_if(.., |change| change.arrives <= now).collect();
        let mut is_any = false;
        for Change { key, text, .. } in arrived {
            // An item that the computer wrote itself and has not sent yet is kept.
            if self.up.iter().any(|change| change.key == key) {
                continue;
            }
            let mut synced = host.synced.borrow_mut();
            is_any |= synced.get(&key) != text.as_ref();
            for items in [&mut *synced, &mut self.known[place]] {
                match &text {
                    Some(text) => drop(items.insert(key.clone(), text.clone())),
                    None => drop(items.remove(&key)),
                }
            }
        }
        is_any
    }

    /// Takes the changes that have arrived at the server, in the order of arrival, and sends them to every computer.
    fn serve(&mut self, now: Timestamp) {
        let mut arrived: Vec<Change> = self.up.extract_if(.., |change| change.arrives <= now).collect();
        arrived.sort_by_key(|change| change.arrives);
        for Change { arrives, key, text } in arrived {
            match &text {
                Some(text) => drop(self.server.insert(key.clone(), text.clone())),
                None => drop(self.server.remove(&key)),
            }
            for down in &mut self.down {
                // A later change replaces one that is still on its way.
                down.retain(|change| change.key != key);
                down.push(Change { arrives: arrives.plus(MINUTE), key: key.clone(), text: text.clone() });
            }
        }
    }

    /// Removes an item everywhere, as a reset of the browser's sync does.
    pub(super) fn lose(&mut self, chance: &mut Chance, computers: &[Computer]) -> Option<String> {
        let keys: Vec<&String> = self.server.keys().collect();
        if keys.is_empty() {
            return None;
        }
        let place = usize::try_from(chance.below(u64::try_from(keys.len()).ok()?)).ok()?;
        let key = (*keys.get(place)?).clone();
        self.server.remove(&key);
        for (place, computer) in computers.iter().enumerate() {
            computer.host.synced.borrow_mut().remove(&key);
            self.known[place].remove(&key);
            self.down[place].retain(|change| change.key != key);
        }
        Some(key)
    }
}
