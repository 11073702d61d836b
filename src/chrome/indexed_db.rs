//! An IndexedDB database with one store and one value, all with the same name. The browser keeps its files separate from those
//! of `chrome.storage`.
//!
//! Plain bindings: a crate for all of IndexedDB is ten times as large, and only one value is read and written.

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `IDBOpenDBRequest` and `IDBRequest`.
    #[derive(Clone)]
    #[wasm_bindgen(js_name = "IDBRequest")]
    type IdbRequest;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = open, catch)]
    fn open_database(name: &str, version: u32) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = deleteDatabase, catch)]
    fn delete_database(name: &str) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn result(this: &IdbRequest) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, setter, js_name = onsuccess)]
    fn set_on_success(this: &IdbRequest, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onerror)]
    fn set_on_error(this: &IdbRequest, call: &Function);
    #[wasm_bindgen(method, setter, js_name = onupgradeneeded)]
    fn set_on_upgrade_needed(this: &IdbRequest, call: &JsValue);

    type IdbDatabase;
    #[wasm_bindgen(method, js_name = createObjectStore, catch)]
    fn create_object_store(this: &IdbDatabase, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &IdbDatabase, name: &str, mode: &str) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &IdbDatabase);

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
    fn put(this: &Store, value: &JsValue, key: &str) -> Result<IdbRequest, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn clear(this: &Store) -> Result<IdbRequest, JsValue>;
}

/// An open database; closed when it is dropped.
pub(super) struct Database {
    name: &'static str,
    opened: IdbDatabase,
}

impl Drop for Database {
    fn drop(&mut self) {
        self.opened.close();
    }
}

impl Database {
    /// Opens a database, and creates it first if there is none.
    pub(super) async fn open(name: &'static str) -> Result<Database, JsValue> {
        let request = open_database(name, 1)?;
        let created = request.clone();
        let create = Closure::once_into_js(move |_: JsValue| {
            // If it fails, the transaction that needs it fails too.
            let _ = created
                .result()
                .map(|database| database.unchecked_into::<IdbDatabase>().create_object_store(name));
        });
        request.set_on_upgrade_needed(&create);
        Ok(Database { name, opened: result(&request).await?.unchecked_into() })
    }

    /// Its value. `undefined` if none was written.
    pub(super) async fn get(&self) -> Result<JsValue, JsValue> {
        let reading = self.opened.transaction(self.name, "readonly")?;
        result(&reading.object_store(self.name)?.get(self.name)?).await
    }

    /// Replaces its value.
    pub(super) async fn put(&self, value: &JsValue) -> Result<(), JsValue> {
        self.change(|store| store.put(value, self.name)).await
    }

    /// Erases its value.
    pub(super) async fn clear(&self) -> Result<(), JsValue> {
        self.change(Store::clear).await
    }

    async fn change(
        &self,
        request: impl FnOnce(&Store) -> Result<IdbRequest, JsValue>,
    ) -> Result<(), JsValue> {
        let writing = self.opened.transaction(self.name, "readwrite")?;
        let _request = request(&writing.object_store(self.name)?)?;
        let written = Promise::new(&mut |resolve, reject| {
            writing.set_on_complete(&resolve);
            writing.set_on_abort(&reject);
        });
        JsFuture::from(written).await.map(|_| ())
    }
}

/// Deletes a database, if there is one, once nobody has it open.
pub(super) async fn delete(name: &str) -> Result<(), JsValue> {
    result(&delete_database(name)?).await.map(|_| ())
}

async fn result(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_on_success(&resolve);
        request.set_on_error(&reject);
    });
    JsFuture::from(ended).await?;
    request.result()
}
