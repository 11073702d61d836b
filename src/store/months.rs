//! The text of an account's list of months: runs of months that follow each other, such as `2026-11..2036-10 2037-01`.
//!
//! The list has every month with stored figures, and every operation reads it for every account. As runs, it does not grow from
//! month to month. Up to version 4 it was an array of all months, which can still be read.

use core::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

use crate::time::Month;

/// Writes the months as runs, in their order.
pub(super) fn serialize<S: Serializer>(months: &[Month], to: S) -> Result<S::Ok, S::Error> {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.next() == *month => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    let text = |(first, last): (Month, Month)| {
        if first == last { first.to_string() } else { format!("{first}..{last}") }
    };
    to.serialize_str(&runs.into_iter().map(text).collect::<Vec<_>>().join(" "))
}

/// Reads runs, or the array of earlier versions.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Month>, D::Error> {
    from.deserialize_any(Months)
}

struct Months;

impl<'de> Visitor<'de> for Months {
    type Value = Vec<Month>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("months like 2026-11..2027-02")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<Month>, E> {
        let mut months = Vec::new();
        for run in text.split_ascii_whitespace() {
            let (first, last) = run.split_once("..").unwrap_or((run, run));
            let ends = Month::parse(first).zip(Month::parse(last));
            let (mut month, last) = ends.ok_or_else(|| E::custom("not a month like 2026-11"))?;
            while month <= last {
                months.push(month);
                month = month.next();
            }
        }
        Ok(months)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Month>, A::Error> {
        let mut months = Vec::new();
        while let Some(month) = list.next_element()? {
            months.push(month);
        }
        Ok(months)
    }
}
