//! Guesses the roles of the columns of an unknown table.
//!
//! Knows likely names, and checks them against the cells of the first rows: `generation_time_ms` has numbers, so it is not
//! a date. A guess is only a proposal, which the user confirms.

use crate::files::column_mapping::{AMOUNT, CURRENCY, ColumnMapping, DATE, END, LINE};
use crate::files::layout::{is_amount, is_day, open};
use crate::files::mapped_table::head;
use crate::files::number_formats::{Decimals, Order, currency, day, is_no_charge, parse_marked};
use crate::files::row_counts::shorten;

/// The number of rows that are examined.
const ROWS: usize = 50;
/// The most characters of a cell that are examined.
const LONGEST_CELL: usize = 60;

/// The roles of a column, each with words that its name may contain, the most likely first. A column has one role, so the order
/// matters: the currency is searched before the amount.
const ROLES: [(&str, &[&str]); 5] = [
    (END, &["end", "to", "until", "through", "bis", "结束", "截止"]),
    (DATE, &["date", "day", "time", "period", "created", "start", "datum", "日期", "时间"]),
    (CURRENCY, &["currency", "币种", "货币"]),
    (AMOUNT, &["amount", "cost", "total", "price", "charge", "spend", "金额", "费用"]),
    (LINE, &["model", "service", "product", "description", "item", "sku", "slug", "模型", "产品"]),
];

/// Words for the first day of a span.
const BEGINS: [&str; 5] = ["start", "from", "begin", "von", "开始"];

impl ColumnMapping {
    /// Guesses the mapping of a table from its column names and first rows. The currency is the one that the amounts name,
    /// otherwise `code`.
    pub fn likely(bytes: &[u8], code: &str) -> ColumnMapping {
        let Some(names) = head(bytes) else { return ColumnMapping::of_columns(Vec::new(), code) };
        let names: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let rows = first_rows(bytes, names.len());
        let filled = |place: usize| {
            let cells = rows.iter().filter_map(move |row| row.get(place)).map(String::as_str);
            cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
        };
        let mut columns: Vec<(&'static str, usize)> = Vec::new();
        for (role, likely) in ROLES {
            let is_free = |place: usize| !columns.iter().any(|(_, taken)| *taken == place);
            let can_be = |place: &usize| is_free(*place) && fits(role, &filled(*place));
            let free: Vec<usize> = (0..names.len()).filter(can_be).collect();
            // If one column is the end, another is the start.
            let has_end = role == DATE && columns.iter().any(|(role, _)| *role == END);
            let begins: &[&str] = if has_end { &BEGINS } else { &[] };
            let find = |is: &dyn Fn(&str, &str) -> bool| {
                begins.iter().chain(likely).find_map(|word| {
                    // A price per token or unit is not an amount. "Cost in USD" is an amount, not a currency.
                    let is_count = |name: &str| name.contains("token") || name.contains("unit");
                    let is_cost = |name: &str| name.contains(" in ") || name.contains("costin");
                    let fits = |place: &&usize| {
                        let name = names.get(**place).map_or("", String::as_str);
                        is(name, word) && !is_count(name) && (role != CURRENCY || !is_cost(name))
                    };
                    free.iter().find(fits).copied()
                })
            };
            let is_word = |name: &str, word: &str| {
                name.split(|character: char| !character.is_ascii_alphanumeric()).any(|one| one == word)
            };
            // Without a matching name, the cells decide: dates and currencies are unmistakable, and so is a single amount column.
            let by_cells = || match (role, free.as_slice()) {
                (DATE, [first, ..]) | (AMOUNT, [first]) => Some(*first),
                (CURRENCY, free) => {
                    let is_sure = |place: &usize| filled(*place).iter().all(|cell| currency(cell).is_some());
                    free.iter().copied().find(is_sure)
                }
                _ => None,
            };
            let found = find(&is_word).or_else(|| find(&|name, word| name.contains(word))).or_else(by_cells);
            // An end without a start is the day.
            let found = found.filter(|_| role != END || free.len() > 1);
            columns.extend(found.map(|place| (role, place)));
        }
        let place = |role| columns.iter().find(|(known, _)| *known == role).map(|(_, place)| *place);
        let is_span = place(DATE).zip(place(END)).is_some_and(|(first, end)| is_span(&rows, first, end));
        columns.retain(|(role, _)| *role != END || is_span);
        let of_amount = columns.iter().find(|(role, _)| *role == AMOUNT).map(|(_, place)| *place);
        let name = of_amount.and_then(|place| names.get(place)).map_or("", String::as_str);
        let mut words = name.split(|character: char| !character.is_ascii_alphanumeric());
        let by_name = words.find(|word| ["usd", "eur", "cny", "gbp", "jpy"].contains(word));
        let by_mark = of_amount.and_then(|place| {
            filled(place).into_iter().find_map(|cell| currency(&parse_marked(cell, Decimals::Point)?.1))
        });
        let by_mark = by_mark.map(|currency| currency.to_string());
        let code = by_name.map(str::to_ascii_uppercase).or(by_mark).unwrap_or_else(|| code.to_owned());
        ColumnMapping::of_columns(columns, &code)
    }
}

/// Whether cells like these can have this role.
fn fits(role: &str, cells: &[&str]) -> bool {
    let is_all = |is: fn(&str) -> bool| !cells.is_empty() && cells.iter().all(|cell| is(cell));
    match role {
        DATE | END => is_all(is_day),
        AMOUNT => is_all(is_amount) && !is_all(is_no_charge),
        CURRENCY => is_all(|cell| {
            cell.chars().count() <= 20 && !cell.contains(|character: char| character.is_ascii_digit())
        }),
        _ => {
            cells.iter().any(|cell| {
                cell.contains(|character: char| character.is_ascii_alphabetic() || !character.is_ascii())
            }) && !is_all(is_day)
        }
    }
}

/// Whether no row ends before it starts.
fn is_span(rows: &[Vec<String>], first: usize, end: usize) -> bool {
    [Order::DayFirst, Order::MonthFirst].into_iter().any(|order| {
        let at = |row: &[String], place: usize| row.get(place).and_then(|cell| day(cell, order));
        rows.iter().all(|row| at(row, end).is_none_or(|end| at(row, first).is_some_and(|first| first <= end)))
    })
}

fn first_rows(bytes: &[u8], width: usize) -> Vec<Vec<String>> {
    let mut table = open("", bytes, &ColumnMapping::default());
    let mut rows = Vec::new();
    while rows.len() < ROWS && table.next_row().unwrap_or(false) {
        let cells = table.cells().unwrap_or_default();
        rows.push(cells.into_iter().take(width).map(|cell| shorten(cell, LONGEST_CELL)).collect());
    }
    rows
}
