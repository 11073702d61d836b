//! The files that a user imported into an account: their content, what each replaces or is added to, and how it is undone.
//!
//! Knows an import as a fact next to its bills (rule L11). Does not know how a file is read.
//!
//! ```text
//!   import 1      |### Nov 1 - 10 ###|                 each import's bills are stored in the shards of their months, under
//!   import 2                  |### Nov 8 - 20 ###|     its number: undoing it leaves all other bills
//! ```

pub(super) mod record;
mod undo;

pub use record::{Import, ImportedPeriod};

use serde::{Deserialize, Serialize};

use crate::books::bill::{Bill, Overlap};
use crate::books::ledger::derive;
use crate::books::reading::AccountId;
use crate::money::{Amount, Currency, Money};
use crate::store::load_scope::months_of;
use crate::store::shard::Shard;
use crate::store::{Account, CorrectionError, LoadScope, Source, State};
use crate::time::{Day, Timestamp};

/// A file to import.
#[derive(Clone, Debug)]
pub struct Importing {
    /// The name of the file.
    pub file: String,
    /// Its bills.
    pub bills: Vec<Bill>,
    /// Whether the file comes from another provider than the account's.
    pub is_of_other: bool,
}

/// A difference between an account and a file, for the same days of one book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportConflict {
    /// The currency.
    pub currency: Currency,
    /// The first of those days.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// The account's amount for them; `None` if it has none.
    pub known: Option<Amount>,
    /// The file's amount for them.
    pub in_file: Amount,
}

impl LoadScope {
    /// The scope for importing bills.
    pub fn of_importing(id: &AccountId, bills: &[Bill]) -> LoadScope {
        LoadScope::Imports(id.clone(), months_of(bills.iter()))
    }

    /// The scope for undoing an import.
    pub fn of_import(account: &Account, import: &Import) -> LoadScope {
        LoadScope::Imports(account.id.clone(), import.months())
    }
}

impl State {
    /// The days on which a file to import differs from the account, if the user has to be asked about them; needs
    /// [`LoadScope::of_importing`]. For another provider's file, all its days. A day imported before it was over may have grown
    /// since, and a part of a day is no difference if the whole day is known.
    pub fn clashes(&self, id: &AccountId, importing: &Importing, now: Timestamp) -> Vec<ImportConflict> {
        let Some(account) = self.account(id) else { return Vec::new() };
        let bills = self.known_of(account, importing, now);
        let ledger = derive(&self.history(account), now);
        let (mut clashes, mut is_asked): (Vec<ImportConflict>, _) = (Vec::new(), false);
        for bill in &bills {
            let known = self.filed_on(account, bill);
            if known.is_empty() && !importing.is_of_other {
                continue;
            }
            is_asked |= importing.is_of_other || known.iter().any(|known| differs(known, bill));
            let (currency, day) = (bill.currency, bill.day);
            if clashes.last().is_none_or(|last| last.currency != currency) {
                clashes.push(ImportConflict {
                    currency,
                    from: day,
                    to: day,
                    known: None,
                    in_file: Amount::ZERO,
                });
            }
            let spend = ledger.book_of(currency).and_then(|book| book.spend(bill.span()).amount);
            if let Some(last) = clashes.last_mut() {
                last.to = day;
                last.in_file = last.in_file + bill.amount();
                if let Some(spend) = spend {
                    last.known = Some(last.known.unwrap_or_default() + spend);
                }
            }
        }
        if is_asked { clashes } else { Vec::new() }
    }

    /// Imports a file (rule L11), so that it can be undone; needs [`LoadScope::of_importing`]. Returns what it booked, by book.
    /// `None`, and nothing is booked, if a month of it is not loaded.
    pub fn import(
        &mut self,
        id: &AccountId,
        importing: Importing,
        overlap: Overlap,
        now: Timestamp,
    ) -> Option<Vec<ImportedPeriod>> {
        self.import_of(id, importing, overlap, now, now)
    }

    /// Imports a file that was imported at another time, on another computer.
    pub(super) fn import_of(
        &mut self,
        id: &AccountId,
        importing: Importing,
        overlap: Overlap,
        at: Timestamp,
        now: Timestamp,
    ) -> Option<Vec<ImportedPeriod>> {
        let account = self.account(id)?;
        let mut bills = self.known_of(account, &importing, at);
        if !months_of(importing.bills.iter()).iter().all(|month| self.is_at_hand(id, *month)) {
            return None;
        }
        if bills.is_empty() {
            return Some(Vec::new());
        }
        let is_additional = importing.is_of_other && overlap == Overlap::Add;
        bills.iter_mut().for_each(|bill| bill.is_additional = is_additional);
        let number = account.imports.iter().map(|import| import.number + 1).max().unwrap_or(1);
        let began = |currency: Currency| {
            account.since.iter().find(|(known, _)| *known == currency).map(|(_, since)| *since)
        };
        let mut books: Vec<ImportedPeriod> = Vec::new();
        for bill in &bills {
            let (currency, span) = (bill.currency, bill.span());
            match books.last_mut().filter(|book| book.sum.currency == currency) {
                Some(book) => {
                    book.span = book.span.hull(span);
                    book.sum.amount = book.sum.amount + bill.amount();
                }
                None => {
                    let sum = Money { amount: bill.amount(), currency };
                    books.push(ImportedPeriod { span, sum, began: began(currency) });
                }
            }
        }
        let import = Import { number, at, file: importing.file, undone: None, books: books.clone() };
        for bill in bills {
            if let Some(shard) = self.shard_mut(id, bill.day.month()) {
                shard.file(number, overlap, bill);
            }
        }
        if let Some(account) = self.account_mut(id) {
            for book in &books {
                account.begin_book(book.sum.currency, book.span.from);
            }
            account.imports.push(import);
        }
        self.follow_import(id, &books, now);
        Some(books)
    }

    /// Undoes an import. The bills that it replaced count again.
    pub fn undo_import(&mut self, id: &AccountId, name: &str, now: Timestamp) -> Result<(), CorrectionError> {
        let account = self.account(id).ok_or(CorrectionError::NoSuchAccount)?;
        let import = account.import_of(name).ok_or(CorrectionError::NoSuchCorrection)?.clone();
        let months = import.months();
        // On a thinned day, the time outside of the file's part was settled.
        let is_part = |edge: Timestamp| edge != edge.day().span().from && edge.day() < account.thinned();
        let has_part = import.books.iter().any(|book| is_part(book.span.from) || is_part(book.span.to));
        if months.iter().any(|month| account.has_merged(*month)) || (has_part && !account.is_billed()) {
            return Err(CorrectionError::TooOld);
        }
        if !months.iter().all(|month| self.is_at_hand(id, *month)) {
            return Err(CorrectionError::NoSuchCorrection);
        }
        for shard in self.shards_mut(id) {
            shard.take_back(import.number);
        }
        if let Some(account) = self.account_mut(id) {
            account.undo(&import, now);
        }
        self.follow_import(id, &import.books, now);
        Ok(())
    }

    /// The bills that a file can have by now. A part of a thinned day is left out: its settled figure stays.
    fn known_of(&self, account: &Account, importing: &Importing, now: Timestamp) -> Vec<Bill> {
        let (settles_after, is_billed) = (account.settles_after(), account.is_billed());
        let mut known = Vec::new();
        for bill in &importing.bills {
            if let Some(bill) = bill.clone().known_at(now, settles_after)
                && (bill.part.is_none() || is_billed || bill.day >= account.thinned())
            {
                known.push(bill);
            }
        }
        known
    }

    /// Whether an imported file has a bill for a day of a book.
    pub fn is_filed(&self, account: &Account, currency: Currency, day: Day) -> bool {
        !self.filed_on(account, &Bill::empty(currency, day)).is_empty()
    }

    /// The file bills in the time of a bill. Without a billing provider, all bills are from files.
    fn filed_on(&self, account: &Account, bill: &Bill) -> Vec<&Bill> {
        let is_of_files = match account.source {
            Source::File => true,
            Source::Key => !account.is_billed(),
            Source::Balance(_) | Source::Bill(_) => false,
        };
        let mut filed = Vec::new();
        for shard in self.shards(&account.id) {
            if shard.month != bill.day.month() {
                continue;
            }
            for known in shard.bills() {
                let is_met = known.currency == bill.currency && known.span().meets(bill.span());
                let is_needed = bill.part.is_none() || known.part.is_some();
                if is_met && is_needed && (is_of_files || shard.is_filed(known)) {
                    filed.push(known);
                }
            }
        }
        filed
    }

    /// Updates an account after an import or its undoing: the end of a file account's data, and the settled days, from the
    /// start of the first window that the file may divide.
    fn follow_import(&mut self, id: &AccountId, books: &[ImportedPeriod], now: Timestamp) {
        for ImportedPeriod { span, sum, .. } in books {
            let day = span.from.day();
            self.settle_anew(id, sum.currency, day, day.span().from.plus(1));
        }
        self.show(id, now);
        let shards = self.shards(id);
        let ends = shards.flat_map(Shard::bills).map(|bill| bill.span().to).max();
        if let Some(account) = self.account_mut(id).filter(|account| account.source == Source::File) {
            let imports = account.imports.iter().filter(|import| import.undone.is_none());
            let imported = imports.flat_map(|import| &import.books).map(|book| book.span.to);
            account.pulse.read_at = imported.chain(ends).max().map(|ends| ends.min(now));
        }
        self.settle_account(id, now);
    }
}

/// Whether a bill differs from an earlier import of its time that was complete.
fn differs(known: &Bill, imported: &Bill) -> bool {
    let has = |bill: &Bill, line| bill.lines.contains(line);
    let is_same = known.part == imported.part
        && known.lines.len() == imported.lines.len()
        && imported.lines.iter().all(|line| has(known, line));
    let is_completed = known.as_of.is_some() || (known.part.is_some() && imported.part.is_none());
    !is_completed && !is_same
}
