//! Which keys a step will need, as far as this worker or one before it knows that from earlier steps.
//!
//! A step begins with the list of accounts. That names their records, which name their months: each is a way to the browser
//! and back, and what was read before is read again from its text. A step that asks for all of them at once takes one.
//! What is asked for in vain does no harm: a load takes the values that it looks for.

use crate::app::context::App;
use crate::books::reading::AccountId;
use crate::host::Host;
use crate::store::{LoadScope, is_history, is_history_of, is_record, is_totals};
use crate::vault::Secret;

/// The name under which the session remembers them for the next worker, one in a line.
const NEEDED: &str = "needed";

/// The keys that a step is likely to need beyond those it begins with. It leaves out the history of some accounts.
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

/// Remembers what a step needed.
pub(super) async fn learn<H: Host>(app: &App<'_, H>, scope: &LoadScope, needed: Vec<String>) {
    let memory = app.host.memory();
    let is_lately = matches!(scope, LoadScope::Accounts | LoadScope::Lately);
    let is_likely = |key: &String| is_record(key) || is_totals(key) || (is_lately && is_history(key));
    let known = memory.needed.borrow().len();
    memory.needed.borrow_mut().extend(needed.into_iter().filter(is_likely));
    if memory.needed.borrow().len() > known {
        let keys = memory.needed.borrow().iter().fold(String::new(), |keys, key| keys + key + "\n");
        // A worker that does not find them asks step by step.
        let _ = app.host.remember(NEEDED, &Secret::from(keys)).await;
    }
}
