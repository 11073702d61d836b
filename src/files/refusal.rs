//! Why a file is not imported, and how much of one is.
//!
//! Knows what the user can do about it, and where the flaw is. Never holds text out of the file.

use core::fmt;

/// The most that is read in total, unpacked, in bytes. A year of one busy account is a twentieth of it. `cargo run --example
/// peak` shows that reading it takes less than 64 MB.
pub const MOST_BYTES: usize = 10 << 20;
/// The most files in total.
pub const MOST_FILES: usize = 100;
/// The most rows in total.
pub const MOST_ROWS: usize = 200_000;

/// Why nothing was imported, and where that shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, by its name in the archive where it is in one.
    pub file: String,
    /// The row as a spreadsheet counts it, from 1 for the head.
    pub row: Option<usize>,
    /// The column, by the name that it has in an export: never by text out of the file.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub why: RefusalReason,
}

/// What is wrong with a file, by what the user can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// There is no row in it.
    Empty,
    /// It is of no kind that is known.
    Unknown,
    /// It is of another provider than the files before it.
    Mixed,
    /// It tells quantities and no costs: the table with the costs is missing.
    NoCosts,
    /// It is not as it was exported. With a row and a column, the cell is not what the column says; with a row alone,
    /// the row has more or fewer cells than the head; with a column alone, that is missing or there twice.
    Unreadable,
    /// It is encrypted, an archive inside the archive, or packed in an unusual way.
    Packed,
    /// The archive is incomplete or altered.
    Damaged,
    /// It is more than [`MOST_BYTES`], [`MOST_FILES`] or [`MOST_ROWS`], or names more days or models than an account can have.
    TooMuch,
    /// It is longer than what can wait until its columns are pointed at.
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
            (RefusalReason::Empty, _, _) => ": there is nothing in it",
            (RefusalReason::Unknown, _, _) => ": this is no export that is known",
            (RefusalReason::Mixed, _, _) => ": this is of another provider than the others",
            (RefusalReason::NoCosts, _, _) => ": the table of costs is missing",
            (RefusalReason::Unreadable, None, _) => ": it must be there, and once only",
            (RefusalReason::Unreadable, Some(_), None) => ": it has more or fewer cells than the head",
            (RefusalReason::Unreadable, Some(_), Some(_)) => ": this is not what the column should hold",
            (RefusalReason::Packed, _, _) => ": it is encrypted, or packed in an unusual way",
            (RefusalReason::Damaged, _, _) => ": the archive is incomplete or altered",
            (RefusalReason::TooMuch, _, _) => ": this is more than an export can be",
            (RefusalReason::TooLong, _, _) => ": this is longer than what can wait",
        })
    }
}

impl core::error::Error for Refused {}
