//! One commit: reads, changes, publishes and writes the stored values in one step.
//!
//! A commit writes nothing if only its own number would differ. It names the accounts that it changes, so that the figures of
//! the others come from the cache (see [`App`]).
//!
//! Functions that only hand a step on return its future. As async functions, each would add a state machine of its own to the
//! module for every change that passes through it.

use serde::Serialize;

use crate::app::attempts::Attempts;
use crate::app::badge;
use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::foresight::{foresee, learn};
use crate::app::outcome::{Done, Outcome, Rejected};
use crate::app::place::Place;
use crate::app::session;
use crate::app::submission::Submission;
use crate::app::unsaved;
use crate::app::view::{Lock, Published, View};
use crate::books::reading::AccountId;
use crate::digest::digest;
use crate::host::{Decision, Host, SPARE, Values};
use crate::store::{
    Account, Frame, LoadScope, Loaded, Outgoing, POPUP, Skip, State, keys_with_log, keys_with_whole_log,
    root_keys, section_key,
};
use crate::time::Timestamp;

/// The popup's first frame, painted before the worker is awake.
#[derive(Serialize)]
struct FirstFrame {
    /// The version that wrote it; no other may paint it.
    version: &'static str,
    /// The commit that it shows.
    rev: u64,
    /// When its month ends: it must not be painted after that.
    until: u64,
    /// The language of its text, for the page's `lang`.
    lang: &'static str,
}

/// The keys that a step reads, and the figures that it needs.
pub(crate) struct Step<'a> {
    /// The first keys to read.
    keys: Vec<String>,
    /// The months and days to load.
    scope: &'a LoadScope,
    /// The accounts whose figures may change.
    changes: Changes<'a>,
    /// The requests to log.
    out: Vec<Outgoing>,
}

/// The accounts whose figures a step may change.
#[derive(Clone, Copy)]
pub(crate) enum Changes<'a> {
    /// Any account.
    Any,
    /// At most these.
    Only(&'a [AccountId]),
}

/// How a step uses the stored values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Only reads them.
    Look,
    /// May change them.
    Write,
}

/// Which changes a commit keeps.
enum Keep {
    Changes,
    Nothing,
}

impl<'a> Step<'a> {
    /// Loads the months and days that the figures of this month and the last need.
    pub(crate) fn lately() -> Step<'static> {
        Step::within(&LoadScope::Lately)
    }

    /// Loads these months and days.
    pub(crate) fn within(scope: &'a LoadScope) -> Step<'a> {
        Step { keys: root_keys(), scope, changes: Changes::Any, out: Vec::new() }
    }

    /// Starts with other keys.
    pub(crate) fn keys(self, keys: Vec<String>) -> Step<'a> {
        Step { keys, ..self }
    }

    /// Compares the second copy with the stored values, and checks the popup's first frame: a worker that was stopped may have
    /// left the copies different, and the browser may have lost the frame.
    pub(crate) fn with_copies<H>(self, app: &App<'_, H>) -> Step<'a> {
        let sections = app.publisher.sections.iter().map(|id| section_key(id));
        let copies = [SPARE, POPUP].map(str::to_owned).into_iter().chain(sections);
        self.keys(root_keys().into_iter().chain(copies).collect())
    }

    /// Changes these accounts at most.
    pub(crate) fn only(self, accounts: &'a [AccountId]) -> Step<'a> {
        Step { changes: Changes::Only(accounts), ..self }
    }

    /// Logs the requests that were sent, if any.
    pub(crate) fn noting(self, out: Vec<Outgoing>) -> Step<'a> {
        if out.iter().all(Outgoing::is_empty) {
            return self;
        }
        Step { out, ..self.keys(keys_with_log()) }
    }

    /// Logs requests with the whole log loaded, because the change may remove rows from it.
    pub(crate) fn noting_in_whole_log(self, out: Outgoing) -> Step<'a> {
        Step { out: vec![out], ..self.keys(keys_with_whole_log()) }
    }

    /// Changes the stored values, publishes the popup in the same write, and then the badge. Calls `change` once. Writes
    /// nothing if it fails.
    pub(crate) async fn commit<H: Host, T>(
        self,
        app: &App<'_, H>,
        change: impl FnOnce(&mut State, Timestamp) -> T,
    ) -> Result<T, Failure> {
        let (mut change, mut value) = (Some(change), None);
        let mut once = |state: &mut State, now: Timestamp| {
            value = change.take().map(|change| change(state, now));
            Keep::Changes
        };
        commit_any(app, self, &mut once).await?;
        value.ok_or(Failure::StorageError)
    }

    /// Like [`Step::commit`], for a change that may be rejected. Then nothing is written, and all changes are dropped.
    pub(crate) async fn try_commit<H: Host, T>(
        self,
        app: &App<'_, H>,
        change: impl FnOnce(&mut State, Timestamp) -> Result<T, Rejected>,
    ) -> Result<T, Rejected> {
        let (mut change, mut value) = (Some(change), None);
        let mut once = |state: &mut State, now: Timestamp| {
            let changed = change.take().map(|change| change(state, now));
            let keep = if matches!(changed, Some(Ok(_))) { Keep::Changes } else { Keep::Nothing };
            value = changed;
            keep
        };
        commit_any(app, self, &mut once).await?;
        value.unwrap_or(Err(Rejected::Failed(Failure::StorageError)))
    }

    /// Reads the stored values and writes nothing. Ignores a refresh in progress.
    pub(crate) fn look<H: Host, T>(
        self,
        app: &App<'_, H>,
        look: impl FnOnce(&State, Timestamp) -> T,
    ) -> impl Future<Output = Result<T, Failure>> {
        self.look_during(app, None, look)
    }

    /// Like [`Step::look`], with the progress of a running refresh, for drawing a page.
    pub(crate) async fn look_with_progress<H: Host, T>(
        self,
        app: &App<'_, H>,
        look: impl FnOnce(&State, Timestamp) -> T,
    ) -> Result<T, Failure> {
        let attempts = Attempts::recall(app).await;
        self.look_during(app, attempts.as_ref(), look).await
    }

    async fn look_during<H: Host, T>(
        self,
        app: &App<'_, H>,
        attempts: Option<&Attempts>,
        look: impl FnOnce(&State, Timestamp) -> T,
    ) -> Result<T, Failure> {
        let (mut look, mut value) = (Some(look), None);
        let mut decide = |state: &mut State, now: Timestamp| {
            value = look.take().map(|look| look(state, now));
            None
        };
        let Step { keys, scope, changes, .. } = self;
        with_state(app, Access::Look, keys, scope, changes, attempts, &mut decide).await?;
        value.ok_or(Failure::StorageError)
    }
}

/// Commits a change of any account, with the values that the figures of this month and the last need.
pub(crate) fn commit<H: Host, T>(
    app: &App<'_, H>,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    Step::lately().commit(app, change)
}

/// Commits a change of any account, with more of the stored values.
pub(crate) fn commit_within<H: Host, T>(
    app: &App<'_, H>,
    scope: &LoadScope,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    Step::within(scope).commit(app, change)
}

/// The change that a form makes. All forms share one copy of the code that commits it.
type Change<'a> = Box<dyn FnOnce(&mut State, Timestamp) -> Outcome + 'a>;

/// Commits a form that must not do its work twice. If its work is done already, it changes nothing and returns `done`, as it
/// did then.
pub(crate) fn commit_once<'a, H: Host>(
    app: &'a App<'_, H>,
    scope: &'a LoadScope,
    submission: &'a Submission,
    done: Done,
    change: impl FnOnce(&mut State, Timestamp) -> Outcome + 'a,
) -> impl Future<Output = Outcome> + 'a {
    let once: Change<'a> = Box::new(|state, now| {
        if state.has_done(submission.name()) {
            return Ok(done);
        }
        let done = change(state, now)?;
        state.note_done(submission.name());
        Ok(done)
    });
    Step::within(scope).try_commit(app, once)
}

/// Commits a form that does no harm if it is sent twice.
pub(crate) fn commit_form<'a, H: Host>(
    app: &'a App<'_, H>,
    change: impl FnOnce(&mut State, Timestamp) -> Outcome + 'a,
) -> impl Future<Output = Outcome> + 'a {
    let change: Change<'a> = Box::new(change);
    Step::lately().try_commit(app, change)
}

/// Logs the requests of a change that did not happen.
pub(crate) async fn note<H: Host>(app: &App<'_, H>, out: Outgoing) -> Result<(), Failure> {
    if out.is_empty() {
        return Ok(());
    }
    Step::lately().noting(vec![out]).only(&[]).commit(app, |_, _| ()).await
}

/// Reads the values that the figures of this month and the last need.
pub(crate) fn look<H: Host, T>(
    app: &App<'_, H>,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    Step::lately().look(app, look)
}

/// Reads more or less of the stored values.
pub(crate) fn look_within<H: Host, T>(
    app: &App<'_, H>,
    scope: &LoadScope,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> impl Future<Output = Result<T, Failure>> {
    Step::within(scope).look(app, look)
}

/// Reads one account and nothing else: its cost does not grow with the number of accounts.
pub(crate) async fn look_at<H: Host>(app: &App<'_, H>, id: &AccountId) -> Option<Account> {
    let stored = app.host.read(vec![Account::key(id)]).await.ok()?;
    Account::load(id, &stored)
}

async fn commit_any<H: Host>(
    app: &App<'_, H>,
    step: Step<'_>,
    change: &mut dyn FnMut(&mut State, Timestamp) -> Keep,
) -> Result<(), Failure> {
    let Step { keys, scope, changes, mut out } = step;
    // It publishes figures.
    let scope = if *scope == LoadScope::Accounts { &LoadScope::Lately } else { scope };
    let is_key_known = session::data_key(app).await.is_some();
    let (mut drawn_badge, mut is_refused) = (None, false);
    let mut decide = |state: &mut State, now: Timestamp| {
        if let Keep::Nothing = change(state, now) {
            return None;
        }
        // After the change, because it may add the account of these requests.
        out.drain(..).for_each(|out| state.note(out, now));
        let mut values = state.changes();
        // Never write a value that could not be read again.
        if !state.is_read_from(&values) {
            is_refused = true;
            return None;
        }
        state.look_lately(now);
        let statement = app.statement(state, now);
        let lock = Lock::new(state, is_key_known);
        let language = app.language(&state.settings);
        let place = Place::default();
        let view = View { state, statement: &statement, lock, language, place: &place, note: None };
        let Published { popup: sections, badge } = (app.publisher.publish)(&view);
        drawn_badge = Some((badge, language));
        let (version, until) = (env!("CARGO_PKG_VERSION"), now.month().span().to.ms());
        let digest_of = |html: &String| digest(&format!("{version} {until} {html}"));
        let drawn = sections.iter().map(|(id, html)| ((*id).to_owned(), digest_of(html)));
        let (drawn, known) = (drawn.collect::<Frame>(), state.frame.clone());
        let is_drawn_anew = drawn != known;
        for ((id, html), section) in sections.into_iter().zip(&drawn) {
            if !known.contains(section) {
                values.set(section_key(id), Some(html));
            }
        }
        let is_written = state.number(&mut values, drawn);
        app.number(state.rev);
        if is_drawn_anew {
            let frame = FirstFrame { version, rev: state.rev, until, lang: language.tag() };
            values.set(POPUP.to_owned(), serde_json::to_string(&frame).ok());
        }
        is_written.then_some(values)
    };
    let attempts = Attempts::recall(app).await;
    with_state(app, Access::Write, keys, scope, changes, attempts.as_ref(), &mut decide).await?;
    if is_refused {
        return Err(Failure::Unreadable);
    }
    if let Some((badge, language)) = drawn_badge {
        let unsaved = unsaved::failure(app).await;
        let badge = unsaved.map_or(badge, |failure| (app.publisher.unsaved)(&failure, language));
        badge::paint(app, &badge).await;
    }
    Ok(())
}

/// Loads the state as far as needed, and writes the result of `decide`, if any. Every step passes through here, so it is
/// compiled once.
async fn with_state<H: Host>(
    app: &App<'_, H>,
    access: Access,
    keys: Vec<String>,
    scope: &LoadScope,
    changes: Changes<'_>,
    attempts: Option<&Attempts>,
    decide: &mut dyn FnMut(&mut State, Timestamp) -> Option<Values>,
) -> Result<(), Failure> {
    let known = || match changes {
        Changes::Any => (0, Vec::new()),
        Changes::Only(accounts) => app.known(accounts),
    };
    let foreseen = foresee(app, scope, &known().1).await;
    let mut keys: Vec<String> = keys.into_iter().chain(foreseen).collect();
    let (mut unusable, mut needed) = (None, Vec::new());
    let mut step = |stored: &Values| {
        let now = app.host.now();
        // Asked again: another event may have derived figures of another commit meanwhile.
        let (rev, accounts) = known();
        match State::load_without(stored, now, scope, &Skip { rev, accounts: &accounts }) {
            Loaded::Needs(keys) => {
                needed.extend(keys.iter().cloned());
                Decision::Need(keys)
            }
            Loaded::Complete(mut state) => {
                attempts.into_iter().for_each(|attempts| attempts.show(&mut state, now));
                decide(&mut state, now).map_or(Decision::Leave, Decision::Write)
            }
            Loaded::Unusable(why) => {
                unusable = Some(why);
                Decision::Leave
            }
        }
    };
    // All values of one read are of one moment, so a look that needs no more does not wait for a lock.
    let is_over = match access {
        Access::Write => false,
        Access::Look => match step(&app.host.read(keys.clone()).await?) {
            Decision::Need(more) => {
                keys.extend(more);
                false
            }
            Decision::Leave | Decision::Write(_) => true,
        },
    };
    if !is_over {
        app.host.change(keys, &mut step).await?;
    }
    learn(app, scope, needed).await;
    unusable.map_or(Ok(()), |why| Err(Failure::Unusable(why)))
}
