//! The context of one event: the host, and how its commits are published.
//!
//! The figures of an account stay valid until a commit changes the account, and for a minute at most, because they depend on the
//! time too. The worker's memory keeps them with the number of their commit. So a popup that opens before a refresh, the progress
//! of that refresh and its result derive each account's figures once for what is shown, and once for what has changed.

use core::cell::Cell;
use std::collections::BTreeMap;

use crate::app::view::Publisher;
use crate::books::reading::AccountId;
use crate::books::statement::{
    AccountInput, AccountStatement, ClosedMonth, DetailedStatement, Statement, StatementInput,
};
use crate::host::Host;
use crate::store::{Account, Settings, State};
use crate::text::Language;
use crate::time::{MINUTE, Timestamp};

/// The context of one event.
#[derive(Debug)]
pub struct App<'h, H> {
    /// The world outside.
    pub host: &'h H,
    /// How a commit is published.
    pub(super) publisher: Publisher,
    derived: Cell<usize>,
}

/// For how long derived figures may be shown, in milliseconds.
const FRESH_FOR: u64 = MINUTE;

impl<'h, H: Host> App<'h, H> {
    /// The context of a new event.
    pub fn new(host: &'h H, publisher: Publisher) -> App<'h, H> {
        App { host, publisher, derived: Cell::new(0) }
    }

    /// How often the figures of an account were derived during this event.
    pub fn derived(&self) -> usize {
        self.derived.get()
    }

    /// The language of the pages: the chosen one, or else the browser's.
    pub(crate) fn language(&self, settings: &Settings) -> Language {
        settings.language.unwrap_or_else(|| self.host.language())
    }

    /// The commit of the cached figures, and the accounts that have some, except those in `changing`.
    pub(crate) fn known(&self, changing: &[AccountId]) -> (u64, Vec<AccountId>) {
        let (memory, now) = (self.host.memory(), self.host.now());
        let figures = memory.figures.borrow();
        let Some((rev, _)) = figures.of.filter(|(_, at)| is_fresh(*at, now)) else {
            return (0, Vec::new());
        };
        let accounts = figures.accounts.iter().map(|account| account.id.clone());
        (rev, accounts.filter(|id| !changing.contains(id)).collect())
    }

    /// Sets the commit of the cached figures.
    pub(crate) fn number(&self, rev: u64) {
        let memory = self.host.memory();
        let mut figures = memory.figures.borrow_mut();
        figures.of = figures.of.map(|(_, at)| (rev, at));
    }

    /// Every figure of a state. An account whose history was not loaded gets its cached figures.
    pub(crate) fn statement(&self, state: &State, now: Timestamp) -> Statement {
        let memory = self.host.memory();
        let mut figures = memory.figures.borrow_mut();
        let known = core::mem::take(&mut figures.accounts).into_iter();
        let mut by_id = BTreeMap::new();
        // Not by `collect` (see [`crate::order`]).
        by_id.extend(known.map(|known| (known.id.clone(), known)));
        let mut is_any_known = false;
        let of_account = |account: &Account| {
            let known = by_id.remove(&account.id).filter(|_| !state.has_history(&account.id));
            is_any_known |= known.is_some();
            known.unwrap_or_else(|| {
                self.derived.set(self.derived.get() + 1);
                AccountStatement::new(&input(state, account), now)
            })
        };
        figures.accounts = state.accounts.iter().map(of_account).collect();
        let at = figures.of.filter(|_| is_any_known).map_or(now, |(_, at)| at);
        figures.of = Some((state.rev, at));
        Statement::from_accounts(&totals(state, now), figures.accounts.clone())
    }
}

/// Whether figures that were derived at a moment may still be shown: on the same UTC day, and not for long.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    at <= now && now.since(at) < FRESH_FOR && at.day() == now.day()
}

/// Every figure of a state at a moment, with the details of every loaded day and month: for the dashboard, which caches no
/// figures for a later commit.
pub fn detailed_statement(state: &State, now: Timestamp) -> DetailedStatement<'_> {
    let closed = state.accounts.iter().flat_map(|account| {
        let months = state.months(&account.id);
        months.map(|(month, currency, spend)| ClosedMonth {
            account: account.id.clone(),
            currency,
            month,
            spend,
        })
    });
    let accounts = state.accounts.iter().map(|account| input(state, account)).collect();
    DetailedStatement::new(StatementInput { accounts, ..totals(state, now) }, closed.collect())
}

/// Every figure of a state at a moment.
pub fn statement(state: &State, now: Timestamp) -> Statement {
    let accounts = state.accounts.iter().map(|account| AccountStatement::new(&input(state, account), now));
    Statement::from_accounts(&totals(state, now), accounts.collect())
}

/// The input of the totals, without accounts.
fn totals(state: &State, now: Timestamp) -> StatementInput<'_> {
    StatementInput {
        now,
        currency: state.settings.currency,
        rates: &state.settings.rates,
        plans: &state.settings.plans,
        budget: state.settings.budget,
        accounts: Vec::new(),
    }
}

/// The input of an account's figures.
pub(crate) fn input<'a>(state: &'a State, account: &'a Account) -> AccountInput<'a> {
    AccountInput {
        id: &account.id,
        provider: &account.provider,
        history: state.history(account),
        since: &account.since,
        settles_after: account.settles_after(),
        lost: state.lost_months(&account.id),
        credits: &account.expires,
        reloads: account.reloads,
        is_watched: state.settings.alerts.unusual || state.settings.alerts.rise,
        is_ended: account.is_ended(),
        stale_after: account.stale_after(&state.settings),
        ends: account.ends(),
        left: &account.left,
        read_at: account.pulse.read_at,
    }
}
