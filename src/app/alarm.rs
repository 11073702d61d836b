//! The one alarm: set only if it is missing or wrong, because setting it again would restart its countdown.

use crate::app::context::App;
use crate::app::tx::look_within;
use crate::host::{Alarm, Host};
use crate::store::{Account, LoadScope};
use crate::time::MINUTE;

/// The interval between alarms if no account sets one.
const USUAL: u64 = 15 * MINUTE;

/// Sets an alarm for the shortest interval of any account, for the second reading of a new one, and no later than the end of
/// the UTC month: the new month begins on the badge without a refresh.
pub(crate) async fn arm<H: Host>(app: &App<'_, H>) {
    let wanted = look_within(app, &LoadScope::Accounts, |state, now| {
        let asked = || state.accounts.iter().filter(|account| account.is_askable());
        let every = asked().map(|account| account.interval(&state.settings)).min().unwrap_or(USUAL);
        let second = asked().filter_map(Account::second_reading).filter(|second| *second > now).min();
        let at = now.plus(every).min(now.month().span().to);
        Alarm { at: second.map_or(at, |second| second.min(at)), every }
    });
    let Ok(wanted) = wanted.await else { return };
    let is_right = |set: Alarm| set.every == wanted.every && set.at <= wanted.at;
    if !app.host.alarm().await.is_some_and(is_right) {
        app.host.set_alarm(wanted).await;
    }
}

/// Sets the alarm to ring within a minute, for a read that the worker may not live to finish.
pub(crate) async fn ring_soon<H: Host>(app: &App<'_, H>) {
    let at = app.host.now().plus(MINUTE);
    if let Some(set) = app.host.alarm().await.filter(|set| set.at > at) {
        app.host.set_alarm(Alarm { at, ..set }).await;
    }
}
