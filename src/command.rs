//! Everything that a page can ask for: a [`Message`] names the page and one [`Command`].
//!
//! A form's fields are the command's fields. Does not know what a command does: that is the worker's.
//!
//! ```
//! use drawdown::command::{Command, Message, Page};
//!
//! let message: Message = serde_json::from_str(r#"{"page":"popup","do":"pause","account":"1f"}"#).unwrap();
//! assert!(matches!(message, Message { page: Page::Popup, command: Command::Pause { account } } if account.0 == "1f"));
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::money::Currency;
use crate::reading::AccountId;
use crate::vault::Secret;

/// What a page sends.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Message {
    /// Who asks, and whose sections are the answer.
    pub page: Page,
    /// What for.
    #[serde(flatten)]
    pub command: Command,
}

/// A page of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The small one under the toolbar button.
    Popup,
    /// The full one in a tab.
    Dashboard,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Command {
    /// Show the page as things stand.
    Show,
    /// Read every account now.
    Refresh,
    /// Show amounts, or hide them.
    Hide {
        /// Whether to hide them.
        #[serde(default)]
        hidden: Checkbox,
    },
    /// Unlock the vault, and catch up.
    Unlock {
        /// The vault's password.
        password: Secret,
    },
    /// Lock the vault.
    Lock,
    /// Try a key, and keep it as a new account if it works.
    Connect {
        /// The provider's id.
        provider: String,
        /// What the user calls the account; may be empty.
        #[serde(default)]
        label: String,
        /// The key.
        key: Secret,
        /// What the provider lets the user choose.
        #[serde(default)]
        settings: BTreeMap<String, String>,
    },
    /// Seal the keys under a password for the first time.
    Seal {
        /// The password.
        password: Secret,
        /// The same again.
        again: Secret,
    },
    /// Fill in a password that nobody has to think of.
    SuggestPassword,
    /// Change the password.
    ChangePassword {
        /// The present one.
        current: Secret,
        /// The new one.
        password: Secret,
        /// The same again.
        again: Secret,
    },
    /// Give up a vault whose password is forgotten, and all keys with it.
    ForgetPassword,
    /// Try another key for an account.
    ReplaceKey {
        /// Which.
        account: AccountId,
        /// The new key.
        key: Secret,
    },
    /// Take the key that was tried.
    TakeKey {
        /// Which account.
        account: AccountId,
        /// How its books go on.
        books: Books,
    },
    /// Drop the key that was tried.
    DropKey {
        /// Which account.
        account: AccountId,
    },
    /// Stop refreshing an account.
    Pause {
        /// Which.
        account: AccountId,
    },
    /// Refresh it again.
    Resume {
        /// Which.
        account: AccountId,
    },
    /// Change what an account is called.
    Rename {
        /// Which.
        account: AccountId,
        /// Its new name; may be empty.
        #[serde(default)]
        label: String,
    },
    /// Remove an account and its key.
    Remove {
        /// Which.
        account: AccountId,
        /// What becomes of its history.
        history: History,
    },
    /// Change how things are done.
    Settings {
        /// Minutes between two refreshes; empty for the usual.
        #[serde(default)]
        period_minutes: Maybe<u32>,
        /// The currency of the totals; empty for the one in use.
        #[serde(default)]
        currency: Maybe<Currency>,
        /// Lock after so many minutes without a touch; empty for never.
        #[serde(default)]
        lock_after_minutes: Maybe<u32>,
        /// Lock with the computer.
        #[serde(default)]
        lock_with_computer: Checkbox,
    },
}

/// How the books of an account go on under a new key (rule L12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Books {
    /// It is the same account: what happened between is a window like any other.
    GoOn,
    /// It is another: its first reading is a baseline.
    BeginAnew,
}

/// What becomes of the history of a removed account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum History {
    /// What it cost stays in the totals.
    Keep,
    /// Every reading goes.
    Erase,
}

/// A checkbox: `on` where it is checked, absent or empty where it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkbox(pub bool);

impl<'de> Deserialize<'de> for Checkbox {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Checkbox, D::Error> {
        Ok(Checkbox(String::deserialize(from)? == "on"))
    }
}

/// A field that may be left empty. What cannot be read is kept apart from what is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Maybe<T> {
    /// Nothing was entered.
    #[default]
    Empty,
    /// This was.
    Is(T),
    /// Something was that cannot be read.
    Unreadable,
}

impl<'de> Deserialize<'de> for Maybe<u32> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Maybe<u32>, D::Error> {
        Ok(Maybe::read(&String::deserialize(from)?, |text| text.parse().ok()))
    }
}

impl<'de> Deserialize<'de> for Maybe<Currency> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Maybe<Currency>, D::Error> {
        Ok(Maybe::read(&String::deserialize(from)?, Currency::read))
    }
}

impl<T> Maybe<T> {
    fn read(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Maybe<T> {
        match text.trim() {
            "" => Maybe::Empty,
            text => read(text).map_or(Maybe::Unreadable, Maybe::Is),
        }
    }
}
