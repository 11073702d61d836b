//! Any table with column names, read by the columns that the user chose.
//!
//! Knows what a file leaves open, which is asked and never guessed. A refusal names what a column is for, and never the
//! text of a column name or a cell. Does not know where the table waits until the user has chosen.

use crate::files::archive::is_archive;
use crate::files::column_mapping::{
    AMOUNT, CURRENCY, ColumnMapping, DATE, END, LINE, LONGEST_CURRENCY, of_code,
};
use crate::files::layout::{is_value, layout, open};
use crate::files::merge::{self, Item, ItemKind};
use crate::files::number_formats::{
    ColumnHints, Decimals, Hint, Order, amount, day, hint_of_amount, hint_of_day, is_bare, is_midnight,
    is_no_charge,
};
use crate::files::row_counts::cut;
use crate::files::table::Table;
use crate::files::{Charges, Imported, Question, RefusalReason, Refused, Skip};
use crate::money::Amount;
use crate::time::{DAY, Day, Span};

/// The most columns that can be pointed at.
const MOST_COLUMNS: usize = 60;
/// The most letters of a column's name.
const LONGEST_NAME: usize = 60;
/// The most letters of the name of a line.
const LONGEST_LINE: usize = 60;
/// The longest time that a row can span.
const LONGEST_ROW: u64 = 366 * DAY;

/// What came of reading a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedTable {
    /// It is read.
    Read(Imported),
    /// It cannot be yet.
    Asks(Question),
}

/// The names of a table's columns, shortened. `None` where it is no table with a head and a row below it: a row with a day
/// or an amount in it is no head.
pub fn head(bytes: &[u8]) -> Option<Vec<String>> {
    let is_other = is_archive(bytes) || bytes.trim_ascii().starts_with(b"<") || bytes.contains(&0);
    let mut table = Table::at("", bytes, layout(bytes), Vec::new());
    let names = table.cells().filter(|names| names.len() > 1 && !is_other)?;
    if names.iter().all(|name| name.is_empty()) || names.iter().any(|name| is_value(name)) {
        return None;
    }
    let names = names.into_iter().take(MOST_COLUMNS).map(|name| cut(name, LONGEST_NAME)).collect();
    table.next().ok().filter(|is_row| *is_row).map(|_| names)
}

/// Reads a table by a pointing, or says what it leaves open.
pub fn read_pointed(file: &str, bytes: &[u8], pointing: &ColumnMapping) -> Result<MappedTable, Refused> {
    if !pointing.is_whole() {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let hints = hints(&mut open(file, bytes, pointing), pointing)?;
    if let Some(name) = hints.unknown {
        return Ok(MappedTable::Asks(Question::Currency(name)));
    }
    let Some(order) = pointing.order().or(hints.of_days.way(Order::DayFirst)) else {
        return Ok(MappedTable::Asks(Question::Order));
    };
    let Some(decimals) = pointing.decimals().or(hints.of_amounts.way(Decimals::Point)) else {
        return Ok(MappedTable::Asks(Question::Decimals));
    };
    let ends_after = pointing.place(END).is_some() && end_after(&mut open(file, bytes, pointing), order)?;
    let mut table = open(file, bytes, pointing);
    let (mut items, mut nothing) = (Vec::new(), Vec::new());
    while table.next()? {
        if is_sum(&table, &items, decimals) {
            table.skip_read(Skip::Total);
            continue;
        }
        let span = span(&table, order, ends_after)?;
        let of_row = table.cell(CURRENCY)?.to_owned();
        if pointing.place(CURRENCY).is_some() && of_row.is_empty() && is_no_charge(table.cell(AMOUNT)?) {
            table.charge(AMOUNT, |_| None)?;
            nothing.push(span);
            continue;
        }
        let currency = match pointing.place(CURRENCY) {
            Some(_) => pointing.means(&of_row),
            None => of_code(pointing.code()),
        };
        let Some(currency) = currency else { return Err(table.refuse(CURRENCY)) };
        let line = cut(table.cell(LINE)?, LONGEST_LINE);
        items.push(Item {
            currency: Some(currency),
            name: if line.is_empty() { "other".to_owned() } else { line },
            of: ItemKind::Wallet(None),
            span,
            amount: table.charge(AMOUNT, |text| amount(text, decimals, currency))?,
            price: None,
        });
    }
    if items.is_empty() && nothing.is_empty() {
        return Err(Refused::file(file, RefusalReason::Empty));
    }
    let Some(charges) = pointing.charges().or(sign(&items)) else {
        let is_debits = items.iter().all(|item| item.amount <= Amount::ZERO);
        return Ok(MappedTable::Asks(if is_debits { Question::Debits } else { Question::Sign }));
    };
    if charges == Charges::Negative {
        items.iter_mut().for_each(|item| item.amount = -item.amount);
    }
    if !merge::add_nothing(&mut items, nothing, of_code(pointing.code())) {
        return Ok(MappedTable::Asks(Question::Columns));
    }
    let rows = table.rows();
    let (bills, prices) =
        merge::bills(vec![items], Vec::new()).ok_or_else(|| Refused::file(file, RefusalReason::TooMuch))?;
    Ok(MappedTable::Read(Imported { provider: None, bills, prices, files: 1, skipped: 0, rows }))
}

/// The time of the row in hand: its day, or from that to its end.
fn span(table: &Table<'_>, order: Order, ends_after: bool) -> Result<Span, Refused> {
    let first = table.read(DATE, |text| day(text, order))?;
    let text = table.cell(END)?;
    if text.is_empty() {
        return Ok(first.span());
    }
    let end = table.read(END, |text| day(text, order))?;
    let is_after = first < end && (is_midnight(text) || (ends_after && is_bare(text)));
    let to = if is_after { end.span().from } else { end.span().to };
    let span = Span { from: first.span().from, to };
    if first <= end && span.ms() <= LONGEST_ROW { Ok(span) } else { Err(table.refuse(END)) }
}

/// Whether the dates at the ends of rows are the days after their last days: all are later than their beginnings, and
/// another row begins there, or all begin and end on the 1st of a month.
fn end_after(table: &mut Table<'_>, order: Order) -> Result<bool, Refused> {
    // Each day once: a table has many rows of few days.
    let (mut starts, mut ends): (Vec<Day>, Vec<Day>) = Default::default();
    let mut are_first = true;
    while table.next()? {
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

/// The sign of charges, where no amount is below zero.
fn sign(items: &[Item]) -> Option<Charges> {
    let is_negative = |item: &Item| item.amount.is_negative();
    (!items.iter().any(is_negative)).then_some(Charges::Positive)
}

/// Whether the row in hand is a sum without a word for it: it has no day, and the amount of all rows before.
fn is_sum(table: &Table<'_>, items: &[Item], decimals: Decimals) -> bool {
    let Some(first) = items.first().filter(|_| matches!(table.cell(DATE), Ok(""))) else { return false };
    let is_one_book = items.iter().all(|item| item.currency == first.currency);
    let told = first.currency.and_then(|currency| amount(table.cell(AMOUNT).ok()?, decimals, currency));
    is_one_book && told == Some(items.iter().map(|item| item.amount).sum())
}

/// What the whole file says of how it is written.
struct Hints {
    of_days: ColumnHints<Order>,
    of_amounts: ColumnHints<Decimals>,
    /// The first name in the column of currencies that is of none.
    unknown: Option<String>,
}

fn hints(table: &mut Table<'_>, pointing: &ColumnMapping) -> Result<Hints, Refused> {
    let mut hints = Hints { of_days: ColumnHints::NONE, of_amounts: ColumnHints::NONE, unknown: None };
    while table.next()? {
        for column in [DATE, END] {
            hints.of_days.add(table.cell(column).map_or(Hint::Nothing, hint_of_day));
        }
        hints.of_amounts.add(table.cell(AMOUNT).map_or(Hint::Nothing, hint_of_amount));
        let name = table.cell(CURRENCY).unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().count() <= LONGEST_CURRENCY;
        if is_name && hints.unknown.is_none() && pointing.means(name).is_none() {
            hints.unknown = Some(cut(name, LONGEST_CURRENCY));
        }
    }
    Ok(hints)
}
