//! The screens: a [`View`] of the state becomes the HTML of both pages, the badge and the tooltip.
//!
//! Knows how a figure is written and which section shows it. Does not know how a figure came about, nor the browser:
//! times are left as `<time>` elements that the page fills in the reader's zone, and no style or script is inlined,
//! because the content policy refuses both.
//!
//! A page is a row of sections, each with an id; the page replaces those that changed. A section that has nothing to
//! say is there, empty and hidden.

mod accounts;
mod ahead;
mod alerts;
mod badge;
mod balance_chart;
mod chart;
mod connect;
mod dashboard;
mod data;
mod estimate;
mod format;
mod import;
mod keyless;
mod lines;
mod overlap;
mod own;
mod pieces;
mod plans;
mod point;
mod popup;
mod questions;
mod said;
mod settings;
mod words;

pub use alerts::notification;
pub use badge::{badge, unsaved};
pub use dashboard::dashboard;
pub use overlap::Overlapping;
pub use point::Waiting;
pub use popup::{POPUP_SECTIONS, popup, popup_sections};
pub use said::{Field, ImportSummary, Lasts, Note, Said};

use crate::books::statement::{AccountStatement, Statement};
use crate::money::{Amount, Currency};
use crate::provider::Card;
use crate::providers;
use crate::screen::words::{EN, Words};
use crate::store::{Account, AccountStatus, State};
use crate::text::Text;
use crate::time::Day;

/// All that a screen shows.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What rests.
    pub state: &'a State,
    /// What it comes to.
    pub statement: &'a Statement,
    /// Whether keys can be used.
    pub lock: Lock,
    /// What came of the page's last command.
    pub note: Option<&'a Note>,
    /// The file that waits until its columns are pointed at.
    pub waiting: Option<&'a Waiting>,
}

/// Whether the keys can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// There is no vault and nothing to seal.
    Empty,
    /// Keys are in use that no password seals yet: they are gone when the browser closes.
    Unsealed,
    /// No password seals the keys, and the session that could use them is over: they must be pasted again.
    Lost,
    /// The password is needed.
    Locked,
    /// They can.
    Unlocked,
}

impl Lock {
    /// Tells it from what rests and whether the session knows the data key.
    pub fn new(state: &State, is_key_known: bool) -> Lock {
        let mut takes_keys = state
            .accounts
            .iter()
            .filter(|account| account.life != AccountStatus::Ended && account.source.is_key());
        match (state.vault.is_some(), is_key_known) {
            (true, true) => Lock::Unlocked,
            (true, false) => Lock::Locked,
            // Of accounts without a key there is nothing to seal.
            (false, _) if takes_keys.next().is_none() => Lock::Empty,
            (false, true) => Lock::Unsealed,
            (false, false) => Lock::Lost,
        }
    }
}

/// One sentence as the only section of an answer, for a message that named no page.
pub fn sentence(said: &Said) -> String {
    pieces::alone(&EN, said).into_string()
}

impl<'a> View<'a> {
    /// The phrases of the reader's language.
    fn words(&self) -> &'static Words {
        &EN
    }

    /// A card's prose in the reader's language.
    fn text(&self, text: &Text) -> &'static str {
        (self.words().pick)(text)
    }

    /// An amount in full, unless amounts are hidden.
    fn money(&self, amount: Amount, currency: Currency) -> String {
        if self.state.settings.is_hidden {
            format::HIDDEN.to_owned()
        } else {
            format::money(amount, currency)
        }
    }

    /// A day, with its year where that is another than this.
    fn date(&self, day: Day) -> String {
        let is_this_year = day.month().year() == self.statement.month.year();
        if is_this_year { (self.words().date)(day) } else { (self.words().date_with_year)(day) }
    }

    /// Every account with what it comes to, in the order in which they were connected.
    fn accounts(&self) -> impl Iterator<Item = (&'a Account, &'a AccountStatement)> {
        let of = |account: &'a Account| {
            let statement = self.statement.accounts.iter().find(|statement| statement.id == account.id)?;
            Some((account, statement))
        };
        self.state.accounts.iter().filter_map(of)
    }

    /// How many accounts go on.
    fn going_on(&self) -> usize {
        self.statement.accounts.iter().filter(|account| !account.is_ended).count()
    }
}

/// The card of an account's provider.
fn card(account: &Account) -> Option<&'static Card> {
    providers::find(&account.provider).map(|provider| &provider.card)
}

/// What to call an account: its provider's name, and its label where it has one. Of no known provider, its label alone.
pub(crate) fn name(account: &Account) -> String {
    let (name, label) = names(account);
    if label.is_empty() { name.to_owned() } else { format!("{name} {label}") }
}

/// The two parts of that.
fn names(account: &Account) -> (&str, &str) {
    match card(account).map_or(account.provider.as_str(), |card| card.name) {
        "" => (&account.label, ""),
        provider => (provider, &account.label),
    }
}
