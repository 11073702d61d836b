//! The browser's session. Only the worker writes to it, so a value that was read or written once is known: the browser is asked
//! again only for values too long to be cached here.

use core::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::chrome::bindings;
use crate::host::StorageError;
use crate::vault::Secret;

/// The most bytes of a cached value: names, times and keys, but no file and no provider's answer.
const LONGEST_KNOWN: usize = 4 << 10;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// This instance's cache of the session. It ends with the worker.
#[derive(Default)]
struct Known {
    /// Values by name; `None` for a name without one.
    values: BTreeMap<String, Option<Secret>>,
    /// The number of starts and ends of changes. A value read before one may be wrong after it.
    changes: u64,
}

impl Known {
    fn forget(&mut self, name: &str) {
        self.values.remove(name);
    }

    fn keep(&mut self, name: &str, value: Option<Secret>) {
        // EXPOSE: only its length is used.
        if value.as_ref().is_some_and(|value| value.expose().len() > LONGEST_KNOWN) {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), value);
        }
    }
}

/// The value of a name.
pub(super) async fn read(name: &str) -> Option<Secret> {
    if let Some(value) = with(|known| known.values.get(name).cloned()) {
        return value;
    }
    ask(&[name]).await.pop()?
}

/// Reads the values of several names in one call, unless one is known: then an event of this worker has read them all.
pub(super) async fn prepare(names: &[&str]) {
    if !with(|known| names.iter().any(|name| known.values.contains_key(*name))) {
        ask(names).await;
    }
}

/// Asks the browser for the values of some names; nothing if it refuses.
async fn ask(names: &[&str]) -> Vec<Option<Secret>> {
    let changes = with(|known| known.changes);
    let keys: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    let Ok(found) = bindings::session_get(&keys).await else { return Vec::new() };
    let values = names.iter().zip(keys.iter()).map(|(name, key)| {
        let value = Reflect::get(&found, &key).ok().and_then(|value| value.as_string()).map(Secret::from);
        with(|known| {
            if known.changes == changes {
                known.keep(name, value.clone());
            }
        });
        value
    });
    values.collect()
}

/// Sets the value of a name.
pub(super) async fn write(name: &str, value: &Secret) -> Result<(), StorageError> {
    let kept = Object::new();
    // EXPOSE: the session keeps the data key in memory; it is never on disk.
    let is_set = Reflect::set(&kept, &JsValue::from_str(name), &JsValue::from_str(value.expose()));
    is_set.map_err(|_| StorageError)?;
    let ends = |known: &mut Known| known.keep(name, Some(value.clone()));
    change(|known| known.forget(name), async || bindings::session_set(&kept).await, ends).await
}

/// Removes the value of a name.
pub(super) async fn remove(name: &str) {
    if with(|known| matches!(known.values.get(name), Some(None))) {
        return;
    }
    let names = Array::of1(&JsValue::from_str(name));
    let ends = |known: &mut Known| known.keep(name, None);
    let _ = change(|known| known.forget(name), async || bindings::session_remove(&names).await, ends).await;
}

/// Removes every value.
pub(super) async fn clear() {
    let _ = change(|known| known.values.clear(), bindings::session_clear, |_| ()).await;
}

/// Changes the session. The changed values count as unknown until the change ends, so that no other caller gets a key that is
/// being forgotten. After a failed change, all are unknown.
async fn change(
    begins: impl FnOnce(&mut Known),
    make: impl AsyncFnOnce() -> Result<JsValue, JsValue>,
    ends: impl FnOnce(&mut Known),
) -> Result<(), StorageError> {
    with(|known| {
        known.changes += 1;
        begins(known);
    });
    let made = make().await;
    with(|known| {
        known.changes += 1;
        match &made {
            Ok(_) => ends(known),
            Err(_) => known.values.clear(),
        }
    });
    made.map(|_| ()).map_err(|_| StorageError)
}

fn with<T>(look: impl FnOnce(&mut Known) -> T) -> T {
    KNOWN.with(|known| look(&mut known.borrow_mut()))
}
