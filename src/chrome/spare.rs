//! The second store: one text in IndexedDB.

use wasm_bindgen::JsValue;

use crate::chrome::indexed_db::Database;
use crate::host::StorageError;

/// The name of its database.
const NAME: &str = "spare";

/// The text. `None` if none was written; empty if the browser cannot read it.
pub(super) async fn read() -> Option<String> {
    match read_text().await {
        Ok(found) => found.as_string(),
        Err(_) => Some(String::new()),
    }
}

/// Replaces the text. Does nothing in a browser without such a store.
pub(super) async fn write(text: &str) -> Result<(), StorageError> {
    let Ok(database) = Database::open(NAME).await else { return Ok(()) };
    database.put(&JsValue::from_str(text)).await.map_err(|_| StorageError)
}

/// Erases the text.
pub(super) async fn erase() -> Result<(), StorageError> {
    let Ok(database) = Database::open(NAME).await else { return Ok(()) };
    database.clear().await.map_err(|_| StorageError)
}

async fn read_text() -> Result<JsValue, JsValue> {
    Database::open(NAME).await?.get().await
}
