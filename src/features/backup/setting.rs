//! The time of the last backup, and when the next is due.

use crate::store::{GlobalSetting, State};
use crate::time::{DAY, Timestamp};

/// When this browser last made a backup, or when the backup was made that it was restored from.
pub(super) const MADE_AT: GlobalSetting<Option<Timestamp>> = GlobalSetting::new("backup.made_at", None);
/// After this time without a backup, the page reminds the user.
const DUE_AFTER: u64 = 30 * DAY;

/// Whether the last backup, or the start of tracking, is 30 days ago or more.
pub(super) fn is_due(state: &State, now: Timestamp) -> bool {
    let since = state.accounts.iter().flat_map(|account| &account.since).map(|(_, since)| *since).min();
    let safe = MADE_AT.get(&state.settings).max(since);
    safe.is_some_and(|safe| safe.plus(DUE_AFTER) <= now)
}
