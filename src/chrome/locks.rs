//! Locks that the browser keeps for all of the extension: they outlive no worker, so that a dead holder blocks
//! nobody.

use core::fmt;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use crate::chrome::bindings;

/// A held lock; let go when it is dropped.
pub struct Held {
    release: Resolve,
}

/// The function that resolves a promise. Not `Function::default()` before it is known: that evaluates a text, which
/// the content policy refuses.
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

/// Waits for a lock. The browser holds it for as long as the promise that its callback returns is pending.
pub(super) async fn hold(name: &str) -> Held {
    let (holding, release) = promise();
    let (held, on_held) = promise();
    let callback = Closure::once_into_js(move |_lock: JsValue| {
        resolve(on_held.as_ref());
        JsValue::from(holding)
    });
    let _ended = bindings::locks_request(name, &callback);
    let _ = JsFuture::from(held).await;
    Held { release }
}

/// A promise and the function that resolves it.
fn promise() -> (Promise, Resolve) {
    let mut resolve = None;
    let promise = Promise::new(&mut |resolved, _| resolve = Some(resolved));
    (promise, resolve)
}

fn resolve(promise: Option<&Function>) {
    // Resolving throws nothing.
    let _ = promise.map(|resolve| resolve.call0(&JsValue::NULL));
}
