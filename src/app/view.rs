//! What a page shows: the state with its figures, before any word is chosen. Pages turn it into HTML.

use crate::app::failure::Failure;
use crate::app::outcome::Note;
use crate::app::place::Place;
use crate::books::statement::{AccountStatement, Statement};
use crate::host::Badge;
use crate::store::{Account, AccountStatus, State};
use crate::text::Language;

/// All that a page shows.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// What is stored.
    pub state: &'a State,
    /// Every figure of it.
    pub statement: &'a Statement,
    /// Whether keys can be used.
    pub lock: Lock,
    /// The language of the page.
    pub language: Language,
    /// The place of the dashboard that is open.
    pub place: &'a Place,
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

/// What a commit publishes with what it writes.
#[derive(Clone, Debug)]
pub struct Published {
    /// The popup's sections, by their ids.
    pub popup: Vec<(&'static str, String)>,
    /// The badge.
    pub badge: Badge,
}

/// How a commit is published. The pages do it, and stand above the app, so it is handed down.
#[derive(Clone, Copy, Debug)]
pub struct Publisher {
    /// The ids of the popup's sections.
    pub sections: &'static [&'static str],
    /// Draws the popup and the badge.
    pub publish: fn(&View<'_>) -> Published,
    /// The badge while nothing can be saved.
    pub unsaved: fn(&Failure, Language) -> Badge,
}

impl Lock {
    /// Finds it from what is stored and whether the session knows the data key.
    pub fn new(state: &State, is_key_known: bool) -> Lock {
        let mut takes_keys = state
            .accounts
            .iter()
            .filter(|account| account.life != AccountStatus::Ended && account.source.is_key());
        match (state.vault.is_some(), is_key_known) {
            (true, true) => Lock::Unlocked,
            (true, false) => Lock::Locked,
            // An account without a key has nothing to seal.
            (false, _) if takes_keys.next().is_none() => Lock::Empty,
            (false, true) => Lock::Unsealed,
            (false, false) => Lock::Lost,
        }
    }
}

impl<'a> View<'a> {
    /// Every account with its figures, in their user's order.
    pub fn accounts(&self) -> impl Iterator<Item = (&'a Account, &'a AccountStatement)> {
        let of = |account: &'a Account| {
            let statement = self.statement.accounts.iter().find(|statement| statement.id == account.id)?;
            Some((account, statement))
        };
        self.state.accounts.iter().filter_map(of)
    }

    /// How many accounts go on.
    pub fn going_on(&self) -> usize {
        self.statement.accounts.iter().filter(|account| !account.is_ended).count()
    }
}
