//! A file that waits in the browser's session for the user's answer. The part that a page shows is one value, the rows are
//! another.

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

/// The session key of the part that a page shows. Written after the rows.
pub(super) const WAITING: &str = "waiting-file";
/// The session key of the rows of a table whose columns are not chosen yet.
pub(super) const TABLE: &str = "waiting-table";
/// The session key of the content of a file, until the user chose whether it replaces or adds.
pub(super) const BILLS: &str = "waiting-bills";
/// The maximum size of a file that waits, in bytes: 4 MB as base64. A browser's session holds 10 MB in all.
pub(super) const MOST_WAITING: usize = 3 << 20;

/// A file that waits, without its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Waiting {
    /// The account to import into.
    pub(super) account: AccountId,
    /// The name of the file.
    pub(super) file: String,
    /// The question that it waits for.
    pub(super) asks: Asks,
}

/// The question that a file waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asks {
    /// Which columns to read.
    Columns(Columns),
    /// Whether the file replaces the figures of its days or adds to them.
    Overlap(Overlapping),
    /// Which account it is for, and whether it was read correctly.
    Preview(Preview),
}

/// The content of a file, for the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Preview {
    /// Its first lines, in order of time.
    pub(super) first: Vec<PreviewRow>,
    /// How many rows were read and skipped.
    pub(super) rows: RowCounts,
    /// Whether the chosen account is a likely one: kept by files, or of the file's provider. Otherwise a new one is proposed.
    pub(super) is_sure: bool,
}

/// One line of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PreviewRow {
    pub(super) day: Day,
    pub(super) name: String,
    pub(super) sum: Money,
}

/// A table with the column mapping so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Columns {
    /// The names of the columns.
    pub(super) head: Vec<String>,
    /// The columns that were chosen so far, or are likely.
    pub(super) chosen: ColumnMapping,
    /// The open question.
    pub(super) question: Question,
}

/// The figures of an account and of a file for the same days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Overlapping {
    /// The provider that made the export, if the account is of another.
    pub(super) other_provider: Option<String>,
    /// The days, by book.
    pub(super) conflicts: Vec<ImportConflict>,
}

/// The file that waits.
pub(crate) async fn waiting<H: Host>(app: &App<'_, H>) -> Option<Waiting> {
    serde_json::from_str(&recall(app, WAITING).await?).ok()
}

/// Remembers the part of a waiting file that a page shows.
pub(super) async fn remember_shown<H: Host>(app: &App<'_, H>, waiting: &Waiting) -> Result<(), Rejected> {
    let text = serde_json::to_string(waiting).map_err(|_| Rejected::unexpected())?;
    remember_rows(app, WAITING, text).await
}

/// Remembers the rows of a waiting file. Rejected if the vault is locked: a locked session remembers nothing.
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
    // EXPOSE: it is no key; the page shows only column names from it.
    Some(text.expose().to_owned())
}

/// Forgets the file that waits.
pub(super) async fn forget<H: Host>(app: &App<'_, H>) {
    for name in [WAITING, TABLE, BILLS] {
        app.host.forget(name).await;
    }
}
