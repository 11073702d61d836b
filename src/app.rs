//! The tools of every event: the stored state, the network, the vault's session, and the outcome of a command.
//!
//! Knows the order of steps: load, decide, commit, publish. Does not know a browser, any rule about money, or a feature. It
//! keeps nothing between two events but what it can derive again, and the worker may be killed at any await: committed work
//! stays, and nothing is half done.
//!
//! ```text
//!   tx        load the stored values -> change them -> publish popup and badge -> write all in one step
//!   http      sign for an origin on the card -> send -> add to the log
//!   driver    follow a provider's answers from page to page
//!   refresh   choose the accounts that are due -> driver, all at once -> tx, together those that arrived together
//!   sync      read the items of other computers -> tx -> write the items of this one
//!   session   the browser session's memory: the data key
//! ```

pub(crate) mod account;
pub(crate) mod alarm;
pub(crate) mod attempts;
mod badge;
mod context;
pub(crate) mod driver;
mod failure;
mod foresight;
pub(crate) mod google_token;
pub(crate) mod http;
mod outcome;
pub(crate) mod pages;
mod place;
pub(crate) mod refresh;
pub(crate) mod sealing;
pub(crate) mod session;
mod submission;
pub(crate) mod sync;
pub(crate) mod tx;
pub(crate) mod unsaved;
mod view;

pub(crate) use context::input;
pub use context::{App, detailed_statement, statement};
pub use failure::Failure;
pub use outcome::{Done, FilePart, Note, Outcome, Rejected, Sentence, Undo};
pub use place::{ChartMode, ModelTime, Place, Shown, Spot, Tab, YearMode};
pub use refresh::{RefreshScope, refresh};
pub use submission::Submission;
pub use view::{Lock, Published, Publisher, View};
