//! The monthly bills of Zhipu's console, a workbook with one row for a month.
//!
//! Columns of the sheet `账单明细`: `账期(月), 目录总价, 总消费金额, 信用支付金额, 赠金抵扣金额, 应付金额, 已付款金额, 待付款金额, 结算状态`. The month and the total use are
//! read, in yuan, regardless of how it was paid. Zhipu does not document it. Column names are from tests of public programs that
//! read such files, 2026-11.

use crate::files::{Item, ItemKind, ParsedTable, Refused, Table, amount, delimiter};
use crate::money::Currency;
use crate::time::Month;

const COLUMNS: [&str; 3] = [MONTH, USED, LIST_PRICE];
const MONTH: &str = "账期(月)";
const USED: &str = "总消费金额";
/// Distinguishes this table from others with a month.
const LIST_PRICE: &str = "目录总价";

/// Reads a table. `None` if its column names are not those of Zhipu.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, delimiter(bytes), &COLUMNS).limited(most_rows);
    if !(table.has(MONTH) && (table.has(USED) || table.has(LIST_PRICE))) {
        return Ok(None);
    }
    [MONTH, USED].into_iter().try_for_each(|column| table.require(column))?;
    let mut items = Vec::new();
    while table.next_row()? {
        items.push(Item {
            currency: Some(Currency::CNY),
            name: "other".to_owned(),
            kind: ItemKind::Wallet(None),
            span: table.read(MONTH, Month::parse)?.span(),
            amount: table.charge(USED, amount)?,
            price: None,
        });
    }
    Ok(Some(ParsedTable::Costs(items, table.rows())))
}
