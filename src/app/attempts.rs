//! The refresh that is under way, as the browser's session remembers it: which accounts it asks since when.
//!
//! Beginning a refresh writes nothing to disk. A refresh that is still remembered while no other holds the name of a
//! refresh was cut off, because the worker was stopped. An account that it has read by then was asked since it began, so
//! that the order of its commit and of forgetting the refresh does not matter.

use serde::{Deserialize, Serialize};

use crate::app::context::App;
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::State;
use crate::time::Timestamp;
use crate::vault::Secret;

/// Under which name the session remembers it.
const ATTEMPTS: &str = "attempts";

/// A refresh that is under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempts {
    /// When it began.
    began: Timestamp,
    /// The accounts that it asks.
    accounts: Vec<AccountId>,
    /// Whether pages show how far it has come.
    progress: Progress,
}

/// Whether pages show how far a refresh has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Progress {
    /// A person waits for it.
    Shown,
    /// Nobody asked for it: its figures appear as they come.
    Hidden,
}

impl Attempts {
    pub(crate) fn new(began: Timestamp, accounts: Vec<AccountId>, progress: Progress) -> Attempts {
        Attempts { began, accounts, progress }
    }

    /// Remembers it for the browser's session. Where that fails, only its being cut off would not be seen.
    pub(crate) async fn remember<H: Host>(&self, app: &App<'_, H>) {
        if let Ok(text) = serde_json::to_string(self) {
            let _ = app.host.remember(ATTEMPTS, &Secret::from(text)).await;
        }
    }

    /// The one that is under way, or was cut off.
    pub(crate) async fn recall<H: Host>(app: &App<'_, H>) -> Option<Attempts> {
        let text = app.host.recall(ATTEMPTS).await?;
        // EXPOSE: it holds ids and a time, and no secret.
        serde_json::from_str(text.expose()).ok()
    }

    /// Forgets it.
    pub(crate) async fn forget<H: Host>(app: &App<'_, H>) {
        app.host.forget(ATTEMPTS).await;
    }

    /// Marks in a state the accounts that it has not read yet.
    pub(crate) fn mark(&self, state: &mut State, now: Timestamp) {
        state.mark_attempts(self.began, &self.accounts, now);
    }

    /// The same, where pages show it.
    pub(crate) fn show(&self, state: &mut State, now: Timestamp) {
        if self.progress == Progress::Shown {
            self.mark(state, now);
        }
    }
}
