//! What reading a file gives: the rows of one table, and the bills of a whole file.

use crate::books::bill::Bill;
use crate::books::tokens::Price;
use crate::files::{Item, Refused, RowCounts};

/// Reads one table of a provider's export, with at most so many rows. Takes the file's name, its bytes and that limit;
/// `None` where the column names are not those of the export.
pub type TableReader = fn(&str, &[u8], usize) -> Result<Option<ParsedTable>, Refused>;

/// The rows of one table.
#[derive(Clone, Debug)]
pub enum ParsedTable {
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
