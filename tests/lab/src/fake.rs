//! A Host without a browser: a clock that is set by hand, storage in memory, scripted answers, and a worker that can be
//! killed at any await. Used by the stories, by the properties and by the replay example.

mod host;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use drawdown::host::{Alarm, Badge, FetchError, HttpRequest, Memory, Notification, Progress, Values};
use drawdown::provider::Answer;
use drawdown::store::State;
use drawdown::text::Language;
use drawdown::time::Timestamp;
use serde_json::{Value, json};

/// A provider's answers to requests.
pub type Provider = Box<dyn FnMut(&HttpRequest) -> Result<Answer, FetchError>>;

pub struct Fake {
    now: Cell<Timestamp>,
    /// What is stored in `storage.local`.
    pub stored: RefCell<BTreeMap<String, String>>,
    /// The content of the second store; an empty text if it cannot be read.
    pub spare: RefCell<Option<String>>,
    /// What is stored in `storage.sync`.
    pub synced: RefCell<BTreeMap<String, String>>,
    /// The number of writes to `synced`.
    pub synced_writes: Cell<usize>,
    /// Whether the browser refuses writes to `synced`.
    pub is_sync_refused: Cell<bool>,
    /// What is stored in `storage.session`.
    pub session: RefCell<BTreeMap<String, String>>,
    /// The device key in IndexedDB, as the number of keys made before it.
    pub device_key: Cell<Option<usize>>,
    device_keys_made: Cell<usize>,
    /// Every request that was sent.
    pub sent: RefCell<Vec<HttpRequest>>,
    provider: RefCell<Provider>,
    /// Whether the browser withholds every host.
    pub is_withheld: Cell<bool>,
    /// Whether the disk is full.
    pub is_full: Cell<bool>,
    pub badge: RefCell<Option<Badge>>,
    /// The notifications that were shown.
    pub notified: RefCell<Vec<Notification>>,
    /// The hour of the day in the user's time zone.
    pub hour: Cell<u32>,
    /// The language of the browser.
    pub language: Cell<Language>,
    pub alarm: Cell<Option<Alarm>>,
    /// How many times the alarm was set.
    pub alarms_set: Cell<usize>,
    pub idle_minutes: Cell<Option<u32>>,
    /// The number of writes.
    pub writes: Cell<usize>,
    /// The number of bytes read and written so far, without keys.
    pub bytes: Cell<[usize; 2]>,
    /// The number of reads.
    pub reads: Cell<usize>,
    /// Every key that was read.
    pub read: RefCell<Vec<String>>,
    /// The worker's memory while it lives.
    pub memory: RefCell<Rc<Memory>>,
    /// Whether the package lacks its files.
    pub is_package_broken: Cell<bool>,
    /// The files of the package that were read.
    pub assets: RefCell<Vec<String>>,
    /// The progress that pages were shown.
    pub progress: RefCell<Vec<Progress>>,
    held: Rc<RefCell<Vec<String>>>,
    random: Cell<u64>,
    /// How many awaits the worker has passed since it was started.
    awaits: Cell<usize>,
    dies_at: Cell<Option<usize>>,
}

impl Fake {
    pub fn new(now: &str) -> Fake {
        Fake {
            now: Cell::new(moment(now)),
            stored: RefCell::default(),
            spare: RefCell::default(),
            synced: RefCell::default(),
            synced_writes: Cell::new(0),
            is_sync_refused: Cell::new(false),
            session: RefCell::default(),
            device_key: Cell::new(None),
            device_keys_made: Cell::new(0),
            sent: RefCell::default(),
            provider: RefCell::new(Box::new(|_| Err(FetchError::Offline))),
            is_withheld: Cell::new(false),
            is_full: Cell::new(false),
            badge: RefCell::default(),
            notified: RefCell::default(),
            hour: Cell::new(12),
            language: Cell::default(),
            alarm: Cell::new(None),
            alarms_set: Cell::new(0),
            idle_minutes: Cell::new(None),
            writes: Cell::new(0),
            bytes: Cell::new([0; 2]),
            reads: Cell::new(0),
            read: RefCell::default(),
            memory: RefCell::default(),
            is_package_broken: Cell::new(false),
            assets: RefCell::default(),
            progress: RefCell::default(),
            held: Rc::default(),
            random: Cell::new(1),
            awaits: Cell::new(0),
            dies_at: Cell::new(None),
        }
    }

    fn count_bytes(&self, read: usize, written: usize) {
        let [before, wrote] = self.bytes.get();
        self.bytes.set([before + read, wrote + written]);
    }

    /// The bytes of the synced area that are used.
    pub fn synced_bytes(&self) -> usize {
        self.synced.borrow().iter().map(|(key, text)| synced_size(key, text)).sum()
    }

    /// The time of the browser's clock.
    pub fn time(&self) -> Timestamp {
        self.now.get()
    }

    pub fn set_now(&self, now: Timestamp) {
        self.now.set(now);
    }

    pub fn set_clock(&self, now: &str) {
        self.now.set(moment(now));
    }

    /// Another seed for the same sequence of random bytes.
    pub fn seed(&self, seed: u64) {
        self.random.set(seed);
    }

    /// Sets the provider's answers from now on.
    pub fn answers(&self, provider: impl FnMut(&HttpRequest) -> Result<Answer, FetchError> + 'static) {
        *self.provider.borrow_mut() = Box::new(provider);
    }

    /// Closes the browser: its session storage, alarms and badge are lost.
    pub fn close_browser(&self) {
        self.session.borrow_mut().clear();
        self.alarm.set(None);
        *self.badge.borrow_mut() = None;
        self.held.borrow_mut().clear();
    }

    /// Each stored account with its pulse, as JSON, and the start of its current attempt, if any.
    pub fn accounts(&self) -> Vec<Value> {
        let stored = self.stored.borrow();
        let read = |key: &str| stored.get(key).and_then(|text| serde_json::from_str(text).ok());
        let pulses: Value = read("pulse").unwrap_or_default();
        let attempts = self.session.borrow().get("attempts").cloned().unwrap_or_default();
        let attempts: Value = serde_json::from_str(&attempts).unwrap_or_default();
        let ids: Vec<String> =
            read("accounts").and_then(|ids: Value| serde_json::from_value(ids).ok()).unwrap_or_default();
        let account = |id: &String| {
            let mut account: Value = read(&format!("account.{id}")).expect("it is stored");
            for (name, value) in pulses[id].as_object().into_iter().flatten() {
                account[name] = value.clone();
            }
            if attempts["accounts"].as_array().is_some_and(|asked| asked.contains(&json!(id))) {
                account["attempt"] = attempts["began"].clone();
            }
            account
        };
        ids.iter().map(account).collect()
    }

    /// Whether the session holds only what it painted and which storage keys it read: no account's key, and nothing that such a
    /// key brought.
    pub fn is_locked(&self) -> bool {
        self.session.borrow().keys().all(|name| name == "badge" || name.starts_with("needed-"))
    }

    /// Runs a worker to completion.
    pub fn run<T>(&self, worker: impl Future<Output = T>) -> T {
        self.run_until(worker, None).expect("nothing stops it")
    }

    /// Runs a worker that is killed at its k-th await, counted from 1. `None` if it was killed.
    pub fn run_dying<T>(&self, worker: impl Future<Output = T>, dies_at: usize) -> Option<T> {
        self.run_until(worker, Some(dies_at))
    }

    fn run_until<T>(&self, worker: impl Future<Output = T>, dies_at: Option<usize>) -> Option<T> {
        self.awaits.set(0);
        self.dies_at.set(dies_at);
        let ended = {
            let mut worker = pin!(worker);
            let mut context = Context::from_waker(Waker::noop());
            loop {
                match worker.as_mut().poll(&mut context) {
                    Poll::Ready(value) => break Some(value),
                    Poll::Pending if self.is_dead() => break None,
                    Poll::Pending => {}
                }
            }
        };
        if dies_at.is_some() && ended.is_none() {
            *self.memory.borrow_mut() = Rc::default();
        }
        // The browser releases the locks of a worker that it killed.
        self.held.borrow_mut().clear();
        ended
    }

    fn is_dead(&self) -> bool {
        self.dies_at.get().is_some_and(|dies_at| self.awaits.get() >= dies_at)
    }

    /// One await: others get their turn, and a worker that is to be killed stops here.
    async fn pass(&self) {
        self.awaits.set(self.awaits.get() + 1);
        let mut is_first = true;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::take(&mut is_first) || self.is_dead() { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
    }
}

/// The bytes that `storage.sync` holds in all.
pub const SYNC_QUOTA: usize = 102_400;

/// The bytes that an item of `storage.sync` counts for: its key, and its value as JSON.
pub fn synced_size(key: &str, text: &str) -> usize {
    key.len() + json!(text).to_string().len()
}

/// Runs a worker after this number of turns of the executor.
pub async fn later<T>(turns: usize, worker: impl Future<Output = T>) -> T {
    let mut left = turns;
    poll_fn(|_| {
        let is_ready = left == 0;
        left = left.saturating_sub(1);
        if is_ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    worker.await
}

/// The values that a commit writes if it leaves the popup as it is; empty if nothing changed.
pub fn save(state: &mut State) -> Values {
    let (mut values, frame) = (state.changes(), state.frame.clone());
    state.number(&mut values, frame);
    values
}

/// Releases a lock when it is dropped.
pub struct Held {
    name: String,
    held: Rc<RefCell<Vec<String>>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.held.borrow_mut().retain(|name| *name != self.name);
    }
}

/// Parses an RFC 3339 time.
pub fn moment(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|| panic!("no time: {text}"))
}
