//! The results of reading a file: the rows of one table, and the bills of the whole file.

use crate::books::bill::Bill;
use crate::books::peak::PeakUse;
use crate::books::tokens::Price;
use crate::files::{Item, Refused, RowCounts, Skip};
use crate::money::Money;
use crate::time::Month;

/// A function that reads one table of a provider's export, from the file's name, its bytes and the most rows allowed. Returns
/// `None` if the column names are not those of the export.
pub type TableReader = fn(&str, &[u8], usize) -> Result<Option<ParsedTable>, Refused>;

/// The rows of one table.
#[derive(Clone, Debug)]
pub enum ParsedTable {
    /// Money that was billed.
    Costs(Vec<Item>, RowCounts),
    /// Money that was billed, and the sums of skipped rows.
    CostsAndSkipped(Vec<Item>, Vec<SkippedSum>, RowCounts),
    /// Used quantities.
    Counts(Vec<Item>, RowCounts),
}

/// The sum of the skipped rows of one kind, month and currency. An invoice lists such rows and a book does not: credits and tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedSum {
    /// The reason for skipping the rows.
    pub why: Skip,
    /// The UTC month in which the rows begin.
    pub month: Month,
    /// The sum, with its sign in the file.
    pub sum: Money,
}

/// The content of an imported file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The id of the export's provider. `None` if the user chose the columns, or many providers use the format.
    pub provider: Option<&'static str>,
    /// The bills, one for each UTC day that the costs cover, by currency and time. The first and last days may be covered in
    /// part.
    pub bills: Vec<Bill>,
    /// The last price of a million tokens, by model and kind, if it agrees with the costs.
    pub prices: Vec<Price>,
    /// The use in peak hours at these prices, by day. Empty if no kind of token has two prices on one day.
    pub peak: Vec<PeakUse>,
    /// The number of files that were read.
    pub files: usize,
    /// The number of files that were skipped because their kind is unknown.
    pub skipped: usize,
    /// The number of rows that were read and skipped.
    pub rows: RowCounts,
    /// The sums of the skipped rows, if the format has them.
    pub skipped_sums: Vec<SkippedSum>,
}
