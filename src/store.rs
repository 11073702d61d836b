//! The stored schema: keys, formats, version.
//!
//! Knows how stored texts become values and back, and how a refresh changes them. Does not know the browser or the pages. Every
//! value is JSON text, except the log, which is lines. The history of an account is stored in one shard a month, so that a
//! refresh reads and writes two of them. When a day is over, its figures are stored next to its readings and used in their
//! place. After 62 days the readings are deleted (rule L13).
//!
//! ```text
//!   meta              version, and the number of commits
//!   settings          the user's choices
//!   vault             the data key, sealed under the password
//!   accounts          the ids of all accounts, in order
//!   account.ID        one account, with its sealed credential
//!   pulse             when each account was last asked and read, and its last problem
//!   alerts            which alerts held when they were last checked
//!   forecasts         the forecasts of the total on the tenth of the last 13 months
//!   readings.ID.MONTH one account's readings, settled days and bills of one UTC month
//!   months.ID         the totals of one account's months
//!   sync              while syncing is on: when each field last changed, and which items were read and written
//!   requests          the latest requests, 50 rows at most
//!   requests.N        50 older rows each
//!   popup             the commit that the popup shows before the worker is awake, and until when
//!   popup.SECTION     one section of that, as HTML
//!   damaged.KEY       the unreadable part of a value, kept unchanged
//!   spare             in a second store: a copy of settings, vault and accounts
//! ```
//!
//! ```
//! use drawdown::host::{SPARE, Values};
//! use drawdown::time::Timestamp;
//! use drawdown::store::{Loaded, LoadScope, State};
//!
//! let now = Timestamp::parse("2026-11-22T07:00:00Z").unwrap();
//! // The second copy, which holds nothing then, tells a first run from a loss.
//! let mut stored = Values::default();
//! assert!(matches!(State::load(&stored, now, &LoadScope::Lately), Loaded::Needs(keys) if keys == [SPARE]));
//! stored.set(SPARE.to_owned(), None);
//! assert!(matches!(State::load(&stored, now, &LoadScope::Lately), Loaded::Complete(state) if state.accounts.is_empty()));
//! ```

mod account;
mod accounts;
mod backup;
mod clients;
mod closings;
mod commit;
mod compaction;
mod corrections;
mod credits;
mod feature_settings;
mod feature_values;
mod imported_bills;
mod imports;
mod json;
mod keys;
mod load_scope;
mod loaded;
mod manual;
mod merge;
mod month_bill;
mod month_totals;
mod months;
mod naming;
mod peak_use;
mod pulse;
mod record;
mod recovery;
mod removal;
mod request_log;
mod root;
mod schedule;
mod settings;
mod settled_days;
mod shard;
mod state;
mod stored_shard;
mod submissions;
mod sync;

pub use account::{Account, AccountStatus, Replacement, Source};
pub use accounts::{Accounts, Direction};
pub use backup::{Backup, BackupError, Restored};
pub use clients::Clients;
pub use closings::{Closing, Closings, Restatement};
pub use corrections::CorrectionError;
pub use feature_settings::{AccountSetting, GlobalSetting};
pub use imports::{Import, ImportConflict, ImportedPeriod, Importing};
pub use keys::{POPUP, is_history, is_history_of, is_record, is_totals, root_keys, section_key};
pub use load_scope::{LoadScope, months_of};
pub use loaded::{Skip, Unusable};
pub use pulse::Pulse;
pub use request_log::{MOST_REQUESTS, Outgoing, Sent, keys_with_log, keys_with_whole_log};
pub use schedule::Ended;
pub use settings::Settings;
pub use state::{Frame, Loaded, State};
pub use sync::{Item, ItemKind, OwnItem, SyncRecord, SyncTrouble, item_key, parse_key, written, written_at};
