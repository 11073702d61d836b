//! The refresh in progress, as the browser's session remembers it: the accounts that it reads, and its start.
//!
//! Starting a refresh writes nothing to disk. A remembered refresh was cut off, because the worker was stopped, if nobody holds
//! the refresh lock. An account that it has already read was asked after its start, so the commit and the forgetting of the
//! refresh may happen in either order.

use serde::{Deserialize, Serialize};

use crate::app::context::App;
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::State;
use crate::time::Timestamp;
use crate::vault::Secret;

/// The session's key for it.
pub(super) const ATTEMPTS: &str = "attempts";

/// A refresh in progress.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempts {
    /// When it began.
    began: Timestamp,
    /// The accounts that it reads.
    accounts: Vec<AccountId>,
    /// Whether pages show its progress.
    progress: Progress,
}

/// Whether pages show the progress of a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Progress {
    /// A person waits for it.
    Shown,
    /// Nobody asked for it: its figures appear as they arrive.
    Hidden,
}

impl Attempts {
    pub(crate) fn new(began: Timestamp, accounts: Vec<AccountId>, progress: Progress) -> Attempts {
        Attempts { began, accounts, progress }
    }

    /// Remembers it for the browser's session. If that fails, only an interruption would go unnoticed.
    pub(crate) async fn remember<H: Host>(&self, app: &App<'_, H>) {
        if let Ok(text) = serde_json::to_string(self) {
            let _ = app.host.remember(ATTEMPTS, &Secret::from(text)).await;
        }
    }

    /// The refresh that is in progress, or was cut off.
    pub(crate) async fn recall<H: Host>(app: &App<'_, H>) -> Option<Attempts> {
        let text = app.host.recall(ATTEMPTS).await?;
        // EXPOSE: it holds ids and a time, and no secret.
        serde_json::from_str(text.expose()).ok()
    }

    /// Forgets it.
    pub(crate) async fn forget<H: Host>(app: &App<'_, H>) {
        app.host.forget(ATTEMPTS).await;
    }

    /// Marks the accounts in a state that it has not read yet.
    pub(crate) fn mark(&self, state: &mut State, now: Timestamp) {
        state.mark_attempts(self.began, &self.accounts, now);
    }

    /// Like [`Attempts::mark`], but only if pages show its progress.
    pub(crate) fn show(&self, state: &mut State, now: Timestamp) {
        if self.progress == Progress::Shown {
            self.mark(state, now);
        }
    }
}
