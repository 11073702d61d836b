//! Everything that a page can ask for: a [`Message`] names the page and one [`Command`].
//!
//! A form's fields are the command's fields, each a text: the message is one flat JSON object of texts. A field that
//! is missing reads as empty. Does not know what a command does: that is the worker's.
//!
//! ```
//! use drawdown::command::{Command, Message, Page};
//!
//! let message = Message::parse(r#"{"page":"popup","do":"pause","account":"1f"}"#).unwrap();
//! assert!(matches!(message, Message { page: Page::Popup, command: Command::Pause { account }, .. } if account.0 == "1f"));
//! ```

mod fields;
mod keyless;

pub use keyless::{Keyless, Tells};

use crate::books::alert::AlertSettings;
use crate::books::correction::Declared;
use crate::books::plan::Plan;
use crate::books::reading::AccountId;
use crate::books::tokens::Count;
use crate::command::fields::Fields;
use crate::money::{Amount, Currency, Rate};
use crate::screen::Field;
use crate::time::{Day, Timestamp};
use crate::vault::Secret;

/// What a page sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who asks, and whose sections are the answer.
    pub page: Page,
    /// What for.
    pub command: Command,
    /// Which sending of a form this is.
    pub submission: Submission,
}

/// The random name that a page gives to the sending of a form, and repeats where no answer came, so that its work is done
/// once. Empty where nothing needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission(String);

impl Submission {
    /// The most letters of a name.
    const LONGEST: usize = 40;

    /// Reads a name. One that no page gives is none.
    pub fn parse(text: &str) -> Submission {
        let is_name = text.len() <= Submission::LONGEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        Submission(if is_name { text.to_owned() } else { String::new() })
    }

    /// The name, where there is one.
    pub fn name(&self) -> Option<&str> {
        Some(self.0.as_str()).filter(|name| !name.is_empty())
    }
}

/// A page of the extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The small one under the toolbar button.
    Popup,
    /// The full one in a tab.
    Dashboard,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show the page as things stand.
    Show,
    /// Read every account now.
    Refresh,
    /// List what went out lately.
    Requests,
    /// Show amounts, or hide them.
    Hide {
        /// Whether to hide them.
        is_hidden: bool,
    },
    /// Unlock the vault, and catch up.
    Unlock {
        /// The vault's password.
        password: Secret,
    },
    /// Lock the vault.
    Lock,
    /// What was lost is noted, and is told no longer.
    Noted,
    /// Try a key, and keep it as a new account if it works.
    Connect {
        /// The provider's id.
        provider: String,
        /// What the user calls the account; may be empty.
        label: String,
        /// The key.
        key: Secret,
        /// What the provider lets the user choose.
        settings: Vec<(String, String)>,
        /// The day on which the key expires; empty where it does not.
        expires: Maybe<Day>,
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
        label: String,
    },
    /// Remove an account and its key.
    Remove {
        /// Which.
        account: AccountId,
        /// What becomes of its history.
        history: History,
    },
    /// State what only the user knows: money that came or went without being spent.
    Declare {
        /// Of which account.
        account: AccountId,
        /// What.
        declared: Maybe<Declared>,
        /// When; empty for now.
        at: Maybe<Timestamp>,
    },
    /// Take a statement back.
    Undo {
        /// Of which account.
        account: AccountId,
        /// Its name.
        correction: String,
    },
    /// Note the day on which granted credit expires.
    ExpiryDay {
        /// Of which account.
        account: AccountId,
        /// In which book.
        currency: Maybe<Currency>,
        /// The day; empty to forget it.
        day: Maybe<Day>,
    },
    /// Note the day on which an account's key expires.
    KeyExpiry {
        /// Of which account.
        account: AccountId,
        /// The day; empty to forget it.
        day: Maybe<Day>,
    },
    /// Say whether an account's balance is filled up by itself.
    Reloads {
        /// Of which account.
        account: AccountId,
        /// Whether it is.
        is_on: bool,
    },
    /// Book what a provider's export tells.
    Import {
        /// Of which account.
        account: AccountId,
        /// The files, by name.
        files: Vec<File>,
    },
    /// Work out what something would cost, and keep nothing of it.
    WhatIf(WhatIf),
    /// Keep a fixed subscription.
    Plan {
        /// In place of this one; empty for a new one.
        place: Option<usize>,
        /// The plan, or what of it cannot be read.
        plan: Result<Plan, Field>,
    },
    /// Forget a fixed subscription.
    DropPlan {
        /// Which.
        place: usize,
        /// Its name, should the places have changed.
        name: String,
    },
    /// Set the most that a month shall cost.
    Budget {
        /// In the main currency; empty for none.
        amount: Maybe<Amount>,
    },
    /// Set what a currency is worth.
    Rate {
        /// The currency.
        currency: Maybe<Currency>,
        /// Units of the main currency for one of it; empty to forget.
        rate: Maybe<Rate>,
    },
    /// Turn the daily reference rates on or off.
    EcbRates {
        /// Whether they are wanted.
        is_on: bool,
    },
    /// Choose what to be told.
    Alerts {
        /// What is wanted, or what of it cannot be read.
        wanted: Result<AlertSettings, Field>,
    },
    /// Read the table that waits, or let go of it.
    Point {
        /// What was pointed at, by name.
        chosen: Vec<(String, String)>,
    },
    /// Do something about an account without a key, or keep a figure that was typed.
    Keyless(Keyless),
    /// Change how things are done.
    Settings {
        /// Minutes between two refreshes; empty for the usual.
        period_minutes: Maybe<u32>,
        /// The currency of the totals; empty for the one in use.
        currency: Maybe<Currency>,
        /// Lock after so many minutes without a touch; empty for never.
        lock_after_minutes: Maybe<u32>,
        /// Lock with the computer.
        is_locked_with_computer: bool,
    },
}

/// What may be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhatIf {
    /// What a text and its answer would cost.
    Text {
        /// What the text came to as it was read; `None` where it is too long.
        count: Option<Count>,
        /// Tokens of the answer; empty for none.
        answer: Maybe<u32>,
        /// At the prices of this model.
        of: Option<BookOf>,
        /// Or at this for a million tokens of input,
        input: Maybe<Amount>,
        /// and this for a million of output,
        output: Maybe<Amount>,
        /// in this currency.
        currency: Maybe<Currency>,
    },
    /// How long a balance would last with more in it.
    TopUp {
        /// Which balance.
        of: Option<BookOf>,
        /// How much more.
        amount: Maybe<Amount>,
    },
    /// Where the month lands, and the next, if use grows by so many percent.
    Growth(Maybe<i32>),
}

/// A book, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookOf {
    /// Of which account.
    pub account: AccountId,
    /// In which currency.
    pub currency: Currency,
    /// The model, where one is meant.
    pub model: String,
}

/// A file that the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it holds. `None` where that did not arrive as it was sent.
    pub bytes: Option<Vec<u8>>,
    /// Whether the page sent its size alone, because the files that were chosen are too large to be read.
    pub is_too_large: bool,
}

/// How the books of an account go on under a new key (rule L12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Books {
    /// It is the same account: what happened between is a window like any other.
    GoOn,
    /// It is another: its first reading is a baseline.
    BeginAnew,
}

/// What becomes of the history of a removed account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// What it cost stays in the totals.
    Keep,
    /// Every reading goes.
    Erase,
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

impl Message {
    /// Reads the text that a page sent. `None` for anything that no page sends.
    pub fn parse(text: &str) -> Option<Message> {
        let fields: Fields = serde_json::from_str(text).ok()?;
        let page = match fields.text("page") {
            "popup" => Page::Popup,
            "dashboard" => Page::Dashboard,
            _ => return None,
        };
        let submission = Submission::parse(fields.text("submission"));
        fields.command().map(|command| Message { page, command, submission })
    }
}
