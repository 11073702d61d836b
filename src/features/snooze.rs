//! "Ask me later": for a week, one question or one warning of an account does not ask for attention. The account's others,
//! unusual spend and whatever is urgent still do.

mod view;
mod words;

pub(crate) use view::{button, mention};

use core::fmt;

use crate::app::account::change_account;
use crate::app::{App, Done, Outcome, Rejected};
use crate::features::snooze::words::words;
use crate::host::Host;
use crate::money::Currency;
use crate::store::{Account, AccountSetting};
use crate::time::{DAY, Timestamp};
use crate::ui::Form;

/// For how long nothing is asked.
const A_WEEK: u64 = 7 * DAY;
/// The longest name of an item.
const LONGEST_NAME: usize = 60;

/// What is snoozed of an account, by the names of the items, each with its time.
const SNOOZED: AccountSetting<Vec<(String, Timestamp)>> = AccountSetting::new("snooze.items", Vec::new());
/// When all that an account asked then was snoozed, as earlier versions did.
const ALL_SNOOZED_AT: AccountSetting<Option<Timestamp>> = AccountSetting::new("snooze.at", None);

/// What an account asks or warns of, and can be snoozed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// What happened in the window of a book that ended then.
    Question(Currency, Timestamp),
    /// The last figure or file is old.
    Reminder,
    /// Whether the balance is reloaded automatically.
    Reload,
    /// Another account is probably the same.
    Duplicate,
    /// The key expires soon.
    KeyExpires,
    /// Credit of a book expires soon.
    CreditExpires(Currency),
    /// The balance of a book runs out soon.
    RunsOut(Currency),
}

/// Its name, as it is stored.
impl fmt::Display for Item {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Question(currency, at) => write!(to, "question {currency} {}", at.ms()),
            Item::Reminder => to.write_str("reminder"),
            Item::Reload => to.write_str("reload"),
            Item::Duplicate => to.write_str("duplicate"),
            Item::KeyExpires => to.write_str("key_expires"),
            Item::CreditExpires(currency) => write!(to, "credit_expires {currency}"),
            Item::RunsOut(currency) => write!(to, "runs_out {currency}"),
        }
    }
}

impl Item {
    /// Whether it was there already when all of its account was snoozed.
    fn was_there(&self, at: Timestamp) -> bool {
        !matches!(self, Item::Question(_, end) if *end > at)
    }
}

/// Snoozes one item of an account for a week, or ends that.
pub(crate) async fn set<H: Host>(app: &App<'_, H>, form: &Form) -> Outcome {
    let (is_on, item) = (form.is_on("on"), form.text("of"));
    if item.is_empty() || item.len() > LONGEST_NAME {
        return Err(Rejected::unexpected());
    }
    change_account(app, &form.account(), |account, now| {
        let mut snoozed = SNOOZED.get(account);
        snoozed.retain(|(known, at)| known != item && lasts(*at, now).is_some());
        if is_on {
            snoozed.push((item.to_owned(), now));
        } else {
            ALL_SNOOZED_AT.set(account, &None);
        }
        SNOOZED.set(account, &snoozed);
        let undo = [
            ("account", account.id.0.clone()),
            ("of", item.to_owned()),
            ("on", if is_on { "" } else { "on" }.to_owned()),
        ];
        let done = if is_on { Done::of(words, |words| words.snoozed) } else { Done::saved() };
        Ok(done.undone_by("snooze", undo))
    })
    .await
}

/// Until when an item is snoozed. `None` where it is not.
pub(crate) fn until(account: &Account, item: Item, now: Timestamp) -> Option<Timestamp> {
    let name = item.to_string();
    let own = SNOOZED.get(account).into_iter().find(|(known, _)| *known == name).map(|(_, at)| at);
    let all = ALL_SNOOZED_AT.get(account).filter(|at| item.was_there(*at));
    own.into_iter().chain(all).filter_map(|at| lasts(at, now)).max()
}

/// Until when something lasts that was snoozed then. `None` where that is over, or lies ahead by a wrong clock.
fn lasts(at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    Some(at.plus(A_WEEK)).filter(|until| at <= now && now < *until)
}
