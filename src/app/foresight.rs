//! Foresees the keys that a step will need, from earlier steps of this worker or one before it.
//!
//! A step begins with the list of accounts. That names their records, which name their months: each is one round trip to the
//! browser, and values already read are parsed again. A step that asks for all keys at once takes one. Unneeded keys do no
//! harm: a load takes only the values that it looks for.

use crate::app::context::App;
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::{LoadScope, is_history, is_history_of, is_record, is_totals};
use crate::vault::Secret;

/// The session's key for the keys, one on each line, for the next worker.
const NEEDED: &str = "needed";

/// The keys that a step probably needs in addition to its first ones. Leaves out the history of some accounts.
pub(super) async fn foresee<H: Host>(
    app: &App<'_, H>,
    scope: &LoadScope,
    left_out: &[AccountId],
) -> Vec<String> {
    let memory = app.host.memory();
    let is_new_worker = memory.needed.borrow().is_empty();
    if is_new_worker && let Some(known) = app.host.recall(NEEDED).await {
        // EXPOSE: it holds keys of storage, and no secret.
        memory.needed.borrow_mut().extend(known.expose().lines().map(str::to_owned));
    }
    let keys = memory.needed.borrow();
    let is_likely = |key: &&String| match scope {
        LoadScope::Accounts => is_record(key),
        LoadScope::Lately if is_totals(key) => false,
        _ => !left_out.iter().any(|id| is_history_of(key, id)),
    };
    keys.iter().filter(is_likely).cloned().collect()
}

/// Remembers the keys that a step needed.
pub(super) async fn learn<H: Host>(app: &App<'_, H>, scope: &LoadScope, needed: Vec<String>) {
    let memory = app.host.memory();
    let is_lately = matches!(scope, LoadScope::Accounts | LoadScope::Lately);
    let is_likely = |key: &String| is_record(key) || is_totals(key) || (is_lately && is_history(key));
    let known = memory.needed.borrow().len();
    memory.needed.borrow_mut().extend(needed.into_iter().filter(is_likely));
    if memory.needed.borrow().len() > known {
        let keys = memory.needed.borrow().iter().fold(String::new(), |keys, key| keys + key + "\n");
        // A worker that does not find them loads step by step.
        let _ = app.host.remember(NEEDED, &Secret::from(keys)).await;
    }
}
