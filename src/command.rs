//! Everything that a page can ask for: a [`Message`] names the page and one [`Command`].
//!
//! A form's fields are the command's fields, each a text: the message is one flat JSON object of texts. A field that
//! is missing reads as empty. Does not know what a command does: that is the worker's.
//!
//! ```
//! use drawdown::command::{Command, Message, Page};
//!
//! let message = Message::read(r#"{"page":"popup","do":"pause","account":"1f"}"#).unwrap();
//! assert!(matches!(message, Message { page: Page::Popup, command: Command::Pause { account } } if account.0 == "1f"));
//! ```

use core::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::correction::{Declared, Kind};
use crate::money::{Amount, Currency};
use crate::period::{Day, Timestamp};
use crate::reading::AccountId;
use crate::vault::Secret;

/// What a page sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who asks, and whose sections are the answer.
    pub page: Page,
    /// What for.
    pub command: Command,
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
    /// Book what a provider's export tells.
    Import {
        /// Of which account.
        account: AccountId,
        /// The files, by name.
        files: Vec<File>,
    },
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

/// A file that the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it holds. `None` where that did not arrive as it was sent.
    pub bytes: Option<Vec<u8>>,
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

/// What a page's form sent, by name. All of it is kept like a secret, because some of it is.
struct Fields(Vec<(String, Secret)>);

/// A flat JSON object of texts.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Fields, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = pairs.next_entry::<String, String>()? {
                    fields.push((name, Secret::from(value)));
                }
                Ok(Fields(fields))
            }
        }
        from.deserialize_map(Pairs)
    }
}

impl Message {
    /// Reads the text that a page sent. `None` for anything that no page sends.
    pub fn read(text: &str) -> Option<Message> {
        let fields: Fields = serde_json::from_str(text).ok()?;
        let page = match fields.text("page") {
            "popup" => Page::Popup,
            "dashboard" => Page::Dashboard,
            _ => return None,
        };
        fields.command().map(|command| Message { page, command })
    }
}

impl Fields {
    fn command(&self) -> Option<Command> {
        Some(match self.text("do") {
            "show" => Command::Show,
            "refresh" => Command::Refresh,
            "hide" => Command::Hide { is_hidden: self.is_on("hidden") },
            "unlock" => Command::Unlock { password: self.secret("password") },
            "lock" => Command::Lock,
            "connect" => Command::Connect {
                provider: self.owned("provider"),
                label: self.owned("label"),
                key: self.key(),
                settings: self.settings(),
            },
            "seal" => Command::Seal { password: self.secret("password"), again: self.secret("again") },
            "suggest_password" => Command::SuggestPassword,
            "change_password" => Command::ChangePassword {
                current: self.secret("current"),
                password: self.secret("password"),
                again: self.secret("again"),
            },
            "forget_password" => Command::ForgetPassword,
            "replace_key" => Command::ReplaceKey { account: self.account(), key: self.key() },
            "take_key" => Command::TakeKey { account: self.account(), books: self.books()? },
            "drop_key" => Command::DropKey { account: self.account() },
            "pause" => Command::Pause { account: self.account() },
            "resume" => Command::Resume { account: self.account() },
            "rename" => Command::Rename { account: self.account(), label: self.owned("label") },
            "remove" => Command::Remove { account: self.account(), history: self.history()? },
            "declare" => {
                Command::Declare { account: self.account(), declared: self.declared()?, at: self.at() }
            }
            "undo" => Command::Undo { account: self.account(), correction: self.owned("correction") },
            "expiry_day" => Command::ExpiryDay {
                account: self.account(),
                currency: Maybe::read(self.text("currency"), Currency::read),
                day: Maybe::read(self.text("day"), Day::read),
            },
            "import" => Command::Import { account: self.account(), files: self.files("file") },
            "settings" => Command::Settings {
                period_minutes: Maybe::read(self.text("period_minutes"), |text| text.parse().ok()),
                currency: Maybe::read(self.text("currency"), Currency::read),
                lock_after_minutes: Maybe::read(self.text("lock_after_minutes"), |text| text.parse().ok()),
                is_locked_with_computer: self.is_on("lock_with_computer"),
            },
            _ => return None,
        })
    }

    fn field(&self, name: &str) -> Option<&Secret> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> &str {
        // EXPOSE: which fields are secret is decided by the command, not here.
        self.field(name).map_or("", Secret::expose)
    }

    fn owned(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    fn secret(&self, name: &str) -> Secret {
        self.field(name).cloned().unwrap_or_else(|| Secret::new(""))
    }

    /// A key that was pasted, or else the text of a file that was chosen.
    fn key(&self) -> Secret {
        let file = || String::from_utf8(self.files("key").pop()?.bytes?).ok();
        let is_pasted = !self.text("key").trim().is_empty();
        if is_pasted { self.secret("key") } else { Secret::from(file().unwrap_or_default()) }
    }

    fn account(&self) -> AccountId {
        AccountId(self.owned("account"))
    }

    /// A checkbox sends `on`, or nothing.
    fn is_on(&self, name: &str) -> bool {
        self.text(name) == "on"
    }

    /// The fields named `settings.NAME`.
    fn settings(&self) -> Vec<(String, String)> {
        let named = |(name, _): &(String, Secret)| {
            Some((name.strip_prefix("settings.")?.to_owned(), self.owned(name)))
        };
        self.0.iter().filter_map(named).collect()
    }

    fn books(&self) -> Option<Books> {
        match self.text("books") {
            "go_on" => Some(Books::GoOn),
            "begin_anew" => Some(Books::BeginAnew),
            _ => None,
        }
    }

    fn at(&self) -> Maybe<Timestamp> {
        Maybe::read(self.text("at"), Timestamp::read)
    }

    /// `None` where no page would send it; an amount that cannot be read is the user's.
    fn declared(&self) -> Option<Maybe<Declared>> {
        let currency = Currency::read(self.text("currency"))?;
        let kind = Kind::read(self.text("kind"))?;
        let amount = |text: &str| Amount::read(text).ok().filter(|amount| !amount.is_negative());
        Some(match Maybe::read(self.text("amount"), amount) {
            Maybe::Is(amount) => Maybe::Is(Declared { currency, kind, amount }),
            Maybe::Empty => Maybe::Empty,
            Maybe::Unreadable => Maybe::Unreadable,
        })
    }

    /// The fields `file.0`, `file.1` and so on, each base64, with its name in `file.0.name`.
    fn files(&self, field: &str) -> Vec<File> {
        let of = |place: usize| {
            let name = self.owned(&format!("{field}.{place}.name"));
            let text = self.field(&format!("{field}.{place}"))?;
            // EXPOSE: a file that the user chose is read.
            Some(File { name, bytes: STANDARD.decode(text.expose()).ok() })
        };
        (0..).map_while(of).collect()
    }

    fn history(&self) -> Option<History> {
        match self.text("history") {
            "keep" => Some(History::Keep),
            "erase" => Some(History::Erase),
            _ => None,
        }
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
