//! OpenAI's cost export: the bills of an organisation per UTC day, and per line item or project if the page was grouped that way.
//!
//! OpenAI does not document it. Column names are from public programs that read such files and from samples of 2025-10 to
//! 2026-10, which agree: `start_time, end_time, start_time_iso, end_time_iso, amount_value, amount_currency, line_item, project_id, organization_id,
//! organization_name`, to which newer ones add `quantity, quantity_unit, user_id, api_key_id, project_name, user_email,
//! api_source` between them. Times are seconds since 1970, and also texts, with an offset in older and without one in newer
//! files. Amounts are in units, unrounded, with up to 30 decimals. A row without amount and currency is a zero. `line_item`
//! is empty if the page was not grouped. The export of usage has no amounts.

use crate::files::{
    Item, ItemKind, ParsedTable, Refused, RowCounts, Table, add_zeros, amount, currency, delimiter,
    is_plausible, name,
};
use crate::money::Currency;
use crate::time::{SECOND, Span, Timestamp};

/// The columns that are read. Others, such as users and keys, are not.
const COLUMNS: [&str; 8] = [START, END, START_TEXT, END_TEXT, AMOUNT, CURRENCY, LINE, REQUESTS];
const START: &str = "start_time";
const END: &str = "end_time";
const START_TEXT: &str = "start_time_iso";
const END_TEXT: &str = "end_time_iso";
const AMOUNT: &str = "amount_value";
const CURRENCY: &str = "amount_currency";
const LINE: &str = "line_item";
/// A column of the export of usage.
const REQUESTS: &str = "num_model_requests";

/// Reads a table. `None` if its column names are not those of OpenAI.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    let is_timed = [START, END, START_TEXT, END_TEXT].iter().any(|time| table.has(time));
    match (is_timed, table.has(AMOUNT)) {
        (true, true) => costs(&mut table).map(|items| Some(ParsedTable::Costs(items, table.rows()))),
        (true, false) if table.has(REQUESTS) => {
            Ok(Some(ParsedTable::Counts(Vec::new(), RowCounts::default())))
        }
        _ => Ok(None),
    }
}

fn costs(table: &mut Table<'_>) -> Result<Vec<Item>, Refused> {
    let is_in_seconds = table.has(START) || table.has(END);
    let times = if is_in_seconds { [START, END] } else { [START_TEXT, END_TEXT] };
    times.into_iter().chain([AMOUNT, CURRENCY]).try_for_each(|column| table.require(column))?;
    if table.has(LINE) {
        table.require(LINE)?;
    }
    let [start, end] = times;
    let (mut items, mut zeros) = (Vec::new(), Vec::new());
    while table.next_row()? {
        let span = Span { from: table.read(start, time)?, to: table.read(end, time)? };
        if !is_plausible(span) {
            return Err(table.refuse(end));
        }
        let amount = table.charge(AMOUNT, amount)?;
        if amount.is_zero() && table.cell(CURRENCY)?.is_empty() {
            zeros.push(span);
            continue;
        }
        let is_named = !table.cell(LINE)?.is_empty();
        items.push(Item {
            currency: Some(table.read(CURRENCY, currency)?),
            // The API's name for costs without a line item.
            name: if is_named { table.read(LINE, name)? } else { "other".to_owned() },
            kind: ItemKind::Wallet(None),
            span,
            amount,
            price: None,
        });
    }
    // Without any bill there is no currency; the API bills in US dollars.
    add_zeros(&mut items, zeros, Some(Currency::USD));
    Ok(items)
}

/// Parses seconds since 1970, or a text, which is UTC if it has no offset.
fn time(text: &str) -> Option<Timestamp> {
    match text.parse::<u64>() {
        Ok(seconds) => seconds.checked_mul(SECOND).map(Timestamp::from_ms),
        Err(_) => Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{text}Z"))),
    }
}
