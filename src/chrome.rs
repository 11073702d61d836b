//! The browser: implements [`Host`] by `chrome.*`, fetch, locks and randomness. The only code that names JavaScript.
//!
//! Knows how each call is made in Chrome and Firefox. Decides nothing: the worker decides what to do with an answer. Only text
//! is stored, because Chrome drops and Firefox refuses other types.

mod bindings;
mod device;
mod fetch;
mod indexed_db;
mod locks;
mod permission;
mod session;
mod spare;
mod synced;

use std::rc::Rc;

use js_sys::{JsString, Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::host::{
    Alarm, Badge, Decision, FetchError, Host, HttpRequest, Memory, Notification, Progress, SPARE,
    StorageError, Tone, Values,
};
use crate::provider::Answer;
use crate::text::Language;
use crate::time::{MINUTE, Timestamp};
use crate::vault::{Pbkdf2, Secret, WrappingKey};

pub use locks::Held;

/// The name of the one alarm.
const ALARM: &str = "refresh";
/// The lock of every change of storage.
const STATE_LOCK: &str = "state";
/// The browser's name for the signature algorithm of RS256.
const RS256: &str = "RSASSA-PKCS1-v1_5";
const PBKDF2: &str = "PBKDF2";

thread_local! {
    /// It ends with the worker, or with a failed instance of the module.
    static MEMORY: Rc<Memory> = Rc::default();
}

/// The browser that this extension runs in.
#[derive(Clone, Copy, Debug)]
pub struct Browser;

impl Host for Browser {
    type Held = Held;

    fn now(&self) -> Timestamp {
        Timestamp::from_ms(whole(js_sys::Date::now()))
    }

    fn hour(&self) -> u32 {
        js_sys::Date::new_0().get_hours()
    }

    fn language(&self) -> Language {
        Language::of_browser(&bindings::ui_language().unwrap_or_default())
    }

    fn random(&self, bytes: &mut [u8]) {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let filled = bindings::get_random_values(&Uint8Array::new_with_length(length));
        filled.copy_to(bytes);
    }

    fn nfkc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }

    fn memory(&self) -> Rc<Memory> {
        MEMORY.with(Rc::clone)
    }

    async fn asset(&self, name: &str) -> Option<Vec<u8>> {
        fetch::asset(name).await
    }

    async fn give_way(&self) {
        let turn = Promise::new(&mut |resolve, _| bindings::set_timeout(&resolve, 0));
        let _ = JsFuture::from(turn).await;
    }

    fn show_progress(&self, progress: &Progress) {
        let Progress { id, section, html } = progress;
        let sent = bindings::send_message(&object(&Shows { id, section, html }));
        // The promise rejects if no page is open any more.
        spawn_local(async move {
            let _ = JsFuture::from(sent).await;
        });
    }

    async fn fetch(&self, request: &HttpRequest) -> Result<Answer, FetchError> {
        fetch::fetch(request).await
    }

    async fn sign(&self, key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        let usages = js_sys::Array::of1(&JsValue::from_str("sign"));
        let algorithm = object(&Algorithm { name: RS256, hash: "SHA-256" });
        let (key, message) = (Uint8Array::from(key), Uint8Array::from(message));
        let key = bindings::import_key("pkcs8", &key, &algorithm, false, &usages).await.ok()?;
        let signature = bindings::sign(RS256, &key, &message).await.ok()?;
        Some(Uint8Array::new(&signature).to_vec())
    }

    async fn pbkdf2(&self, password: &Secret, of: &Pbkdf2) -> Option<WrappingKey> {
        // EXPOSE: the browser makes a key from it. The copy is wiped after the import.
        let bytes = Uint8Array::from(password.expose().as_bytes());
        let usages = js_sys::Array::of1(&JsValue::from_str("deriveBits"));
        let algorithm = object(&Pbkdf2Algorithm { name: PBKDF2, hash: "SHA-256", iterations: of.rounds });
        let salt = Uint8Array::from(of.salt.as_slice());
        Reflect::set(&algorithm, &JsValue::from_str("salt"), &salt).ok()?;
        let key = bindings::import_key("raw", &bytes, &algorithm, false, &usages).await;
        bytes.fill(0, 0, bytes.length());
        let derived = bindings::derive_bits(&algorithm, &key.ok()?, 256).await.ok()?;
        let derived = Uint8Array::new(&derived);
        let wrapping = WrappingKey::filled(|bytes| derived.copy_to(bytes));
        derived.fill(0, 0, derived.length());
        Some(wrapping)
    }

    async fn may_reach(&self, origins: &[&str]) -> bool {
        permission::may_reach(origins).await
    }

    async fn read(&self, keys: Vec<String>) -> Result<Values, StorageError> {
        let names: js_sys::Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        let found = bindings::local_get(&names).await.map_err(|_| StorageError)?;
        let mut values = Values::default();
        for key in keys {
            let text = match key.as_str() {
                SPARE => spare::read().await,
                _ => Reflect::get(&found, &JsValue::from_str(&key)).ok().and_then(|value| value.as_string()),
            };
            values.set(key, text);
        }
        Ok(values)
    }

    async fn change(
        &self,
        mut keys: Vec<String>,
        decide: &mut dyn FnMut(&Values) -> Decision,
    ) -> Result<(), StorageError> {
        let _held = self.hold(STATE_LOCK).await?;
        let mut values = Values::default();
        loop {
            values.extend(self.read(keys).await?);
            match decide(&values) {
                Decision::Need(more) => keys = more,
                Decision::Leave => return Ok(()),
                Decision::Write(changes) => return write(&changes).await,
            }
        }
    }

    async fn erase(&self) -> Result<(), StorageError> {
        let _held = self.hold(STATE_LOCK).await?;
        device::forget().await;
        spare::erase().await?;
        bindings::local_clear().await.map(|_| ()).map_err(|_| StorageError)
    }

    async fn synced(&self) -> Result<Values, StorageError> {
        synced::read().await
    }

    async fn write_synced(&self, items: &Values) -> Result<(), StorageError> {
        synced::write(items).await
    }

    async fn recall(&self, name: &str) -> Option<Secret> {
        session::read(name).await
    }

    async fn prepare(&self, names: &[&str]) {
        session::prepare(names).await;
    }

    async fn remember(&self, name: &str, value: &Secret) -> Result<(), StorageError> {
        session::write(name, value).await
    }

    async fn forget(&self, name: &str) {
        session::remove(name).await;
    }

    async fn forget_all(&self) {
        session::clear().await;
    }

    async fn seal_to_device(&self, secret: &Secret) -> Option<String> {
        device::seal(secret).await
    }

    async fn open_on_device(&self, sealed: &str) -> Option<Secret> {
        device::open(sealed).await
    }

    async fn forget_device(&self) {
        device::forget().await;
    }

    async fn hold(&self, name: &str) -> Result<Held, StorageError> {
        locks::hold(name).await
    }

    async fn badge(&self, badge: &Badge) {
        let (color, icon) = match badge.tone {
            Tone::Neutral => ("#0f766e", "neutral"),
            Tone::Grey => ("#57606a", "grey"),
            Tone::Amber => ("#9a5b00", "amber"),
            Tone::Red => ("#b42318", "red"),
        };
        let path = |size: u32| format!("icons/{icon}-{size}.png");
        // A badge that could not be painted is painted again with the next commit.
        let _ = bindings::set_badge_text(&object(&Text { text: &badge.text })).await;
        let _ = bindings::set_badge_background_color(&object(&Color { color })).await;
        let _ = bindings::set_badge_text_color(&object(&Color { color: "#ffffff" })).await;
        let _ = bindings::set_title(&object(&Title { title: &badge.title })).await;
        let _ = bindings::set_icon(&object(&Icon { path: Sizes { s16: path(16), s32: path(32) } })).await;
    }

    async fn notify(&self, notification: &Notification) {
        let Notification { place, title, message } = notification;
        let icon_url = "icons/neutral-128.png";
        // Firefox refuses more options than these. Without the removal, a shown notification of that name would change silently.
        let _ = bindings::notifications_clear(place).await;
        let options = Shown { r#type: "basic", icon_url, title, message };
        let _ = bindings::notifications_create(place, &object(&options)).await;
    }

    async fn alarm(&self) -> Option<Alarm> {
        let set = bindings::alarms_get(ALARM).await.ok().filter(JsValue::is_object)?;
        let number = |name: &str| Reflect::get(&set, &JsValue::from_str(name)).ok()?.as_f64();
        let every = number("periodInMinutes").map_or(0, whole).saturating_mul(MINUTE);
        Some(Alarm { at: Timestamp::from_ms(whole(number("scheduledTime")?)), every })
    }

    async fn set_alarm(&self, alarm: Alarm) {
        let period_in_minutes = (alarm.every / MINUTE).max(1);
        let info = object(&AlarmInfo { when: alarm.at.ms(), period_in_minutes });
        // Every start of the worker checks it again.
        let _ = bindings::alarms_create(ALARM, &info).await;
    }

    async fn watch_idle(&self, minutes: u32) {
        let _ = bindings::set_detection_interval(minutes.saturating_mul(60));
    }
}

/// Writes the second copy, then all others in one atomic call. That call empties removed values first, so that a death before
/// the removal leaves nothing behind.
async fn write(changes: &Values) -> Result<(), StorageError> {
    if let Some(text) = changes.get(SPARE).flatten() {
        spare::write(text).await?;
    }
    let kept = Object::new();
    let removed = js_sys::Array::new();
    for (key, change) in changes.iter().filter(|(key, _)| *key != SPARE) {
        let name = JsValue::from_str(key);
        let value = change.map_or(JsValue::NULL, JsValue::from_str);
        Reflect::set(&kept, &name, &value).map_err(|_| StorageError)?;
        if change.is_none() {
            removed.push(&name);
        }
    }
    bindings::local_set(&kept).await.map_err(|_| StorageError)?;
    if removed.length() > 0 {
        // Already emptied; an empty value reads as none.
        let _ = bindings::local_remove(&removed).await;
    }
    Ok(())
}

/// The whole part of a JavaScript number, clamped to the range of a time or a count.
#[expect(
    clippy::as_conversions,
    reason = "a float becomes an integer by no other way, and `as` holds it to the range"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

/// An option object of a `chrome.*` call.
fn object<T: Serialize>(options: &T) -> Object {
    let made = options.serialize(&Serializer::json_compatible());
    made.ok().and_then(|made| made.dyn_into().ok()).unwrap_or_default()
}

#[derive(Serialize)]
struct Shows<'a> {
    id: &'a str,
    section: &'static str,
    html: &'a str,
}

#[derive(Serialize)]
struct Algorithm {
    name: &'static str,
    hash: &'static str,
}

#[derive(Serialize)]
struct Pbkdf2Algorithm {
    name: &'static str,
    hash: &'static str,
    iterations: u32,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Color<'a> {
    color: &'a str,
}

#[derive(Serialize)]
struct Title<'a> {
    title: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    r#type: &'static str,
    icon_url: &'static str,
    title: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Icon {
    path: Sizes,
}

#[derive(Serialize)]
struct Sizes {
    #[serde(rename = "16")]
    s16: String,
    #[serde(rename = "32")]
    s32: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AlarmInfo {
    when: u64,
    period_in_minutes: u64,
}
