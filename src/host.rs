//! The only port: everything that the core may ask of the outside world.
//!
//! Does not know a browser. `chrome/` implements it there; a fake implements it in tests and for replay. A host runs one
//! thread. It may be killed at any await, and everything not written by then is lost.
//!
//! An implementation needs to guarantee that
//! - [`Host::change`] is atomic: other callers see all of its writes or none, even if the host dies in the middle;
//! - [`Host::hold`] admits one holder at a time, and releases the name when the holder is dropped, fails or dies;
//! - [`Host::fetch`] sends no cookie, follows no redirect, and gives up after [`TIME_OUT`];
//! - values of [`Host::remember`] outlive the worker but not the browser, and are never on disk;
//! - texts of [`Host::seal_to_device`] can be opened only in the same browser profile, and by nobody after
//!   [`Host::forget_device`] has returned.

use core::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::books::statement::AccountStatement;
use crate::books::tokens::exact::Vocabulary;
use crate::provider::Answer;
use crate::text::Language;
use crate::time::Timestamp;
use crate::vault::{Pbkdf2, Secret, WrappingKey};

/// Milliseconds after which a request is aborted: a worker that waits longer than 30 s is stopped.
pub const TIME_OUT: u64 = 20_000;
/// The most bytes of an answer.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// The key of the text in a second store, which the browser keeps separately: damage to one leaves the other intact.
/// [`Host::change`] writes it before all others, and writes nothing if it cannot be written. A text that the store cannot read
/// is empty. Without such a store, nothing is kept under this key.
pub const SPARE: &str = "spare";

/// Stored texts, or texts to store, by key; `None` for a key without a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, Option<String>>);

impl Values {
    /// The text of a key. `None` if the key was not asked for.
    pub fn get(&self, key: &str) -> Option<Option<&str>> {
        self.0.get(key).map(|text| text.as_deref())
    }

    /// Sets the text of a key.
    pub fn set(&mut self, key: String, text: Option<String>) {
        self.0.insert(key, text);
    }

    /// Adds other keys with their texts.
    pub fn extend(&mut self, more: Values) {
        self.0.extend(more.0);
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Only these keys, with their texts.
    pub fn only(&self, keys: &[String]) -> Values {
        let known = keys.iter().filter_map(|key| Some((key.clone(), self.0.get(key)?.clone())));
        // Not `collect`: that would bring a sort into the module.
        let mut values = Values::default();
        known.for_each(|(key, text)| values.set(key, text));
        values
    }

    /// Each key with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_deref()))
    }
}

/// Figures of accounts, as of one commit and one moment.
#[derive(Debug, Default)]
pub struct Figures {
    /// The number of the commit, and when the first of them was derived.
    pub of: Option<(u64, Timestamp)>,
    /// The figures of each account.
    pub accounts: Vec<AccountStatement>,
}

/// A worker's memory between events. It only saves time: a worker that was stopped starts without it, and everything continues
/// as before.
#[derive(Debug, Default)]
pub struct Memory {
    /// The vocabulary for exact counts, after its first use.
    pub vocabulary: RefCell<Option<Rc<Vocabulary>>>,
    /// The counts in progress, by the ids that their pages gave them.
    pub counts: RefCell<BTreeSet<String>>,
    /// The keys that earlier steps needed, by the kind of step: the next one reads them at once.
    pub needed: RefCell<Vec<(String, Vec<String>)>>,
    /// The figures of accounts that were derived last.
    pub figures: RefCell<Figures>,
    /// The last synced commit, and the size of the synced area at that time, in bytes.
    pub synced: Cell<Option<(u64, usize)>>,
}

/// The progress of work that a page waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The id from the page. Other pages ignore it.
    pub id: String,
    /// The section that shows it.
    pub section: &'static str,
    /// The section's new content.
    pub html: String,
}

/// See the module.
#[expect(async_fn_in_trait, reason = "one thread, so no future needs Send")]
pub trait Host {
    /// Holds a name until it is dropped.
    type Held;

    /// The time.
    fn now(&self) -> Timestamp;
    /// Fills the bytes with randomness fit for keys.
    fn random(&self, bytes: &mut [u8]);
    /// The text in Unicode's NFKC form, so that a password typed on another keyboard is the same password.
    fn nfkc(&self, text: &str) -> String;

    /// The hour of the day in the user's time zone, from 0 to 23.
    fn hour(&self) -> u32;

    /// The language of the browser's own menus, or the nearest one of the pages.
    fn language(&self) -> Language;

    /// The memory of this worker.
    fn memory(&self) -> Rc<Memory>;
    /// The content of a file of the extension's own package. `None` if it cannot be read.
    async fn asset(&self, name: &str) -> Option<Vec<u8>>;
    /// Lets all waiting tasks run first. Long work calls it now and then.
    async fn give_way(&self);
    /// Shows progress on the pages.
    fn show_progress(&self, progress: &Progress);

    /// Sends one request.
    async fn fetch(&self, request: &HttpRequest) -> Result<Answer, FetchError>;
    /// Signs by RSASSA-PKCS1-v1_5 with SHA-256 (RS256). `None` if the bytes are not a private RSA key in PKCS#8.
    async fn sign(&self, key: &[u8], message: &[u8]) -> Option<Vec<u8>>;
    /// Derives 32 bytes from a password by PBKDF2-HMAC-SHA-256. `None` if the host cannot.
    async fn pbkdf2(&self, password: &Secret, of: &Pbkdf2) -> Option<WrappingKey>;
    /// Whether the browser allows the extension to reach these origins.
    async fn may_reach(&self, origins: &[&str]) -> bool;

    /// The stored values of these keys, all of one moment. Does not wait for a change in progress.
    async fn read(&self, keys: Vec<String>) -> Result<Values, StorageError>;

    /// Reads stored values and writes others, in one uninterrupted step. `decide` gets the values of `keys`, and is called
    /// again with more if it asks for them.
    async fn change(
        &self,
        keys: Vec<String>,
        decide: &mut dyn FnMut(&Values) -> Decision,
    ) -> Result<(), StorageError>;

    /// Erases everything stored, the device key and the second copy first, in one uninterrupted step.
    async fn erase(&self) -> Result<(), StorageError>;

    /// Everything in the area that the browser syncs between its user's computers. It also exists without an account at the
    /// browser's maker; then it stays on this computer.
    async fn synced(&self) -> Result<Values, StorageError>;
    /// Writes items of that area, and removes those without a text. Fails if one is too large, the area is full, or too much
    /// was written recently; then some items may have been written.
    async fn write_synced(&self, items: &Values) -> Result<(), StorageError>;

    /// The value that the browser's session remembers under a name.
    async fn recall(&self, name: &str) -> Option<Secret>;
    /// Gets the values of several names ready, if that takes a host fewer calls than one [`Host::recall`] after the other.
    async fn prepare(&self, names: &[&str]) {
        let _ = names;
    }
    /// Remembers a value for the browser's session.
    async fn remember(&self, name: &str, value: &Secret) -> Result<(), StorageError>;
    /// Forgets a value.
    async fn forget(&self, name: &str);
    /// Forgets everything that the session remembers.
    async fn forget_all(&self);
    /// Seals a text under the device key: a random key of this browser profile that nobody can read. Makes the key if there is
    /// none. `None` if the browser cannot keep one.
    async fn seal_to_device(&self, secret: &Secret) -> Option<String>;
    /// Opens a text that [`Host::seal_to_device`] made. `None` if that device key is gone, or the text was changed.
    async fn open_on_device(&self, sealed: &str) -> Option<Secret>;
    /// Deletes the device key, if there is one: texts sealed under it can never be opened again.
    async fn forget_device(&self);
    /// Waits until nobody else holds that name, and holds it. Fails if the browser gives no locks: then nothing can be changed
    /// safely.
    async fn hold(&self, name: &str) -> Result<Self::Held, StorageError>;

    /// Shows a badge on the toolbar.
    async fn badge(&self, badge: &Badge);
    /// Shows a notification in place of the previous one.
    async fn notify(&self, notification: &Notification);
    /// The present alarm.
    async fn alarm(&self) -> Option<Alarm>;
    /// Sets the alarm in place of any other.
    async fn set_alarm(&self, alarm: Alarm);
    /// Asks for an event when nobody has used the computer for so many minutes.
    async fn watch_idle(&self, minutes: u32);
}

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// The address.
    pub url: String,
    /// Names and values; a value may contain the key.
    pub headers: Vec<(&'static str, Secret)>,
    /// The body to send by POST. Without it, the request is a GET.
    pub body: Option<Body>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json(String),
    /// The fields of a form, escaped; one may be as secret as a key.
    Form(Secret),
}

/// The reason for having no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The network or the browser blocked the request.
    Offline,
    /// The answer took longer than [`TIME_OUT`].
    TimedOut,
    /// The answer is longer than [`LARGEST_BODY`].
    TooLong,
    /// The request was not sent: a header or the address has content that the browser refuses.
    Unsendable,
}

/// The browser could not store the values. None of them was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageError;

/// The decision of a change.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It needs the values of these keys too.
    Need(Vec<String>),
    /// Write nothing.
    Leave,
    /// Write these values.
    Write(Values),
}

/// The time of the next alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The first time.
    pub at: Timestamp,
    /// Milliseconds between two alarms.
    pub every: u64,
}

/// The badge on the toolbar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// At most four characters.
    pub text: String,
    /// The full text, for the tooltip.
    pub title: String,
    /// Its colour, and the shape on the icon.
    pub tone: Tone,
}

/// A notification that the browser shows outside of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The section of the dashboard that a click opens.
    pub place: String,
    /// The first line.
    pub title: String,
    /// The other lines.
    pub message: String,
}

/// The urgency, from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// All is well.
    Neutral,
    /// Locked or stale.
    Grey,
    /// Something will be short soon.
    Amber,
    /// Something must be done.
    Red,
}
