//! One commit: what rests is read, changed, shown and written in one step.

use serde::Serialize;

use crate::app::failure::Failure;
use crate::app::keys;
use crate::app::unsaved;
use crate::books::statement::{AccountInput, Statement, StatementInput};
use crate::command::Submission;
use crate::host::{Decision, Host, SPARE, Values};
use crate::screen::{self, Lock, Said, View};
use crate::store::{
    Account, AccountStatus, LoadScope, Loaded, Outgoing, POPUP, State, keys_with_log, root_keys,
};
use crate::time::Timestamp;

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
pub(super) fn commit<H: Host, T>(
    host: &H,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    commit_from(host, root_keys(), None, &LoadScope::Lately, change)
}

/// The same, and compares the second copy with what rests: a worker that was stopped may have left them apart.
pub(super) fn commit_with_spare<H: Host, T>(
    host: &H,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    let keys = root_keys().into_iter().chain([SPARE.to_owned()]).collect();
    commit_from(host, keys, None, &LoadScope::Lately, change)
}

/// The same, with more of what rests.
pub(super) fn commit_within<H: Host, T>(
    host: &H,
    reach: &LoadScope,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    commit_from(host, root_keys(), None, reach, change)
}

/// The same for a form that would do its work twice. One whose work is done already changes nothing, and `done` is said
/// as it was then.
pub(super) fn commit_once<H: Host>(
    host: &H,
    reach: &LoadScope,
    submission: &Submission,
    done: Said,
    change: impl FnOnce(&mut State, Timestamp) -> Said,
) -> impl Future<Output = Result<Said, Failure>> {
    commit_within(host, reach, move |state, now| {
        once(state, submission, done, Said::is_good, |state| change(state, now))
    })
}

/// Does a form's work, unless it is done already: then `done` came of it. Remembers it where what came of it `is_good`.
pub(super) fn once<T>(
    state: &mut State,
    submission: &Submission,
    done: T,
    is_good: impl FnOnce(&T) -> bool,
    change: impl FnOnce(&mut State) -> T,
) -> T {
    if state.has_done(submission.name()) {
        return done;
    }
    let came = change(state);
    if is_good(&came) {
        state.note_done(submission.name());
    }
    came
}

/// The same, and notes in the log what went out for it. `change` may change the log too.
pub(super) fn commit_noting<H: Host, T>(
    host: &H,
    reach: &LoadScope,
    out: Outgoing,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    commit_from(host, keys_with_log(), Some(out), reach, change)
}

/// Notes what went out and came to nothing else.
pub(super) async fn note<H: Host>(host: &H, out: Outgoing) -> Result<(), Failure> {
    if out.is_empty() {
        return Ok(());
    }
    commit_noting(host, &LoadScope::Lately, out, |_, _| ()).await
}

async fn commit_from<H: Host, T>(
    host: &H,
    keys: Vec<String>,
    out: Option<Outgoing>,
    reach: &LoadScope,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Failure> {
    let (mut change, mut value) = (Some(change), None);
    let mut once = |state: &mut State, now: Timestamp| value = change.take().map(|change| change(state, now));
    commit_any(host, keys, out, reach, &mut once).await?;
    value.ok_or(Failure::StorageError)
}

/// Looks at what rests and writes nothing.
pub(super) fn look<H: Host, T>(
    host: &H,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    look_from(host, root_keys(), &LoadScope::Lately, look)
}

/// The same, with more or less of what rests.
pub(super) fn look_within<H: Host, T>(
    host: &H,
    reach: &LoadScope,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    look_from(host, root_keys(), reach, look)
}

/// The same, by other keys to begin with: [`root_keys`] or [`keys_with_log`].
pub(super) async fn look_from<H: Host, T>(
    host: &H,
    keys: Vec<String>,
    reach: &LoadScope,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Failure> {
    let (mut look, mut value) = (Some(look), None);
    let mut decide = |state: &mut State, now: Timestamp| {
        value = look.take().map(|look| look(state, now));
        None
    };
    with_state(host, keys, reach, &mut decide).await?;
    value.ok_or(Failure::StorageError)
}

async fn commit_any<H: Host>(
    host: &H,
    keys: Vec<String>,
    mut out: Option<Outgoing>,
    reach: &LoadScope,
    change: &mut dyn FnMut(&mut State, Timestamp),
) -> Result<(), Failure> {
    let is_key_known = keys::data_key(host).await.is_some();
    let (mut badge, mut is_refused) = (None, false);
    let mut decide = |state: &mut State, now: Timestamp| {
        change(state, now);
        // After the change: an account that begins with it is known by now.
        out.take().into_iter().for_each(|out| state.note(out, now));
        let mut values = state.save();
        // Never write what could not be read again.
        if !state.is_read_from(&values) {
            is_refused = true;
            return None;
        }
        state.look_lately(now);
        let statement = statement(state, now);
        let lock = Lock::new(state, is_key_known);
        let view = View { state, statement: &statement, lock, note: None, waiting: None };
        let html = screen::popup(&view);
        let until = now.month().span().to.ms();
        let frame = FirstFrame { version: env!("CARGO_PKG_VERSION"), rev: state.rev, until, html: &html };
        values.set(POPUP.to_owned(), serde_json::to_string(&frame).ok());
        badge = Some(screen::badge(&view));
        Some(values)
    };
    with_state(host, keys, reach, &mut decide).await?;
    if is_refused {
        return Err(Failure::Unreadable);
    }
    if let Some(badge) = badge {
        let unsaved = unsaved::said(host).await;
        host.badge(&unsaved.map_or(badge, |said| screen::unsaved(&said))).await;
    }
    Ok(())
}

/// Loads the state as far as it is looked at, and writes what `decide` makes of it, if anything. Everything
/// passes through here, so it is compiled once.
async fn with_state<H: Host>(
    host: &H,
    keys: Vec<String>,
    reach: &LoadScope,
    decide: &mut dyn FnMut(&mut State, Timestamp) -> Option<Values>,
) -> Result<(), Failure> {
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
    host.change(keys, &mut step).await?;
    unusable.map_or(Ok(()), |why| Err(Failure::Unusable(why)))
}

/// What the state comes to at a moment.
pub fn statement<'a>(state: &'a State, now: Timestamp) -> Statement {
    let known = |account: &'a Account| AccountInput {
        id: &account.id,
        provider: &account.provider,
        history: state.told(account),
        since: &account.since,
        settles_after: account.settles_after(),
        lost: state.lost_months(&account.id),
        reloads: account.reloads,
        is_watched: state.settings.alerts.unusual || state.settings.alerts.rise,
        is_ended: account.life == AccountStatus::Ended,
        stale_after: account.stale_after(&state.settings),
        ends: account.ends(),
        left: &account.left,
        read_at: account.read_at,
    };
    Statement::new(&StatementInput {
        now,
        currency: state.settings.currency,
        rates: &state.settings.rates,
        plans: &state.settings.plans,
        budget: state.settings.budget,
        accounts: state.accounts.iter().map(known).collect(),
    })
}
