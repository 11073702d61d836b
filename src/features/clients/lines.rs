//! The lines of an account that can have their own client: its models, projects or products.

use std::collections::BTreeMap;

use crate::money::Amount;
use crate::order::in_order;
use crate::store::{Account, State};

/// The maximum number of lines offered.
const MOST_OFFERED: usize = 200;

/// The names of an account's lines in the loaded bills, the largest amount first.
fn billed(state: &State, account: &Account) -> Vec<String> {
    let mut amounts: BTreeMap<String, Amount> = BTreeMap::new();
    for line in state.history(account).bills.iter().flat_map(|bill| &bill.lines) {
        let amount = amounts.entry(line.name.clone()).or_default();
        *amount = *amount + line.amount;
    }
    let named = amounts.into_iter().filter(|(name, _)| !name.is_empty());
    in_order(named, |(_, one), (_, other)| other.cmp(one)).into_iter().map(|(name, _)| name).collect()
}

/// The names that a form offers: the largest lines, and those with a client.
pub(super) fn offered(state: &State, account: &Account) -> Vec<String> {
    let mut names = billed(state, account);
    names.truncate(MOST_OFFERED);
    for (line, _) in account.clients.lines() {
        if !names.iter().any(|name| name == line) {
            names.push(line.to_owned());
        }
    }
    names
}

/// Whether an account has a line of this name in the loaded bills, or a client for it.
pub(super) fn is_known(state: &State, account: &Account, line: &str) -> bool {
    let is_named = account.clients.lines().any(|(known, _)| known == line);
    is_named || billed(state, account).iter().any(|name| name == line)
}
