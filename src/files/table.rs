//! A table of comma-separated values, read row by row.
//!
//! Knows the current row, as a spreadsheet counts, and the delimiter. The `csv` crate handles quotes, line ends and the byte
//! order mark. Does not know the meaning of columns, and reads only those requested by name or by index.

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::files::number_formats::{Order, day, is_no_charge};
use crate::files::row_counts::{LONGEST_SAMPLE, shorten};
use crate::files::{MOST_ROWS, RefusalReason, Refused, RowCounts, Skip, Skipped};
use crate::money::{Amount, Currency};
use crate::time::{DAY, Span};

/// The longest name of a model or line, in bytes.
const LONGEST_NAME: usize = 200;
/// The beginnings of the first cell in a row of totals.
const TOTALS: [&str; 10] =
    ["total", "subtotal", "sub-total", "grand total", "sum", "summe", "gesamt", "合计", "总计", "小计"];
/// The longest time of a row, in days: a month, with any first day.
const LONGEST_ROW: u64 = 32;

/// A table and its current row.
pub struct Table<'a> {
    file: &'a str,
    text: &'a [u8],
    reader: Reader<&'a [u8]>,
    /// The current row.
    record: ByteRecord,
    /// The number of columns.
    width: usize,
    /// The known columns, with their indices.
    columns: Vec<(&'static str, usize)>,
    /// The line ends inside cells in the rows before the current one: a spreadsheet does not count them.
    line_ends_in_cells: usize,
    /// The numbers of rows read and skipped so far.
    rows: RowCounts,
    /// The most rows that may be read.
    most_rows: usize,
}

/// The layout of a table.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    /// The delimiter.
    pub(super) delimiter: u8,
    /// The number of rows above the column names.
    pub(super) rows_above: usize,
}

impl<'a> Table<'a> {
    /// Opens a table with column names in its first row, and finds the known ones.
    pub fn open(file: &'a str, text: &'a [u8], delimiter: u8, known: &[&'static str]) -> Table<'a> {
        let mut table = Table::at(file, text, Layout { delimiter, rows_above: 0 }, Vec::new());
        let named = |name: &[u8]| {
            known.iter().copied().find(|known| name.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
        };
        let columns = table.record.iter().enumerate();
        table.columns = columns.filter_map(|(place, name)| Some((named(name)?, place))).collect();
        table
    }

    /// Opens a table with columns by their indices, regardless of their names.
    pub(super) fn at(
        file: &'a str,
        text: &'a [u8],
        Layout { delimiter, rows_above }: Layout,
        columns: Vec<(&'static str, usize)>,
    ) -> Table<'a> {
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
        let (record, rows) = (ByteRecord::new(), RowCounts::default());
        let mut table = Table {
            file,
            text,
            reader,
            record,
            width: 0,
            columns,
            line_ends_in_cells: 0,
            rows,
            most_rows: MOST_ROWS,
        };
        for _ in 0..rows_above {
            if table.advance() && !table.is_blank() {
                table.skip(Skip::AboveHead);
            }
        }
        if table.advance() {
            table.width = table.record.len();
        }
        table
    }

    /// Limits the number of rows. [`Table::next_row`] fails at the first row beyond it.
    pub fn limited(self, most_rows: usize) -> Table<'a> {
        Table { most_rows, ..self }
    }

    /// The cells of the current row, or the column names before the first row. `None` if one is not UTF-8.
    pub(super) fn cells(&self) -> Option<Vec<&str>> {
        self.record.iter().map(|cell| core::str::from_utf8(cell.trim_ascii()).ok()).collect()
    }

    /// Whether the table has this column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(name, _)| *name == column)
    }

    /// Fails if this column is missing or appears twice.
    pub fn require(&self, column: &'static str) -> Result<(), Refused> {
        match self.columns.iter().filter(|(name, _)| *name == column).count() {
            1 => Ok(()),
            _ => Err(Refused { column: Some(column), ..Refused::file(self.file, RefusalReason::Unreadable) }),
        }
    }

    /// Goes to the next row that is neither blank nor a total. Fails if its number of cells differs from the number of columns.
    pub fn next_row(&mut self) -> Result<bool, Refused> {
        while self.advance() {
            if self.is_blank() {
                continue;
            }
            if self.is_total() {
                self.skip(Skip::Total);
                continue;
            }
            if self.record.len() != self.width {
                return Err(Refused {
                    row: Some(self.row()),
                    ..Refused::file(self.file, RefusalReason::Unreadable)
                });
            }
            if self.rows.read == self.most_rows {
                return Err(Refused::file(self.file, RefusalReason::TooMuch));
            }
            self.rows.read += 1;
            return Ok(true);
        }
        Ok(false)
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim_ascii().is_empty())
    }

    /// Whether the current row starts with a word for a total and has no date.
    fn is_total(&self) -> bool {
        let cells = || self.record.iter().filter_map(|cell| core::str::from_utf8(cell.trim_ascii()).ok());
        let first = cells().find(|cell| !cell.is_empty()).unwrap_or_default().to_ascii_lowercase();
        let begins = |word: &str| {
            first
                .strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(|character: char| character.is_ascii_alphanumeric()))
        };
        TOTALS.iter().any(|word| begins(word)) && !cells().any(|cell| day(cell, Order::DayFirst).is_some())
    }

    /// Counts the current row as skipped. Its sample has only the columns that are read, and the word for a total: other columns
    /// may hold keys or user names.
    pub(super) fn skip(&mut self, why: Skip) {
        let cells = self.record.iter().map(|cell| String::from_utf8_lossy(cell.trim_ascii())).enumerate();
        let mut cells = cells.filter(|(_, cell)| !cell.is_empty()).peekable();
        let first = cells.peek().map(|(place, _)| *place).filter(|_| why == Skip::Total);
        let is_read =
            |place: usize| self.columns.iter().any(|(_, read)| *read == place) || first == Some(place);
        let cells = cells.filter(|(place, _)| why == Skip::AboveHead || is_read(*place));
        let sample = cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(" ");
        let sample = shorten(&sample, LONGEST_SAMPLE);
        self.rows.skip(Skipped { why, count: 1, row: self.row(), sample });
    }

    /// Counts the current row as skipped instead of read.
    pub fn skip_read(&mut self, why: Skip) {
        self.rows.read = self.rows.read.saturating_sub(1);
        self.skip(why);
    }

    /// Takes the counts of rows.
    pub fn rows(&mut self) -> RowCounts {
        core::mem::take(&mut self.rows)
    }

    /// The cell of this column as money: an empty cell or a word for no charge is zero (rule L11). Fails when `read` fails.
    pub fn charge(
        &mut self,
        column: &'static str,
        read: impl Fn(&str) -> Option<Amount>,
    ) -> Result<Amount, Refused> {
        let is_there = self.columns.iter().any(|(name, place)| *name == column && *place < self.width);
        let charge = |text: &str| if is_no_charge(text) { Some(Amount::ZERO) } else { read(text) };
        let amount = if is_there { self.read(column, charge)? } else { return Err(self.refuse(column)) };
        self.rows.zero += usize::from(amount.is_zero());
        Ok(amount)
    }

    /// The cell of this column, or an empty text if there is no such column. Fails if it is not UTF-8.
    pub fn cell(&self, column: &'static str) -> Result<&str, Refused> {
        let place = self.columns.iter().find(|(name, _)| *name == column).map(|(_, place)| *place);
        let cell = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        core::str::from_utf8(cell.trim_ascii()).map_err(|_| self.refuse(column))
    }

    /// The cell of this column, parsed by `read`. Fails if `read` returns `None`.
    pub fn read<T>(&self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T, Refused> {
        read(self.cell(column)?).ok_or_else(|| self.refuse(column))
    }

    /// The error for a cell of the current row.
    pub fn refuse(&self, column: &'static str) -> Refused {
        Refused {
            row: Some(self.row()),
            column: Some(column),
            ..Refused::file(self.file, RefusalReason::Unreadable)
        }
    }

    /// Goes to the next record. Reading bytes from memory fails only at the end.
    pub(super) fn advance(&mut self) -> bool {
        self.line_ends_in_cells += line_ends(self.record.as_slice());
        self.reader.read_byte_record(&mut self.record).unwrap_or(false)
    }

    /// The current row as a spreadsheet counts. Computed on demand, because only errors and samples need it.
    fn row(&self) -> usize {
        let from = self.record.position().and_then(|position| usize::try_from(position.byte()).ok());
        let (before, rest) = self.text.split_at_checked(from.unwrap_or(0)).unwrap_or_default();
        // The position of a record includes the empty lines before it.
        let empty = rest.iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let before = self.text.get(..before.len() + empty).unwrap_or(before);
        1 + line_ends(before).saturating_sub(self.line_ends_in_cells)
    }
}

/// The delimiters that a table may have.
pub(super) const DELIMITERS: [u8; 3] = [b'\t', b';', b','];

/// The delimiter of a table: the most frequent one in its first line, outside quotes.
pub fn delimiter(text: &[u8]) -> u8 {
    let (mut is_quoted, mut counts) = (false, DELIMITERS.map(|sign| (sign, 0_usize)));
    for byte in text {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if is_quoted => {}
            byte => counts.iter_mut().filter(|(sign, _)| sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // If counts are equal, the last one wins: the comma.
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

/// Parses an amount in plain notation.
pub fn amount(text: &str) -> Option<Amount> {
    Amount::parse(text).ok()
}

/// Parses a usual name of a currency, or any code of three letters.
pub fn currency(text: &str) -> Option<Currency> {
    crate::files::number_formats::currency(text).or_else(|| Currency::parse(text))
}

/// Parses a name: not empty, not too long and without control characters.
pub fn name(text: &str) -> Option<String> {
    let is_name = !text.is_empty() && text.len() <= LONGEST_NAME && !text.chars().any(char::is_control);
    is_name.then(|| text.to_owned())
}

/// Whether the time of a row is neither empty nor too long.
pub fn is_plausible(span: Span) -> bool {
    span.ms() > 0 && span.ms() <= LONGEST_ROW * DAY
}

fn line_ends(text: &[u8]) -> usize {
    let ends = |(place, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => text.get(place + 1) != Some(&b'\n'),
        _ => false,
    };
    text.iter().enumerate().filter(|at| ends(*at)).count()
}
