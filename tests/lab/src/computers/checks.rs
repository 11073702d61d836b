//! What holds once everything has arrived.

use std::collections::{BTreeMap, BTreeSet};

use drawdown::app::statement;
use drawdown::books::ledger::{AccountHistory, derive};
use drawdown::books::reading::{Balance, Counter, DrawOrder, Observation, Pools, Reading, Role};
use drawdown::books::statement::Statement;
use drawdown::money::{Amount, Currency};
use drawdown::store::{LoadScope, State};
use drawdown::time::{Span, Timestamp};
use serde_json::Value;

use crate::computers::World;
use crate::fake::synced_size;
use crate::storm::cards::Tells;
use crate::storm::checks::load;
use crate::storm::remote::{Remote, Served};
use crate::storm::truth::money;

/// All of it. How many figures were compared.
pub(super) fn all(world: &World) -> Result<usize, String> {
    let mut figures = 0;
    no_secret(world)?;
    let states: Vec<State> = world
        .computers
        .iter()
        .map(|computer| load(&computer.host, &LoadScope::Answerable))
        .collect::<Result<_, _>>()?;
    let now = world.now();
    let shown: Vec<Statement> = states.iter().map(|state| statement(state, now)).collect();
    let (first, others) = (states.first().ok_or("no computer")?, states.iter().zip(&shown).skip(1));
    for (place, (state, of_other)) in others.enumerate() {
        same_choices(first, state).map_err(|why| format!("computer {}: {why}", place + 1))?;
        let here: Vec<_> = shown[0].accounts.iter().collect();
        for account in here {
            let there =
                of_other.accounts.iter().find(|other| other.id == account.id).ok_or("lost: an account")?;
            let of = |account: &drawdown::books::statement::AccountStatement| {
                account
                    .books
                    .iter()
                    .map(|book| (book.currency, book.spend.amount, book.spend.mark))
                    .collect::<Vec<_>>()
            };
            figures += account.books.len();
            if of(account) != of(there) {
                return Err(format!(
                    "lost or doubled: {} shows {:?} on computer 0 and {:?} on computer {}",
                    account.id.0,
                    of(account),
                    of(there),
                    place + 1
                ));
            }
        }
    }
    let mut providers: Vec<&str> = first.accounts.iter().map(|account| account.provider.as_str()).collect();
    providers.sort_unstable();
    if providers.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(format!("doubled: two accounts with one key: {providers:?}"));
    }
    for (account, shown) in first.accounts.iter().zip(&shown[0].accounts) {
        if world.removed.contains(&account.provider) {
            continue;
        }
        let remotes = world.remotes.borrow();
        let Some(remote) = remotes.iter().find(|remote| remote.card.id == account.provider) else { continue };
        let since = account.since.iter().map(|(_, since)| *since).min().ok_or("no book")?;
        let Some(book) = shown.books.first() else { continue };
        let (all, least) = together(remote, since, now);
        let spent = book.spend.amount.unwrap_or_default();
        figures += 1;
        if spent != all {
            let what = if spent > all { "doubled" } else { "lost" };
            return Err(format!(
                "{what}: {} shows {spent}, and all readings together say {all}",
                account.id.0
            ));
        }
        if spent > least {
            return Err(format!("doubled: {} shows {spent}, and only {least} was spent", account.id.0));
        }
    }
    Ok(figures)
}

/// What all readings that were taken since then say of this month when they are taken together, and what was really spent
/// between the first and the last of them, with the whole window that crosses the month's edge.
fn together(remote: &Remote, since: Timestamp, now: Timestamp) -> (Amount, Amount) {
    let served: Vec<&Served> = remote.served.iter().filter(|served| served.at >= second(since)).collect();
    let observed: Vec<Observation> =
        served.iter().enumerate().map(|(place, served)| read(remote, served, place == 0)).collect();
    let mut history = AccountHistory::from_readings(observed.iter().collect(), DrawOrder::GrantedFirst);
    history.draw_order =
        if remote.card.has_pools() { DrawOrder::GrantedFirst } else { DrawOrder::InAnyOrder };
    let ledger = derive(&history, now);
    let month = Span { from: now.month().span().from, to: now };
    let book = ledger.books.first();
    let all = book.and_then(|book| book.spend(month).amount).unwrap_or_default();
    let before = served.iter().rev().find(|served| served.at <= month.from).or(served.first());
    let least = before.zip(served.last()).map_or(0, |(first, last)| last.spent - first.spent);
    (all, money(least))
}

/// The second that a time is of: readings of a clock that is off have the provider's whole seconds.
fn second(at: Timestamp) -> Timestamp {
    Timestamp::from_ms(at.ms() / 1_000 * 1_000)
}

fn read(remote: &Remote, served: &Served, is_first: bool) -> Observation {
    let currency = Currency::USD;
    let reading = match remote.card.tells {
        Tells::Pools => Reading::Balance(Balance {
            currency,
            pools: Pools::Split { granted: money(served.granted), topped_up: money(served.paid) },
        }),
        Tells::Balance => Reading::balance(currency, money(served.paid + served.granted)),
        _ => Reading::Counter(Counter { currency, total: money(served.spent), this_month: None }),
    };
    let role = if is_first { Role::Baseline } else { Role::Follows };
    Observation { at: served.at, role, readings: vec![reading] }
}

/// What was chosen on one computer is chosen on the other.
fn same_choices(one: &State, other: &State) -> Result<(), String> {
    let of = |state: &State| {
        let names = state.accounts.iter().map(|account| (account.id.0.clone(), account.label.clone()));
        (state.settings.budget, names.collect::<BTreeMap<_, _>>(), state.vault.clone())
    };
    let (one, other) = (of(one), of(other));
    if one == other {
        Ok(())
    } else {
        Err(format!("lost: {:?} and {:?}", (one.0, one.1), (other.0, other.1)))
    }
}

/// Nothing in the area is readable but the vault, and all of it fits.
fn no_secret(world: &World) -> Result<(), String> {
    let keys: BTreeSet<String> =
        world.remotes.borrow().iter().flat_map(|remote| remote.keys.clone()).collect();
    for computer in &world.computers {
        let synced = computer.host.synced.borrow();
        let size: usize = synced.iter().map(|(key, text)| synced_size(key, text)).sum();
        if size > 102_400 {
            return Err(format!("the area has {size} bytes"));
        }
        for (key, text) in synced.iter() {
            let read: Value = serde_json::from_str(text).map_err(|_| format!("{key} is no JSON"))?;
            let is_sealed =
                read.get("nonce").is_some() || read.get("vault").is_some() || read.get("proof").is_some();
            if !is_sealed || keys.iter().any(|secret| text.contains(secret)) {
                return Err(format!("secret: {key} can be read"));
            }
        }
    }
    Ok(())
}

/// The readings of each account on each computer, for the log.
pub(super) fn readings(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, computer) in world.computers.iter().enumerate() {
        let Ok(state) = load(&computer.host, &LoadScope::Answerable) else { continue };
        for account in state.accounts.iter() {
            for observed in state.history(account).observed {
                let readings = serde_json::to_string(observed).unwrap_or_default();
                lines.push(format!("{} on {place}: {} {readings}", account.id.0, observed.at));
            }
        }
    }
    lines.sort();
    lines.dedup();
    lines
}
