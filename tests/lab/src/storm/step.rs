//! One step of a storm: the time that passes, the event, and how the browser disturbs it.
//!
//! A step refers to its subject by the index of a remote account, never by an id: ids are random, and a step must keep its
//! meaning if earlier steps are dropped.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The seconds that pass before it. Never zero, so that no two readings have the same time.
    pub after: u64,
    /// The event.
    pub act: Act,
    /// The await at which the worker is killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dies_at: Option<usize>,
    /// A simultaneous call by a second page or the browser, and the number of turns after which it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meanwhile: Option<(usize, Call)>,
}

/// The event of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The worker is called.
    Call(Call),
    /// A remote account spends this number of cents.
    Spend { remote: usize, cents: i64 },
    /// Somebody pays this number of cents into a remote account.
    TopUp { remote: usize, cents: i64 },
    /// The provider corrects the previous day's bill.
    Restate { remote: usize, cents: i64 },
    /// The provider answers like this from now on.
    Fault { remote: usize, fault: Fault },
    /// The browser's clock is set to this number of seconds after the true time.
    Clock { seconds: i64 },
    /// The browser is closed and opened again, without its startup event.
    CloseBrowser,
    /// The user unlocks the storm's initial vault.
    Unlock,
    /// The session's memory is lost, as when the extension is reloaded.
    LoseSession,
    /// The disk becomes full, or has room again.
    Full { is_full: bool },
    /// The browser withholds every host, or grants them again.
    Withheld { is_withheld: bool },
    /// A stored value is lost or replaced by this text.
    Damage { value: Stored, text: Option<String> },
}

/// A call of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// The browser reports the event with this name.
    Event(String),
    /// A page sends a form.
    Form { page: String, command: String, fields: Vec<(String, Field)> },
}

/// The content of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// This text.
    Text(String),
    /// The key of a remote account.
    Key(usize),
    /// Another key of that account.
    OtherKey(usize),
    /// The id of the account connected to a remote account.
    Account(usize),
    /// The id of that account's last declaration or import.
    Correction(usize),
    /// The amount of the last payment into a remote account.
    PaidAmount(usize),
    /// The time of that payment.
    PaidAt(usize),
    /// The provider's export of a remote account up to now, in base64.
    Export(usize),
    /// The last backup that was saved, in base64.
    Backup,
}

/// A stored value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stored {
    /// The value with this key.
    Named(String),
    /// The record of an account.
    Account(usize),
    /// The readings of an account in the current month.
    Readings(usize),
    /// The second copy.
    Spare,
}

/// How a provider answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Correctly.
    #[default]
    None,
    /// With this status, and the seconds of a `Retry-After` if there is one.
    Status(u16, Option<u32>),
    /// Not at all.
    Offline,
    /// Too late.
    TimedOut,
    /// With more than the limit.
    TooLong,
    /// With half of its answer.
    Cut,
    /// With a page for people.
    Html,
    /// With an empty object.
    Empty,
}

impl fmt::Display for Step {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&serde_json::to_string(self).unwrap_or_default())
    }
}

impl Step {
    /// An undisturbed call of the worker.
    pub fn call(after: u64, call: Call) -> Step {
        Step { after, act: Act::Call(call), dies_at: None, meanwhile: None }
    }

    /// An event outside of the worker.
    pub fn outside(after: u64, act: Act) -> Step {
        Step { after, act, dies_at: None, meanwhile: None }
    }
}

impl Call {
    /// An event.
    pub fn event(name: &str) -> Call {
        Call::Event(name.to_owned())
    }

    /// A form of the dashboard.
    pub fn form(command: &str, fields: Vec<(&str, Field)>) -> Call {
        let fields = fields.into_iter().map(|(name, field)| (name.to_owned(), field)).collect();
        Call::Form { page: "dashboard".to_owned(), command: command.to_owned(), fields }
    }
}

/// A field with this text.
pub fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}
