//! The bills of one month from files, each with its imports, in order of import.
//!
//! Knows which of them counts on which day. Does not know when anything was imported, nor why.

use serde::{Deserialize, Serialize};

use crate::books::bill::{Bill, Overlap, by_time, lay};
use crate::money::Currency;
use crate::order::in_order;
use crate::time::Day;

/// A bill from a file: `["1,2", bill]` in storage, or `["3+", bill]` if it is added to the other bills of its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, Bill)", into = "(String, Bill)")]
pub(super) struct ImportedBill {
    /// The numbers of the imports that contain it, including an import that only repeats the day.
    imports: Vec<u32>,
    overlap: Overlap,
    bill: Bill,
}

/// Adds a bill of an import.
pub(super) fn add(files: &mut Vec<ImportedBill>, import: u32, overlap: Overlap, bill: Bill) {
    let last = files.iter_mut().rev().find(|filed| day_of(&filed.bill) == day_of(&bill));
    match last.filter(|last| [last.overlap, overlap] == [Overlap::Replace; 2] && last.bill == bill) {
        Some(last) => last.imports.push(import),
        None => files.push(ImportedBill { imports: vec![import], overlap, bill }),
    }
}

/// Adds the bills of another state's imports, under their numbers here; imports without a number are already known. A bill that
/// replaces others is skipped if the day has one from a file already. Returns whether any was added.
pub(super) fn merge(
    files: &mut Vec<ImportedBill>,
    others: &[ImportedBill],
    number: impl Fn(u32) -> Option<u32>,
) -> bool {
    let known: Vec<_> = files.iter().map(|filed| day_of(&filed.bill)).collect();
    let mut is_any = false;
    for ImportedBill { imports, overlap, bill } in others {
        if *overlap == Overlap::Replace && known.contains(&day_of(bill)) {
            continue;
        }
        for import in imports.iter().filter_map(|import| number(*import)) {
            add(files, import, *overlap, bill.clone());
            is_any = true;
        }
    }
    is_any
}

/// The bills of an import, and whether each is added to the day's other bills.
pub(super) fn of_import(files: &[ImportedBill], import: u32) -> impl Iterator<Item = (bool, &Bill)> {
    let of_it = files.iter().filter(move |filed| filed.imports.contains(&import));
    of_it.map(|filed| (filed.overlap == Overlap::Add, &filed.bill))
}

/// Removes the bills of an import. Returns whether there were any.
pub(super) fn take_back(files: &mut Vec<ImportedBill>, import: u32) -> bool {
    let mut is_any = false;
    files.retain_mut(|filed| {
        let before = filed.imports.len();
        filed.imports.retain(|number| *number != import);
        is_any |= filed.imports.len() < before;
        !filed.imports.is_empty()
    });
    is_any
}

/// Removes the bills that replace a provider's bill of a day, now that a new one arrived. Added bills stay. Returns whether
/// there were any.
pub(super) fn give_way(files: &mut Vec<ImportedBill>, bill: &Bill) -> bool {
    let before = files.len();
    files.retain(|filed| filed.overlap == Overlap::Add || day_of(&filed.bill) != day_of(bill));
    files.len() < before
}

/// The bills that count on the days with files, including other bills of those days; by currency and time.
pub(super) fn standing<'a>(files: &[ImportedBill], others: impl Iterator<Item = &'a Bill>) -> Vec<Bill> {
    let is_filed = |bill: &&Bill| files.iter().any(|filed| day_of(&filed.bill) == day_of(bill));
    let mut standing: Vec<Bill> = others.filter(is_filed).cloned().collect();
    for ImportedBill { overlap, bill, .. } in files {
        let mut of_day = standing.extract_if(.., |known| day_of(known) == day_of(bill)).collect();
        lay(&mut of_day, bill, *overlap);
        standing.append(&mut of_day);
    }
    in_order(standing, by_time)
}

/// The book and the day of a bill.
pub(super) fn day_of(bill: &Bill) -> (Currency, Day) {
    (bill.currency, bill.day)
}

impl From<(String, Bill)> for ImportedBill {
    fn from((imports, bill): (String, Bill)) -> ImportedBill {
        let overlap = if imports.ends_with('+') { Overlap::Add } else { Overlap::Replace };
        let imports = imports.trim_end_matches('+').split(',').filter_map(|import| import.parse().ok());
        ImportedBill { imports: imports.collect(), overlap, bill }
    }
}

impl From<ImportedBill> for (String, Bill) {
    fn from(ImportedBill { imports, overlap, bill }: ImportedBill) -> (String, Bill) {
        let numbers: Vec<String> = imports.iter().map(u32::to_string).collect();
        let end = if overlap == Overlap::Add { "+" } else { "" };
        (numbers.join(",") + end, bill)
    }
}
