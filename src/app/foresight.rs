//! Foresees the keys that a step will need, from earlier steps of this worker or one before it.
//!
//! A step begins with the list of accounts. That names their records, which name their months: each is one round trip to the
//! browser, and values already read are parsed again. A step that asks for all keys at once takes one. Unneeded keys do no
//! harm: a load takes only the values that it looks for.
//!
//! What the pages of a dashboard need beyond the figures of this month is remembered apart, so that a refresh does not read it.
//! Both start anew with the UTC month, because each month is stored under a key of its own.

use crate::app::context::App;
use crate::books::reading::AccountId;
use crate::books::statement::Period;
use crate::host::Host;
use crate::store::{LoadScope, is_history, is_history_of, is_record, is_totals};
use crate::time::Month;
use crate::vault::Secret;

/// The session's names for the keys, one on each line, for the next worker. The month follows.
const LATELY: &str = "needed-";
const PAGES: &str = "needed-by-pages-";

/// The session's name for the keys that most steps need.
pub(super) fn name(month: Month) -> String {
    format!("{LATELY}{month}")
}

/// The keys that a step probably needs in addition to its first ones. Leaves out the history of some accounts.
pub(super) async fn foresee<H: Host>(
    app: &App<'_, H>,
    scope: &LoadScope,
    left_out: &[AccountId],
) -> Vec<String> {
    let month = app.host.now().month();
    let mut keys = known(app, &name(month)).await;
    if is_of_pages(scope, month) {
        add_new(&mut keys, &known(app, &format!("{PAGES}{month}")).await);
    }
    keys.retain(|key| match scope {
        LoadScope::Accounts => is_record(key),
        LoadScope::Lately if is_totals(key) => false,
        _ => !left_out.iter().any(|id| is_history_of(key, id)),
    });
    keys
}

/// Remembers the keys that a step needed.
pub(super) async fn learn<H: Host>(app: &App<'_, H>, scope: &LoadScope, needed: Vec<String>) {
    let month = app.host.now().month();
    let is_lately = matches!(scope, LoadScope::Accounts | LoadScope::Lately);
    let is_known = |key: &str| is_record(key) || is_totals(key) || (is_lately && is_history(key));
    add(app, &name(month), &needed, &is_known).await;
    if is_of_pages(scope, month) {
        add(app, &format!("{PAGES}{month}"), &needed, &is_history).await;
    }
}

/// Whether a step loads what a page of the dashboard shows. An overview of another month is opened rarely.
fn is_of_pages(scope: &LoadScope, month: Month) -> bool {
    matches!(scope, LoadScope::Answerable) || *scope == LoadScope::Overview(Period::Month(month))
}

async fn known<H: Host>(app: &App<'_, H>, name: &str) -> Vec<String> {
    let memory = app.host.memory();
    if let Some((_, keys)) = memory.needed.borrow().iter().find(|(known, _)| known == name) {
        return keys.clone();
    }
    // EXPOSE: it holds keys of storage, and no secret.
    let text = app.host.recall(name).await;
    let keys: Vec<String> = text.iter().flat_map(|text| text.expose().lines()).map(str::to_owned).collect();
    keep(app, name, keys.clone());
    keys
}

fn keep<H: Host>(app: &App<'_, H>, name: &str, keys: Vec<String>) {
    let memory = app.host.memory();
    let mut needed = memory.needed.borrow_mut();
    needed.retain(|(known, _)| known != name);
    needed.push((name.to_owned(), keys));
}

/// Adds those of the needed keys that `is_it` picks.
async fn add<H: Host>(app: &App<'_, H>, name: &str, needed: &[String], is_it: &dyn Fn(&str) -> bool) {
    let new: Vec<String> = needed.iter().filter(|key| is_it(key)).cloned().collect();
    if new.is_empty() {
        return;
    }
    let mut keys = known(app, name).await;
    let count = keys.len();
    add_new(&mut keys, &new);
    if keys.len() > count {
        let text = keys.iter().fold(String::new(), |text, key| text + key + "\n");
        keep(app, name, keys);
        // A worker that does not find them loads step by step.
        let _ = app.host.remember(name, &Secret::from(text)).await;
    }
}

fn add_new(keys: &mut Vec<String>, more: &[String]) {
    for key in more {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
}
