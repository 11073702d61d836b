//! The reasons why a file is not imported, and the size limits.
//!
//! An error names the place of the flaw and never holds text of the file.

use core::fmt;

/// The most bytes in total, unpacked. A year of one busy account has a twentieth of this. `cargo run --example peak` shows that
/// reading this much takes less than 64 MB of memory.
pub const MOST_BYTES: usize = 10 << 20;
/// The most files in total.
pub const MOST_FILES: usize = 100;
/// The most rows in total.
pub const MOST_ROWS: usize = 200_000;
/// The most columns of a table, as in an Excel sheet. A wider text takes many times its size once it is split into cells: 10 MB
/// of commas took 590 MB.
pub const MOST_COLUMNS: usize = 16_384;

/// The reason why nothing was imported, and the place of the flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The name of the file, in its archive if there is one.
    pub file: String,
    /// The row as a spreadsheet counts it: the column names are row 1.
    pub row: Option<usize>,
    /// The column, by its name in the documented export, never by text of the file.
    pub column: Option<&'static str>,
    /// The reason.
    pub why: RefusalReason,
}

/// The reason for refusing a file. Each variant is something that the user can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// The file has no row.
    Empty,
    /// The kind of the file is unknown.
    Unknown,
    /// The file is an export of another provider than the files before it.
    Mixed,
    /// The file has quantities and no costs: the table of costs is missing.
    NoCosts,
    /// The file was changed after the export. With a row and a column: the cell has the wrong type. With only a row: the row has
    /// more or fewer cells than there are columns. With only a column: the column is missing or appears twice.
    Unreadable,
    /// The file is encrypted, an archive inside an archive, or compressed by an unusual method.
    Packed,
    /// The archive is incomplete or was changed.
    Damaged,
    /// The file exceeds [`MOST_BYTES`], [`MOST_FILES`], [`MOST_ROWS`], or the days or models that an account can have.
    TooMuch,
    /// The file is too long to be stored until the user has chosen its columns.
    TooLong,
}

impl Refused {
    pub(crate) fn file(file: &str, why: RefusalReason) -> Refused {
        Refused { file: file.to_owned(), row: None, column: None, why }
    }
}

/// For the log.
impl fmt::Display for Refused {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(to, ", row {row}")?;
        }
        if let Some(column) = self.column {
            write!(to, ", column {column}")?;
        }
        to.write_str(match (self.why, self.row, self.column) {
            (RefusalReason::Empty, _, _) => ": it is empty",
            (RefusalReason::Unknown, _, _) => ": its kind is unknown",
            (RefusalReason::Mixed, _, _) => ": it is of another provider than the other files",
            (RefusalReason::NoCosts, _, _) => ": the table of costs is missing",
            (RefusalReason::Unreadable, None, _) => ": it must be there exactly once",
            (RefusalReason::Unreadable, Some(_), None) => {
                ": it has more or fewer cells than there are columns"
            }
            (RefusalReason::Unreadable, Some(_), Some(_)) => ": the cell has the wrong type",
            (RefusalReason::Packed, _, _) => ": it is encrypted, or compressed by an unusual method",
            (RefusalReason::Damaged, _, _) => ": the archive is incomplete or was changed",
            (RefusalReason::TooMuch, _, _) => ": it is too large",
            (RefusalReason::TooLong, _, _) => ": it is too long to be kept until its columns are chosen",
        })
    }
}

impl core::error::Error for Refused {}
