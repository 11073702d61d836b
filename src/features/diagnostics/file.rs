//! The file: a scenario for the replay example. It contains the readings, bills and declarations of the days whose readings are
//! kept, and lists values that were set aside, lost or unreadable.
//!
//! ```text
//!   {"format": "drawdown-diagnostics", "version": 1, "now": "2026-11-22T07:00:00Z", "amounts": "disguised",
//!    "settings": {"currency": "USD", "rates": {"CNY": "0.14"}, "budget": "100"},
//!    "accounts": [{"id": "1a2b3c4d", "provider": "deepseek", "read_at": "...", "problem": "offline", "set_aside": []}],
//!    "plans": [{"amount": "20", "currency": "USD", "every": "month", "day": 3, "since": "2026-01-03"}],
//!    "unreadable": [{"value": "readings.1a2b3c4d.2026-11", "recovered": false}],
//!    "events": [{"at": "2026-11-20T00:00:00Z", "account": "1a2b3c4d", "reading": ["", [{"balance": ["USD", "5", "15"]}]]},
//!               {"at": "2026-11-21T00:00:00Z", "account": "1a2b3c4d", "bill": {"c": "USD", "d": "2026-11-20", "l": []}},
//!               {"at": "2026-11-21T00:00:00Z", "account": "1a2b3c4d", "top_up": {"amount": "10", "currency": "USD"}}]}
//! ```
//!
//! A reading and a bill are written as they are stored. An account's settings, its key and its user's name for it are left out.

use serde_json::{Map, Value, json};

use crate::books::bill::{Bill, Line};
use crate::books::correction::{Correction, Declared, ManualFigure, standing};
use crate::books::reading::{Balance, Counter, Pools, Reading, Role, by_time};
use crate::features::diagnostics::disguise::Disguise;
use crate::money::{Amount, Currency};
use crate::order::distinct;
use crate::store::{Account, State};
use crate::time::Timestamp;

/// The version of the format. It rises when the meaning of a field changes.
const VERSION: u32 = 1;

/// Writes the file; needs [`crate::store::LoadScope::Answerable`].
pub(super) fn write(state: &State, mut disguise: Disguise, now: Timestamp) -> String {
    let mut events: Vec<(Timestamp, Value)> = Vec::new();
    for account in state.accounts.iter() {
        events.extend(events_of(state, account, &mut disguise, now));
    }
    events.sort_by_key(|(at, _)| *at);
    let settings = &state.settings;
    let mut rates = Map::new();
    for rate in settings.rates.iter().filter(|rate| settings.currency.is_none_or(|to| to == rate.to)) {
        rates.insert(rate.from.code().to_owned(), rate.rate.to_text(12).into());
    }
    let budget = settings.budget.map(|budget| disguise.amount(budget.amount));
    let plans = settings.plans.iter().map(|plan| {
        let amount = disguise.amount(plan.amount);
        json!({"amount": amount, "currency": plan.currency, "every": plan.every, "day": plan.day,
               "since": plan.since.to_string(), "until": plan.until.map(|until| until.to_string())})
    });
    let plans: Vec<Value> = plans.collect();
    let unreadable = state.troubles().iter();
    let unreadable: Vec<Value> =
        unreadable.map(|(key, is_recovered)| json!({"value": key, "recovered": is_recovered})).collect();
    let accounts: Vec<Value> =
        state.accounts.iter().map(|account| account_facts(state, account, now)).collect();
    let events: Vec<Value> = events.into_iter().map(|(_, event)| event).collect();
    let amounts = if disguise.keeps_amounts() { "real" } else { "disguised" };
    pretty(&[
        ("format", json!("drawdown-diagnostics")),
        ("version", json!(VERSION)),
        ("extension", json!(env!("CARGO_PKG_VERSION"))),
        ("now", json!(now.to_string())),
        ("amounts", json!(amounts)),
        (
            "settings",
            json!({"currency": settings.currency, "rates": rates, "budget": budget,
                   "period_minutes": settings.period_minutes}),
        ),
        ("unreadable", Value::Array(unreadable)),
        ("accounts", Value::Array(accounts)),
        ("plans", Value::Array(plans)),
        ("events", Value::Array(events)),
    ])
}

/// The document with each list item on its own line, so that people can read it.
fn pretty(fields: &[(&str, Value)]) -> String {
    let lines = fields.iter().map(|(name, value)| match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(|item| format!("  {item}")).collect();
            format!("\"{name}\": [\n{}\n]", items.join(",\n"))
        }
        value => format!("\"{name}\": {value}"),
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// The state of the account itself.
fn account_facts(state: &State, account: &Account, now: Timestamp) -> Value {
    let pulse = &account.pulse;
    let observed = state.history(account).observed;
    let set_aside = observed.into_iter().filter(|observed| observed.role == Role::Aside || observed.at > now);
    // An opening reading repeats a reading that is in the list.
    let set_aside = distinct(set_aside.map(|observed| observed.at.to_string()));
    let lost: Vec<String> = state.lost_months(&account.id).iter().map(ToString::to_string).collect();
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({
        "id": account.id,
        "provider": account.provider,
        "source": account.source,
        "status": account.life,
        "read_at": text(pulse.read_at),
        "asked_at": text(pulse.asked_at),
        "problem": pulse.problem,
        "failures": pulse.failures,
        "key_missing": account.lacks_key(),
        "set_aside": set_aside,
        "lost_months": lost,
    })
}

/// The events of an account. Events that a wrong clock dated later than now are left out.
fn events_of(
    state: &State,
    account: &Account,
    disguise: &mut Disguise,
    now: Timestamp,
) -> Vec<(Timestamp, Value)> {
    let history = state.history(account);
    let event = |at: Timestamp, what: &str, value: Value| {
        (at, json!({"at": at.to_string(), "account": account.id, what: value}))
    };
    let mut events = Vec::new();
    let mut last = None;
    for observed in by_time(history.observed.into_iter()).into_iter().filter(|observed| observed.at <= now) {
        // An opening reading repeats a reading that is in the list.
        if last.replace(observed.at) != Some(observed.at) {
            let readings: Vec<Reading> =
                observed.readings.iter().map(|reading| read(reading, disguise)).collect();
            events.push(event(observed.at, "reading", json!([observed.role, readings])));
        }
    }
    for bill in history.bills {
        events.push(event(now, "bill", json!(billed(bill, disguise))));
    }
    for (Correction { at, .. }, Declared { currency, kind, amount }) in
        standing(history.corrections.into_iter()).filter(|(correction, _)| correction.at <= now)
    {
        events.push(event(*at, kind.name(), sum(*currency, disguise.amount(*amount))));
    }
    for ManualFigure { currency, at, amount } in account.left.iter().filter(|left| left.at <= now) {
        events.push(event(*at, "left", sum(*currency, disguise.amount(*amount))));
    }
    events
}

fn sum(currency: Currency, amount: Amount) -> Value {
    json!({"amount": amount, "currency": currency})
}

fn read(reading: &Reading, disguise: &Disguise) -> Reading {
    let amount = |amount| disguise.amount(amount);
    match *reading {
        Reading::Balance(Balance { currency, pools }) => {
            let pools = match pools {
                Pools::Total(total) => Pools::Total(amount(total)),
                Pools::Split { granted, topped_up } => {
                    Pools::Split { granted: amount(granted), topped_up: amount(topped_up) }
                }
            };
            Reading::Balance(Balance { currency, pools })
        }
        Reading::Counter(Counter { currency, total, this_month }) => {
            Reading::Counter(Counter { currency, total: amount(total), this_month: this_month.map(amount) })
        }
    }
}

/// A bill without its quantities, which would reveal the amounts.
fn billed(bill: &Bill, disguise: &mut Disguise) -> Bill {
    let lines = bill.lines.iter().map(|line| {
        let (name, amount) = (disguise.name(&line.name), disguise.amount(line.amount));
        Line { name, amount, ..line.clone() }
    });
    let lines = lines.collect();
    Bill { lines, usage: Vec::new(), ..bill.clone() }
}
