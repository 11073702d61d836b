//! The bills of a shard: the provider's, those from files, and those in effect.

use crate::books::bill::{Bill, Overlap};
use crate::books::ledger::MonthLines;
use crate::store::imported_bills::{self, day_of};
use crate::store::month_bill::MonthBill;
use crate::store::shard::Shard;

impl Shard {
    /// Books a day's bill, in place of the previous one.
    pub(in crate::store) fn bill(&mut self, bill: Bill) {
        let is_other = |known: &Bill| day_of(known) != day_of(&bill);
        self.merged.retain(is_other);
        self.kept.billed.iter_mut().for_each(|billed| billed.leave_out(self.month, &bill));
        self.kept.billed.retain(|billed| !billed.is_empty());
        self.is_changed |= imported_bills::give_way(&mut self.kept.files, &bill);
        let known = self.kept.bills.iter().position(|known| !is_other(known));
        match known.and_then(|place| self.kept.bills.get_mut(place)) {
            Some(known) if *known == bill => {}
            Some(known) => {
                *known = bill;
                self.is_changed = true;
            }
            None => {
                self.kept.bills.push(bill);
                self.is_changed = true;
            }
        }
        self.lay_files();
    }

    /// Books a bill of a file. It takes effect when the shard is shown again.
    pub(in crate::store) fn file(&mut self, import: u32, overlap: Overlap, bill: Bill) {
        imported_bills::add(&mut self.kept.files, import, overlap, bill);
        self.is_changed = true;
    }

    /// The bills of a file, and whether each is added to the day's other bills.
    pub(in crate::store) fn bills_of_import(&self, import: u32) -> impl Iterator<Item = (bool, &Bill)> {
        imported_bills::of_import(&self.kept.files, import)
    }

    /// Removes the bills of a file. They stay in effect until the shard is shown again.
    pub(in crate::store) fn take_back(&mut self, import: u32) {
        self.is_changed |= imported_bills::take_back(&mut self.kept.files, import);
    }

    pub(super) fn lay_files(&mut self) {
        self.filed = imported_bills::standing(&self.kept.files, self.kept.bills.iter().chain(&self.merged));
    }

    /// The bills in effect of its month.
    pub(in crate::store) fn bills(&self) -> impl Iterator<Item = &Bill> {
        self.unmerged().chain(self.merged.iter().filter(|bill| !self.is_filed(bill)))
    }

    /// The month's lines of each book, after the days' own lines were merged.
    pub(in crate::store) fn month_lines(&self) -> impl Iterator<Item = MonthLines<'_>> {
        let (month, billed) = (self.month, self.kept.billed.iter());
        billed.map(move |billed| MonthLines { currency: billed.currency, month, lines: billed.lines() })
    }

    fn unmerged(&self) -> impl Iterator<Item = &Bill> {
        self.kept.bills.iter().filter(|bill| !self.is_filed(bill)).chain(&self.filed)
    }

    /// Whether a file has a bill for a bill's day.
    pub(in crate::store) fn is_filed(&self, bill: &Bill) -> bool {
        self.filed.binary_search_by_key(&day_of(bill), day_of).is_ok()
    }

    /// Merges lines and usage for the month, and keeps the figure of each day. Parts of days stay unchanged, and files are no
    /// longer separate.
    pub(in crate::store) fn merge_lines(&mut self) {
        let (parts, days): (Vec<Bill>, Vec<Bill>) =
            self.unmerged().cloned().partition(|bill| bill.part.is_some() || bill.is_additional);
        self.is_changed |= !self.kept.files.is_empty();
        self.kept.files.clear();
        self.kept.bills = parts;
        for bill in days {
            self.is_changed = true;
            let place = self.kept.billed.iter().position(|billed| billed.currency == bill.currency);
            let place = place.unwrap_or_else(|| {
                self.kept.billed.push(MonthBill::new(bill.currency));
                self.kept.billed.len() - 1
            });
            if let Some(billed) = self.kept.billed.get_mut(place) {
                billed.add(self.month, bill);
            }
        }
    }
}
