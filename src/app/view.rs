//! The data of a page: the state with its figures, before any wording. Pages turn it into HTML.

use crate::app::failure::Failure;
use crate::app::outcome::Note;
use crate::app::place::Place;
use crate::books::statement::{AccountStatement, Statement};
use crate::host::Badge;
use crate::store::{Account, State};
use crate::text::Language;

/// All data of a page.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The stored state.
    pub state: &'a State,
    /// Every figure of the state.
    pub statement: &'a Statement,
    /// Whether the keys can be used.
    pub lock: Lock,
    /// The language of the page.
    pub language: Language,
    /// The place of the dashboard that is open.
    pub place: &'a Place,
    /// The outcome of the page's last command.
    pub note: Option<&'a Note>,
}

/// Whether the keys can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// There is no vault and nothing to seal.
    Empty,
    /// The keys are in use without a password: they are gone when the browser closes.
    Unsealed,
    /// The session ended without a password: the keys must be pasted again.
    Lost,
    /// The password is needed.
    Locked,
    /// The keys can be used.
    Unlocked,
}

/// The popup and the badge that a commit publishes.
#[derive(Clone, Debug)]
pub struct Published {
    /// The popup's sections, by their ids.
    pub popup: Vec<(&'static str, String)>,
    /// The badge.
    pub badge: Badge,
}

/// How a commit is published. The pages, a layer above the app, do it, so it is passed in.
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
    /// Derives it from the stored state, and from whether the session has the data key.
    pub fn new(state: &State, is_key_known: bool) -> Lock {
        let mut takes_keys =
            state.accounts.iter().filter(|account| !account.is_ended() && account.source.is_key());
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
    /// Every account with its figures, in the user's order.
    pub fn accounts(&self) -> impl Iterator<Item = (&'a Account, &'a AccountStatement)> {
        let of = |account: &'a Account| {
            let statement = self.statement.accounts.iter().find(|statement| statement.id == account.id)?;
            Some((account, statement))
        };
        self.state.accounts.iter().filter_map(of)
    }

    /// The number of active accounts.
    pub fn current_count(&self) -> usize {
        self.statement.accounts.iter().filter(|account| !account.is_ended).count()
    }
}
