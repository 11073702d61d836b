//! DeepSeek's two tables: costs, and counts of tokens and requests, as its usage page exports them for a month.
//!
//! Costs are `utc_date, model, wallet_type, cost, currency`, without `wallet_type` in old ones. Counts are `utc_date,
//! model, api_key_name, api_key, type, price, amount`. Most have `user_id` too. Newer ones have `start_time_iso` and
//! `end_time_iso`, with an offset, instead of `utc_date`. DeepSeek does not document it. Column names are from public
//! programs that read such files, 2026-11.
//!
//! Money is read from costs only: `price` is for one token in some exports and for a million in others. A comparison with the
//! costs decides.

use crate::books::bill::{Unit, Wallet};
use crate::files::{Item, ItemKind, ParsedTable, Refused, Skip, Table, amount, currency, is_plausible, name};
use crate::money::Amount;
use crate::time::{Day, Span, Timestamp};

/// The columns that are read. Others, such as keys, their names and the user, are not.
const COLUMNS: [&str; 10] = [DATE, START, END, MODEL, COST, CURRENCY, WALLET, TYPE, PRICE, AMOUNT];
const DATE: &str = "utc_date";
const START: &str = "start_time_iso";
const END: &str = "end_time_iso";
const MODEL: &str = "model";
const COST: &str = "cost";
const CURRENCY: &str = "currency";
const WALLET: &str = "wallet_type";
const TYPE: &str = "type";
const PRICE: &str = "price";
const AMOUNT: &str = "amount";

/// Reads a table. `None` if its column names are of neither kind: a cost without DeepSeek's date or wallet may be from any
/// provider, and so may an amount with a currency.
pub(super) fn read(file: &str, bytes: &[u8], most_rows: usize) -> Result<Option<ParsedTable>, Refused> {
    let mut table = Table::open(file, bytes, b',', &COLUMNS).limited(most_rows);
    let is_timed = table.has(START) || table.has(END);
    let is_dated = is_timed || table.has(DATE);
    if table.has(COST) && (is_dated || table.has(WALLET)) {
        costs(&mut table, is_timed).map(|items| Some(ParsedTable::Costs(items, table.rows())))
    } else if table.has(AMOUNT) && is_dated && !table.has(CURRENCY) {
        counts(&mut table, is_timed).map(|items| Some(ParsedTable::Counts(items, table.rows())))
    } else {
        Ok(None)
    }
}

/// Some exports write costs as negative amounts: if no cost is positive, all signs are inverted. In any other table, a
/// negative cost is a refund.
fn costs(table: &mut Table<'_>, is_timed: bool) -> Result<Vec<Item>, Refused> {
    require(table, is_timed, &[MODEL, COST, CURRENCY])?;
    if table.has(WALLET) {
        table.require(WALLET)?;
    }
    let mut items = Vec::new();
    while table.next_row()? {
        items.push(Item {
            currency: Some(table.read(CURRENCY, currency)?),
            name: table.read(MODEL, name)?,
            kind: ItemKind::Wallet(wallet(table.cell(WALLET)?)),
            span: span(table, is_timed)?,
            amount: table.charge(COST, amount)?,
            price: None,
        });
    }
    if items.iter().all(|item| item.amount <= Amount::ZERO) {
        for item in &mut items {
            item.amount = -item.amount;
        }
    }
    Ok(items)
}

/// An unknown type with a number is kept, named by model and type. A missing or unreadable price is not an error, because
/// no figure depends on it.
fn counts(table: &mut Table<'_>, is_timed: bool) -> Result<Vec<Item>, Refused> {
    require(table, is_timed, &[MODEL, TYPE, AMOUNT])?;
    let mut items = Vec::new();
    while table.next_row()? {
        let (span, model) = (span(table, is_timed)?, table.read(MODEL, name)?);
        let (name, unit) = match (unit(table.cell(TYPE)?), name(table.cell(TYPE)?)) {
            (Some(unit), _) => (model, unit),
            (None, Some(kind)) if amount(table.cell(AMOUNT)?).is_some() => {
                (format!("{model}: {kind}"), Unit::Other)
            }
            (None, _) => {
                table.skip_read(Skip::Quantity);
                continue;
            }
        };
        items.push(Item {
            currency: None,
            name,
            kind: ItemKind::Unit(unit),
            span,
            amount: table.read(AMOUNT, amount)?,
            price: table.cell(PRICE).ok().and_then(amount).filter(|price| !price.is_negative()),
        });
    }
    Ok(items)
}

fn require(table: &Table<'_>, is_timed: bool, columns: &[&'static str]) -> Result<(), Refused> {
    let time: &[&'static str] = if is_timed { &[START, END] } else { &[DATE] };
    time.iter().chain(columns).try_for_each(|column| table.require(column))
}

/// The time of a row: its own if it has one, otherwise its UTC day.
fn span(table: &Table<'_>, is_timed: bool) -> Result<Span, Refused> {
    if !is_timed {
        return Ok(table.read(DATE, day)?.span());
    }
    let span = Span { from: table.read(START, Timestamp::parse)?, to: table.read(END, Timestamp::parse)? };
    if is_plausible(span) { Ok(span) } else { Err(table.refuse(END)) }
}

/// Parses `2026-11-22` or `20261122`.
fn day(text: &str) -> Option<Day> {
    let (year, rest) = text.split_at_checked(4)?;
    match rest.split_at_checked(2) {
        Some((month, day)) if text.len() == 8 => Day::parse(&format!("{year}-{month}-{day}")),
        _ => Day::parse(text),
    }
}

fn wallet(text: &str) -> Option<Wallet> {
    let is = |name: &str| text.eq_ignore_ascii_case(name);
    if is("paid") {
        Some(Wallet::ToppedUp)
    } else if is("granted") {
        Some(Wallet::Granted)
    } else {
        None
    }
}

fn unit(text: &str) -> Option<Unit> {
    match text {
        "input_cache_hit_tokens" => Some(Unit::CacheHit),
        "input_cache_miss_tokens" => Some(Unit::CacheMiss),
        "input_tokens" => Some(Unit::Input),
        "output_tokens" => Some(Unit::Output),
        "request_count" => Some(Unit::Requests),
        _ => None,
    }
}
