//! A period's spend by client. The clients' spend sums to the accounts' spend.

use crate::books::figure::{Figure, Reason};
use crate::books::statement::{DetailedStatement, LineName, Spending};
use crate::money::Amount;
use crate::order::in_order;
use crate::store::State;

/// The spend of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientTotal {
    /// The client; `None` for spend without one.
    pub(crate) client: Option<String>,
    /// The spend in the main currency, with the marks of its accounts.
    pub(crate) spend: Figure,
}

/// The spend of each client, the largest first and the spend without a client last. Empty if no account and no line has a client.
pub(crate) fn by_client(
    state: &State,
    detail: &DetailedStatement<'_>,
    spending: &Spending,
) -> Vec<ClientTotal> {
    if state.clients().is_empty() {
        return Vec::new();
    }
    let mut totals: Vec<ClientTotal> = Vec::new();
    let mut add = |client: Option<&str>, spend: Figure| match totals
        .iter_mut()
        .find(|total| total.client.as_deref() == client)
    {
        Some(total) => total.spend = Figure::sum([&total.spend, &spend]),
        None => totals.push(ClientTotal { client: client.map(str::to_owned), spend }),
    };
    for line in detail.every_line(spending) {
        let (id, name) = match &line.name {
            LineName::Named(id, name) => (id, Some(name.as_str())),
            LineName::NotBrokenDown(id) => (id, None),
            LineName::Other(_) => continue,
        };
        let Some(account) = state.account(id) else { continue };
        let of_account = spending.sum.account(id).map(|account| account.spend);
        let of_account = of_account.unwrap_or_else(|| Figure::unknown([Reason::Unread]));
        add(account.clients.client_of(name), Figure { amount: Some(line.amount), ..of_account });
    }
    // An account without lines: its spend is zero or unknown.
    for account in &spending.sum.accounts {
        let is_counted = account.spend.amount.is_some_and(|amount| !amount.is_zero());
        let clients = state.account(&account.id).map(|account| &account.clients);
        if let Some(client) = clients.and_then(|clients| clients.client_of(None)).filter(|_| !is_counted) {
            add(Some(client), account.spend);
        }
    }
    let amount = |total: &ClientTotal| total.spend.amount.unwrap_or(Amount::ZERO);
    in_order(totals, |one, other| {
        (one.client.is_none(), amount(other)).cmp(&(other.client.is_none(), amount(one)))
    })
}
