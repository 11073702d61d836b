//! One commit: what rests is read, changed, shown and written in one step.

use serde::Serialize;

use crate::host::{Badge, Decision, Host, Values};
use crate::period::Timestamp;
use crate::screen::{self, Lock, View};
use crate::state::{Account, Life, Loaded, POPUP, State, root_keys};
use crate::statement::{Known, KnownAccount, Statement};
use crate::worker::{Trouble, keys};

/// The popup's first frame, painted before the worker is awake.
#[derive(Serialize)]
struct FirstFrame<'a> {
    /// Only the version that wrote it may paint it.
    version: &'static str,
    /// The commit that it shows.
    rev: u64,
    /// From this moment on it shows a month that is over.
    until: u64,
    html: &'a str,
}

/// Changes what rests, publishes the popup with it in the same write, and then the badge.
///
/// `change` is called once, with all of the state. Fails without having written anything.
pub(super) async fn commit<H: Host, T>(
    host: &H,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Trouble> {
    let is_key_known = keys::data_key(host).await.is_some();
    let committed = decide(host, |mut state, now| {
        let value = change(&mut state, now);
        let mut values = state.save();
        let statement = statement(&state, now);
        let lock = Lock::of(&state, is_key_known);
        let view = View { state: &state, statement: &statement, lock, note: None };
        let html = screen::popup(&view);
        let until = now.month().span().to.ms();
        let frame = FirstFrame { version: env!("CARGO_PKG_VERSION"), rev: state.rev, until, html: &html };
        values.insert(POPUP.to_owned(), serde_json::to_string(&frame).ok());
        (Some(values), (value, screen::badge(&view)))
    });
    let (value, badge): (T, Badge) = committed.await?;
    host.badge(&badge).await;
    Ok(value)
}

/// Looks at what rests and writes nothing.
pub(super) async fn look<H: Host, T>(
    host: &H,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Trouble> {
    decide(host, |state, now| (None, look(&state, now))).await
}

/// Loads the state as far as this moment needs it, and writes what `decide` makes of it, if anything.
async fn decide<H: Host, T>(
    host: &H,
    decide: impl FnOnce(State, Timestamp) -> (Option<Values>, T),
) -> Result<T, Trouble> {
    let mut decide = Some(decide);
    let step = |stored: &Values| {
        let now = host.now();
        let state = match State::load(stored, now) {
            Loaded::Needs(keys) => return Decision::Need(keys),
            Loaded::Unusable(unusable) => return Decision::Leave(Err(Trouble::Unusable(unusable))),
            Loaded::Complete(state) => *state,
        };
        match decide.take().map(|decide| decide(state, now)) {
            Some((Some(values), value)) => Decision::Write(values, Ok(value)),
            Some((None, value)) => Decision::Leave(Ok(value)),
            // A host calls again only for more keys, and all were here.
            None => Decision::Leave(Err(Trouble::Unsaved)),
        }
    };
    host.change(root_keys(), step).await?
}

/// What the state comes to at a moment.
pub fn statement<'a>(state: &'a State, now: Timestamp) -> Statement {
    let mut accounts: Vec<&'a Account> = state.accounts.iter().collect();
    accounts.sort_by_key(|account| &account.id);
    let known = |account: &'a Account| KnownAccount {
        id: &account.id,
        observed: state.observed(account, now),
        since: &account.since,
        spending: account.spending(),
        lost: state.lost_months(&account.id),
        is_ended: account.life == Life::Ended,
        interval: account.interval(&state.settings),
        read_at: account.read_at,
        problem: account.problem.clone(),
    };
    Statement::of(&Known {
        now,
        currency: state.settings.currency,
        rates: &state.settings.rates,
        plans: &state.settings.plans,
        accounts: accounts.into_iter().map(known).collect(),
    })
}
