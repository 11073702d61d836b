//! Settled days as they are stored: one text for a book's days of one month (rule L13).
//!
//! ```text
//!   days  = day *( ";" day )
//!   day   = number "," spend "," [ basis ] [ "," money in [ "," expired [ "," whole ] ] ]
//!   basis = mark + 3 x shared + 12 x reasons, left out if equal to that of the day before
//!   whole = the granted money of a whole day, or "-" if pools are unknown; none for any other day
//! ```
//!
//! The numbers of marks and reasons are those of [`Mark::number`] and [`Reasons::bits`]. Zero amounts are left out. The days of
//! a bill with merged lines are stored in the same way.

use crate::books::bill::Shared;
use crate::books::figure::{Mark, Reasons};
use crate::books::ledger::{SettledDay, WholeDay};
use crate::money::{Amount, Currency};
use crate::time::Month;

/// Writes the days of one book and month, in their order.
pub(super) fn write<'a>(days: impl Iterator<Item = &'a SettledDay>) -> String {
    let (mut text, mut before) = (String::new(), None);
    for settled in days {
        let basis = basis(settled);
        let is_new = before.replace(basis) != Some(basis);
        let mut parts = vec![settled.day.number().to_string(), settled.spend.to_string()];
        parts.push(if is_new { basis.to_string() } else { String::new() });
        parts.extend([settled.money_in, settled.expired].map(|amount| match amount.is_zero() {
            true => String::new(),
            false => amount.to_string(),
        }));
        parts.push(match settled.whole {
            Some(WholeDay { granted: Some(granted) }) => granted.to_string(),
            Some(WholeDay { granted: None }) => "-".to_owned(),
            None => String::new(),
        });
        while parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(&parts.join(","));
    }
    text
}

/// Parses the days. `None` if the text is not in the written form.
pub(super) fn read(month: Month, currency: Currency, text: &str) -> Option<Vec<SettledDay>> {
    let (mut days, mut last): (Vec<SettledDay>, u32) = (Vec::new(), 0);
    for entry in text.split(';') {
        let mut parts = entry.split(',');
        let number = parts.next()?.parse().ok()?;
        let spend = Amount::parse_stored(parts.next()?).ok()?;
        let basis = match parts.next().unwrap_or_default() {
            "" => basis(days.last()?),
            basis => basis.parse().ok()?,
        };
        let mut amount = || match parts.next().unwrap_or_default() {
            "" => Some(Amount::ZERO),
            text => Amount::parse_stored(text).ok(),
        };
        let (money_in, expired) = (amount()?, amount()?);
        let whole = match parts.next().unwrap_or_default() {
            "" => None,
            "-" => Some(WholeDay { granted: None }),
            text => Some(WholeDay { granted: Some(Amount::parse_stored(text).ok()?) }),
        };
        if number <= last || number > month.days() {
            return None;
        }
        last = number;
        let mark = Mark::from_number(basis % 3)?;
        let shared = Shared::from(u8::try_from(basis / 3 % 4).ok()?);
        let reasons = Reasons::from_bits(basis / 12);
        days.push(SettledDay {
            currency,
            day: month.day(number),
            spend,
            mark,
            reasons,
            shared,
            money_in,
            expired,
            whole,
        });
    }
    Some(days)
}

fn basis(settled: &SettledDay) -> u32 {
    settled.mark.number() + 3 * u32::from(u8::from(settled.shared)) + 12 * settled.reasons.bits()
}
