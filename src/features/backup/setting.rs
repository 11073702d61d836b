//! When the last backup was made, and when one is due.

use crate::store::{GlobalSetting, State};
use crate::time::{DAY, Timestamp};

/// When the last backup was made in this browser, or the one that it was restored from.
pub(super) const MADE_AT: GlobalSetting<Option<Timestamp>> = GlobalSetting::new("backup.made_at", None);
/// After this time without a backup, the page says so.
const DUE_AFTER: u64 = 30 * DAY;

/// Whether more would be lost than the last 30 days.
pub(super) fn is_due(state: &State, now: Timestamp) -> bool {
    let since = state.accounts.iter().flat_map(|account| &account.since).map(|(_, since)| *since).min();
    let safe = MADE_AT.get(&state.settings).max(since);
    safe.is_some_and(|safe| safe.plus(DUE_AFTER) <= now)
}
