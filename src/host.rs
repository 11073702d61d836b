//! The only port: all that the core may ask of the world it runs in.
//!
//! Does not know a browser. `chrome/` implements it there, a fake implements it in tests and for replay. A host runs
//! one thread; it may cease to be at any await, and whatever was not written by then is gone.
//!
//! An implementation needs to guarantee that
//! - [`Host::change`] is atomic: other callers see all of its writes or none, also if the host dies in the middle;
//! - [`Host::hold`] lets one holder at a time go on, and lets go when the holder is dropped, fails or dies;
//! - [`Host::fetch`] sends no cookie, follows no redirect, and gives up after [`TIME_OUT`];
//! - what [`Host::remember`] keeps outlives the worker, not the browser, and never touches a disk;
//! - what [`Host::seal_to_device`] makes can be opened in the same browser profile only, and by nobody once
//!   [`Host::forget_device`] has returned.

use core::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::books::tokens::exact::Vocabulary;
use crate::provider::Answer;
use crate::text::Language;
use crate::time::Timestamp;
use crate::vault::{Pbkdf2, Secret, WrappingKey};

/// Milliseconds after which a request is given up: a worker that waits longer than 30 s is stopped.
pub const TIME_OUT: u64 = 20_000;
/// The most bytes of an answer.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// The key whose text is kept in a second store, which the browser keeps apart from the first: one that is damaged leaves
/// the other whole. [`Host::change`] writes it before all others, and writes nothing where it cannot be written. A text
/// that the store cannot give is empty. Where there is no such store, nothing is kept under it.
pub const SPARE: &str = "spare";

/// Stored texts, or texts to store, by key; `None` where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<String, Option<String>>);

impl Values {
    /// The text of a key. `None` when nobody asked for that key.
    pub fn get(&self, key: &str) -> Option<Option<&str>> {
        self.0.get(key).map(|text| text.as_deref())
    }

    /// Gives a key its text.
    pub fn set(&mut self, key: String, text: Option<String>) {
        self.0.insert(key, text);
    }

    /// Adds other keys with their texts.
    pub fn extend(&mut self, more: Values) {
        self.0.extend(more.0);
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same of these keys only.
    pub fn only(&self, keys: &[String]) -> Values {
        let known = keys.iter().filter_map(|key| Some((key.clone(), self.0.get(key)?.clone())));
        // Not collected: that would bring a sort into the module.
        let mut values = Values::default();
        known.for_each(|(key, text)| values.set(key, text));
        values
    }

    /// Each key with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_deref()))
    }
}

/// What a worker remembers from one event to the next while it lives. It is there to be quick only: a worker that was
/// stopped begins without it, and everything goes on as before.
#[derive(Debug, Default)]
pub struct Memory {
    /// The vocabulary for exact counts, once one was asked for.
    pub vocabulary: RefCell<Option<Rc<Vocabulary>>>,
    /// The counts that are under way, by the ids that their pages gave them.
    pub counts: RefCell<BTreeSet<String>>,
    /// The keys of accounts and of their recent months that were needed before: the next step reads them at once.
    pub needed: RefCell<BTreeSet<String>>,
    /// The commit that was synced last, and how many bytes the synced area had then.
    pub synced: Cell<Option<(u64, usize)>>,
}

/// How far something is that a page waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the page called it. Other pages take no notice.
    pub id: String,
    /// The section that shows it.
    pub section: &'static str,
    /// That section.
    pub html: String,
}

/// See the module.
#[expect(async_fn_in_trait, reason = "one thread, so no future needs Send")]
pub trait Host {
    /// Keeps a name held until it is dropped.
    type Held;

    /// The time.
    fn now(&self) -> Timestamp;
    /// Fills with random bytes fit for keys.
    fn random(&self, bytes: &mut [u8]);
    /// The text in Unicode's NFKC form, so that a password typed on another keyboard is the same password.
    fn nfkc(&self, text: &str) -> String;

    /// The hour of the day where the user is, from 0 to 23.
    fn hour(&self) -> u32;

    /// The language of the browser's own menus, or the nearest that the pages have.
    fn language(&self) -> Language;

    /// What this worker remembers.
    fn memory(&self) -> Rc<Memory>;
    /// The content of a file of the extension's own package. `None` where it cannot be read.
    async fn asset(&self, name: &str) -> Option<Vec<u8>>;
    /// Lets everything else that waits for its turn have it: what takes long takes breaks.
    async fn give_way(&self);
    /// Shows the pages how far something is.
    fn show_progress(&self, progress: &Progress);

    /// Sends one request.
    async fn fetch(&self, request: &HttpRequest) -> Result<Answer, FetchError>;
    /// Signs by RSASSA-PKCS1-v1_5 with SHA-256 (RS256). `None` where the bytes are no private RSA key of PKCS#8.
    async fn sign(&self, key: &[u8], message: &[u8]) -> Option<Vec<u8>>;
    /// Derives 32 bytes of a password by PBKDF2-HMAC-SHA-256. `None` where the host cannot.
    async fn pbkdf2(&self, password: &Secret, of: &Pbkdf2) -> Option<WrappingKey>;
    /// Whether the browser lets the extension reach these origins.
    async fn may_reach(&self, origins: &[&str]) -> bool;

    /// The stored values of these keys, all of one moment. It waits for no change that is under way.
    async fn read(&self, keys: Vec<String>) -> Result<Values, StorageError>;

    /// Reads stored values and writes others, in one step that nothing else comes between. `decide` gets the values of
    /// `keys`, and is called again with more where it asks for them.
    async fn change(
        &self,
        keys: Vec<String>,
        decide: &mut dyn FnMut(&Values) -> Decision,
    ) -> Result<(), StorageError>;

    /// Erases all that is stored, the device key and the second copy first, in one step that nothing else comes between.
    async fn erase(&self) -> Result<(), StorageError>;

    /// All that is in the area which the browser syncs between its user's computers. It is there without an account at the
    /// browser's maker too, and stays on this computer then.
    async fn synced(&self) -> Result<Values, StorageError>;
    /// Writes items of that area, and removes those without a text. Fails where one is too large, the area is full or too
    /// much was written lately; some of it may have been written then.
    async fn write_synced(&self, items: &Values) -> Result<(), StorageError>;

    /// What the browser's session remembers under a name.
    async fn recall(&self, name: &str) -> Option<Secret>;
    /// Remembers it for the browser's session.
    async fn remember(&self, name: &str, value: &Secret) -> Result<(), StorageError>;
    /// Forgets it.
    async fn forget(&self, name: &str);
    /// Forgets all that the session remembers.
    async fn forget_all(&self);
    /// Seals a text under the device key: a random key of this browser profile that nobody can read. Makes the key if there is
    /// none. `None` where the browser cannot keep one.
    async fn seal_to_device(&self, secret: &Secret) -> Option<String>;
    /// Opens a text that [`Host::seal_to_device`] made. `None` if that device key is gone, or the text was changed.
    async fn open_on_device(&self, sealed: &str) -> Option<Secret>;
    /// Deletes the device key, if there is one: what it sealed can never be opened again.
    async fn forget_device(&self);
    /// Waits until nobody else holds that name, and holds it. Fails where the browser gives no locks: nothing can then
    /// be changed safely.
    async fn hold(&self, name: &str) -> Result<Self::Held, StorageError>;

    /// Shows this on the toolbar.
    async fn badge(&self, badge: &Badge);
    /// Shows this in place of any before.
    async fn notify(&self, notification: &Notification);
    /// The alarm that is set.
    async fn alarm(&self) -> Option<Alarm>;
    /// Sets the alarm in place of any other.
    async fn set_alarm(&self, alarm: Alarm);
    /// Asks for an event when nobody touched the computer for so many minutes.
    async fn watch_idle(&self, minutes: u32);
}

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// Where to.
    pub url: String,
    /// Names and values; a value may hold the key.
    pub headers: Vec<(&'static str, Secret)>,
    /// What to send by POST. Without it the request is a GET.
    pub body: Option<Body>,
}

/// What a request sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json(String),
    /// The fields of a form, escaped; one may be as good as a key.
    Form(Secret),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The network, or the browser, let nothing through.
    Offline,
    /// It took longer than [`TIME_OUT`].
    TimedOut,
    /// It is longer than [`LARGEST_BODY`].
    TooLong,
    /// The request was not sent: a header or the address holds what the browser refuses.
    Unsendable,
}

/// The browser could not keep what it was given. Nothing of it was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageError;

/// What a change decided.
#[derive(Clone, Debug)]
pub enum Decision {
    /// It cannot say without the values of these keys too.
    Need(Vec<String>),
    /// Nothing is to be written.
    Leave,
    /// This is to be written.
    Write(Values),
}

/// When to be woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// For the first time.
    pub at: Timestamp,
    /// Milliseconds between one time and the next.
    pub every: u64,
}

/// What the toolbar shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// At most four characters.
    pub text: String,
    /// All of it in words, for the tooltip.
    pub title: String,
    /// The colour, and the shape on the icon.
    pub tone: Tone,
}

/// What the browser shows outside of its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The section of the dashboard that a click opens.
    pub place: String,
    /// The first line.
    pub title: String,
    /// The rest.
    pub message: String,
}

/// How urgent it is, from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// All is well.
    Neutral,
    /// Locked or stale.
    Grey,
    /// Soon something will be short.
    Amber,
    /// Something must be done.
    Red,
}
