//! A file that waits in the browser's session for an answer of its user. What a page shows of it is one value, and its
//! rows are another.

use serde::{Deserialize, Serialize};

use crate::app::sealing::remember_unlocked;
use crate::app::{App, Rejected};
use crate::books::reading::AccountId;
use crate::files::{ColumnMapping, Question, RowCounts};
use crate::host::Host;
use crate::money::Money;
use crate::store::ImportConflict;
use crate::time::Day;
use crate::vault::Secret;

/// The name under which the session remembers what is shown of the file that waits. Written after its rows.
pub(super) const WAITING: &str = "waiting-file";
/// The name of the rows of a table whose columns are to be chosen.
pub(super) const TABLE: &str = "waiting-table";
/// The name of what was read of a file, until it is known whether it replaces or adds.
pub(super) const BILLS: &str = "waiting-bills";
/// The most bytes that wait, 4 MB as base64: a browser's session keeps 10 MB in all.
pub(super) const MOST_WAITING: usize = 3 << 20;

/// A file that waits, without its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The account that it is for.
    pub(super) account: AccountId,
    /// Its name.
    pub(super) file: String,
    /// What it waits for.
    pub(super) asks: Asks,
}

/// What a file waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asks {
    /// Which columns of it are meant.
    Columns(Columns),
    /// Whether it replaces what is known of its days or is added to it.
    Overlap(Overlapping),
    /// Which account it is for, and whether what was read of it is right.
    Preview(Preview),
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Preview {
    /// Its first lines, in order of time.
    pub(super) first: Vec<PreviewRow>,
    /// What became of its rows.
    pub(super) rows: RowCounts,
    /// Whether the account that was chosen is one of files. Otherwise a new one is proposed.
    pub(super) is_sure: bool,
}

/// One line of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PreviewRow {
    pub(super) day: Day,
    pub(super) name: String,
    pub(super) sum: Money,
}

/// A table, as far as its columns are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Columns {
    /// The names of its columns.
    pub(super) head: Vec<String>,
    /// What was chosen so far, or is likely.
    pub(super) chosen: ColumnMapping,
    /// What is still to be answered.
    pub(super) question: Question,
}

/// What an account and a file say of the same days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Overlapping {
    /// The provider whose export it is, where the account is of another.
    pub(super) other_provider: Option<String>,
    /// The days, by book.
    pub(super) conflicts: Vec<ImportConflict>,
}

/// The file that waits.
pub(crate) async fn waiting<H: Host>(app: &App<'_, H>) -> Option<Waiting> {
    serde_json::from_str(&recall(app, WAITING).await?).ok()
}

/// Remembers what is shown of a file that waits.
pub(super) async fn remember_shown<H: Host>(app: &App<'_, H>, waiting: &Waiting) -> Result<(), Rejected> {
    let text = serde_json::to_string(waiting).map_err(|_| Rejected::unexpected())?;
    remember_rows(app, WAITING, text).await
}

/// Remembers the rows of a file that waits. Rejected where the vault is locked: a locked session remembers nothing.
pub(super) async fn remember_rows<H: Host>(
    app: &App<'_, H>,
    name: &str,
    rows: String,
) -> Result<(), Rejected> {
    if remember_unlocked(app, name, &Secret::from(rows)).await? {
        Ok(())
    } else {
        Err(Rejected::unlock_first())
    }
}

pub(super) async fn recall<H: Host>(app: &App<'_, H>, name: &str) -> Option<String> {
    let text = app.host.recall(name).await?;
    // EXPOSE: it is no key; what is shown of it are the names of columns.
    Some(text.expose().to_owned())
}

/// Forgets the file that waits.
pub(super) async fn forget<H: Host>(app: &App<'_, H>) {
    for name in [WAITING, TABLE, BILLS] {
        app.host.forget(name).await;
    }
}
