//! How many rows of a file were read, had no charge, or were skipped, and why.
//!
//! Keeps one skipped row per reason as a sample. Does not decide which rows are skipped.

use serde::{Deserialize, Serialize};

/// The most characters of a file's name or a skipped row that are kept.
pub const LONGEST_SAMPLE: usize = 60;

/// A text without control characters, truncated to this number of characters.
pub fn shorten(text: &str, longest: usize) -> String {
    text.chars().filter(|character| !character.is_control()).take(longest).collect()
}

/// How many rows of a file were read and skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// The number of rows that were read.
    pub read: usize,
    /// The number of those without a charge.
    pub zero: usize,
    /// The skipped rows, by reason.
    pub skipped: Vec<Skipped>,
}

/// Rows or files that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The reason.
    pub why: Skip,
    /// Their number.
    pub count: usize,
    /// The first row, as a spreadsheet counts; 0 for a file.
    pub row: usize,
    /// The cells of that row, or the name of the file, shortened.
    pub sample: String,
}

/// Why a row or a file is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skip {
    /// It is above the column names.
    AboveHead,
    /// It is a total of other rows.
    Total,
    /// It counts something unknown, and has no number.
    Quantity,
    /// It is a purchase, such as a top-up or a commitment. The sample is the sum of all of them.
    Purchase,
    /// It is a credit. The sample is the sum of all of them.
    Credit,
    /// It is an adjustment. The sample is the sum of all of them.
    Adjustment,
    /// It is a tax. The sample is the sum of all of them.
    Tax,
    /// It is a subscription in an export of Drawdown. The sample is the sum of all of them.
    Subscription,
    /// Not a row but a file that is not an export.
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
