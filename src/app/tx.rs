//! One commit: the stored values are read, changed, shown and written in one step.
//!
//! A commit writes nothing where nothing but its own number would differ, and it says which accounts it changes, so that
//! the figures of the others are taken as they are known (see [`App`]).

use serde::Serialize;

use crate::app::attempts::Attempts;
use crate::app::badge;
use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::foresight::{foresee, learn};
use crate::app::outcome::{Outcome, Rejected};
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
    /// Only the version that wrote it may paint it.
    version: &'static str,
    /// The commit that it shows.
    rev: u64,
    /// From this moment on it shows a month that is over.
    until: u64,
    /// The language of its text, for the page's `lang`.
    lang: &'static str,
}

/// What a step reads, and which figures it needs.
pub(crate) struct Step<'a> {
    /// The keys to begin with.
    keys: Vec<String>,
    /// The months and days to load.
    scope: &'a LoadScope,
    /// The accounts whose figures may differ afterwards.
    changes: Changes<'a>,
    /// The requests to be noted in the log.
    out: Vec<Outgoing>,
}

/// The accounts whose figures a step may change.
#[derive(Clone, Copy)]
pub(crate) enum Changes<'a> {
    /// Any of them.
    Any,
    /// These at most.
    Only(&'a [AccountId]),
}

/// What is done with the stored values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// They are looked at.
    Look,
    /// They may be changed.
    Write,
}

/// What a commit keeps of a change.
enum Keep {
    Changes,
    Nothing,
}

impl<'a> Step<'a> {
    /// Loads what the figures of this month and the last need.
    pub(crate) fn lately() -> Step<'static> {
        Step::within(&LoadScope::Lately)
    }

    /// Loads these months and days.
    pub(crate) fn within(scope: &'a LoadScope) -> Step<'a> {
        Step { keys: root_keys(), scope, changes: Changes::Any, out: Vec::new() }
    }

    /// Begins with other keys.
    pub(crate) fn keys(self, keys: Vec<String>) -> Step<'a> {
        Step { keys, ..self }
    }

    /// Compares the second copy with what is stored, and looks at the popup's first frame: a worker that was stopped may
    /// have left the copies apart, and the browser may have lost the frame.
    pub(crate) fn with_copies<H>(self, app: &App<'_, H>) -> Step<'a> {
        let sections = app.publisher.sections.iter().map(|id| section_key(id));
        let copies = [SPARE, POPUP].map(str::to_owned).into_iter().chain(sections);
        self.keys(root_keys().into_iter().chain(copies).collect())
    }

    /// Changes these accounts at most.
    pub(crate) fn only(self, accounts: &'a [AccountId]) -> Step<'a> {
        Step { changes: Changes::Only(accounts), ..self }
    }

    /// Notes in the log the requests that were sent, if any.
    pub(crate) fn noting(self, out: Vec<Outgoing>) -> Step<'a> {
        if out.iter().all(Outgoing::is_empty) {
            return self;
        }
        Step { out, ..self.keys(keys_with_log()) }
    }

    /// The same with the whole log loaded, because the change may remove rows of it.
    pub(crate) fn noting_in_whole_log(self, out: Outgoing) -> Step<'a> {
        Step { out: vec![out], ..self.keys(keys_with_whole_log()) }
    }

    /// Changes the stored values, publishes the popup with them in the same write, and then the badge. `change` is called
    /// once. Fails without having written anything.
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

    /// The same for a change that may be rejected. Then nothing is written, whatever was changed before that.
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

    /// Looks at the stored values and writes nothing. Does not know of a refresh that is under way.
    pub(crate) async fn look<H: Host, T>(
        self,
        app: &App<'_, H>,
        look: impl FnOnce(&State, Timestamp) -> T,
    ) -> Result<T, Failure> {
        self.look_during(app, None, look).await
    }

    /// The same with the progress of a refresh that is under way, for drawing a page.
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

/// A commit that may change any account, with what the figures of this month and the last need.
pub(crate) async fn commit<H: Host, T>(
    app: &App<'_, H>,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Failure> {
    Step::lately().commit(app, change).await
}

/// The same, with more of what is stored.
pub(crate) async fn commit_within<H: Host, T>(
    app: &App<'_, H>,
    scope: &LoadScope,
    change: impl FnOnce(&mut State, Timestamp) -> T,
) -> Result<T, Failure> {
    Step::within(scope).commit(app, change).await
}

/// What a form changes. Forms that share this type share one copy of the code around it in the module.
pub(crate) type Change<'a> = Box<dyn FnOnce(&mut State, Timestamp) -> Outcome + 'a>;

/// The same for a form that would do its work twice. One whose work is done already changes nothing, and comes to `done`
/// as it did then.
pub(crate) async fn commit_once<H: Host, T>(
    app: &App<'_, H>,
    scope: &LoadScope,
    submission: &Submission,
    done: T,
    change: impl FnOnce(&mut State, Timestamp) -> Result<T, Rejected>,
) -> Result<T, Rejected> {
    let once = |state: &mut State, now: Timestamp| {
        if state.has_done(submission.name()) {
            return Ok(done);
        }
        let done = change(state, now)?;
        state.note_done(submission.name());
        Ok(done)
    };
    Step::within(scope).try_commit(app, once).await
}

/// Notes in the log the requests of a change that did not happen.
pub(crate) async fn note<H: Host>(app: &App<'_, H>, out: Outgoing) -> Result<(), Failure> {
    if out.is_empty() {
        return Ok(());
    }
    Step::lately().noting(vec![out]).only(&[]).commit(app, |_, _| ()).await
}

/// Looks at what the figures of this month and the last need.
pub(crate) async fn look<H: Host, T>(
    app: &App<'_, H>,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Failure> {
    Step::lately().look(app, look).await
}

/// The same, with more or less of what is stored.
pub(crate) async fn look_within<H: Host, T>(
    app: &App<'_, H>,
    scope: &LoadScope,
    look: impl FnOnce(&State, Timestamp) -> T,
) -> Result<T, Failure> {
    Step::within(scope).look(app, look).await
}

/// Looks at one account and at nothing else: what it costs does not grow with the number of accounts.
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
    let is_key_known = session::data_key(app).await.is_some();
    let (mut drawn_badge, mut is_refused) = (None, false);
    let mut decide = |state: &mut State, now: Timestamp| {
        if let Keep::Nothing = change(state, now) {
            return None;
        }
        // After the change: an account that begins with it is known by now.
        out.drain(..).for_each(|out| state.note(out, now));
        let mut values = state.changes();
        // Never write what could not be read again.
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

/// Loads the state as far as it is looked at, and writes what `decide` makes of it, if anything. Everything
/// passes through here, so it is compiled once.
async fn with_state<H: Host>(
    app: &App<'_, H>,
    access: Access,
    keys: Vec<String>,
    scope: &LoadScope,
    changes: Changes<'_>,
    attempts: Option<&Attempts>,
    decide: &mut dyn FnMut(&mut State, Timestamp) -> Option<Values>,
) -> Result<(), Failure> {
    let known = match changes {
        Changes::Any => None,
        Changes::Only(accounts) => Some(app.known(accounts)),
    };
    let left_out = known.as_ref().map_or(&[][..], |(_, accounts)| accounts);
    let mut keys: Vec<String> = keys.into_iter().chain(foresee(app, scope, left_out).await).collect();
    let (mut unusable, mut needed) = (None, Vec::new());
    let mut step = |stored: &Values| {
        let now = app.host.now();
        let skip = known.as_ref().map_or(Skip::NONE, |(rev, accounts)| Skip { rev: *rev, accounts });
        match State::load_without(stored, now, scope, &skip) {
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
    // All that one read brings is of one moment, so that a look that needs no more waits for nobody.
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
