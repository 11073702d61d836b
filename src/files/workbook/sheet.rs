//! One sheet of a workbook: its rows become comma-separated values.

use crate::files::workbook::strings::Strings;
use crate::files::workbook::xml::{Step, attribute, is_true, walk};
use crate::files::{MOST_BYTES, MOST_COLUMNS, MOST_ROWS, RefusalReason, add_line};
use crate::money::{Amount, Rate};
use crate::time::{DAY, SECOND, Timestamp};

/// The most cells of a workbook, including empty ones between others.
const MOST_CELLS: usize = 2_000_000;
/// The number of digits of a number that are exact. A cell stores a binary fraction: 0.3 may be written as 0.30000000000000004.
const EXACT_DIGITS: usize = 15;

/// A sheet that is being read. Its rows become text one by one, because separate cells take many times more memory.
pub(super) struct Sheet<'a> {
    strings: &'a Strings,
    dates: &'a [bool],
    epoch: u64,
    /// The current row.
    row: Vec<String>,
    /// The rows before the current one, as comma-separated values.
    text: String,
    /// The end of each of these rows in the text, and its number of cells.
    ends: Vec<(usize, usize)>,
    /// The number of cells so far.
    cells: usize,
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    is_date: bool,
    text: String,
}

impl<'a> Sheet<'a> {
    /// A sheet of a workbook with these shared texts, these flags for date formats, and this number of days before 1970.
    pub(super) fn new(strings: &'a Strings, dates: &'a [bool], epoch: u64) -> Sheet<'a> {
        Sheet { strings, dates, epoch, row: Vec::new(), text: String::new(), ends: Vec::new(), cells: 0 }
    }

    /// Reads the part of the sheet. Fails if it is damaged or exceeds the limits.
    pub(super) fn read(&mut self, text: &str) -> Result<(), RefusalReason> {
        let (mut cell, mut is_value, mut is_sound) = (Cell::default(), false, false);
        let mut is_within = true;
        let read = walk(text, &mut |step| {
            match step {
                Step::Open(element) => match element.local_name().as_ref() {
                    "row" => {
                        let next = self.ends.len() + 1;
                        let number = attribute(element, "r").map_or(Some(next), |row| row.parse().ok())?;
                        is_within = self.begin_row(number)?;
                    }
                    "c" => {
                        let next = self.row.len();
                        let column = attribute(element, "r").map_or(Some(next), |place| column(&place))?;
                        let style = attribute(element, "s").and_then(|style| style.parse::<usize>().ok());
                        let is_date = style.and_then(|style| self.dates.get(style)).copied().unwrap_or(false);
                        let kind = attribute(element, "t").unwrap_or_default();
                        cell = Cell { column, kind, is_date, text: String::new() };
                    }
                    "v" => is_value = true,
                    "t" => is_value = !is_sound,
                    "rPh" => is_sound = true,
                    _ => {}
                },
                Step::Text(part) if is_value => cell.text.push_str(part),
                Step::Close("v" | "t") => is_value = false,
                Step::Close("rPh") => is_sound = false,
                Step::Close("c") => is_within = self.end_cell(core::mem::take(&mut cell))?,
                Step::Close("row") => is_within = self.end_row(),
                Step::Text(_) | Step::Close(_) => {}
            }
            // Reading on would only use more memory.
            is_within.then_some(())
        });
        match read {
            _ if !is_within => Err(RefusalReason::TooMuch),
            None => Err(RefusalReason::Damaged),
            Some(()) => Ok(()),
        }
    }

    /// Begins the row of this number, counted from 1, after blank rows for the missing ones. Returns whether the row is within
    /// the limits.
    fn begin_row(&mut self, number: usize) -> Option<bool> {
        if number > MOST_ROWS + 1 {
            return Some(false);
        }
        while self.ends.len() + 1 < number {
            self.end_row();
        }
        Some(true)
    }

    /// Puts a cell into its row. Returns whether the cell is within the limits; `None` if its value cannot be read.
    fn end_cell(&mut self, Cell { column, kind, is_date, text }: Cell) -> Option<bool> {
        let text = match kind.as_str() {
            "s" => self.strings.get(text.parse::<usize>().ok()?)?.to_owned(),
            "b" => if is_true(&text) { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" if is_date => date(&text, self.epoch).unwrap_or(text),
            "" | "n" => number(&text),
            _ => text,
        };
        if column >= MOST_COLUMNS {
            return Some(false);
        }
        self.cells += (column + 1).saturating_sub(self.row.len());
        if self.cells > MOST_CELLS {
            return Some(false);
        }
        if self.row.len() <= column {
            self.row.resize_with(column + 1, String::new);
        }
        *self.row.get_mut(column)? = text;
        Some(true)
    }

    /// Writes the current row. Returns whether the text is within the limits.
    fn end_row(&mut self) -> bool {
        self.row.resize_with(self.row.len().max(1), String::new);
        add_line(&mut self.text, &self.row);
        self.ends.push((self.text.len(), self.row.len()));
        self.row.clear();
        self.text.len() <= MOST_BYTES
    }

    /// Whether the sheet has no row.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The rows as comma-separated values, each as wide as the widest row.
    pub(super) fn write(self) -> Result<Vec<u8>, RefusalReason> {
        let width = self.ends.iter().map(|(_, cells)| *cells).max().unwrap_or(0);
        let mut table = Vec::new();
        let mut from = 0;
        for (end, cells) in self.ends {
            let row = self.text.get(from..end).unwrap_or_default();
            table.extend_from_slice(row.strip_suffix("\r\n").unwrap_or(row).as_bytes());
            table.extend(core::iter::repeat_n(b',', width - cells));
            table.push(b'\n');
            if table.len() > MOST_BYTES {
                return Err(RefusalReason::TooMuch);
            }
            from = end;
        }
        Ok(table)
    }
}

/// The column of a place such as `C12`, counted from 0. `None` if the place names no column.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters
        .take(4)
        .fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// A number without the digits that its binary form added. A text that is not a number stays as it is.
fn number(text: &str) -> String {
    let Ok(amount) = Amount::parse(text.trim()) else { return text.to_owned() };
    let plain = amount.to_string();
    let (whole, part) = plain.trim_start_matches('-').split_once('.').unwrap_or((&plain, ""));
    let decimals = match whole {
        "0" => EXACT_DIGITS + part.bytes().take_while(|digit| *digit == b'0').count(),
        _ => EXACT_DIGITS.saturating_sub(whole.len()),
    };
    u32::try_from(decimals).map_or(plain.clone(), |decimals| amount.rounded(decimals).to_string())
}

/// A number of days as a date, with a time if it has one. `None` if it is not a date after 1970.
fn date(text: &str, epoch: u64) -> Option<String> {
    let ms = Rate::parse(text.trim())?.of_whole(DAY)?;
    let at = Timestamp::from_ms((ms + SECOND / 2) / SECOND * SECOND).minus(epoch * DAY);
    if ms < epoch * DAY {
        return None;
    }
    let day = at.day();
    Some(if day.span().from == at { day.to_string() } else { at.to_string() })
}
