//! Telling the user, at the end of a refresh, what has crossed a line since the last.

use crate::app::context::App;
use crate::app::failure::Failure;
use crate::app::session;
use crate::app::tx::{Step, commit};
use crate::books::alert::{Alert, AlertSettings, Subject, judged};
use crate::books::statement::Statement;
use crate::host::{Host, Notification};
use crate::provider::Problem;
use crate::screen::{Field, Lock, Said, View, notification};
use crate::store::State;
use crate::time::Timestamp;

/// Judges every condition that is wanted, remembers it, and shows one notification of all that is new. What is found
/// while the user wants silence is found again after it. Remembered first: no alert comes twice.
pub(super) async fn tell<H: Host>(app: &App<'_, H>) -> Result<(), Failure> {
    let (hour, is_key_known) = (app.host.hour(), session::data_key(app).await.is_some());
    let is_silent = Step::lately()
        .only(&[])
        .look(app, |state, now| state.settings.alerts.is_quiet(hour) || !is_news(app, state, now));
    if is_silent.await? {
        return Ok(());
    }
    let told = Step::lately().only(&[]).commit(app, |state, now| judge(app, state, now, is_key_known));
    if let Some(told) = told.await? {
        app.host.notify(&told).await;
    }
    Ok(())
}

fn is_news<H: Host>(app: &App<'_, H>, state: &State, now: Timestamp) -> bool {
    let mut memory = state.alerts.clone();
    memory.judge(now.month(), judge_all(state, &app.statement(state, now)));
    memory != state.alerts
}

fn judge<H: Host>(
    app: &App<'_, H>,
    state: &mut State,
    now: Timestamp,
    is_key_known: bool,
) -> Option<Notification> {
    let statement = app.statement(state, now);
    let judged = judge_all(state, &statement);
    let alerts = state.alerts.judge(now.month(), judged);
    let view = View {
        state,
        statement: &statement,
        lock: Lock::new(state, is_key_known),
        note: None,
        waiting: None,
    };
    notification(&view, &alerts)
}

fn judge_all(state: &State, statement: &Statement) -> Vec<(Alert, bool)> {
    let subjects: Vec<Subject<'_>> = state
        .accounts
        .iter()
        .zip(&statement.accounts)
        .filter(|(account, _)| account.is_askable())
        .map(|(account, statement)| Subject {
            statement,
            expires: &account.expires,
            key_expires: account.key_expires,
            is_key_refused: account.problem == Some(Problem::KeyRefused),
        })
        .collect();
    judged(&state.settings.alerts, statement, &subjects)
}

/// Keeps what the user wants to be told.
pub(super) async fn wanted<H: Host>(
    app: &App<'_, H>,
    wanted: Result<AlertSettings, Field>,
) -> Result<Said, Failure> {
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(field) => return Ok(Said::BadField(field)),
    };
    commit(app, |state, _| {
        state.settings.alerts = wanted;
        Said::Saved
    })
    .await
}
