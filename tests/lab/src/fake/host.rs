//! The [`Host`] of the [`Fake`]: the worker may be killed at each call.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::host::{
    Alarm, Badge, Decision, FetchError, Host, HttpRequest, Memory, Notification, Progress, SPARE,
    StorageError, Values,
};
use drawdown::provider::Answer;
use drawdown::text::Language;
use drawdown::time::Timestamp;
use drawdown::vault::{Pbkdf2, Secret, WrappingKey};
use unicode_normalization::UnicodeNormalization;

use crate::fake::{Fake, Held, SYNC_QUOTA, synced_size};
use crate::password::pbkdf2;

impl Host for Fake {
    type Held = Held;

    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            // xorshift64: repeatable. Nothing secret is stored here.
            let mut next = self.random.get();
            next ^= next << 13;
            next ^= next >> 7;
            next ^= next << 17;
            self.random.set(next);
            *byte = next.to_le_bytes()[0];
        }
    }

    fn nfkc(&self, text: &str) -> String {
        text.nfkc().collect()
    }

    fn hour(&self) -> u32 {
        self.hour.get()
    }

    fn language(&self) -> Language {
        self.language.get()
    }

    fn memory(&self) -> Rc<Memory> {
        Rc::clone(&self.memory.borrow())
    }

    async fn asset(&self, name: &str) -> Option<Vec<u8>> {
        self.pass().await;
        self.assets.borrow_mut().push(name.to_owned());
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/").to_owned() + name;
        if self.is_package_broken.get() { None } else { std::fs::read(path).ok() }
    }

    async fn give_way(&self) {
        self.pass().await;
    }

    fn show_progress(&self, progress: &Progress) {
        self.progress.borrow_mut().push(progress.clone());
    }

    async fn fetch(&self, request: &HttpRequest) -> Result<Answer, FetchError> {
        self.pass().await;
        self.sent.borrow_mut().push(request.clone());
        let answer = (self.provider.borrow_mut())(request);
        self.pass().await;
        answer
    }

    /// A predictable substitute: the length of the key, and the message.
    async fn sign(&self, key: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        self.pass().await;
        (key.first() == Some(&0x30))
            .then(|| [format!("signed by {} bytes: ", key.len()).as_bytes(), message].concat())
    }

    async fn pbkdf2(&self, password: &Secret, of: &Pbkdf2) -> Option<WrappingKey> {
        self.pass().await;
        Some(pbkdf2(password, of))
    }

    async fn may_reach(&self, _: &[&str]) -> bool {
        self.pass().await;
        !self.is_withheld.get()
    }

    async fn read(&self, keys: Vec<String>) -> Result<Values, StorageError> {
        self.pass().await;
        self.reads.set(self.reads.get() + 1);
        let mut values = Values::default();
        for key in keys {
            self.read.borrow_mut().push(key.clone());
            let value = match key.as_str() {
                SPARE => self.spare.borrow().clone(),
                _ => self.stored.borrow().get(&key).cloned(),
            };
            self.count_bytes(value.as_ref().map_or(0, String::len), 0);
            values.set(key, value);
        }
        Ok(values)
    }

    async fn change(
        &self,
        mut keys: Vec<String>,
        decide: &mut dyn FnMut(&Values) -> Decision,
    ) -> Result<(), StorageError> {
        let _held = self.hold("state").await?;
        let mut values = Values::default();
        loop {
            values.extend(self.read(keys).await?);
            match decide(&values) {
                Decision::Need(more) => keys = more,
                Decision::Leave => return Ok(()),
                Decision::Write(changes) => {
                    self.pass().await;
                    if self.is_full.get() {
                        return Err(StorageError);
                    }
                    self.writes.set(self.writes.get() + 1);
                    let sizes = changes.iter().map(|(_, text)| text.map_or(0, str::len));
                    self.count_bytes(0, sizes.sum());
                    if let Some(text) = changes.get(SPARE) {
                        *self.spare.borrow_mut() = text.map(str::to_owned);
                        self.pass().await;
                    }
                    for (key, change) in changes.iter().filter(|(key, _)| *key != SPARE) {
                        match change {
                            Some(text) => self.stored.borrow_mut().insert(key.to_owned(), text.to_owned()),
                            None => self.stored.borrow_mut().remove(key),
                        };
                    }
                    self.pass().await;
                    return Ok(());
                }
            }
        }
    }

    async fn erase(&self) -> Result<(), StorageError> {
        let _held = self.hold("state").await?;
        self.forget_device().await;
        *self.spare.borrow_mut() = None;
        self.pass().await;
        self.stored.borrow_mut().clear();
        self.pass().await;
        Ok(())
    }

    async fn synced(&self) -> Result<Values, StorageError> {
        self.pass().await;
        let mut values = Values::default();
        for (key, text) in self.synced.borrow().iter() {
            values.set(key.clone(), Some(text.clone()));
        }
        Ok(values)
    }

    async fn write_synced(&self, items: &Values) -> Result<(), StorageError> {
        self.pass().await;
        let mut synced = self.synced.borrow().clone();
        for (key, text) in items.iter() {
            match text {
                Some(text) => synced.insert(key.to_owned(), text.to_owned()),
                None => synced.remove(key),
            };
        }
        let sizes = || synced.iter().map(|(key, text)| synced_size(key, text));
        if self.is_sync_refused.get()
            || sizes().any(|size| size > 8_192)
            || sizes().sum::<usize>() > SYNC_QUOTA
        {
            return Err(StorageError);
        }
        *self.synced.borrow_mut() = synced;
        self.synced_writes.set(self.synced_writes.get() + 1);
        self.pass().await;
        Ok(())
    }

    async fn recall(&self, name: &str) -> Option<Secret> {
        self.pass().await;
        self.session.borrow().get(name).map(|value| Secret::new(value))
    }

    async fn remember(&self, name: &str, value: &Secret) -> Result<(), StorageError> {
        self.pass().await;
        self.session.borrow_mut().insert(name.to_owned(), value.expose().to_owned());
        Ok(())
    }

    async fn forget_all(&self) {
        self.pass().await;
        self.session.borrow_mut().clear();
    }

    async fn forget(&self, name: &str) {
        self.pass().await;
        self.session.borrow_mut().remove(name);
    }

    /// A predictable substitute: the number of the device key, and the text in base64 from its end.
    async fn seal_to_device(&self, secret: &Secret) -> Option<String> {
        self.pass().await;
        if self.device_key.get().is_none() {
            self.device_key.set(Some(self.device_keys_made.get()));
            self.device_keys_made.set(self.device_keys_made.get() + 1);
        }
        self.pass().await;
        let reversed: String = secret.expose().chars().rev().collect();
        self.device_key.get().map(|key| format!("{key}.{}", STANDARD.encode(reversed)))
    }

    async fn open_on_device(&self, sealed: &str) -> Option<Secret> {
        self.pass().await;
        let (key, text) = sealed.split_once('.')?;
        let reversed = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
        let is_whole = key.parse().ok() == Some(self.device_key.get()?);
        is_whole.then(|| Secret::from(reversed.chars().rev().collect::<String>()))
    }

    async fn forget_device(&self) {
        self.pass().await;
        self.device_key.set(None);
    }

    async fn hold(&self, name: &str) -> Result<Held, StorageError> {
        self.pass().await;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            let is_free = !self.held.borrow().iter().any(|held| held == name);
            if is_free { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.held.borrow_mut().push(name.to_owned());
        Ok(Held { name: name.to_owned(), held: Rc::clone(&self.held) })
    }

    async fn badge(&self, badge: &Badge) {
        self.pass().await;
        *self.badge.borrow_mut() = Some(badge.clone());
    }

    async fn notify(&self, notification: &Notification) {
        self.pass().await;
        self.notified.borrow_mut().push(notification.clone());
    }

    async fn alarm(&self) -> Option<Alarm> {
        self.pass().await;
        self.alarm.get()
    }

    async fn set_alarm(&self, alarm: Alarm) {
        self.pass().await;
        self.alarm.set(Some(alarm));
        self.alarms_set.set(self.alarms_set.get() + 1);
    }

    async fn watch_idle(&self, minutes: u32) {
        self.pass().await;
        self.idle_minutes.set(Some(minutes));
    }
}
