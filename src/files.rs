//! What the user exported from a provider's own page: a file becomes bills (rule L11).
//!
//! Knows the exports of DeepSeek, OpenAI and Anthropic, packed as they are downloaded or as single tables, any other
//! table once its columns are pointed at, and what it must be to count: one flaw refuses all of it. Does not know where
//! the file came from, nor which account it is for.
//!
//! Keys, their names and the user's id are among the columns. They are passed over while reading: nothing that is given
//! back holds them, and a [`Refused`] names places, never what stands there. Of rows that are skipped as a whole, such as
//! a total, a sample is given back.
//!
//! ```
//! use drawdown::files::{RefusalReason, read};
//!
//! let costs = b"utc_date,model,wallet_type,cost,currency\n20261101,deepseek-chat,Paid,1.25,CNY\n";
//! let imported = read("cost-2026-11.csv", costs).unwrap();
//! assert_eq!(imported.bills[0].amount().to_string(), "1.25");
//!
//! let garbled = b"utc_date,model,wallet_type,cost,currency\n20261101,deepseek-chat,Paid,much,CNY\n";
//! let refused = read("cost-2026-11.csv", garbled).unwrap_err();
//! assert_eq!((refused.row, refused.column, refused.why), (Some(2), Some("cost"), RefusalReason::Unreadable));
//! ```

mod anthropic;
mod archive;
mod question;
mod deepseek;
mod column_guess;
mod number_formats;
mod openai;
mod column_mapping;
mod prices;
mod row_counts;
mod merge;
mod table;

use core::fmt;

use crate::books::bill::Bill;
use crate::books::tokens::Price;
use crate::files::archive::Left;
use crate::files::merge::Item;

pub use column_mapping::{ColumnMapping, MappedTable, head, read_pointed};
pub use number_formats::{Decimals, Order};
pub use question::{Charges, Question};
pub use row_counts::{LONGEST_SAMPLE, RowCounts, Skip, Skipped, cut};

/// The most that is read in total, unpacked, in bytes. A year of one busy account is a twentieth of it. `cargo run --example
/// peak` shows that reading it takes less than 64 MB.
pub const MOST_BYTES: usize = 10 << 20;
/// The most files in total.
pub const MOST_FILES: usize = 100;
/// The most rows in total.
pub const MOST_ROWS: usize = 200_000;

/// How the table of a kind is read, up to so many rows: `None` where its head is of another.
type Read = fn(&str, &[u8], usize) -> Result<Option<ParsedTable>, Refused>;

/// The kinds that are known by their heads, each under the id of its provider.
const KINDS: [(&str, Read); 3] =
    [("deepseek", deepseek::read), ("openai", openai::read), ("anthropic", anthropic::read)];

/// The rows of one table.
enum ParsedTable {
    /// What was billed.
    Costs(Vec<Item>, RowCounts),
    /// How much was used.
    Counts(Vec<Item>, RowCounts),
}

/// What a file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The id of the provider whose export it is. `None` where its columns were pointed at.
    pub provider: Option<&'static str>,
    /// One for each UTC day that the costs cover, by currency and time; where they begin or end within a day, of that part
    /// of it.
    pub bills: Vec<Bill>,
    /// What a million tokens cost last, by model and kind, where the costs bear it out.
    pub prices: Vec<Price>,
    /// How many files were read.
    pub files: usize,
    /// How many files of an archive were passed over, because they are of no kind that is known.
    pub skipped: usize,
    /// What became of the rows.
    pub rows: RowCounts,
}

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

/// Reads an export from one file: see [`read_all`].
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refused> {
    read_all(&[(name, bytes)])
}

/// Reads an export: archives and single tables, told apart by what is in them.
///
/// Refuses the whole at the first flaw. Files of other kinds are passed over if one with costs is there.
pub fn read_all(given: &[(&str, &[u8])]) -> Result<Imported, Refused> {
    let name = given.first().map_or("", |(name, _)| *name);
    let mut left = Left { files: MOST_FILES, bytes: MOST_BYTES };
    let (mut costs, mut counts, mut provider, mut rows) =
        (Vec::new(), Vec::new(), None, RowCounts::default());
    let (mut packed, mut is_empty, mut files) = (None, true, 0);
    for (name, bytes) in given {
        archive::unpack(name, bytes, &mut left, |name, bytes| {
            (files, is_empty) = (files + 1, is_empty && bytes.trim_ascii().is_empty());
            let Some((of, sheet)) = sheet(name, bytes, MOST_ROWS.saturating_sub(rows.read))? else {
                if packed.is_none() && archive::is_archive(bytes) {
                    packed = Some(name.to_owned());
                }
                let sample = cut(name, LONGEST_SAMPLE);
                rows.skip(Skipped { why: Skip::File, count: 1, row: 0, sample });
                return Ok(());
            };
            if provider.is_some_and(|known| known != of) {
                return Err(Refused::file(name, RefusalReason::Mixed));
            }
            provider = Some(of);
            let (items, read, into) = match sheet {
                ParsedTable::Costs(items, read) => (items, read, &mut costs),
                ParsedTable::Counts(items, read) => (items, read, &mut counts),
            };
            into.push(items);
            rows.add(read);
            Ok(())
        })?;
    }
    if costs.is_empty() {
        return Err(match packed {
            Some(packed) => Refused::file(&packed, RefusalReason::Packed),
            None if !counts.is_empty() => Refused::file(name, RefusalReason::NoCosts),
            None if is_empty => Refused::file(name, RefusalReason::Empty),
            None => Refused::file(name, RefusalReason::Unknown),
        });
    }
    if costs.iter().all(Vec::is_empty) {
        return Err(Refused::file(name, RefusalReason::Empty));
    }
    let read = costs.len() + counts.len();
    let (bills, prices) =
        merge::bills(costs, counts).ok_or_else(|| Refused::file(name, RefusalReason::TooMuch))?;
    Ok(Imported { provider, bills, prices, files: read, skipped: files - read, rows })
}

/// A table as the kind that it is, by its head, and whose it is.
fn sheet(file: &str, bytes: &[u8], most: usize) -> Result<Option<(&'static str, ParsedTable)>, Refused> {
    for (provider, read) in KINDS {
        if let Some(sheet) = read(file, bytes, most)? {
            return Ok(Some((provider, sheet)));
        }
    }
    Ok(None)
}
