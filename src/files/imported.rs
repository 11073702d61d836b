//! The results of reading a file: the rows of one table, and the bills of the whole file.

use crate::books::bill::Bill;
use crate::books::peak::PeakUse;
use crate::books::tokens::Price;
use crate::files::{Item, Refused, RowCounts, Skip};
use crate::money::Money;
use crate::time::Month;

/// Reads one table of a provider's export: takes the file's name, its bytes and the most rows that it may have. `None` if
/// the column names are not those of the export.
pub type TableReader = fn(&str, &[u8], usize) -> Result<Option<ParsedTable>, Refused>;

/// The rows of one table.
#[derive(Clone, Debug)]
pub enum ParsedTable {
    /// Money that was billed.
    Costs(Vec<Item>, RowCounts),
    /// The same, with what was skipped besides.
    CostsAndSkipped(Vec<Item>, Vec<SkippedSum>, RowCounts),
    /// Quantities that were used.
    Counts(Vec<Item>, RowCounts),
}

/// The sum of the skipped rows of one kind, month and currency. An invoice lists what a book does not: credits and tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedSum {
    /// Why the rows were skipped.
    pub why: Skip,
    /// The UTC month in which they begin.
    pub month: Month,
    /// Their sum, with its sign in the file.
    pub sum: Money,
}

/// The content of an imported file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The id of the provider whose export it is. `None` if the user chose the columns, or many providers use the
    /// format.
    pub provider: Option<&'static str>,
    /// One for each UTC day that the costs cover, in order of currency and time. A day at either end may be covered in part.
    pub bills: Vec<Bill>,
    /// The last price of a million tokens, by model and kind, if the costs agree with it.
    pub prices: Vec<Price>,
    /// The use in peak hours by these prices, by day. Empty if no kind of token has two prices on one day.
    pub peak: Vec<PeakUse>,
    /// The number of files that were read.
    pub files: usize,
    /// The number of files that were skipped because their kind is unknown.
    pub skipped: usize,
    /// How many rows were read and skipped.
    pub rows: RowCounts,
    /// The sums of what was skipped, if the format tells them.
    pub skipped_sums: Vec<SkippedSum>,
}
