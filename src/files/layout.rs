//! The layout of a table: its delimiter, and the row with the column names.

use crate::files::column_mapping::ColumnMapping;
use crate::files::number_formats::{Decimals, Order, currency, day, is_no_charge, parse_marked};
use crate::files::table::{self, Layout, Table, delimiter};

/// The most rows above the column names.
const MOST_ABOVE: usize = 30;

/// Opens a table at its row of column names, with the columns of this mapping.
pub(super) fn open<'a>(file: &'a str, bytes: &'a [u8], mapping: &ColumnMapping) -> Table<'a> {
    Table::at(file, bytes, layout(bytes), mapping.columns().to_vec())
}

/// Whether a cell is a value, and not the name of a column.
pub(super) fn is_value(cell: &str) -> bool {
    is_day(cell) || table::amount(cell).is_some() || cell.starts_with(['{', '['])
}

pub(super) fn is_day(cell: &str) -> bool {
    [Order::DayFirst, Order::MonthFirst].into_iter().any(|order| day(cell, order).is_some())
}

pub(super) fn is_amount(cell: &str) -> bool {
    let is_one = |decimals| {
        let marked = parse_marked(cell, decimals);
        marked.is_some_and(|(_, mark)| mark.is_empty() || "$¥￥".contains(&mark) || currency(&mark).is_some())
    };
    is_no_charge(cell) || is_one(Decimals::Point) || is_one(Decimals::Comma)
}

/// Finds the delimiter and the row of column names: among the first rows, the one with the most names that precedes a row of
/// values with the same number of cells. The first row if there is none.
pub(super) fn layout(bytes: &[u8]) -> Layout {
    let default_delimiter = delimiter(bytes);
    let mut best = (0, Layout { delimiter: default_delimiter, rows_above: 0 });
    for delimiter in [default_delimiter, b',', b';', b'\t'] {
        let mut table = Table::at("", bytes, Layout { delimiter, rows_above: 0 }, Vec::new());
        // Rows that may be the column names: position, number of cells and number of names.
        let mut heads: Vec<(usize, usize, usize)> = Vec::new();
        for place in 0..MOST_ABOVE {
            let cells = table.cells().unwrap_or_default();
            let named = cells.iter().filter(|cell| !cell.is_empty()).count();
            let has_value = cells.iter().any(|cell| is_value(cell) || (!cell.is_empty() && is_amount(cell)));
            if named > 0 {
                heads.retain(|(_, width, _)| *width == cells.len());
            }
            if has_value {
                for (rows_above, _, named) in heads.drain(..) {
                    if named > best.0 {
                        best = (named, Layout { delimiter, rows_above });
                    }
                }
            } else if cells.len() > 1 && named > 0 {
                heads.push((place, cells.len(), named));
            }
            if !table.advance() {
                break;
            }
        }
    }
    best.1
}
