//! The usage export of Xiaomi's MiMo platform, a workbook. There is no card, because no documented API reports a balance.
//!
//! Columns of the sheet `Model usage detail`: `Date, Model, API Key, Currency, Consumed Amount`, then amounts and counts by
//! kind of token and `Request Count`; of `Plugin usage detail`: `Date, Plugin, API Key, Currency, Consumed Amount, Request
//! Count`. Xiaomi does not document it. Column names are from tests of public programs that read such files, 2026-11.

use crate::files::{Item, ItemKind, ParsedTable, Refused, Table, amount, currency, delimiter, name};
use crate::time::Day;

/// The columns that are read. Keys are not.
const COLUMNS: [&str; 6] = [DATE, MODEL, PLUGIN, CURRENCY, AMOUNT, REQUESTS];
const DATE: &str = "Date";
const MODEL: &str = "Model";
const PLUGIN: &str = "Plugin";
const CURRENCY: &str = "Currency";
const AMOUNT: &str = "Consumed Amount";
/// Distinguishes this table from others with a consumed amount.
const REQUESTS: &str = "Request Count";

/// Reads a table. `None` if its column names are not those of MiMo.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    if !(table.has(AMOUNT) && table.has(REQUESTS)) {
        return Ok(None);
    }
    let named = if table.has(PLUGIN) { PLUGIN } else { MODEL };
    [DATE, named, CURRENCY, AMOUNT].into_iter().try_for_each(|column| table.require(column))?;
    let mut items = Vec::new();
    while table.next_row()? {
        items.push(Item {
            currency: Some(table.read(CURRENCY, currency)?),
            name: table.read(named, name)?,
            kind: ItemKind::Wallet(None),
            span: table.read(DATE, day)?.span(),
            amount: table.charge(AMOUNT, amount)?,
            price: None,
        });
    }
    Ok(Some(ParsedTable::Costs(items, table.rows())))
}

/// Parses a day, ignoring the time after it.
fn day(text: &str) -> Option<Day> {
    Day::parse(text.get(..10)?)
}
