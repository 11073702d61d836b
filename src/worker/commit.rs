//! One commit: what rests is read, changed, shown and written in one step.

use serde::Serialize;

use crate::host::{Decision, Host, Values};
use crate::period::Timestamp;
use crate::screen::{self, Lock, View};
use crate::state::{Account, Life, Loaded, POPUP, Reach, State, root_keys};
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
/// `change` is called once, with what the figures of this month and the last need. Fails without having written
/// anything.
pub(super) async fn commit<H: Host, T>(
    host: &H,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Trouble> {
    commit_within(host, &Reach::Lately, change).await
}

/// The same, with more of what rests.
pub(super) async fn commit_within<H: Host, T>(
    host: &H,
    reach: &Reach,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Trouble> {
    let (mut change, mut value) = (Some(change), None);
    let mut once = |state: &mut State, now: Timestamp| value = change.take().map(|change| change(state, now));
    commit_any(host, reach, &mut once).await?;
    value.ok_or(Trouble::Unsaved)
}

/// Looks at what rests and writes nothing.
pub(super) async fn look<H: Host, T>(
    host: &H,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Trouble> {
    look_within(host, &Reach::Lately, look).await
}

/// The same, with more or less of what rests.
pub(super) async fn look_within<H: Host, T>(
    host: &H,
    reach: &Reach,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Trouble> {
    let (mut look, mut value) = (Some(look), None);
    let mut decide = |state: &mut State, now: Timestamp| {
        value = look.take().map(|look| look(state, now));
        None
    };
    with_state(host, reach, &mut decide).await?;
    value.ok_or(Trouble::Unsaved)
}

async fn commit_any<H: Host>(
    host: &H,
    reach: &Reach,
    change: &mut dyn FnMut(&mut State, Timestamp),
) -> Result<(), Trouble> {
    let is_key_known = keys::data_key(host).await.is_some();
    let mut badge = None;
    let mut decide = |state: &mut State, now: Timestamp| {
        change(state, now);
        let mut values = state.save();
        state.look_lately(now);
        let statement = statement(state, now);
        let lock = Lock::of(state, is_key_known);
        let view = View { state, statement: &statement, lock, note: None };
        let html = screen::popup(&view);
        let until = now.month().span().to.ms();
        let frame = FirstFrame { version: env!("CARGO_PKG_VERSION"), rev: state.rev, until, html: &html };
        values.set(POPUP.to_owned(), serde_json::to_string(&frame).ok());
        badge = Some(screen::badge(&view));
        Some(values)
    };
    with_state(host, reach, &mut decide).await?;
    if let Some(badge) = badge {
        host.badge(&badge).await;
    }
    Ok(())
}

/// Loads the state as far as it is looked at, and writes what `decide` makes of it, if anything. Everything
/// passes through here, so it is compiled once.
async fn with_state<H: Host>(
    host: &H,
    reach: &Reach,
    decide: &mut dyn FnMut(&mut State, Timestamp) -> Option<Values>,
) -> Result<(), Trouble> {
    let mut unusable = None;
    let mut step = |stored: &Values| {
        let now = host.now();
        match State::load(stored, now, reach) {
            Loaded::Needs(keys) => Decision::Need(keys),
            Loaded::Complete(mut state) => decide(&mut state, now).map_or(Decision::Leave, Decision::Write),
            Loaded::Unusable(why) => {
                unusable = Some(why);
                Decision::Leave
            }
        }
    };
    host.change(root_keys(), &mut step).await?;
    unusable.map_or(Ok(()), |why| Err(Trouble::Unusable(why)))
}

/// What the state comes to at a moment.
pub fn statement<'a>(state: &'a State, now: Timestamp) -> Statement {
    let known = |account: &'a Account| KnownAccount {
        id: &account.id,
        provider: &account.provider,
        told: state.told(account),
        since: &account.since,
        settles_after: account.settles_after(),
        lost: state.lost_months(&account.id),
        is_ended: account.life == Life::Ended,
        stale_after: account.stale_after(&state.settings),
        ends: account.ends(),
        left: &account.left,
        read_at: account.read_at,
        problem: account.problem.clone(),
    };
    Statement::of(&Known {
        now,
        currency: state.settings.currency,
        rates: &state.settings.rates,
        plans: &state.settings.plans,
        accounts: state.accounts.iter().map(known).collect(),
    })
}
