//! Accounts with a history as a worker would have stored it, and a provider that answers for them.

use std::cell::Cell;
use std::fmt;

use drawdown::books::bill::{Bill, Line};
use drawdown::books::reading::{AccountId, Balance, Pools, Reading, Role};
use drawdown::host::{Decision, Host, Values};
use drawdown::money::{Amount, Currency};
use drawdown::provider::{Answer, Report};
use drawdown::store::{Account, LoadScope, Loaded, State, root_keys};
use drawdown::time::{DAY, MINUTE, Timestamp};
use drawdown::vault::{DataKey, Secret};
use drawdown_lab::fake::{Fake, moment, save};
use serde_json::json;

/// What the accounts report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Prepaid balances, by DeepSeek.
    Balances,
    /// Bills of days, by OpenAI.
    Bills,
}

impl fmt::Display for Kind {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.pad(if *self == Kind::Balances { "balances" } else { "bills" })
    }
}

/// Each balance at [`NOW`], in millionths.
const BALANCE: i128 = 990_000_000;
const NOW: &str = "2026-11-28T12:00:00Z";

/// Accounts with their history at [`NOW`], unlocked, and a provider whose every answer differs from the one before.
pub(crate) fn build(kind: Kind, count: u64) -> Fake {
    let now = moment(NOW);
    let host = Fake::new("2026-10-31T12:00:00Z");
    let key = DataKey::make(&mut |bytes| host.random(bytes));
    host.run(host.remember("data-key", &key.to_text())).expect("memory is large enough");
    let provider = if kind == Kind::Balances { "deepseek" } else { "openai" };
    let ids: Vec<_> = (0..count).map(|place| AccountId(format!("{place:08x}"))).collect();
    change(&host, &LoadScope::Lately, |state| {
        for id in &ids {
            let mut random = |bytes: &mut [u8]| host.random(bytes);
            let credential = key.seal(&Secret::new("sk-0123456789"), &id.0, provider, &mut random);
            state.accounts.push(Account::new(id.clone(), provider, id.0.clone(), credential));
        }
    });
    let first = now.minus(28 * DAY);
    match kind {
        Kind::Balances => {
            for day in 0..28 {
                let begin = first.plus(day * DAY);
                host.set_now(begin.plus(DAY));
                change(&host, &LoadScope::Answerable, |state| {
                    for (id, place) in ids.iter().zip(1_u64..) {
                        for quarter in 1..=96 {
                            let at = begin.plus(quarter * 15 * MINUTE);
                            // Each falls to the balance from which the provider continues, and no two accounts share a
                            // balance.
                            let left = i128::from((28 * 96 - day * 96 - quarter) * 1_000 + place);
                            let readings = vec![balance(BALANCE + left)];
                            record(state, id, at, Report { readings, ..Report::default() });
                        }
                    }
                    state.settle(begin.plus(DAY));
                });
            }
        }
        Kind::Bills => {
            let days = first
                .month()
                .span()
                .days()
                .chain(now.month().span().days())
                .take_while(|day| day.span().to <= now);
            let days: Vec<_> = days.collect();
            let months = ids.iter().map(|id| (id.clone(), vec![first.month(), now.month()]));
            host.set_now(now);
            change(&host, &LoadScope::of_months(months), |state| {
                for id in &ids {
                    let bills = days.iter().map(|day| {
                        let mut bill = Bill::empty(Currency::USD, *day);
                        for name in ["gpt-5", "gpt-5-mini", "embeddings"] {
                            let amount = Amount::from_digits(123, 2).expect("it fits");
                            bill.add(Line { name: name.to_owned(), amount, wallet: None });
                        }
                        bill
                    });
                    let report = Report { bills: bills.collect(), ..Report::default() };
                    record(state, id, now, report);
                }
                state.settle(now);
            });
        }
    }
    host.set_now(now);
    let asked = Cell::new(0_i128);
    host.answers(move |request| {
        asked.set(asked.get() + 1);
        Ok(answer(&request.url, asked.get()))
    });
    host
}

/// From now on, every answer is the same.
pub(crate) fn rest(host: &Fake) {
    host.answers(|request| Ok(answer(&request.url, 10_000)));
}

/// Lets so many minutes pass, and at least some milliseconds.
pub(crate) fn pass(host: &Fake, minutes: u64) {
    host.set_now(host.now().plus(minutes * MINUTE + 7));
}

fn answer(url: &str, spent: i128) -> Answer {
    let body = if url.contains("deepseek") {
        let left = Amount::from_digits(BALANCE - spent, 6).expect("it fits").to_string();
        let info = json!({"currency": "USD", "total_balance": left, "granted_balance": "0.00", "topped_up_balance": left});
        json!({"is_available": true, "balance_infos": [info]}).to_string()
    } else if url.contains("costs") {
        let amount = json!({"value": 1 + spent, "currency": "usd"});
        let results = json!([{"amount": amount, "line_item": "gpt-5"}]);
        json!({"data": [{"start_time": 1_795_737_600, "end_time": 1_795_824_000, "results": results}], "has_more": false}).to_string()
    } else {
        json!({"data": [], "has_more": false}).to_string()
    };
    Answer::new(200, body)
}

fn balance(millionths: i128) -> Reading {
    let granted = Amount::from_digits(0, 6).expect("it fits");
    let topped_up = Amount::from_digits(millionths, 6).expect("it fits");
    Reading::Balance(Balance { currency: Currency::USD, pools: Pools::Split { granted, topped_up } })
}

fn record(state: &mut State, id: &AccountId, at: Timestamp, report: Report) {
    state.record(id, at, Role::Follows, report);
    if let Some(account) = state.account_mut(id) {
        account.pulse.read_at = Some(at);
        account.pulse.asked_at = Some(at);
    }
}

fn change(host: &Fake, scope: &LoadScope, change: impl FnOnce(&mut State)) {
    let mut change = Some(change);
    let mut decide = |stored: &Values| match State::load(stored, host.now(), scope) {
        Loaded::Needs(keys) => Decision::Need(keys),
        Loaded::Unusable(_) => Decision::Leave,
        Loaded::Complete(mut state) => {
            (change.take().expect("it is done once"))(&mut state);
            Decision::Write(save(&mut state))
        }
    };
    host.run(host.change(root_keys(), &mut decide)).expect("memory is large enough");
}
