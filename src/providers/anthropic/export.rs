//! The cost export of Anthropic's Console: the bills of an organisation in US dollars, per UTC day, model, key and kind of
//! token.
//!
//! Anthropic does not document it. Column names are from public programs that read such files and from samples of 2025-12
//! to 2026-09, which agree:
//! `usage_date_utc, model, workspace, api_key, usage_type, context_window, token_type, cost_usd, cost_type`, to which
//! newer ones add `list_price_usd` (before discounts: not read), `inference_geo, speed, api_key_id, api_key_status`.
//! Amounts are in dollars, each rounded to the cent in all samples, so their sum may differ from the invoice by some cents.
//! The export of tokens has `model_version` and no costs.

use crate::files::{Item, ItemKind, ParsedTable, Refused, RowCounts, Table, amount, delimiter, name};
use crate::money::Currency;
use crate::time::Day;

/// The columns that are read. Others, such as keys and workspaces, are not.
const COLUMNS: [&str; 6] = [DATE, MODEL, COST, KIND, LIST_PRICE, VERSION];
const DATE: &str = "usage_date_utc";
const MODEL: &str = "model";
const COST: &str = "cost_usd";
const KIND: &str = "cost_type";
const LIST_PRICE: &str = "list_price_usd";
/// A column of the export of tokens.
const VERSION: &str = "model_version";

/// Reads a table. `None` if its column names are not those of Anthropic.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    match (table.has(DATE), table.has(COST)) {
        (true, false) if table.has(VERSION) => {
            Ok(Some(ParsedTable::Counts(Vec::new(), RowCounts::default())))
        }
        (true, true) => costs(&mut table).map(|items| Some(ParsedTable::Costs(items, table.rows()))),
        // One of the two columns is missing, but another column shows that the table is Anthropic's.
        (true, false) if table.has(MODEL) => {
            costs(&mut table).map(|items| Some(ParsedTable::Costs(items, table.rows())))
        }
        (false, true) if table.has(LIST_PRICE) => {
            costs(&mut table).map(|items| Some(ParsedTable::Costs(items, table.rows())))
        }
        _ => Ok(None),
    }
}

fn costs(table: &mut Table<'_>) -> Result<Vec<Item>, Refused> {
    [DATE, COST].into_iter().try_for_each(|column| table.require(column))?;
    for column in [MODEL, KIND].into_iter().filter(|column| table.has(column)).collect::<Vec<_>>() {
        table.require(column)?;
    }
    let mut items = Vec::new();
    while table.next_row()? {
        // A cost without a model, such as searches, is named by its kind, like in the API.
        let named = if table.cell(MODEL)?.is_empty() { KIND } else { MODEL };
        let is_named = !table.cell(named)?.is_empty();
        items.push(Item {
            currency: Some(Currency::USD),
            name: if is_named { table.read(named, name)? } else { "other".to_owned() },
            kind: ItemKind::Wallet(None),
            span: table.read(DATE, Day::parse)?.span(),
            amount: table.charge(COST, amount)?,
            price: None,
        });
    }
    Ok(items)
}
