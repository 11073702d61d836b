//! The events at the providers and in the area, and the user's actions on the computers.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::books::reading::{Balance, Observation, Pools, Reading, Role};
use drawdown::money::Currency;
use drawdown::route::Event;
use drawdown::time::{HOUR, MINUTE};

use crate::computers::World;
use crate::computers::computer::off_by;
use crate::storm::cards::amount;
use crate::storm::truth::money;
use crate::storm::world::{PASSWORD, seal};

/// The new password, in seeds that change it.
const OTHER_PASSWORD: &str = "staple battery horse";
/// The name of the account without a key.
const BY_HAND: &str = "hand";

impl World {
    /// Days or weeks of use.
    pub(super) fn live(&mut self) -> Result<(), String> {
        let host = Rc::clone(&self.computers[0].host);
        seal(&host);
        for place in 0..self.computers.len() {
            self.event(place, Event::Start)?;
        }
        let first = self.chance.between(1, 2);
        for place in 0..usize::try_from(first).expect("few") {
            self.connect(0, place)?;
        }
        if self.chance.percent(50) {
            let left = amount(self.left);
            let fields = [("label", BY_HAND), ("currency", "USD"), ("tells", "balance"), ("amount", &left)];
            self.send(0, "by_hand", &fields)?;
            self.typed.push(typed(&self.computers[0].host, self.left));
        }
        self.send(0, "sync_on", &[])?;
        if self.chance.percent(10) {
            let (from, to) = (&self.computers[0].host, &self.computers[1].host);
            to.stored.borrow_mut().clone_from(&from.stored.borrow());
            to.session.borrow_mut().clone_from(&from.session.borrow());
            self.note("computer 1 is a copy of computer 0");
        }
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
        let computers = u64::try_from(self.computers.len()).expect("few");
        let place = usize::try_from(self.chance.below(computers)).expect("few");
        let remotes = u64::try_from(self.remotes.borrow().len()).expect("few");
        let remote = usize::try_from(self.chance.below(remotes)).expect("few");
        let cents = i64::try_from(self.chance.between(1, 400)).expect("few");
        match self.chance.below(120) {
            what @ 0..50 => self.happen_elsewhere(what, place, remote, cents),
            _ if !self.is_on(place) || !self.syncing(place) => Ok(()),
            what => self.act(what, place, remote, cents),
        }
    }

    /// An event at a provider, in the area or in a browser.
    fn happen_elsewhere(&mut self, what: u64, place: usize, remote: usize, cents: i64) -> Result<(), String> {
        let now = self.now();
        match what {
            0..30 => {
                self.remotes.borrow_mut()[remote].spend(now, cents);
                self.note(format!("{cents} cents are spent at {remote}"));
            }
            30..34 => {
                self.remotes.borrow_mut()[remote].top_up(now, cents * 10);
                self.note(format!("{} cents are paid in at {remote}", cents * 10));
            }
            34..40 => {
                let hours = self.chance.pick(&[2, 9, 30, 24 * 15]);
                self.computers[place].on_at = now.plus(hours * HOUR);
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
            47 => {
                self.computers[place].set_clock_anew(off_by(&mut self.chance));
                self.set_clock(place);
                self.note(format!("the clock of computer {place} is set"));
            }
            _ => {
                let billed = self.remotes.borrow().iter().position(|remote| remote.card.is_billed());
                let mut remotes = self.remotes.borrow_mut();
                billed.into_iter().for_each(|billed| remotes[billed].restate(now, cents - 200));
            }
        }
        Ok(())
    }

    /// An action of the user on a computer.
    fn act(&mut self, what: u64, place: usize, remote: usize, cents: i64) -> Result<(), String> {
        match what {
            50..57 => self.connect(place, remote),
            57..61 => {
                let budget = cents.to_string();
                self.send(place, "budget", &[("amount", &budget), ("currency", "USD")])?;
                self.note(format!("computer {place} sets the budget to {budget}"));
                Ok(())
            }
            61..64 => {
                if let Some(id) = self.ids(place).first().cloned() {
                    self.send(place, "rename", &[("account", &id), ("label", &format!("r{cents}"))])?;
                }
                Ok(())
            }
            64 => self.change_password(place),
            65 => self.remove(place),
            66..72 => self.type_figure(place, cents),
            72..75 => self.import(place),
            75..77 => self.undo_import(place),
            77..80 => self.declare(place, cents),
            80 | 81 => self.join_twins(place),
            _ => {
                self.event(place, Event::Alarm)?;
                self.send(place, "refresh", &[])?;
                self.note(format!("computer {place} reads"));
                Ok(())
            }
        }
    }

    fn remove(&mut self, place: usize) -> Result<(), String> {
        let accounts = self.computers[place].host.accounts();
        let Some(it) = accounts.iter().rfind(|account| account["removed"].is_null()) else { return Ok(()) };
        let text = |name: &str| it[name].as_str().expect("a text").to_owned();
        let (of, id) = (text("provider"), text("id"));
        self.send(place, "remove", &[("account", &id), ("history", "remove")])?;
        self.note(format!("computer {place} removes {id}"));
        self.removed.insert(of);
        Ok(())
    }

    /// The id of a provider's account, or of the account without a key.
    fn account_of(&self, place: usize, of: &str) -> Option<String> {
        let accounts = self.computers[place].host.accounts();
        let is_it = |account: &&serde_json::Value| {
            let name = if of == BY_HAND { &account["label"] } else { &account["provider"] };
            account["removed"].is_null() && name == of
        };
        accounts.iter().find(is_it).map(|account| account["id"].as_str().expect("an id").to_owned())
    }

    /// Types a figure for the account without a key: some money was spent, and sometimes some was paid in.
    fn type_figure(&mut self, place: usize, cents: i64) -> Result<(), String> {
        let Some(id) = self.account_of(place, BY_HAND) else { return Ok(()) };
        self.left += if self.chance.percent(20) { cents * 5 } else { -cents / 2 };
        let left = self.left;
        let typed = typed(&self.computers[place].host, left);
        if self.send(place, "figure", &[("account", &id), ("amount", &amount(left))])?.ok {
            self.typed.push(typed);
            self.note(format!("computer {place} types {left} cents"));
        }
        Ok(())
    }

    /// Imports the provider's export of the first account's completed days.
    fn import(&mut self, place: usize) -> Result<(), String> {
        let today = self.now().day();
        let (provider, days) = {
            let remotes = self.remotes.borrow();
            (remotes[0].card.id, remotes[0].days.clone())
        };
        let rows: Vec<String> = days
            .iter()
            .filter(|(day, _)| **day < today)
            .map(|(day, cents)| format!("u,{day},deepseek-chat,Paid,{},USD\n", amount(*cents)))
            .collect();
        let Some(id) = self.account_of(place, provider).filter(|_| !rows.is_empty()) else { return Ok(()) };
        let table = format!("user_id,utc_date,model,wallet_type,cost,currency\n{}", rows.concat());
        let file = STANDARD.encode(table);
        let fields = [("account", id.as_str()), ("file.0", &file), ("file.0.name", "cost.csv")];
        let ok = self.send(place, "import", &fields)?.ok;
        self.note(format!("computer {place} imports {} days: {ok}", rows.len()));
        Ok(())
    }

    fn undo_import(&mut self, place: usize) -> Result<(), String> {
        let provider = self.remotes.borrow()[0].card.id;
        let Some(id) = self.account_of(place, provider) else { return Ok(()) };
        let ok = self.send(place, "undo", &[("account", &id), ("correction", "import-1")])?.ok;
        self.note(format!("computer {place} undoes its first import: {ok}"));
        Ok(())
    }

    /// Declares a top-up of the first account, at this time.
    fn declare(&mut self, place: usize, cents: i64) -> Result<(), String> {
        let provider = self.remotes.borrow()[0].card.id;
        let Some(id) = self.account_of(place, provider) else { return Ok(()) };
        let paid = amount(cents);
        let fields = [("account", id.as_str()), ("kind", "top_up"), ("currency", "USD"), ("amount", &paid)];
        let ok = self.send(place, "declare", &fields)?.ok;
        self.note(format!("computer {place} declares {paid}: {ok}"));
        Ok(())
    }

    /// Joins the accounts of each provider: all of them are read by keys of one account.
    pub(super) fn join_twins(&mut self, place: usize) -> Result<(), String> {
        let accounts = self.computers[place].host.accounts();
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for account in accounts.iter().filter(|account| account["removed"].is_null()) {
            let text = |name: &str| account[name].as_str().unwrap_or_default().to_owned();
            let (provider, id) = (text("provider"), text("id"));
            let Some(first) = known.get(&provider).filter(|_| !provider.is_empty()) else {
                known.insert(provider, id);
                continue;
            };
            let ok = self.send(place, "join", &[("account", &id), ("into", first)])?.ok;
            self.note(format!("computer {place} joins {id} with {first}: {ok}"));
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

    fn connect(&mut self, place: usize, remote: usize) -> Result<(), String> {
        let (provider, key) = {
            let remotes = self.remotes.borrow();
            let key = usize::from(self.chance.percent(25));
            (remotes[remote].card.id, remotes[remote].keys[key].clone())
        };
        let reply = self.send(place, "connect", &[("provider", provider), ("label", "r"), ("key", &key)])?;
        self.note(format!("computer {place} connects {remote}: {}", reply.ok));
        Ok(())
    }
}

/// A balance typed on a computer.
fn typed(host: &crate::fake::Fake, cents: i64) -> Observation {
    let balance = Balance { currency: Currency::USD, pools: Pools::Total(money(cents)) };
    Observation { at: host.time(), role: Role::Follows, readings: vec![Reading::Balance(balance)] }
}
