//! The world of a storm: a browser, its providers and its user. It executes one step after another and knows the results.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::host::{FetchError, HttpRequest};
use drawdown::provider::Answer;
use drawdown::route::{Event, Reply, on_event};
use drawdown::time::{SECOND, Timestamp};
use drawdown::vault::{DataKey, Secret, Vault};
use futures_util::future::join;
use serde_json::{Value, json};

use crate::fake::{Fake, later, moment};
use crate::on_message;
use crate::replay::change;
use crate::storm::cards::{self, amount};
use crate::storm::remote::Remote;
use crate::storm::step::{Act, Call, Field, Step, Stored};

/// The password of a sealed storm's initial vault.
pub const PASSWORD: &str = "correct horse battery";

/// The number of remote accounts.
pub const REMOTES: usize = cards::ALL.len();

/// The result of a call.
#[derive(Debug, Default)]
pub struct Done {
    /// Whether the worker was killed during it.
    pub is_dead: bool,
    /// The replies to the forms, each with its command.
    pub replies: Vec<(String, Reply)>,
}

pub struct World {
    pub host: Rc<Fake>,
    pub remotes: Rc<RefCell<Vec<Remote>>>,
    /// The true time.
    pub true_now: Rc<Cell<Timestamp>>,
    /// The browser's clock minus the true time, in seconds.
    pub ahead: i64,
    /// The index of each account's remote account, by account id.
    pub places: BTreeMap<String, usize>,
    /// The last backup that was saved.
    pub backup: Option<String>,
}

impl World {
    /// A fresh profile at time `began`. A sealed one has an unlocked vault.
    pub fn new(seed: u64, began: &str, is_sealed: bool) -> World {
        let host = Rc::new(Fake::new(began));
        host.seed(seed | 1);
        let true_now = Rc::new(Cell::new(moment(began)));
        let remotes: Vec<_> = (0..REMOTES).map(|place| Remote::new(place, moment(began))).collect();
        let remotes = Rc::new(RefCell::new(remotes));
        let (asked, clock, browser) = (Rc::clone(&remotes), Rc::clone(&true_now), Rc::downgrade(&host));
        host.answers(move |request| {
            let at = browser.upgrade().map_or(clock.get(), |host| host.time());
            answer(&mut asked.borrow_mut(), request, at, clock.get())
        });
        let world = World { host, remotes, true_now, ahead: 0, places: BTreeMap::new(), backup: None };
        if is_sealed {
            seal(&world.host);
        }
        world
    }

    /// Executes a step. `None` if its subject does not exist.
    pub fn step(&mut self, step: &Step) -> Option<Done> {
        self.true_now.set(self.true_now.get().plus(step.after * SECOND));
        self.set_clock();
        let now = self.true_now.get();
        match &step.act {
            Act::Call(call) => return self.call(step, call),
            Act::Spend { remote, cents } => self.remotes.borrow_mut()[*remote].spend(now, *cents),
            Act::TopUp { remote, cents } => {
                let at = self.host.time();
                self.remotes.borrow_mut()[*remote].top_up(at, *cents);
            }
            Act::Restate { remote, cents } => {
                // Only a bill can be corrected.
                let mut remotes = self.remotes.borrow_mut();
                let remote = Some(&mut remotes[*remote]).filter(|remote| remote.card.is_billed())?;
                remote.restate(now, *cents);
            }
            Act::Fault { remote, fault } => self.remotes.borrow_mut()[*remote].fault = *fault,
            Act::Clock { seconds } => {
                self.ahead = *seconds;
                self.set_clock();
            }
            Act::CloseBrowser => {
                self.host.close_browser();
                *self.host.memory.borrow_mut() = Rc::default();
            }
            Act::LoseSession => self.host.session.borrow_mut().clear(),
            Act::Full { is_full } => self.host.is_full.set(*is_full),
            Act::Withheld { is_withheld } => self.host.is_withheld.set(*is_withheld),
            Act::Damage { value, text } => self.damage(value, text.as_deref())?,
            Act::Unlock => {
                if !self.host.stored.borrow().contains_key("vault") {
                    return None;
                }
                unlock(&self.host);
            }
        }
        Some(Done::default())
    }

    fn set_clock(&self) {
        let shift = self.ahead.unsigned_abs() * SECOND;
        let now = self.true_now.get();
        self.host.set_now(if self.ahead < 0 { now.minus(shift) } else { now.plus(shift) });
    }

    fn damage(&self, value: &Stored, text: Option<&str>) -> Option<()> {
        let key = match value {
            Stored::Spare => {
                self.host.spare.replace(text.map(str::to_owned));
                return Some(());
            }
            Stored::Named(key) => key.clone(),
            Stored::Account(place) => format!("account.{}", self.account_of(*place)?),
            Stored::Readings(place) => {
                format!("readings.{}.{}", self.account_of(*place)?, self.host.time().month())
            }
        };
        let mut stored = self.host.stored.borrow_mut();
        stored.contains_key(&key).then(|| match text {
            Some(text) => drop(stored.insert(key, text.to_owned())),
            None => drop(stored.remove(&key)),
        })
    }

    fn call(&mut self, step: &Step, call: &Call) -> Option<Done> {
        let first = self.prepare(call)?;
        let second = step.meanwhile.as_ref().and_then(|(turns, call)| Some((*turns, self.prepare(call)?)));
        let host = Rc::clone(&self.host);
        let work = async {
            let Some((turns, second)) = second else { return vec![run(&host, first).await] };
            let (first, second) = join(run(&host, first), later(turns, run(&host, second))).await;
            vec![first, second]
        };
        let replies = match step.dies_at {
            None => Some(host.run(work)),
            Some(dies_at) => host.run_dying(work, dies_at),
        };
        let is_dead = replies.is_none();
        self.learn();
        let replies: Vec<_> = replies.into_iter().flatten().flatten().collect();
        for (command, reply) in &replies {
            if let ("back_up", Some(file)) = (command.as_str(), &reply.file) {
                self.backup = Some(file.text.clone());
            }
        }
        Some(Done { is_dead, replies })
    }

    /// The event or the message of a call.
    fn prepare(&self, call: &Call) -> Option<Prepared> {
        match call {
            Call::Event(name) => Event::parse(name).map(Prepared::Event),
            Call::Form { page, command, fields } => {
                let mut message = json!({"page": page, "do": command});
                for (name, field) in fields {
                    message[name] = Value::String(self.field(field)?);
                }
                Some(Prepared::Message(command.clone(), message.to_string()))
            }
        }
    }

    /// The text of a field. `None` if its subject does not exist.
    pub fn field(&self, field: &Field) -> Option<String> {
        let remotes = self.remotes.borrow();
        let last_payment = |place: usize| remotes[place].payments.last();
        match field {
            Field::Text(text) => Some(text.clone()),
            Field::Key(place) => Some(remotes[*place].keys[0].clone()),
            Field::OtherKey(place) => Some(remotes[*place].keys[1].clone()),
            Field::Account(place) => self.account_of(*place),
            Field::Correction(place) => self.correction_of(*place),
            Field::PaidAmount(place) => Some(amount(last_payment(*place)?.cents)),
            Field::PaidAt(place) => Some(last_payment(*place)?.at.to_string()),
            Field::Export(place) => {
                let rows = remotes[*place]
                    .days
                    .iter()
                    .map(|(day, cents)| format!("u,{day},deepseek-chat,Paid,{},USD\n", amount(*cents)));
                let table =
                    format!("user_id,utc_date,model,wallet_type,cost,currency\n{}", rows.collect::<String>());
                Some(STANDARD.encode(table))
            }
            Field::Backup => self.backup.as_ref().map(|text| STANDARD.encode(text)),
        }
    }

    /// The id of the newest account of a remote account.
    pub fn account_of(&self, place: usize) -> Option<String> {
        let stored = self.host.stored.borrow();
        let ids: Vec<String> = serde_json::from_str(stored.get("accounts")?).ok()?;
        ids.into_iter().rev().find(|id| self.places.get(id) == Some(&place))
    }

    /// The id of that account's last declaration or import.
    fn correction_of(&self, place: usize) -> Option<String> {
        let id = self.account_of(place)?;
        let stored = self.host.stored.borrow();
        let account: Value = serde_json::from_str(stored.get(&format!("account.{id}"))?).ok()?;
        account["corrections"].as_array()?.last()?.get(0)?.as_str().map(str::to_owned)
    }

    /// Records the remote accounts of new accounts, by their labels. A worker that is killed while it connects an account may
    /// have written the second copy alone, from which the account is recovered if the list is lost.
    fn learn(&mut self) {
        let stored = self.host.stored.borrow();
        let stored = stored.iter().filter_map(|(key, text)| {
            let id = key.strip_prefix("account.")?;
            Some((id.to_owned(), serde_json::from_str::<Value>(text).ok()?))
        });
        let copy = self.host.spare.borrow();
        let copy: Value = copy.as_ref().and_then(|copy| serde_json::from_str(copy).ok()).unwrap_or_default();
        let copied = copy["accounts"].as_array().into_iter().flatten();
        let copied = copied.filter_map(|account| Some((account["id"].as_str()?.to_owned(), account.clone())));
        for (id, account) in stored.chain(copied) {
            let label = account["label"].as_str();
            if let Some(place) = label.and_then(|label| label.strip_prefix('r')?.parse().ok()) {
                self.places.entry(id).or_insert(place);
            }
        }
    }
}

/// What a call sends to the worker.
enum Prepared {
    Event(Event),
    Message(String, String),
}

async fn run(host: &Fake, prepared: Prepared) -> Option<(String, Reply)> {
    match prepared {
        Prepared::Event(event) => {
            on_event(host, event).await;
            None
        }
        Prepared::Message(command, text) => Some((command, on_message(host, &text).await)),
    }
}

/// The answer of the provider that a request goes to, for the account of its key.
fn answer(
    remotes: &mut [Remote],
    request: &HttpRequest,
    at: Timestamp,
    true_at: Timestamp,
) -> Result<Answer, FetchError> {
    let host = request.url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let has_key = |remote: &&mut Remote| {
        let is_of = |(_, value): &(&str, Secret)| remote.key_in(value.expose()).is_some();
        Some(remote.card.host) == host && request.headers.iter().any(is_of)
    };
    match remotes.iter_mut().find(has_key) {
        Some(remote) => remote.answer(request, at, true_at),
        None => Ok(Answer::new(401, "{}")),
    }
}

/// Gives a browser an unlocked vault with [`PASSWORD`].
pub fn seal(host: &Fake) {
    change(host, |state| state.vault = serde_json::from_str(&sealed().0).ok());
    unlock(host);
}

/// Puts the data key of that vault into the session, as unlocking does, without hashing the password.
fn unlock(host: &Fake) {
    host.session.borrow_mut().insert("data-key".to_owned(), sealed().1.clone());
}

/// The stored form of a vault with [`PASSWORD`] and of its data key, made once, because hashing a password is slow.
fn sealed() -> &'static (String, String) {
    static SEALED: OnceLock<(String, String)> = OnceLock::new();
    SEALED.get_or_init(|| {
        let mut next = 0_u8;
        let random = &mut |bytes: &mut [u8]| {
            for byte in bytes {
                next = next.wrapping_add(97);
                *byte = next;
            }
        };
        let key = DataKey::make(random);
        let vault = Vault::make(&key, &Secret::new(PASSWORD), random).expect("a vault is made");
        let vault = serde_json::to_string(&vault).expect("a vault is text");
        (vault, key.to_text().expose().to_owned())
    })
}
