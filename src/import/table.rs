//! A table of comma-separated values: the columns that are asked for, wherever they stand, and the row one is in.
//!
//! Knows which row is in hand, as a spreadsheet counts. Quotes, line ends of every kind and the mark of UTF-8 are the
//! business of `csv`. Does not know what columns mean, and reads none that it was not given by name.

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::import::{Refused, Why};

/// A table, at one of its rows.
pub(super) struct Table<'a> {
    file: &'a str,
    text: &'a [u8],
    reader: Reader<&'a [u8]>,
    /// The row in hand.
    record: ByteRecord,
    /// How many cells the head has.
    width: usize,
    /// The known columns that the head names, and where.
    columns: Vec<(&'static str, usize)>,
    /// Line ends inside of cells, in the rows before the one in hand: a spreadsheet does not count them.
    within: usize,
}

impl<'a> Table<'a> {
    /// Reads the head, and in it the columns of these names.
    pub(super) fn open(file: &'a str, text: &'a [u8], known: &[&'static str]) -> Table<'a> {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let mut table =
            Table { file, text, reader, record: ByteRecord::new(), width: 0, columns: Vec::new(), within: 0 };
        if table.advance() {
            table.width = table.record.len();
            let named = |name: &[u8]| {
                known.iter().copied().find(|known| name.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
            };
            let columns = table.record.iter().enumerate();
            table.columns = columns.filter_map(|(place, name)| Some((named(name)?, place))).collect();
        }
        table
    }

    /// Whether the head names this column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(name, _)| *name == column)
    }

    /// Refuses a column that the head does not name, or names twice.
    pub(super) fn must_have(&self, column: &'static str) -> Result<(), Refused> {
        match self.columns.iter().filter(|(name, _)| *name == column).count() {
            1 => Ok(()),
            _ => Err(Refused { column: Some(column), ..Refused::file(self.file, Why::Unreadable) }),
        }
    }

    /// Goes to the next row that says anything. Refuses one of another width than the head's.
    pub(super) fn next(&mut self) -> Result<bool, Refused> {
        while self.advance() {
            if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            if self.record.len() != self.width {
                return Err(Refused { row: Some(self.row()), ..Refused::file(self.file, Why::Unreadable) });
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// The cell of this column, or nothing where there is no such column.
    pub(super) fn cell(&self, column: &'static str) -> Result<&str, Refused> {
        let place = self.columns.iter().find(|(name, _)| *name == column).map(|(_, place)| *place);
        let cell = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        core::str::from_utf8(cell.trim_ascii()).map_err(|_| self.refuse(column))
    }

    /// The cell of this column as what `read` makes of it; refused where it makes nothing.
    pub(super) fn read<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Refused> {
        read(self.cell(column)?).ok_or_else(|| self.refuse(column))
    }

    /// The refusal of a cell in the row at hand.
    pub(super) fn refuse(&self, column: &'static str) -> Refused {
        Refused { row: Some(self.row()), column: Some(column), ..Refused::file(self.file, Why::Unreadable) }
    }

    /// Reading from memory into bytes has nothing to fail at but the end.
    fn advance(&mut self) -> bool {
        self.within += line_ends(self.record.as_slice());
        self.reader.read_byte_record(&mut self.record).unwrap_or(false)
    }

    /// The row in hand as a spreadsheet counts it. Counted when it is asked for, which is once at most.
    fn row(&self) -> usize {
        let from = self.record.position().and_then(|position| usize::try_from(position.byte()).ok());
        let (before, rest) = self.text.split_at_checked(from.unwrap_or(0)).unwrap_or_default();
        // The reader has not passed over empty lines when it notes where a row begins.
        let empty = rest.iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let before = self.text.get(..before.len() + empty).unwrap_or(before);
        1 + line_ends(before).saturating_sub(self.within)
    }
}

fn line_ends(text: &[u8]) -> usize {
    let ends = |(place, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => text.get(place + 1) != Some(&b'\n'),
        _ => false,
    };
    text.iter().enumerate().filter(|at| ends(*at)).count()
}
