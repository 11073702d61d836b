//! Days and lines as CSV, and the cells that FOCUS shares.
//!
//! The column names are the same in every language, numbers have a decimal point, and no name begins like a formula, because a
//! spreadsheet would compute it.

use crate::features::export::choice::Part;
use crate::features::export::row::{Row, Rows, mark, reasons};
use crate::files::add_line;
use crate::money::Amount;

/// The columns of days and lines.
const COLUMNS: &str =
    "date,account,provider,model,for,amount,currency,in_total,total_currency,mark,reasons,source,client";

/// The characters at the start of a cell that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A month as CSV; the first part begins with the column names.
pub(super) fn write(rows: &Rows<'_>, part: Part) -> String {
    let mut text = head(COLUMNS, part);
    let total = rows.total_currency();
    for row in rows.all() {
        add_line(&mut text, &cells(&row, &total));
    }
    text
}

fn cells(row: &Row, total: &str) -> [String; 13] {
    [
        row.day.to_string(),
        name(&row.account),
        name(&row.provider),
        name(&row.model),
        row.purpose.name().to_owned(),
        amount(row.figure.amount),
        row.currency.to_string(),
        amount(row.total),
        if row.total.is_some() { total.to_owned() } else { String::new() },
        mark(row.figure.mark).to_owned(),
        reasons(row.figure.reasons).replace(['[', ']', '"'], "").replace(',', " "),
        row.source.to_owned(),
        name(&row.client),
    ]
}

/// An amount with all of its digits. It always has a decimal point, so that readers see a decimal column. Empty if unknown.
pub(super) fn amount(amount: Option<Amount>) -> String {
    let Some(amount) = amount else { return String::new() };
    let digits = amount.to_string();
    if digits.contains('.') { digits } else { digits + ".0" }
}

/// A name that no spreadsheet takes for a formula: an apostrophe marks it as text.
pub(super) fn name(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

/// The line of column names, in the first part of a file only.
pub(super) fn head(columns: &str, part: Part) -> String {
    if part.is_first { format!("{columns}\r\n") } else { String::new() }
}
