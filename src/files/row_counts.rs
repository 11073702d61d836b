//! How many rows of a file were read, had no charge, or were skipped, and why.
//!
//! Keeps one skipped row per reason as a sample. Does not decide which rows are skipped.

/// The most characters of a file's name or a skipped row that are kept.
pub const LONGEST_SAMPLE: usize = 60;

/// A text without control characters, truncated to this number of characters.
pub fn shorten(text: &str, longest: usize) -> String {
    text.chars().filter(|character| !character.is_control()).take(longest).collect()
}

/// How many rows of a file were read and skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// The number of rows that were read.
    pub read: usize,
    /// The number of those without a charge.
    pub zero: usize,
    /// The skipped rows, by reason.
    pub skipped: Vec<Skipped>,
}

/// Rows or files that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// It is above the column names.
    AboveHead,
    /// It is a total of other rows.
    Total,
    /// It counts something unknown, and has no number.
    Quantity,
    /// Not a row but a file that is not an export.
    File,
}

const NAMES: [(Skip, &str); 4] =
    [(Skip::AboveHead, "above"), (Skip::Total, "total"), (Skip::Quantity, "quantity"), (Skip::File, "file")];

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

    /// As fields, for session storage.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("rows".to_owned(), format!("{} {}", self.read, self.zero))];
        for Skipped { why, count, row, sample } in &self.skipped {
            let name = NAMES.iter().find(|(known, _)| known == why).map_or("", |(_, name)| name);
            fields.push(("skipped".to_owned(), format!("{name} {count} {row} {sample}")));
        }
        fields
    }

    /// Parses the result of [`RowCounts::fields`]. Skips what it does not know.
    pub fn parse_fields(fields: &[(String, String)]) -> RowCounts {
        let mut rows = RowCounts::default();
        for (name, text) in fields {
            let mut parts = text.splitn(4, ' ');
            let mut part = || parts.next().unwrap_or_default();
            if name == "rows" {
                (rows.read, rows.zero) = (part().parse().unwrap_or(0), part().parse().unwrap_or(0));
            } else if name == "skipped" {
                let why = part();
                let Some((why, _)) = NAMES.iter().find(|(_, name)| *name == why) else { continue };
                let (count, row) = (part().parse().unwrap_or(1), part().parse().unwrap_or(0));
                rows.skip(Skipped { why: *why, count, row, sample: part().to_owned() });
            }
        }
        rows
    }
}
