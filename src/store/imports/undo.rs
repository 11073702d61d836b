//! The imports of an account: which are in effect, and what the account forgets when one is undone.

use crate::books::tokens::Price;
use crate::store::account::Account;
use crate::store::imports::record::{Import, ImportedPeriod};
use crate::time::{Month, Timestamp};

impl Account {
    /// The imports that are in effect and can be undone, in order.
    pub fn standing_imports(&self) -> impl Iterator<Item = &Import> {
        let can_be = |import: &&Import| !import.months().iter().any(|month| self.has_merged(*month));
        self.imports.iter().filter(|import| import.undone.is_none()).filter(can_be)
    }

    /// Whether the lines of a month are merged, so that its imports can no longer be separated (rule L13).
    pub(in crate::store) fn has_merged(&self, month: Month) -> bool {
        self.upkeep.merged.is_some_and(|merged| month < merged)
    }

    /// The import of that name, if it is in effect.
    pub fn import_of(&self, name: &str) -> Option<&Import> {
        let number: u32 = Import::parse_id(name)?;
        self.imports.iter().find(|import| import.number == number && import.undone.is_none())
    }

    /// Marks an import as undone. A book that it started gets its earlier start back, and prices of days without another file
    /// are forgotten.
    pub(super) fn undo(&mut self, undone: &Import, now: Timestamp) {
        for import in self.imports.iter_mut().filter(|import| import.number == undone.number) {
            import.undone = Some(now);
        }
        self.peak.retain(|used| used.import != undone.number);
        let covers = |import: &Import, price: &Price| {
            let is_it = |book: &ImportedPeriod| {
                book.sum.currency == price.price.currency && book.span.meets(price.on.span())
            };
            import.undone.is_none() && import.books.iter().any(is_it)
        };
        let imports = &self.imports;
        self.prices
            .retain(|price| !covers(undone, price) || imports.iter().any(|import| covers(import, price)));
        for ImportedPeriod { span, sum, began } in &undone.books {
            let currency = sum.currency;
            let of_book = self.imports.iter_mut().filter(|import| import.undone.is_none());
            let mut others = Vec::new();
            for book in
                of_book.flat_map(|import| &mut import.books).filter(|book| book.sum.currency == currency)
            {
                // Later imports now see the book's start without this one.
                if book.began == Some(span.from) {
                    book.began = *began;
                }
                others.push(book.span.from);
            }
            if !self.since.contains(&(currency, span.from)) {
                continue;
            }
            self.since.retain(|(known, _)| *known != currency);
            let read = self
                .last
                .iter()
                .filter(|last| last.readings.iter().any(|reading| reading.currency() == currency));
            let begins = others.into_iter().chain(*began).chain(read.map(|last| last.at)).min();
            self.since.extend(begins.map(|begins| (currency, begins)));
        }
    }
}
