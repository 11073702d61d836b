//! The screens: a [`View`] of the state becomes the HTML of both pages, the badge and the tooltip.
//!
//! Knows how a figure is written and which section shows it. Does not know how a figure came about, nor the browser:
//! times are left as `<time>` elements that the page fills in the reader's zone, and no style or script is inlined,
//! because the content policy refuses both.
//!
//! A page is a row of sections, each with an id; the page replaces those that changed. A section that has nothing to
//! say is there, empty and hidden.

mod accounts;
mod badge;
mod chart;
mod connect;
mod dashboard;
mod estimate;
mod format;
mod import;
mod lines;
mod pieces;
mod plans;
mod popup;
mod questions;
mod said;
mod settings;
mod words;

pub use badge::badge;
pub use dashboard::dashboard;
pub use popup::popup;
pub use said::{Field, Imported, Lasts, Note, Said};

use crate::money::{Amount, Currency};
use crate::period::Day;
use crate::provider::{Card, Text};
use crate::providers;
use crate::screen::words::{EN, Words};
use crate::state::{Account, Life, State};
use crate::statement::{AccountStatement, Statement};

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
    pub fn of(state: &State, is_key_known: bool) -> Lock {
        match (state.vault.is_some(), is_key_known) {
            (true, true) => Lock::Unlocked,
            (true, false) => Lock::Locked,
            (false, true) => Lock::Unsealed,
            (false, false) if state.accounts.iter().any(|account| account.life != Life::Ended) => Lock::Lost,
            (false, false) => Lock::Empty,
        }
    }
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

/// What to call an account: its provider's name, and its label where it has one.
pub(crate) fn name(account: &Account) -> String {
    let provider = card(account).map_or(account.provider.as_str(), |card| card.name);
    if account.label.is_empty() { provider.to_owned() } else { format!("{provider} {}", account.label) }
}
