//! "Ask me later": hides one question or one warning of an account for a week. The account's other items, unusual spend and
//! urgent warnings still appear.

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

/// How long an item stays snoozed.
const A_WEEK: u64 = 7 * DAY;
/// The maximum length of an item's name.
const LONGEST_NAME: usize = 60;

/// The names of an account's snoozed items, each with the time at which it was snoozed.
const SNOOZED: AccountSetting<Vec<(String, Timestamp)>> = AccountSetting::new("snooze.items", Vec::new());
/// When all items that an account had at that time were snoozed; earlier versions wrote it.
const ALL_SNOOZED_AT: AccountSetting<Option<Timestamp>> = AccountSetting::new("snooze.at", None);

/// A question or warning of an account that can be snoozed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// What happened in the book's window that ended at this time.
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

/// The name of the item as it is stored.
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
    /// Whether the item already existed when all items of its account were snoozed.
    fn existed_at(&self, at: Timestamp) -> bool {
        !matches!(self, Item::Question(_, end) if *end > at)
    }
}

/// Snoozes one item of an account for a week, or ends its snooze.
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

/// Until when an item is snoozed. `None` if it is not.
pub(crate) fn until(account: &Account, item: Item, now: Timestamp) -> Option<Timestamp> {
    let name = item.to_string();
    let own = SNOOZED.get(account).into_iter().find(|(known, _)| *known == name).map(|(_, at)| at);
    let all = ALL_SNOOZED_AT.get(account).filter(|at| item.existed_at(*at));
    own.into_iter().chain(all).filter_map(|at| lasts(at, now)).max()
}

/// The end of a snooze that began at `at`. `None` if it is over, or began in the future because a clock was wrong.
fn lasts(at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    Some(at.plus(A_WEEK)).filter(|until| at <= now && now < *until)
}
