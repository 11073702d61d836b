//! What must hold once everything has arrived.

use std::collections::{BTreeMap, BTreeSet};

use drawdown::app::statement;
use drawdown::books::ledger::{AccountHistory, derive};
use drawdown::books::reading::{Balance, Counter, Observation, Pools, Reading, Role};
use drawdown::books::statement::Statement;
use drawdown::money::{Amount, Currency};
use drawdown::store::{Account, LoadScope, State};
use drawdown::time::{Span, Timestamp};
use serde_json::Value;

use crate::computers::World;
use crate::fake::SYNC_QUOTA;
use crate::storm::cards::Reports;
use crate::storm::checks::load;
use crate::storm::remote::{Remote, Served};
use crate::storm::truth::money;

/// Runs all checks. Returns how many figures were compared.
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
    let providers = first.accounts.iter().map(|account| account.provider.as_str());
    let mut providers: Vec<&str> = providers.filter(|provider| !provider.is_empty()).collect();
    providers.sort_unstable();
    if providers.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(format!("doubled: two accounts are one: {providers:?}"));
    }
    for (account, shown) in first.accounts.iter().zip(&shown[0].accounts) {
        let remotes = world.remotes.borrow();
        let remote = remotes.iter().find(|remote| remote.card.id == account.provider);
        let of = remote.map_or(account.label.as_str(), |remote| remote.card.id);
        let Some(book) = shown.books.first().filter(|_| !world.removed.contains(of)) else { continue };
        let truth = match remote {
            Some(remote) if remote.card.is_billed() => {
                Truth { together: money(remote.of_month(now.month())), at_most: None }
            }
            Some(remote) => of_remote(first, account, remote, now)?,
            None => of_typed(first, account, &world.typed, now),
        };
        let spent = book.spend.amount.unwrap_or_default();
        figures += 1;
        if spent != truth.together {
            let what = if spent > truth.together { "doubled" } else { "lost" };
            return Err(format!("{what}: {of} shows {spent}, and all together say {}", truth.together));
        }
        if truth.at_most.is_some_and(|most| spent > most) {
            return Err(format!("doubled: {of} shows {spent}, and only {:?} was spent", truth.at_most));
        }
    }
    Ok(figures)
}

/// The true spend of an account in this month.
struct Truth {
    /// The spend derived from everything that was read, typed, declared and imported on any computer.
    together: Amount,
    /// The real spend between the first and the last reading, including the whole window across the month's edge. `None` if the
    /// figure does not come from readings alone.
    at_most: Option<Amount>,
}

fn of_remote(state: &State, account: &Account, remote: &Remote, now: Timestamp) -> Result<Truth, String> {
    let since = account.since.iter().map(|(_, since)| *since).min().ok_or("no book")?;
    let served: Vec<&Served> = remote.served.iter().filter(|served| served.at >= second(since)).collect();
    let observed: Vec<Observation> =
        served.iter().enumerate().map(|(place, served)| read(remote, served, place == 0)).collect();
    let (history, month) = (state.history(account), Span { from: now.month().span().from, to: now });
    let is_read_only = history.corrections.is_empty() && history.bills.is_empty();
    let before = served.iter().rev().find(|served| served.at <= month.from).or(served.first());
    let least = before.zip(served.last()).map_or(0, |(first, last)| last.spent - first.spent);
    let together = derived(state, account, &observed, now);
    Ok(Truth { together, at_most: is_read_only.then(|| money(least)) })
}

fn of_typed(state: &State, account: &Account, typed: &[Observation], now: Timestamp) -> Truth {
    Truth { together: derived(state, account, typed, now), at_most: None }
}

/// The spend of this month derived from these readings, with the declarations and files that a computer has.
fn derived(state: &State, account: &Account, observed: &[Observation], now: Timestamp) -> Amount {
    let history =
        AccountHistory { observed: observed.iter().collect(), settled: Vec::new(), ..state.history(account) };
    let month = Span { from: now.month().span().from, to: now };
    let ledger = derive(&history, now);
    ledger.books.first().and_then(|book| book.spend(month).amount).unwrap_or_default()
}

/// A time rounded down to its second: readings of a computer with a wrong clock have the provider's whole seconds.
fn second(at: Timestamp) -> Timestamp {
    Timestamp::from_ms(at.ms() / 1_000 * 1_000)
}

fn read(remote: &Remote, served: &Served, is_first: bool) -> Observation {
    let currency = Currency::USD;
    let reading = match remote.card.reports {
        Reports::Pools => Reading::Balance(Balance {
            currency,
            pools: Pools::Split { granted: money(served.granted), topped_up: money(served.paid) },
        }),
        Reports::Balance => Reading::balance(currency, money(served.paid + served.granted)),
        _ => Reading::Counter(Counter { currency, total: money(served.spent), this_month: None }),
    };
    let role = if is_first { Role::Baseline } else { Role::Follows };
    Observation { at: served.at, role, readings: vec![reading] }
}

/// Both computers have the same settings.
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

/// Only the vault in the area is readable, and everything fits.
fn no_secret(world: &World) -> Result<(), String> {
    let keys: BTreeSet<String> =
        world.remotes.borrow().iter().flat_map(|remote| remote.keys.clone()).collect();
    for computer in &world.computers {
        let synced = computer.host.synced.borrow();
        let size = computer.host.synced_bytes();
        if size > SYNC_QUOTA {
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
            let history = state.history(account);
            for correction in &history.corrections {
                let stated = serde_json::to_string(correction).unwrap_or_default();
                lines.push(format!("{} on {place}: {} {stated}", account.id.0, correction.at));
            }
            for observed in history.observed {
                let readings = serde_json::to_string(observed).unwrap_or_default();
                lines.push(format!("{} on {place}: {} {readings}", account.id.0, observed.at));
            }
        }
    }
    lines.sort();
    lines.dedup();
    lines
}
