//! The second store: one text in IndexedDB, whose files the browser keeps apart from those of `chrome.storage`.
//!
//! Plain bindings: one text is read and written, and a crate for all of IndexedDB is ten times as large.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::host::StorageError;

/// The database, its one store, and the one key in it.
const NAME: &str = "spare";

#[wasm_bindgen]
extern "C" {
    /// `IDBOpenDBRequest` and `IDBRequest`.
    #[derive(Clone)]
    #[wasm_bindgen(js_name = "IDBRequest")]
    type IdbRequest;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = open, catch)]
    fn open_database(name: &str, version: u32) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn result(this: &IdbRequest) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, setter, js_name = onsuccess)]
    fn set_on_success(this: &IdbRequest, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn set_on_error(this: &IdbRequest, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onupgradeneeded)]
    fn set_on_upgrade_needed(this: &IdbRequest, call: &JsValue);

    type Database;
    #[wasm_bindgen(method, js_name = createObjectStore, catch)]
    fn create_object_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, name: &str, mode: &str) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    type Transaction;
    #[wasm_bindgen(method, js_name = objectStore, catch)]
    fn object_store(this: &Transaction, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, setter, js_name = oncomplete)]
    fn set_on_complete(this: &Transaction, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onabort)]
    fn set_on_abort(this: &Transaction, call: &Function);

    type Store;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, key: &str) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, value: &str, key: &str) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn clear(this: &Store) -> Result<IdbRequest, JsValue>;
}

/// The text. `None` where none was written; empty where the browser cannot give it.
pub(super) async fn read() -> Option<String> {
    match read_text().await {
        Ok(found) => found.as_string(),
        Err(_) => Some(String::new()),
    }
}

/// Puts a text in its place. Where the browser has no such store at all, there is nothing to be done.
pub(super) async fn write(text: &str) -> Result<(), StorageError> {
    change(|store| store.put(text, NAME)).await
}

/// Erases the text.
pub(super) async fn erase() -> Result<(), StorageError> {
    change(Store::clear).await
}

async fn change(request: impl FnOnce(&Store) -> Result<IdbRequest, JsValue>) -> Result<(), StorageError> {
    let Ok(database) = open().await else { return Ok(()) };
    let changed = commit(&database, request).await;
    database.close();
    changed.map(|_| ()).map_err(|_| StorageError)
}

async fn read_text() -> Result<JsValue, JsValue> {
    let database = open().await?;
    let request =
        database.transaction(NAME, "readonly").and_then(|reading| reading.object_store(NAME)?.get(NAME));
    let found = match request {
        Ok(request) => result(&request).await,
        Err(problem) => Err(problem),
    };
    database.close();
    found
}

async fn commit(
    database: &Database,
    request: impl FnOnce(&Store) -> Result<IdbRequest, JsValue>,
) -> Result<JsValue, JsValue> {
    let writing = database.transaction(NAME, "readwrite")?;
    let _request = request(&writing.object_store(NAME)?)?;
    let written = Promise::new(&mut |resolve, reject| {
        writing.set_on_complete(&resolve);
        writing.set_on_abort(&reject);
    });
    JsFuture::from(written).await
}

async fn open() -> Result<Database, JsValue> {
    let request = open_database(NAME, 1)?;
    let opened = request.clone();
    let create = Closure::once_into_js(move |_: JsValue| {
        // Where it fails, so does the transaction that looks for it.
        let _ =
            opened.result().map(|database| database.unchecked_into::<Database>().create_object_store(NAME));
    });
    request.set_on_upgrade_needed(&create);
    result(&request).await.map(JsCast::unchecked_into)
}

async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_on_success(&resolve);
        request.set_on_error(&reject);
    });
    JsFuture::from(ended).await?;
    request.result()
}
