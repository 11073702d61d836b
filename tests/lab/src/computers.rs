//! Several computers of one user, simulated from a seed: their browsers sync one area with delays, in any order, each item by
//! itself; items get lost, writes are refused, clocks are minutes off, and computers are off for hours or weeks.
//!
//! When everything has arrived, all computers show the same, and that is what all readings taken together say.
//!
//! ```text
//!   computer -- write --> its own copy -- later --> the server: per item, what arrives last stays
//!                         its own copy <-- later -- the server, while the computer is on
//! ```

mod area;
mod checks;
mod computer;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use drawdown::route::{Event, Reply, on_event};
use drawdown::time::{HOUR, MINUTE, SECOND, Timestamp};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::computers::area::Area;
use crate::computers::computer::{Computer, computer};
use crate::fake::moment;
use crate::on_message;
use crate::replay::change;
use crate::storm::remote::Remote;
use crate::storm::world::{PASSWORD, sealed};

/// Another password, in seeds in which it is changed.
const OTHER_PASSWORD: &str = "staple battery horse";
/// The remote accounts, as places in the list of cards: two balances, one with pools, and two counters.
const REMOTES: [usize; 4] = [0, 4, 5, 6];

/// What happened in some simulations.
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
    /// The providers of accounts that were removed: what was read for one of them is of no account any more.
    pub removed: BTreeSet<String>,
    tally: Tally,
    /// What happened, for the log.
    pub log: Vec<String>,
}

/// Runs the simulation of a seed. Why it failed, if it did.
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
            let off_by = i64::try_from(chance.below(480)).expect("few") - 240;
            // A clock that is off by less than three seconds counts as right, and its readings keep its times.
            let off_by = if chance.percent(50) || off_by.abs() < 5 { 0 } else { off_by };
            computer(seed.wrapping_mul(31).wrapping_add(place), began, off_by, &remotes, &true_now)
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

    /// Lets time pass, and what is on its way arrive.
    fn pass(&mut self, ms: u64) -> Result<(), String> {
        // Whole seconds, as the providers' clocks have, so that a figure can be compared to the last digit.
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

    /// Something happens on a computer. What it writes is sent later.
    fn event(&mut self, place: usize, event: Event) -> Result<(), String> {
        let host = Rc::clone(&self.computers[place].host);
        host.run(on_event(&*host, event));
        self.sent(place)
    }

    fn send(&mut self, place: usize, command: &str, fields: &[(&str, &str)]) -> Result<Reply, String> {
        let mut message = json!({"page": "dashboard", "do": command});
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
            // Turning it on and joining write at once.
            if writes > count + 1 || (count > 2 && time.since(last) < MINUTE) {
                return Err(format!("computer {place} wrote {} times within a minute", writes - count + 1));
            }
        }
        Ok(())
    }

    /// Joins the others, once it knows of them.
    fn join(&mut self, place: usize) -> Result<(), String> {
        let stored = |key: &str| self.computers[place].host.stored.borrow().get(key).cloned();
        let is_invited = stored("settings").is_some_and(|text| text.contains("\"sync.is_found\":true"));
        if !is_invited || stored("sync").is_some() {
            return Ok(());
        }
        // Another password may be on its way.
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

    /// Days or weeks of use.
    fn live(&mut self) -> Result<(), String> {
        let host = Rc::clone(&self.computers[0].host);
        change(&host, |state| state.vault = serde_json::from_str(&sealed().0).ok());
        host.session.borrow_mut().insert("data-key".to_owned(), sealed().1.clone());
        for place in 0..self.computers.len() {
            self.event(place, Event::Start)?;
        }
        let first = self.chance.between(1, 2);
        for place in 0..usize::try_from(first).expect("few") {
            self.connect(0, place)?;
        }
        self.send(0, "sync_on", &[])?;
        for _ in 0..self.chance.between(20, 60) {
            let pause = match self.chance.below(10) {
                0 => self.chance.between(6 * HOUR, 30 * HOUR),
                1..=3 => self.chance.between(HOUR, 4 * HOUR),
                _ => self.chance.between(MINUTE, 40 * MINUTE),
            };
            self.pass(pause)?;
            self.happen()?;
        }
        Ok(())
    }

    fn happen(&mut self) -> Result<(), String> {
        let place = usize::try_from(self.chance.below(u64::try_from(self.computers.len()).expect("few")))
            .expect("few");
        let remote = usize::try_from(self.chance.below(4)).expect("few");
        let cents = i64::try_from(self.chance.between(1, 400)).expect("few");
        let what = self.chance.below(100);
        let is_on = self.is_on(place);
        match what {
            0..30 => {
                let now = self.now();
                self.remotes.borrow_mut()[remote].spend(now, cents);
                self.note(format!("{cents} cents are spent at {remote}"));
            }
            30..34 => {
                let now = self.now();
                self.remotes.borrow_mut()[remote].top_up(now, cents * 10);
                self.note(format!("{} cents are paid in at {remote}", cents * 10));
            }
            34..40 => {
                let hours = self.chance.pick(&[2, 9, 30, 24 * 15]);
                self.computers[place].on_at = self.now().plus(hours * HOUR);
                self.note(format!("computer {place} is off for {hours} hours"));
            }
            40..44 => {
                let key = self.area.lose(&mut self.chance, &self.computers);
                self.tally.lost_items += usize::from(key.is_some());
                self.note(format!("the area loses {key:?}"));
            }
            44..47 => {
                let host = &self.computers[place].host;
                host.is_sync_refused.set(!host.is_sync_refused.get());
                self.tally.refused += usize::from(host.is_sync_refused.get());
            }
            _ if !is_on || !self.syncing(place) => {}
            47..53 => self.connect(place, remote)?,
            53..57 => {
                let budget = cents.to_string();
                self.send(place, "budget", &[("amount", &budget), ("currency", "USD")])?;
                self.note(format!("computer {place} sets the budget to {budget}"));
            }
            57..60 => {
                if let Some(id) = self.ids(place).first().cloned() {
                    let label = format!("r{cents}");
                    self.send(place, "rename", &[("account", &id), ("label", &label)])?;
                }
            }
            60 => self.change_password(place)?,
            61 => {
                if let Some(id) = self.ids(place).last().cloned() {
                    let accounts = self.computers[place].host.accounts();
                    let it = accounts.iter().find(|account| account["id"] == id.as_str());
                    self.removed
                        .extend(it.and_then(|account| account["provider"].as_str().map(str::to_owned)));
                    self.send(place, "remove", &[("account", &id), ("history", "remove")])?;
                    self.note(format!("computer {place} removes {id}"));
                }
            }
            _ => {
                self.event(place, Event::Alarm)?;
                self.send(place, "refresh", &[])?;
                self.note(format!("computer {place} reads"));
            }
        }
        Ok(())
    }

    fn change_password(&mut self, place: usize) -> Result<(), String> {
        if self.password == OTHER_PASSWORD || self.computers[place].password != self.password {
            return Ok(());
        }
        let form = [("current", PASSWORD), ("password", OTHER_PASSWORD), ("again", OTHER_PASSWORD)];
        if self.send(place, "change_password", &form)?.ok {
            self.password = OTHER_PASSWORD;
            self.computers[place].password = OTHER_PASSWORD;
            self.note(format!("computer {place} changes the password"));
        }
        Ok(())
    }

    /// The accounts on a computer that go on.
    pub fn ids(&self, place: usize) -> Vec<String> {
        let accounts = self.computers[place].host.accounts();
        let going_on = accounts.iter().filter(|account| account["removed"].is_null());
        going_on.map(|account| account["id"].as_str().expect("an id").to_owned()).collect()
    }

    fn connect(&mut self, place: usize, remote: usize) -> Result<(), String> {
        let (provider, key) = {
            let remotes = self.remotes.borrow();
            (remotes[remote].card.id, remotes[remote].keys[0].clone())
        };
        let reply = self.send(place, "connect", &[("provider", provider), ("label", "r"), ("key", &key)])?;
        self.note(format!("computer {place} connects {remote}: {}", reply.ok));
        Ok(())
    }

    /// Everything is on again, reads once more, and all that was written arrives.
    fn settle(&mut self) -> Result<(), String> {
        for place in 0..self.computers.len() {
            self.computers[place].on_at = Timestamp::from_ms(0);
            self.computers[place].host.is_sync_refused.set(false);
        }
        for round in 0..6 {
            self.pass(25 * MINUTE)?;
            for place in 0..self.computers.len() {
                self.true_now.set(self.now().plus(MINUTE));
                self.set_clock(place);
                if round < 3 {
                    self.event(place, Event::Alarm)?;
                    self.send(place, "refresh", &[])?;
                } else {
                    self.event(place, Event::Answered)?;
                }
            }
        }
        self.pass(25 * MINUTE)
    }
}
