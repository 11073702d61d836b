//! Adding bills up in linear time, and the size limits of text from a provider (rule L15).
//!
//! Knows how long a name may be, and how many lines a day may have. Does not know where a bill comes from.
//!
//! ```
//! use drawdown::books::bill::{Bill, by_book_and_day};
//! use drawdown::money::{Amount, Currency};
//! use drawdown::time::Day;
//!
//! let day = Day::parse("2026-11-10").unwrap();
//! let item = |name: &str| Bill::item(Currency::USD, day, name, Some(Amount::whole(1)));
//! let bills = by_book_and_day(vec![item("chat"), item("chat"), item(&"x".repeat(3_000_000))]);
//! assert_eq!((bills.len(), bills[0].lines.len(), bills[0].amount()), (1, 2, Amount::whole(3)));
//! assert_eq!(bills[0].lines[1].name.len(), 200);
//! ```

use core::cmp::Reverse;
use core::hash::{BuildHasher, BuildHasherDefault};
use core::mem;
use std::collections::{BTreeMap, BinaryHeap};
use std::hash::DefaultHasher;

use crate::books::bill::{Bill, Line, Wallet};
use crate::digest::digest;
use crate::money::{Amount, Currency};
use crate::time::Day;

/// The longest name, in bytes.
const LONGEST_NAME: usize = 200;
/// The number of letters of the digest at the end of a cut name.
const SUFFIX: usize = 12;
/// The most lines of a day, not counting the lines that sum up the rest.
const MOST_LINES: usize = 500;
/// The name of the line that sums up the rest, and of an item without a name.
pub const OTHER: &str = "other";

/// Numbers keys from zero, in order of first occurrence. Keys are compared by their hashes first, because the keys of one answer
/// are long and share a beginning.
#[derive(Debug, Default)]
pub struct Places(BTreeMap<(u64, String), usize>);

impl Places {
    /// The number of a key.
    pub fn of(&mut self, key: String) -> usize {
        let next = self.0.len();
        let hash = BuildHasherDefault::<DefaultHasher>::new().hash_one(&key);
        *self.0.entry((hash, key)).or_insert(next)
    }
}

impl Bill {
    /// A bill of one item. Without an amount the bill has no line, and its day cost at least as much as the other items.
    pub fn item(currency: Currency, day: Day, name: &str, amount: Option<Amount>) -> Bill {
        let line = amount.map(|amount| Line { name: short_name(name), wallet: None, amount });
        let lines = line.into_iter().collect();
        Bill { lines, has_unpriced: amount.is_none(), ..Bill::empty(currency, day) }
    }

    /// Appends another bill of the same day and book, without adding up lines of the same name.
    pub fn append(&mut self, mut other: Bill) {
        self.lines.append(&mut other.lines);
        self.usage.append(&mut other.usage);
        self.shared.before |= other.shared.before;
        self.shared.after |= other.shared.after;
        self.shared.is_of_month &= other.shared.is_of_month;
        self.has_unpriced |= other.has_unpriced;
    }

    /// Adds another bill of the same day and book.
    pub fn extend(&mut self, other: Bill) {
        self.append(other);
        self.add_up();
    }

    /// Adds up lines with the same name and wallet, and quantities with the same name and unit.
    pub fn add_up(&mut self) {
        let mut places = Places::default();
        for line in mem::take(&mut self.lines) {
            let wallet = line.wallet.map_or("", Wallet::letter);
            let place = places.of([wallet, &line.name].join(" "));
            match self.lines.get_mut(place) {
                Some(sum) => sum.amount = sum.amount + line.amount,
                None => self.lines.push(line),
            }
        }
        let mut places = Places::default();
        for usage in mem::take(&mut self.usage) {
            let place = places.of(format!("{:?} {}", usage.unit, usage.name));
            match self.usage.get_mut(place) {
                Some(sum) => sum.quantity = sum.quantity + usage.quantity,
                None => self.usage.push(usage),
            }
        }
    }

    /// Keeps the lines with the largest absolute amounts, and adds up the rest as [`OTHER`].
    pub fn limit_lines(&mut self) {
        if self.lines.len() <= MOST_LINES {
            return;
        }
        let rank = |place: usize, line: &Line| (line.amount.max(-line.amount), Reverse(place));
        let mut largest = BinaryHeap::new();
        for (place, line) in self.lines.iter().enumerate() {
            largest.push(Reverse(rank(place, line)));
            if largest.len() > MOST_LINES {
                largest.pop();
            }
        }
        let Some(Reverse(least)) = largest.pop() else { return };
        for (place, line) in self.lines.iter_mut().enumerate() {
            if rank(place, line) < least {
                OTHER.clone_into(&mut line.name);
            }
        }
        self.add_up();
    }
}

/// Appends each bill to the one before it if both are of the same book and day, as the items of an answer mostly are.
pub fn join_neighbours(bills: &mut Vec<Bill>) {
    bills.dedup_by(|bill, before| {
        let is_same = (bill.currency, bill.day) == (before.currency, before.day);
        if is_same {
            before.append(mem::replace(bill, Bill::empty(bill.currency, bill.day)));
        }
        is_same
    });
}

/// Merges the bills of an answer into one for each book and day, within the size limits.
pub fn by_book_and_day(mut items: Vec<Bill>) -> Vec<Bill> {
    join_neighbours(&mut items);
    let mut places = Places::default();
    let mut bills: Vec<Bill> = Vec::new();
    for bill in items {
        match bills.get_mut(places.of(format!("{} {}", bill.currency, bill.day))) {
            Some(existing) => existing.append(bill),
            None => bills.push(bill),
        }
    }
    for bill in &mut bills {
        bill.add_up();
        bill.limit_lines();
    }
    bills
}

/// Returns the name, cut if it is too long. A cut name ends in a digest of the whole name, so that two names with the same
/// beginning stay different.
fn short_name(name: &str) -> String {
    if name.len() <= LONGEST_NAME {
        return name.to_owned();
    }
    let digest = digest(name);
    let end = name.floor_char_boundary(LONGEST_NAME - "… ".len() - SUFFIX);
    let (beginning, suffix) = (name.get(..end), digest.get(..SUFFIX));
    format!("{}… {}", beginning.unwrap_or_default(), suffix.unwrap_or_default())
}
