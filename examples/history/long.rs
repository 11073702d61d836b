//! Twenty accounts, each with its own pace, stored as the worker stores them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use drawdown::books::reading::{AccountId, Balance, Observation, Pools, Reading, Role};
use drawdown::host::{Decision, Host, Values};
use drawdown::money::{Amount, Currency};
use drawdown::provider::Answer;
use drawdown::route::{Event, on_event};
use drawdown::store::{Account, LoadScope, Loaded, State, root_keys};
use drawdown::time::{DAY, MINUTE, Timestamp};
use drawdown::vault::{DataKey, Secret};
use drawdown_lab::fake::{Fake, save};
use serde_json::{Value, json};

const ACCOUNTS: u64 = 20;
/// For how long the history grows before it is thinned. A browser thins it every day, with the same result.
const STRETCH: u64 = 30 * DAY;

/// The storage, and the accounts that keep spending.
pub(crate) struct History {
    pub(crate) host: Fake,
    pub(crate) ids: Vec<AccountId>,
    now: Cell<Timestamp>,
}

/// One account at its provider: every second one reports cents, the others millionths.
struct Spender {
    left: i128,
    pace: u64,
    decimals: u32,
    random: u64,
}

impl Spender {
    fn of(place: u64) -> Spender {
        let decimals = if place.is_multiple_of(2) { 2 } else { 6 };
        // From some cents to some dollars a day.
        let pace = (place + 1) * 10_u64.pow(decimals) / 500;
        Spender { left: 0, pace, decimals, random: place + 1 }
    }

    fn next(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    /// Spends for five minutes, two times out of three, and tops up if little is left.
    fn live(&mut self) -> Reading {
        if !self.next().is_multiple_of(3) {
            self.left -= i128::from(self.next() % (self.pace + 1));
        }
        if self.left < 10_i128.pow(self.decimals) {
            self.left += 50 * 10_i128.pow(self.decimals);
        }
        let topped_up = Amount::from_digits(self.left, self.decimals).expect("it fits");
        let pools =
            Pools::Split { granted: Amount::from_digits(0, self.decimals).expect("it fits"), topped_up };
        Reading::Balance(Balance { currency: Currency::parse("USD").expect("a currency"), pools })
    }
}

impl History {
    /// Simulates the time between two moments; a worker settles the last day.
    pub(crate) fn build(from: Timestamp, to: Timestamp) -> History {
        let host = Fake::new("2026-01-01T00:00:00Z");
        let key = DataKey::make(&mut |bytes| host.random(bytes));
        host.run(host.remember("data-key", &key.to_text())).expect("memory is large enough");
        let ids: Vec<_> = (0..ACCOUNTS).map(|place| AccountId(format!("{place:08x}"))).collect();
        let history = History { host, ids, now: Cell::new(from) };
        history.change(&LoadScope::Lately, |state, _| {
            for id in &history.ids {
                let mut random = |bytes: &mut [u8]| history.host.random(bytes);
                let credential = key.seal(&Secret::new("sk-0123456789"), &id.0, "deepseek", &mut random);
                state.accounts.push(Account::new(id.clone(), "deepseek", id.0.clone(), credential));
            }
        });
        let mut spenders: Vec<_> = (0..ACCOUNTS).map(Spender::of).collect();
        let mut at = from;
        while at < to {
            let end = at.plus(STRETCH).min(to);
            history.host.set_now(end);
            history.change(&LoadScope::Answerable, |state, now| {
                while at < now {
                    for (id, spender) in history.ids.iter().zip(&mut spenders) {
                        // No alarm and no answer comes on the millisecond.
                        let at = at.plus(spender.next() % 9_000);
                        let readings = vec![spender.live()];
                        state.observe(id, Observation { at, role: Role::Follows, readings });
                        if let Some(account) = state.account_mut(id) {
                            account.pulse.read_at = Some(at);
                        }
                    }
                    at = at.plus(5 * MINUTE);
                }
                state.settle(now);
            });
        }
        history.now.set(to.plus(MINUTE));
        history.host.set_now(to.plus(MINUTE));
        history.host.run(on_event(&history.host, Event::Start));
        let spenders = Rc::new(RefCell::new(spenders));
        history.host.answers(move |_| {
            let Reading::Balance(Balance { pools, .. }) = spenders.borrow_mut()[0].live() else {
                panic!("it reports balances")
            };
            let total = pools.total();
            let info = json!({"currency": "USD", "total_balance": total, "granted_balance": "0.00", "topped_up_balance": total});
            let body = json!({"is_available": true, "balance_infos": [info]}).to_string();
            Ok(Answer::new(200, body))
        });
        history
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, ms: u64) {
        self.now.set(self.now.get().plus(ms));
        self.host.set_now(self.now.get());
    }

    /// The bytes of everything stored, keys included.
    pub(crate) fn bytes(&self) -> usize {
        self.host.stored.borrow().iter().map(|(key, text)| key.len() + text.len()).sum()
    }

    /// The same by kind of value.
    pub(crate) fn bytes_by_kind(&self) -> Vec<(String, usize)> {
        let mut kinds: Vec<(String, usize)> = Vec::new();
        let mut add = |kind: &str, bytes: usize| match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, sum)) => *sum += bytes,
            None => kinds.push((kind.to_owned(), bytes)),
        };
        for (key, text) in self.host.stored.borrow().iter() {
            let kind = key.split('.').next().expect("a key");
            if kind != "readings" {
                add(kind, key.len() + text.len());
                continue;
            }
            let shard: Value = serde_json::from_str(text).expect("a shard");
            let parts = shard.as_object().expect("a shard").iter();
            let parts: Vec<_> = parts.map(|(name, part)| (name.clone(), part.to_string().len())).collect();
            let counted: usize = parts.iter().map(|(_, bytes)| bytes).sum();
            parts.iter().for_each(|(name, bytes)| add(&format!("readings: {name}"), *bytes));
            add("readings: names", key.len() + text.len() - counted);
        }
        kinds
    }

    /// The state as the popup needs it.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State, Timestamp) -> T) -> T {
        self.step(&LoadScope::Lately, |state, now| (look(state, now), Decision::Leave))
    }

    fn change(&self, reach: &LoadScope, change: impl FnOnce(&mut State, Timestamp)) {
        self.step(reach, |state, now| {
            change(state, now);
            ((), Decision::Write(save(state)))
        });
    }

    fn step<T>(&self, reach: &LoadScope, step: impl FnOnce(&mut State, Timestamp) -> (T, Decision)) -> T {
        let (mut step, mut value) = (Some(step), None);
        let mut decide = |stored: &Values| match State::load(stored, self.host.now(), reach) {
            Loaded::Needs(keys) => Decision::Need(keys),
            Loaded::Unusable(why) => panic!("{why:?}"),
            Loaded::Complete(mut state) => {
                let step = step.take().expect("it is done once");
                let (done, decision) = step(&mut state, self.host.now());
                value = Some(done);
                decision
            }
        };
        self.host.run(self.host.change(root_keys(), &mut decide)).expect("memory is large enough");
        value.expect("it was loaded")
    }
}
