//! The area that the browser syncs between its user's computers.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::chrome::bindings;
use crate::host::{StorageError, Values};

/// All of its texts. Other values were not written by Drawdown.
pub(super) async fn read() -> Result<Values, StorageError> {
    let found = bindings::sync_get(&JsValue::NULL).await.map_err(|_| StorageError)?;
    let mut values = Values::default();
    for key in Object::keys(&Object::from(found.clone())) {
        let value = Reflect::get(&found, &key).ok().and_then(|value| value.as_string());
        if let (Some(key), Some(value)) = (key.as_string(), value) {
            values.set(key, Some(value));
        }
    }
    Ok(values)
}

/// Removes items first, to make room for the others.
pub(super) async fn write(items: &Values) -> Result<(), StorageError> {
    let (kept, removed) = (Object::new(), Array::new());
    for (key, text) in items.iter() {
        let name = JsValue::from_str(key);
        match text {
            Some(text) => {
                Reflect::set(&kept, &name, &JsValue::from_str(text)).map_err(|_| StorageError)?;
            }
            None => drop(removed.push(&name)),
        }
    }
    if removed.length() > 0 {
        bindings::sync_remove(&removed).await.map_err(|_| StorageError)?;
    }
    if Object::keys(&kept).length() > 0 {
        bindings::sync_set(&kept).await.map_err(|_| StorageError)?;
    }
    Ok(())
}
