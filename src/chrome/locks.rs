//! The browser's locks for the whole extension: a lock ends with its worker, so that a dead holder blocks nobody.

use core::fmt;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use crate::chrome::bindings;
use crate::host::StorageError;

/// A held lock, released when it is dropped.
pub struct Held {
    release: Resolve,
}

/// The function that resolves a promise. It is not `Function::default()` until it is known: that evaluates a text, which the
/// content policy refuses.
type Resolve = Option<Function>;

impl fmt::Debug for Held {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Held")
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        resolve(self.release.as_ref());
    }
}

/// Waits for a lock. The browser holds it until the promise of its callback resolves: when [`Held`] is dropped, or when this
/// instance of the module fails and can drop nothing any more. Fails if the browser gives no lock.
pub(super) async fn hold(name: &str) -> Result<Held, StorageError> {
    let (holding, release) = promise();
    let (held, on_held) = promise();
    let callback = Closure::once_into_js(move |_lock: JsValue| {
        resolve(on_held.as_ref());
        let failed = bindings::INSTANCE_FAILED.with(Clone::clone);
        let ends: Array = [JsValue::from(holding), failed].into_iter().filter(JsValue::is_object).collect();
        Promise::race(&ends)
    });
    let over = bindings::locks_request(name, &callback).map_err(|_| StorageError)?;
    // A refused request ends without having been held.
    let first = Promise::race(&Array::of2(&held, &over));
    JsFuture::from(first).await.map(|_| Held { release }).map_err(|_| StorageError)
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Resolve) {
    let mut resolve = None;
    let promise = Promise::new(&mut |resolved, _| resolve = Some(resolved));
    (promise, resolve)
}

fn resolve(promise: Option<&Function>) {
    // Resolving never throws.
    let _ = promise.map(|resolve| resolve.call0(&JsValue::NULL));
}
