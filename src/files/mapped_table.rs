//! Any table with column names, read by the columns that the user chose.
//!
//! An ambiguous file leads to a [`Question`] to the user and is never guessed. An error names the role of a column, never the
//! text of a column name or a cell. Does not know where the table is stored until the user has answered.

use crate::files::archive::is_archive;
use crate::files::column_mapping::{
    AMOUNT, CURRENCY, ColumnMapping, DATE, END, LINE, LONGEST_CURRENCY, parse_code,
};
use crate::files::layout::{is_value, layout, open};
use crate::files::merge::Merged;
use crate::files::merge::{self, Item, ItemKind};
use crate::files::number_formats::{
    ColumnHints, Decimals, Hint, Order, amount, day, hint_of_amount, hint_of_day, is_bare, is_midnight,
    is_no_charge,
};
use crate::files::row_counts::shorten;
use crate::files::table::Table;
use crate::files::width::is_too_wide;
use crate::files::{Charges, Imported, Question, RefusalReason, Refused, Skip};
use crate::money::Amount;
use crate::time::{DAY, Day, Span, Timestamp};

/// The most columns that are offered.
const MOST_OFFERED: usize = 60;
/// The most characters of a column's name.
const LONGEST_NAME: usize = 60;
/// The most characters of the name of a line.
const LONGEST_LINE: usize = 60;
/// The longest time that a row may cover.
const LONGEST_ROW: u64 = 366 * DAY;

/// The result of reading a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedTable {
    /// The table was read.
    Read(Imported),
    /// The user must answer a question first.
    Asks(Question),
}

/// The names of a table's columns, shortened. `None` if this is not a table with column names and a row of values, or has too
/// many columns. A row with a date or an amount is not a row of names.
pub fn head(bytes: &[u8]) -> Option<Vec<String>> {
    let is_other = is_archive(bytes) || bytes.trim_ascii().starts_with(b"<") || bytes.contains(&0);
    if is_other || is_too_wide(bytes) {
        return None;
    }
    let mut table = Table::at("", bytes, layout(bytes), Vec::new());
    let names = table.cells().filter(|names| names.len() > 1)?;
    if names.iter().all(|name| name.is_empty()) || names.iter().any(|name| is_value(name)) {
        return None;
    }
    let names = names.into_iter().take(MOST_OFFERED).map(|name| shorten(name, LONGEST_NAME)).collect();
    table.next_row().ok().filter(|is_row| *is_row).map(|_| names)
}

/// Reads a table by a mapping of its columns, or returns a question about an ambiguity. `now` decides which rows are for a time
/// that is not over yet. Fails at the first flaw.
pub fn read_mapped(
    file: &str,
    bytes: &[u8],
    mapping: &ColumnMapping,
    now: Timestamp,
) -> Result<MappedTable, Refused> {
    if !mapping.is_complete() {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let hints = hints(&mut open(file, bytes, mapping), mapping)?;
    if let Some(name) = hints.unknown {
        return Ok(MappedTable::Asks(Question::Currency(name)));
    }
    let Some(order) = mapping.order().or(hints.of_days.format(Order::DayFirst)) else {
        return Ok(MappedTable::Asks(Question::Order));
    };
    let Some(decimals) = mapping.decimals().or(hints.of_amounts.format(Decimals::Point)) else {
        return Ok(MappedTable::Asks(Question::Decimals));
    };
    let is_end_exclusive =
        mapping.place(END).is_some() && ends_are_exclusive(&mut open(file, bytes, mapping), order)?;
    let mut table = open(file, bytes, mapping);
    let (mut items, mut zeros) = (Vec::new(), Vec::new());
    while table.next_row()? {
        if is_total(&table, &items, decimals) {
            table.skip_read(Skip::Total);
            continue;
        }
        let span = span(&table, order, is_end_exclusive)?;
        let of_row = table.cell(CURRENCY)?.to_owned();
        if mapping.place(CURRENCY).is_some() && of_row.is_empty() && is_no_charge(table.cell(AMOUNT)?) {
            table.charge(AMOUNT, |_| None)?;
            zeros.push(span);
            continue;
        }
        let currency = match mapping.place(CURRENCY) {
            Some(_) => mapping.currency_of(&of_row),
            None => parse_code(mapping.code()),
        };
        let Some(currency) = currency else { return Err(table.refuse(CURRENCY)) };
        let line = shorten(table.cell(LINE)?, LONGEST_LINE);
        items.push(Item {
            currency: Some(currency),
            name: if line.is_empty() { "other".to_owned() } else { line },
            kind: ItemKind::Wallet(None),
            span,
            amount: table.charge(AMOUNT, |text| amount(text, decimals, currency))?,
            price: None,
        });
    }
    if items.is_empty() && zeros.is_empty() {
        return Err(Refused::file(file, RefusalReason::Empty));
    }
    let Some(charges) = mapping.charges().or(sign_of_charges(&items)) else {
        let is_debits = items.iter().all(|item| item.amount <= Amount::ZERO);
        return Ok(MappedTable::Asks(if is_debits { Question::Debits } else { Question::Sign }));
    };
    if charges == Charges::Negative {
        items.iter_mut().for_each(|item| item.amount = -item.amount);
    }
    if !merge::add_zeros(&mut items, zeros, parse_code(mapping.code())) {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let rows = table.rows();
    let Merged { bills, prices, peak } = merge::merged(vec![items], Vec::new(), now)
        .ok_or_else(|| Refused::file(file, RefusalReason::TooMuch))?;
    Ok(MappedTable::Read(Imported { bills, prices, peak, files: 1, rows, ..Imported::default() }))
}

/// The time of the current row: a day, or the days from its start to its end.
fn span(table: &Table<'_>, order: Order, is_end_exclusive: bool) -> Result<Span, Refused> {
    let first = table.read(DATE, |text| day(text, order))?;
    let text = table.cell(END)?;
    if text.is_empty() {
        return Ok(first.span());
    }
    let end = table.read(END, |text| day(text, order))?;
    let is_after = first < end && (is_midnight(text) || (is_end_exclusive && is_bare(text)));
    let to = if is_after { end.span().from } else { end.span().to };
    let span = Span { from: first.span().from, to };
    if first <= end && span.ms() <= LONGEST_ROW { Ok(span) } else { Err(table.refuse(END)) }
}

/// Whether the end dates are exclusive: all are later than their start dates, and another row starts on one of them or all
/// dates are the first of a month.
fn ends_are_exclusive(table: &mut Table<'_>, order: Order) -> Result<bool, Refused> {
    // Each day only once: a table has many rows and few days.
    let (mut starts, mut ends): (Vec<Day>, Vec<Day>) = Default::default();
    let mut are_first = true;
    while table.next_row()? {
        let one =
            |column| table.cell(column).ok().filter(|text| is_bare(text)).and_then(|text| day(text, order));
        let (Some(first), Some(end)) = (one(DATE), one(END)) else { continue };
        if end <= first {
            return Ok(false);
        }
        are_first &= first.number() == 1 && end.number() == 1;
        for (days, day) in [(&mut starts, first), (&mut ends, end)] {
            if let Err(place) = days.binary_search(&day) {
                days.insert(place, day);
            }
        }
    }
    let begins = |day: &Day| starts.binary_search(day).is_ok();
    Ok(!ends.is_empty() && (are_first || ends.iter().any(begins)))
}

/// The sign of charges, if no amount is negative.
fn sign_of_charges(items: &[Item]) -> Option<Charges> {
    let is_negative = |item: &Item| item.amount.is_negative();
    (!items.iter().any(is_negative)).then_some(Charges::Positive)
}

/// Whether the current row is a total without a label: it has no day, and its amount is the sum of all rows before it.
fn is_total(table: &Table<'_>, items: &[Item], decimals: Decimals) -> bool {
    let Some(first) = items.first().filter(|_| matches!(table.cell(DATE), Ok(""))) else { return false };
    let is_one_book = items.iter().all(|item| item.currency == first.currency);
    let of_row = first.currency.and_then(|currency| amount(table.cell(AMOUNT).ok()?, decimals, currency));
    is_one_book && of_row == Some(items.iter().map(|item| item.amount).sum())
}

/// The formats of days and amounts in the whole file.
struct Hints {
    of_days: ColumnHints<Order>,
    of_amounts: ColumnHints<Decimals>,
    /// The first name in the currency column that is not a known currency.
    unknown: Option<String>,
}

fn hints(table: &mut Table<'_>, mapping: &ColumnMapping) -> Result<Hints, Refused> {
    let mut hints = Hints { of_days: ColumnHints::NONE, of_amounts: ColumnHints::NONE, unknown: None };
    while table.next_row()? {
        for column in [DATE, END] {
            hints.of_days.add(table.cell(column).map_or(Hint::Any, hint_of_day));
        }
        hints.of_amounts.add(table.cell(AMOUNT).map_or(Hint::Any, hint_of_amount));
        let name = table.cell(CURRENCY).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().count() <= LONGEST_CURRENCY;
        if is_name && hints.unknown.is_none() && mapping.currency_of(name).is_none() {
            hints.unknown = Some(shorten(name, LONGEST_CURRENCY));
        }
    }
    Ok(hints)
}
