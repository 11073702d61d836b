//! What became of the rows of a file: read, read as no charge, or skipped, and why.
//!
//! Knows counts, and of each reason to skip one row as a sample. Does not know which rows are skipped.

/// The most letters of a file's name, or of a row that is skipped, that are kept.
pub const LONGEST_SAMPLE: usize = 60;

/// A text without control characters, and with so many letters at most.
pub fn cut(text: &str, letters: usize) -> String {
    text.chars().filter(|sign| !sign.is_control()).take(letters).collect()
}

/// What became of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// How many were read.
    pub read: usize,
    /// How many of those are no charge.
    pub zero: usize,
    /// The others, once for each reason.
    pub skipped: Vec<Skipped>,
}

/// Rows, or files, that were skipped for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub why: Skip,
    /// How many.
    pub count: usize,
    /// The first of them, as a spreadsheet counts; 0 for a file.
    pub row: usize,
    /// What its cells say, shortened; the name of a file.
    pub sample: String,
}

/// Why a row is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// It stands above the names of the columns.
    AboveHead,
    /// It is the sum of others.
    Total,
    /// It counts something that is not known, and no number says how much.
    Quantity,
    /// Not a row: a file of an archive that is no export.
    File,
}

const NAMES: [(Skip, &str); 4] =
    [(Skip::AboveHead, "above"), (Skip::Total, "total"), (Skip::Quantity, "quantity"), (Skip::File, "file")];

impl RowCounts {
    /// Adds rows that were skipped.
    pub fn skip(&mut self, skipped: Skipped) {
        match self.skipped.iter_mut().find(|known| known.why == skipped.why) {
            Some(known) => known.count += skipped.count,
            None => self.skipped.push(skipped),
        }
    }

    /// Adds those of another table.
    pub(super) fn add(&mut self, other: RowCounts) {
        self.read += other.read;
        self.zero += other.zero;
        other.skipped.into_iter().for_each(|skipped| self.skip(skipped));
    }

    /// As fields, to wait in the session.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("rows".to_owned(), format!("{} {}", self.read, self.zero))];
        for Skipped { why, count, row, sample } in &self.skipped {
            let name = NAMES.iter().find(|(known, _)| known == why).map_or("", |(_, name)| name);
            fields.push(("skipped".to_owned(), format!("{name} {count} {row} {sample}")));
        }
        fields
    }

    /// What [`RowCounts::fields`] gave.
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
