//! Several computers of one user, simulated from a seed. Their browsers sync one area with delays, in any order, each item
//! separately. Items get lost, writes are refused, clocks are minutes off and are reset, and computers are off for hours or
//! weeks. The user spends, pays in, connects and removes accounts (also one account by two keys), types figures, declares
//! top-ups, imports files and undoes imports, and changes settings and the password.
//!
//! When everything has arrived, all computers show the same figures: those derived from all readings taken together.
//!
//! ```text
//!   computer -- write --> its own copy -- later --> the server: for each item, the last arrival wins
//!                         its own copy <-- later -- the server, while the computer is on
//! ```

mod area;
mod checks;
mod computer;
mod user;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use drawdown::books::reading::Observation;
use drawdown::route::{Event, Reply, on_event};
use drawdown::time::{HOUR, MINUTE, SECOND, Timestamp};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::computers::area::Area;
use crate::computers::computer::{Computer, computer, off_by};
use crate::fake::moment;
use crate::on_message;
use crate::storm::remote::Remote;
use crate::storm::world::PASSWORD;

/// The remote accounts, as indices into the list of cards: three balances, the first with pools, a counter, and bills.
const REMOTES: [usize; 5] = [0, 4, 5, 6, 3];

/// The events of several simulations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub computers: usize,
    pub readings: usize,
    pub writes: usize,
    /// Items that the area lost.
    pub lost_items: usize,
    pub refused: usize,
    /// Figures that were compared.
    pub figures: usize,
}

impl Tally {
    pub fn add(&mut self, other: Tally) {
        self.computers += other.computers;
        self.readings += other.readings;
        self.writes += other.writes;
        self.lost_items += other.lost_items;
        self.refused += other.refused;
        self.figures += other.figures;
    }
}

/// The user, the providers and the computers.
pub struct World {
    chance: Chance,
    computers: Vec<Computer>,
    pub remotes: Rc<RefCell<Vec<Remote>>>,
    true_now: Rc<Cell<Timestamp>>,
    area: Area,
    password: &'static str,
    /// The providers of removed accounts, whose readings no longer belong to an account.
    pub removed: BTreeSet<String>,
    /// The figures typed for the account without a key, if there is one.
    pub typed: Vec<Observation>,
    /// Its balance in cents.
    left: i64,
    tally: Tally,
    /// The events, for the log.
    pub log: Vec<String>,
}

/// Runs the simulation of a seed. The error says why it failed.
pub fn run(seed: u64, log: &mut Vec<String>) -> Result<Tally, String> {
    let mut world = World::new(seed);
    let ended = world.live().and_then(|()| world.settle()).and_then(|()| checks::all(&world));
    if ended.is_err() {
        let readings = checks::readings(&world);
        world.log.extend(readings);
    }
    log.append(&mut world.log);
    world.tally.figures = ended?;
    world.tally.readings = world.remotes.borrow().iter().map(|remote| remote.served.len()).sum();
    world.tally.computers = world.computers.len();
    world.tally.writes = world.computers.iter().map(|computer| computer.host.synced_writes.get()).sum();
    Ok(world.tally)
}

impl World {
    fn new(seed: u64) -> World {
        let mut chance = Chance::of(seed);
        let began =
            moment(chance.pick(&["2026-11-12T09:00:00Z", "2026-11-28T20:00:00Z", "2026-12-01T03:00:00Z"]));
        let true_now = Rc::new(Cell::new(began));
        let remotes: Vec<_> = REMOTES.iter().map(|place| Remote::new(*place, began)).collect();
        let remotes = Rc::new(RefCell::new(remotes));
        let computers = (0..chance.between(2, 4)).map(|place| {
            let off_by = off_by(&mut chance);
            computer(seed.wrapping_mul(31).wrapping_add(place) << 1, began, off_by, &remotes, &true_now)
        });
        let computers: Vec<_> = computers.collect();
        let area = Area::new(computers.len());
        World {
            chance,
            computers,
            remotes,
            true_now,
            area,
            password: PASSWORD,
            removed: BTreeSet::new(),
            typed: Vec::new(),
            left: 30_000,
            tally: Tally::default(),
            log: Vec::new(),
        }
    }

    pub fn now(&self) -> Timestamp {
        self.true_now.get()
    }

    fn note(&mut self, what: impl Into<String>) {
        let line = format!("{} {}", self.now(), what.into());
        self.log.push(line);
    }

    /// Lets time pass, and delivers the changes that arrive.
    fn pass(&mut self, ms: u64) -> Result<(), String> {
        // Whole seconds, like the providers' clocks, so that a figure can be compared to the last digit.
        let until = Timestamp::from_ms(self.now().plus(ms).ms() / SECOND * SECOND);
        self.true_now.set(until);
        for place in 0..self.computers.len() {
            self.set_clock(place);
            if self.is_on(place) && self.area.deliver(place, until, &self.computers[place].host) {
                self.event(place, Event::Synced)?;
                self.join(place)?;
            }
        }
        Ok(())
    }

    fn set_clock(&self, place: usize) {
        let Computer { host, off_by, .. } = &self.computers[place];
        let (now, off) = (self.now(), off_by.unsigned_abs() * SECOND);
        host.set_now(if *off_by < 0 { now.minus(off) } else { now.plus(off) });
    }

    fn is_on(&self, place: usize) -> bool {
        self.computers[place].on_at <= self.now()
    }

    /// Runs an event on a computer. Its writes are sent later.
    fn event(&mut self, place: usize, event: Event) -> Result<(), String> {
        let host = Rc::clone(&self.computers[place].host);
        host.run(on_event(&*host, event));
        self.sent(place)
    }

    fn send(&mut self, place: usize, command: &str, fields: &[(&str, &str)]) -> Result<Reply, String> {
        let mut message = json!({"page": "popup", "do": command});
        for (name, text) in fields {
            message[*name] = Value::String((*text).to_owned());
        }
        let host = Rc::clone(&self.computers[place].host);
        let reply = host.run(on_message(&*host, &message.to_string()));
        self.sent(place)?;
        self.event(place, Event::Answered)?;
        Ok(reply)
    }

    fn sent(&mut self, place: usize) -> Result<(), String> {
        let (now, chance) = (self.now(), &mut self.chance);
        self.area.send(place, &self.computers[place].host, || now.plus(chance.below(20 * MINUTE)));
        let computer = &mut self.computers[place];
        let (time, writes) = (computer.host.time(), computer.host.synced_writes.get());
        let (last, count) = computer.wrote;
        if writes > count {
            computer.wrote = (time, writes);
            // Turning sync on and joining write at once.
            if writes > count + 1 || (count > 2 && time.since(last) < MINUTE) {
                return Err(format!("computer {place} wrote {} times within a minute", writes - count + 1));
            }
        }
        Ok(())
    }

    /// Joins the other computers, once this one knows of them.
    fn join(&mut self, place: usize) -> Result<(), String> {
        let stored = |key: &str| self.computers[place].host.stored.borrow().get(key).cloned();
        let is_invited = stored("settings").is_some_and(|text| text.contains("\"sync.is_found\":true"));
        if !is_invited || stored("sync").is_some() {
            return Ok(());
        }
        // A changed password may still be on its way.
        for password in [self.password, PASSWORD] {
            if self.send(place, "sync_join", &[("password", password)])?.ok {
                self.note(format!("computer {place} joins"));
                self.computers[place].password = password;
                return Ok(());
            }
        }
        Err(format!("computer {place} cannot join"))
    }

    fn syncing(&self, place: usize) -> bool {
        self.computers[place].host.stored.borrow().contains_key("sync")
    }

    /// The ids of the accounts on a computer that have not ended.
    pub fn ids(&self, place: usize) -> Vec<String> {
        let accounts = self.computers[place].host.accounts();
        let going_on = accounts.iter().filter(|account| account["removed"].is_null());
        going_on.map(|account| account["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// Turns every computer on, reads everything again, and delivers all writes.
    fn settle(&mut self) -> Result<(), String> {
        for place in 0..self.computers.len() {
            self.computers[place].on_at = Timestamp::from_ms(0);
            self.computers[place].host.is_sync_refused.set(false);
        }
        // All computers read in the same month, so that all know its bills.
        if self.now().month().span().to.since(self.now()) < 6 * HOUR {
            self.pass(7 * HOUR)?;
        }
        // A copied profile whose writes were refused until now is noticed in the second round, and its changes arrive in the
        // third.
        for round in 0..7 {
            self.pass(25 * MINUTE)?;
            for place in 0..self.computers.len() {
                self.true_now.set(self.now().plus(MINUTE));
                self.set_clock(place);
                if round < 4 {
                    self.event(place, Event::Alarm)?;
                    self.send(place, "refresh", &[])?;
                    if place == 0 {
                        self.join_twins(place)?;
                    }
                } else {
                    self.event(place, Event::Answered)?;
                }
            }
        }
        self.pass(25 * MINUTE)
    }
}
