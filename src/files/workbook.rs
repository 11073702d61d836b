//! Reads the sheets of an Excel workbook (.xlsx) as tables of comma-separated values.
//!
//! Knows how a workbook is laid out: an archive of XML parts, where a cell holds its value, a reference to a shared text, or a
//! number that its format turns into a date. Does not know what columns mean. Formulas are not computed: the value that
//! was stored with one is read. Hidden sheets are not read.
//! Source: ECMA-376, part 1, section 18 (SpreadsheetML).

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::Writer;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::files::archive::{self, Remaining};
use crate::files::{MOST_BYTES, MOST_FILES, MOST_ROWS, RefusalReason, Refused};
use crate::money::{Amount, Rate};
use crate::time::{DAY, SECOND, Timestamp};

const WORKBOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";
/// The most cells of a workbook, empty ones between others included.
const MOST_CELLS: usize = 2_000_000;
/// How many digits of a number are exact. A cell stores a binary fraction: 0.3 may be written as 0.30000000000000004.
const EXACT_DIGITS: usize = 15;
/// 1970-01-01 as days since the day before 1900.
const DAYS_TO_1970: u64 = 25_569;
/// The same in workbooks that count from 1904.
const DAYS_FROM_1904_TO_1970: u64 = 24_107;

/// A file with its name.
pub type NamedFile<'a> = (Cow<'a, str>, Cow<'a, [u8]>);

/// Whether a file is a workbook.
pub fn is_workbook(bytes: &[u8]) -> bool {
    archive::has(bytes, WORKBOOK)
}

/// The files, with a table for each sheet in place of a workbook: `costs.xlsx (Sheet1)`. Sheets without cells are left out.
///
/// Fails if a workbook is damaged, encrypted, or exceeds the limits.
pub fn tables<'a>(files: &[(&'a str, &'a [u8])]) -> Result<Vec<NamedFile<'a>>, Refused> {
    let mut tables = Vec::new();
    for (name, bytes) in files {
        if !is_workbook(bytes) {
            tables.push((Cow::Borrowed(*name), Cow::Borrowed(*bytes)));
            continue;
        }
        let parts = parts(name, bytes)?;
        for (sheet, table) in sheets(&parts).map_err(|why| Refused::file(name, why))? {
            tables.push((Cow::Owned(format!("{name} ({sheet})")), Cow::Owned(table)));
        }
    }
    if tables.is_empty() && !files.is_empty() {
        let (name, _) = files.first().copied().unwrap_or_default();
        return Err(Refused::file(name, RefusalReason::Empty));
    }
    Ok(tables)
}

/// The parts of a workbook that are read, by their paths.
type Parts = BTreeMap<String, String>;

fn parts(name: &str, bytes: &[u8]) -> Result<Parts, Refused> {
    let mut parts = Parts::new();
    let mut remaining = Remaining { files: MOST_FILES, bytes: MOST_BYTES };
    archive::unpack(name, bytes, &mut remaining, |path, bytes| {
        let is_read =
            [WORKBOOK, LINKS, STRINGS, STYLES].contains(&path) || path.starts_with("xl/worksheets/");
        if is_read && path.ends_with(".xml") || path == LINKS {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let text =
                core::str::from_utf8(bytes).map_err(|_| Refused::file(name, RefusalReason::Damaged))?;
            parts.insert(path.to_owned(), text.to_owned());
        }
        Ok(())
    })?;
    Ok(parts)
}

/// The visible sheets with cells, in their order, each with its name.
fn sheets(parts: &Parts) -> Result<Vec<(String, Vec<u8>)>, RefusalReason> {
    let part = |path: &str| parts.get(path).map_or("", String::as_str);
    let damaged = RefusalReason::Damaged;
    let (named, is_from_1904) = named_sheets(part(WORKBOOK)).ok_or(damaged)?;
    let links = links(part(LINKS)).ok_or(damaged)?;
    let strings = strings(part(STRINGS)).ok_or(damaged)?;
    let dates = date_formats(part(STYLES)).ok_or(damaged)?;
    let epoch = if is_from_1904 { DAYS_FROM_1904_TO_1970 } else { DAYS_TO_1970 };
    let mut tables = Vec::new();
    for (name, link) in named {
        let path = links.get(&link).ok_or(damaged)?;
        let mut sheet = Sheet { strings: &strings, dates: &dates, epoch, ..Sheet::default() };
        sheet.read(parts.get(path).ok_or(damaged)?)?;
        if !sheet.rows.is_empty() {
            tables.push((name, sheet.write()?));
        }
    }
    Ok(tables)
}

/// One step through a part.
enum Step<'a> {
    /// An element begins; with its attributes.
    Open(&'a BytesStart<'a>),
    /// Text, with references resolved.
    Text(&'a str),
    /// An element ends.
    Close(&'a str),
}

/// Goes through a part. `None` if it is no well-formed XML, or if `take` says so.
fn walk(text: &str, take: &mut dyn FnMut(Step<'_>) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => take(Step::Open(&element))?,
            Event::Empty(element) => {
                take(Step::Open(&element))?;
                take(Step::Close(element.local_name().as_ref()))?;
            }
            Event::End(element) => take(Step::Close(element.local_name().as_ref()))?,
            Event::Text(text) => take(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(character) => take(Step::Text(character.encode_utf8(&mut [0; 4])))?,
                None => take(Step::Text(resolve_predefined_entity(&name)?))?,
            },
            Event::Eof => return Some(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// An attribute by its name without a prefix. `None` if there is none.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|known| known.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// The visible sheets, each with the id of the link to its part, and whether the workbook counts its days from 1904.
fn named_sheets(text: &str) -> Option<(Vec<(String, String)>, bool)> {
    let (mut sheets, mut is_from_1904) = (Vec::new(), false);
    walk(text, &mut |step| {
        if let Step::Open(element) = step {
            match element.local_name().as_ref() {
                "workbookPr" => is_from_1904 = attribute(element, "date1904").is_some_and(|is| is_true(&is)),
                "sheet" if attribute(element, "state").is_none_or(|state| state == "visible") => {
                    sheets.push((attribute(element, "name")?, attribute(element, "id")?));
                }
                _ => {}
            }
        }
        Some(())
    })?;
    Some((sheets, is_from_1904))
}

fn is_true(text: &str) -> bool {
    ["1", "true"].contains(&text)
}

/// The paths of parts, by the ids of the links to them.
fn links(text: &str) -> Option<BTreeMap<String, String>> {
    let mut links = BTreeMap::new();
    walk(text, &mut |step| {
        if let Step::Open(element) = step
            && element.local_name().as_ref() == "Relationship"
        {
            let target = attribute(element, "Target")?;
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            links.insert(attribute(element, "Id")?, path);
        }
        Some(())
    })?;
    Some(links)
}

/// The shared texts in their order. How a text is pronounced is no part of it.
fn strings(text: &str) -> Option<Vec<String>> {
    let mut strings: Vec<String> = Vec::new();
    let (mut is_text, mut is_sound) = (false, false);
    walk(text, &mut |step| {
        match step {
            Step::Open(element) => match element.local_name().as_ref() {
                "si" => strings.push(String::new()),
                "rPh" => is_sound = true,
                "t" => is_text = !is_sound,
                _ => {}
            },
            Step::Text(part) if is_text => strings.last_mut()?.push_str(part),
            Step::Close("t") => is_text = false,
            Step::Close("rPh") => is_sound = false,
            Step::Text(_) | Step::Close(_) => {}
        }
        Some(())
    })?;
    Some(strings)
}

/// Whether each of the formats of cells shows a date.
fn date_formats(text: &str) -> Option<Vec<bool>> {
    let mut own: BTreeMap<u32, bool> = BTreeMap::new();
    let (mut formats, mut is_of_cells) = (Vec::new(), false);
    walk(text, &mut |step| {
        match step {
            Step::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(element, "numFmtId")?.parse().ok()?;
                    own.insert(id, shows_date(&attribute(element, "formatCode")?));
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = attribute(element, "numFmtId").map_or(Some(0), |id| id.parse().ok())?;
                    // Ids of formats that every program knows, those of Chinese and Japanese dates among them.
                    let is_known = || matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                    formats.push(own.get(&id).copied().unwrap_or_else(is_known));
                }
                _ => {}
            },
            Step::Close("cellXfs") => is_of_cells = false,
            Step::Text(_) | Step::Close(_) => {}
        }
        Some(())
    })?;
    Some(formats)
}

/// Whether a format such as `yyyy/m/d` shows a date. Quoted text, conditions and escaped characters are no part of it.
fn shows_date(format: &str) -> bool {
    let (mut closing, mut is_escaped) = (None, false);
    format.chars().any(|character| {
        if core::mem::take(&mut is_escaped) {
            return false;
        }
        match (closing, character) {
            (Some(end), _) => {
                closing = closing.filter(|_| character != end);
                false
            }
            (None, '"') => {
                closing = Some('"');
                false
            }
            (None, '[') => {
                closing = Some(']');
                false
            }
            (None, '\\' | '_' | '*') => {
                is_escaped = true;
                false
            }
            (None, _) => "yYmMdD".contains(character),
        }
    })
}

/// A sheet while it is read.
#[derive(Default)]
struct Sheet<'a> {
    strings: &'a [String],
    dates: &'a [bool],
    epoch: u64,
    rows: Vec<Vec<String>>,
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

impl Sheet<'_> {
    fn read(&mut self, text: &str) -> Result<(), RefusalReason> {
        let (mut cell, mut is_value, mut is_sound) = (Cell::default(), false, false);
        let mut is_too_much = false;
        let read = walk(text, &mut |step| {
            match step {
                Step::Open(element) => match element.local_name().as_ref() {
                    "row" => {
                        let number = attribute(element, "r").map_or(Some(0), |row| row.parse().ok())?;
                        is_too_much = !self.begin_row(number);
                    }
                    "c" => {
                        let next = self.rows.last().map_or(0, Vec::len);
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
                Step::Close("c") => is_too_much = !self.end_cell(core::mem::take(&mut cell))?,
                Step::Text(_) | Step::Close(_) => {}
            }
            // Going on would take memory for nothing.
            (!is_too_much).then_some(())
        });
        match read {
            _ if is_too_much => Err(RefusalReason::TooMuch),
            None => Err(RefusalReason::Damaged),
            Some(()) => Ok(()),
        }
    }

    /// Begins the row of this number, counted from 1; the next row if it is zero. Whether that is within the limits.
    fn begin_row(&mut self, number: usize) -> bool {
        let number = number.max(self.rows.len() + 1);
        let is_within = number <= MOST_ROWS + 1;
        if is_within {
            self.rows.resize_with(number, Vec::new);
        }
        is_within
    }

    /// Puts a cell into its row. Whether that is within the limits; `None` if its value cannot be read.
    fn end_cell(&mut self, Cell { column, kind, is_date, text }: Cell) -> Option<bool> {
        let text = match kind.as_str() {
            "s" => self.strings.get(text.parse::<usize>().ok()?)?.clone(),
            "b" => if is_true(&text) { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" if is_date => date(&text, self.epoch).unwrap_or(text),
            "" | "n" => number(&text),
            _ => text,
        };
        let row = self.rows.last_mut()?;
        self.cells += (column + 1).saturating_sub(row.len());
        if self.cells > MOST_CELLS {
            return Some(false);
        }
        if row.len() <= column {
            row.resize_with(column + 1, String::new);
        }
        *row.get_mut(column)? = text;
        Some(true)
    }

    /// The rows as comma-separated values, each as wide as the widest.
    fn write(&self) -> Result<Vec<u8>, RefusalReason> {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut writer = Writer::from_writer(Vec::new());
        for row in &self.rows {
            let rest = core::iter::repeat_n("", width - row.len());
            let cells = row.iter().map(String::as_str).chain(rest);
            writer.write_record(cells).map_err(|_| RefusalReason::TooMuch)?;
            if writer.get_ref().len() > MOST_BYTES {
                return Err(RefusalReason::TooMuch);
            }
        }
        writer.into_inner().map_err(|_| RefusalReason::TooMuch)
    }
}

/// The column of a place such as `C12`, counted from 0. `None` if it names no column.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters
        .take(4)
        .fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// A number without the digits that its binary form added. A text that is no number stays as it is.
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

/// A number of days as a date, with a time if it has one. `None` if it is no date after 1970.
fn date(text: &str, epoch: u64) -> Option<String> {
    let ms = Rate::parse(text.trim())?.of_whole(DAY)?;
    let at = Timestamp::from_ms((ms + SECOND / 2) / SECOND * SECOND).minus(epoch * DAY);
    if ms < epoch * DAY {
        return None;
    }
    let day = at.day();
    Some(if day.span().from == at { day.to_string() } else { at.to_string() })
}
