//! The numbers of rows of a file that were read, had no charge, or were skipped, with the reasons.
//!
//! Keeps one skipped row per reason as a sample. Does not decide which rows are skipped.

use serde::{Deserialize, Serialize};

/// The most characters of a file's name or a skipped row that are kept.
pub const LONGEST_SAMPLE: usize = 60;

/// A text without control characters, truncated to this number of characters.
pub fn shorten(text: &str, longest: usize) -> String {
    text.chars().filter(|character| !character.is_control()).take(longest).collect()
}

/// The numbers of rows of a file that were read and skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// The number of rows that were read.
    pub read: usize,
    /// The number of read rows without a charge.
    pub zero: usize,
    /// The skipped rows, by reason.
    pub skipped: Vec<Skipped>,
}

/// Rows or files that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The reason.
    pub why: Skip,
    /// The number of rows or files.
    pub count: usize,
    /// The first row, as a spreadsheet counts; 0 for a file.
    pub row: usize,
    /// The cells of that row, or the name of the file, shortened.
    pub sample: String,
}

/// The reason for skipping a row or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skip {
    /// The row is above the column names.
    AboveHead,
    /// The row is a total of other rows.
    Total,
    /// The row counts something unknown, and has no number.
    Quantity,
    /// The row is a purchase, such as a top-up or a commitment. The sample is the sum of all of them.
    Purchase,
    /// The row is a credit. The sample is the sum of all of them.
    Credit,
    /// The row is an adjustment. The sample is the sum of all of them.
    Adjustment,
    /// The row is a tax. The sample is the sum of all of them.
    Tax,
    /// The row is a subscription in an export of Drawdown. The sample is the sum of all of them.
    Subscription,
    /// Not a row: a file that is not an export.
    File,
}

impl RowCounts {
    /// Adds skipped rows.
    pub fn skip(&mut self, skipped: Skipped) {
        match self.skipped.iter_mut().find(|known| known.why == skipped.why) {
            Some(known) => known.count += skipped.count,
            None => self.skipped.push(skipped),
        }
    }

    /// Adds the counts of another table.
    pub(super) fn add(&mut self, other: RowCounts) {
        self.read += other.read;
        self.zero += other.zero;
        other.skipped.into_iter().for_each(|skipped| self.skip(skipped));
    }
}
