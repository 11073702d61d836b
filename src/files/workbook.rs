//! Reads the sheets of an Excel workbook (.xlsx) as tables of comma-separated values.
//!
//! Knows the layout of a workbook: an archive of XML parts, where a cell holds its value, a reference to a shared text, or a
//! number that its format turns into a date. Does not know the meaning of columns. Formulas are not computed: the stored value is
//! read. Hidden sheets are not read.
//! Source: ECMA-376, part 1, section 18 (SpreadsheetML).

mod sheet;
mod strings;
mod xml;

use std::borrow::Cow;

use crate::files::archive::{self, Remaining};
use crate::files::workbook::sheet::Sheet;
use crate::files::workbook::strings::Strings;
use crate::files::workbook::xml::{Step, attribute, is_true, walk};
use crate::files::{MOST_BYTES, MOST_FILES, RefusalReason, Refused};

const WORKBOOK: &str = "xl/workbook.xml";
const LINKS: &str = "xl/_rels/workbook.xml.rels";
const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";
/// 1970-01-01 as days since the day before 1900.
const DAYS_TO_1970: u64 = 25_569;
/// The same number in workbooks that count from 1904.
const DAYS_FROM_1904_TO_1970: u64 = 24_107;

/// A file with its name. The bytes are owned if they come from a sheet of a workbook.
pub type NamedFile<'a> = (Cow<'a, str>, Cow<'a, [u8]>);

/// The names and bytes of files, in the form that readers take.
pub fn borrowed<'a>(files: &'a [NamedFile<'_>]) -> Vec<(&'a str, &'a [u8])> {
    files.iter().map(|(name, bytes)| (&**name, &**bytes)).collect()
}

/// The files, with each workbook replaced by a table per sheet: `costs.xlsx (Sheet1)`. Sheets without cells are left out.
///
/// Fails if a workbook is damaged, encrypted, or exceeds the limits.
pub fn tables<'a>(files: &[(&'a str, &'a [u8])]) -> Result<Vec<NamedFile<'a>>, Refused> {
    let mut tables = Vec::new();
    for (name, bytes) in files {
        if !archive::has(bytes, WORKBOOK) {
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

/// The parts of a workbook that are read, each with its path.
type Parts = Vec<(String, String)>;

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
            parts.push((path.to_owned(), text.to_owned()));
        }
        Ok(())
    })?;
    Ok(parts)
}

/// The visible sheets with cells, in their order, each with its name.
fn sheets(parts: &Parts) -> Result<Vec<(String, Vec<u8>)>, RefusalReason> {
    let found = |path: &str| parts.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str());
    let part = |path: &str| found(path).unwrap_or_default();
    let damaged = RefusalReason::Damaged;
    let (named, is_from_1904) = named_sheets(part(WORKBOOK)).ok_or(damaged)?;
    let links = links(part(LINKS)).ok_or(damaged)?;
    let strings = Strings::read(part(STRINGS)).ok_or(damaged)?;
    let dates = date_formats(part(STYLES)).ok_or(damaged)?;
    let epoch = if is_from_1904 { DAYS_FROM_1904_TO_1970 } else { DAYS_TO_1970 };
    let mut tables = Vec::new();
    for (name, link) in named {
        let (_, path) = links.iter().find(|(id, _)| *id == link).ok_or(damaged)?;
        let mut sheet = Sheet::new(&strings, &dates, epoch);
        sheet.read(found(path).ok_or(damaged)?)?;
        if !sheet.is_empty() {
            tables.push((name, sheet.write()?));
        }
    }
    Ok(tables)
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

/// The ids of the links to parts, each with the path of its part.
fn links(text: &str) -> Option<Vec<(String, String)>> {
    let mut links = Vec::new();
    walk(text, &mut |step| {
        if let Step::Open(element) = step
            && element.local_name().as_ref() == "Relationship"
        {
            let target = attribute(element, "Target")?;
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            links.push((attribute(element, "Id")?, path));
        }
        Some(())
    })?;
    Some(links)
}

/// For each cell format, whether it shows a date.
fn date_formats(text: &str) -> Option<Vec<bool>> {
    let mut own: Vec<(u32, bool)> = Vec::new();
    let (mut formats, mut is_of_cells) = (Vec::new(), false);
    walk(text, &mut |step| {
        match step {
            Step::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(element, "numFmtId")?.parse().ok()?;
                    own.push((id, shows_date(&attribute(element, "formatCode")?)));
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = attribute(element, "numFmtId").map_or(Some(0), |id| id.parse().ok())?;
                    // The ids of formats that every program knows, including those of Chinese and Japanese dates.
                    let is_known = || matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                    let of_book = own.iter().find(|(known, _)| *known == id);
                    formats.push(of_book.map_or_else(is_known, |(_, shows)| *shows));
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

/// Whether a format such as `yyyy/m/d` shows a date. Quoted text, conditions and escaped characters are ignored.
fn shows_date(format: &str) -> bool {
    let (mut closing, mut is_escaped) = (None, false);
    format.chars().any(|character| {
        if core::mem::take(&mut is_escaped) {
            return false;
        }
        match (closing, character) {
            (Some(end), _) if character == end => closing = None,
            (Some(_), _) => {}
            (None, '"') => closing = Some('"'),
            (None, '[') => closing = Some(']'),
            (None, '\\' | '_' | '*') => is_escaped = true,
            (None, _) => return "yYmMdD".contains(character),
        }
        false
    })
}
