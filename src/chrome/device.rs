//! The device key: AES-GCM with 256 random bits that no script can read, in IndexedDB. Only this browser profile can open texts
//! sealed under it.
//!
//! A sealed text is the base64 of the nonce, 12 bytes, and the ciphertext.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;

use crate::chrome::bindings;
use crate::chrome::indexed_db::{self, Database};
use crate::vault::Secret;

/// The name of its database.
const NAME: &str = "device";
/// The browser's name for the cipher.
const CIPHER: &str = "AES-GCM";
/// The bytes of a nonce.
const NONCE: usize = 12;

/// Seals a text under the device key, and makes the key first if there is none. `None` if the browser cannot.
pub(super) async fn seal(secret: &Secret) -> Option<String> {
    let key = find_or_make_key().await.ok()?;
    let nonce = bindings::get_random_values(&Uint8Array::new_with_length(u32::try_from(NONCE).ok()?));
    // EXPOSE: the text is sealed.
    let clear = Uint8Array::from(secret.expose().as_bytes());
    let sealed = bindings::encrypt(&cipher("iv", &nonce).ok()?, &key, &clear).await.ok()?;
    Some(STANDARD.encode([nonce.to_vec(), Uint8Array::new(&sealed).to_vec()].concat()))
}

/// Opens a text that [`seal`] made. `None` if the device key is gone, or the text was changed.
pub(super) async fn open(sealed: &str) -> Option<Secret> {
    let sealed = STANDARD.decode(sealed).ok()?;
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let key = find_key(&Database::open(NAME).await.ok()?).await?;
    let (cipher, sealed) = (cipher("iv", &Uint8Array::from(nonce)).ok()?, Uint8Array::from(sealed));
    let clear = bindings::decrypt(&cipher, &key, &sealed).await.ok()?;
    String::from_utf8(Uint8Array::new(&clear).to_vec()).ok().map(Secret::from)
}

/// Deletes the device key.
pub(super) async fn forget() {
    // Without such a store, there is no key.
    let _ = indexed_db::delete(NAME).await;
}

async fn find_or_make_key() -> Result<JsValue, JsValue> {
    let database = Database::open(NAME).await?;
    if let Some(key) = find_key(&database).await {
        return Ok(key);
    }
    let usages = Array::of2(&JsValue::from_str("encrypt"), &JsValue::from_str("decrypt"));
    let key = bindings::generate_key(&cipher("length", &JsValue::from(256))?, false, &usages).await?;
    database.put(&key).await?;
    Ok(key)
}

async fn find_key(database: &Database) -> Option<JsValue> {
    database.get().await.ok().filter(JsValue::is_object)
}

/// The cipher with one more parameter.
fn cipher(name: &str, value: &JsValue) -> Result<Object, JsValue> {
    let cipher = Object::new();
    Reflect::set(&cipher, &JsValue::from_str("name"), &JsValue::from_str(CIPHER))?;
    Reflect::set(&cipher, &JsValue::from_str(name), value)?;
    Ok(cipher)
}
