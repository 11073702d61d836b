//! The bill summary of Kimi's mainland console, a workbook with one row for a period.
//!
//! Columns of the sheet `账单汇总`: `时间范围, 用户ID, 组织ID, 客户主体, 充值账户消耗（元）, 赠送账户消耗（元）`, which are the period, the ids of user and
//! organization, the customer, and the use of topped-up and of granted money, in yuan. Moonshot does not document it. Column
//! names are from tests of public programs that read such files, 2026-11.

use crate::books::bill::Wallet;
use crate::files::{Item, ItemKind, ParsedTable, Refused, Table, amount, delimiter, is_plausible};
use crate::money::Currency;
use crate::time::{SECOND, Span, Timestamp};

/// The columns that are read. Others, such as the user and the customer, are not.
const COLUMNS: [&str; 3] = [PERIOD, TOPPED_UP, GRANTED];
const PERIOD: &str = "时间范围";
const TOPPED_UP: &str = "充值账户消耗（元）";
const GRANTED: &str = "赠送账户消耗（元）";

/// Reads a table. `None` if its column names are not those of Moonshot.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    if !(table.has(PERIOD) && (table.has(TOPPED_UP) || table.has(GRANTED))) {
        return Ok(None);
    }
    COLUMNS.into_iter().try_for_each(|column| table.require(column))?;
    let mut items = Vec::new();
    while table.next_row()? {
        let span = table.read(PERIOD, period)?;
        if !is_plausible(span) {
            return Err(table.refuse(PERIOD));
        }
        for (column, wallet) in [(TOPPED_UP, Wallet::ToppedUp), (GRANTED, Wallet::Granted)] {
            items.push(Item {
                currency: Some(Currency::CNY),
                name: "other".to_owned(),
                kind: ItemKind::Wallet(Some(wallet)),
                span,
                amount: table.charge(column, amount)?,
                price: None,
            });
        }
    }
    Ok(Some(ParsedTable::Costs(items, table.rows())))
}

/// Parses `2026-08-01 00:00:00 - 2026-08-31 23:59:59`. Both times belong to the period.
fn period(text: &str) -> Option<Span> {
    let (from, to) = text.split_once(" - ")?;
    let time = |text: &str| Timestamp::parse(&format!("{}Z", text.trim().replacen(' ', "T", 1)));
    Some(Span { from: time(from)?, to: time(to)?.plus(SECOND) })
}
