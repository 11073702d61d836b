//! The imported files as one computer shares them: the total of each day, without models and tokens, and the files that were
//! undone.

use serde::{Deserialize, Serialize};

use crate::books::bill::{Bill, Line, Overlap};
use crate::books::reading::AccountId;
use crate::store::imports::{Import, Importing};
use crate::store::json::text;
use crate::store::shard::Shard;
use crate::store::state::State;
use crate::time::Timestamp;

/// One file: its import time, whether it was added to existing bills, its name, and its days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ImportedFile(pub(super) Timestamp, bool, String, Vec<Bill>);

impl ImportedFile {
    pub(super) fn parse(line: &str) -> Option<ImportedFile> {
        serde_json::from_str(line).ok()
    }

    pub(super) fn to_text(&self) -> Option<String> {
        text(self)
    }
}

impl State {
    /// The files in effect that have a day since then, and the import times of the files that were undone.
    pub(super) fn imported_files(
        &self,
        id: &AccountId,
        from: Timestamp,
    ) -> (Vec<ImportedFile>, Vec<Timestamp>) {
        let Some(account) = self.account(id) else { return (Vec::new(), Vec::new()) };
        let (mut files, mut undone) = (Vec::new(), Vec::new());
        for import in &account.imports {
            if import.undone.is_some() {
                undone.push(import.at);
            } else if import.books.iter().any(|book| book.span.to > from) {
                files.extend(self.imported_file(id, import, from));
            }
        }
        (files, undone)
    }

    fn imported_file(&self, id: &AccountId, import: &Import, from: Timestamp) -> Option<ImportedFile> {
        let (mut is_added, mut bills) = (false, Vec::new());
        for (of_bill, bill) in self.shards(id).flat_map(|shard: &Shard| shard.bills_of_import(import.number))
        {
            if bill.day.span().from >= from {
                is_added |= of_bill;
                bills.push(in_total(bill));
            }
        }
        (!bills.is_empty()).then(|| ImportedFile(import.at, is_added, import.file.clone(), bills))
    }

    /// Imports the files that are unknown here, and takes back those that were undone.
    pub(super) fn unite_files(
        &mut self,
        id: &AccountId,
        files: &[ImportedFile],
        undone: &[Timestamp],
        now: Timestamp,
    ) {
        for ImportedFile(at, is_added, file, bills) in files {
            let is_known =
                self.account(id).is_none_or(|account| account.imports.iter().any(|import| import.at == *at));
            if is_known || undone.contains(at) {
                continue;
            }
            let is_of_other = bills.iter().any(|bill| bill.is_additional);
            let importing = Importing { file: file.clone(), bills: bills.clone(), is_of_other };
            let overlap = if *is_added { Overlap::Add } else { Overlap::Replace };
            // Months that are not loaded are left out.
            let _ = self.import_of(id, importing, overlap, *at, now);
        }
        let standing = self.account(id).into_iter().flat_map(|account| &account.imports);
        let standing = standing.filter(|import| import.undone.is_none() && undone.contains(&import.at));
        let names: Vec<String> = standing.map(Import::id).collect();
        for name in names {
            // A file too old to be undone here stays.
            let _ = self.undo_import(id, &name, now);
        }
    }
}

/// The total of a day: one line for each pool.
fn in_total(bill: &Bill) -> Bill {
    let mut total = Bill { lines: Vec::new(), usage: Vec::new(), ..bill.clone() };
    for Line { wallet, amount, .. } in &bill.lines {
        match total.lines.iter_mut().find(|line| line.wallet == *wallet) {
            Some(line) => line.amount = line.amount + *amount,
            None => total.lines.push(Line { name: String::new(), wallet: *wallet, amount: *amount }),
        }
    }
    total
}
