//! What every event works with: the stored state, the network, the vault's session, and what came of it.
//!
//! Knows the order of things: load, decide, commit, publish. Does not know a browser, any rule about money, or a feature.
//! It keeps nothing between two events, and the worker may be killed at any await: what was committed stays, and nothing
//! is half done.
//!
//! ```text
//!   tx        load the stored values -> change them -> publish popup and badge -> write all in one step
//!   http      sign for an origin on the card -> send -> note for the log
//!   driver    follow a provider's answers from page to page
//!   refresh   which accounts are due -> driver, all at once -> tx, those that arrived together
//!   sync      what other computers wrote -> tx -> what this one has to tell
//!   session   what the browser's session remembers: the data key
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
