//! An import as it rests with its account: which file brought what when, and whether that was undone.
//!
//! Does not know the bills that it brought: they rest in the shards of their months, under its number.

use crate::books::tokens::Price;
use crate::money::{Amount, Currency, Money};
use crate::store::Account;
use crate::time::{Day, Month, Span, Timestamp};

/// What the name of an import begins with, where corrections have names too.
const NAMED: &str = "import-";

/// A file that was imported. In storage it is one line, `number at undone books file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number among those of its account.
    pub(super) number: u32,
    /// When it was imported.
    pub at: Timestamp,
    /// The name of the file, or of the first of several.
    pub file: String,
    /// When it was undone.
    pub undone: Option<Timestamp>,
    /// What it brought, by book.
    pub books: Vec<ImportedPeriod>,
}

/// What an import brought of one book. In storage it is `currency,from,to,amount,began`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedPeriod {
    /// The time that it covers, and nothing outside.
    pub span: Span,
    /// How much.
    pub sum: Money,
    /// When the book began before the import; `None` where there was none.
    pub(super) began: Option<Timestamp>,
}

impl Import {
    /// The name under which it is undone.
    pub fn id(&self) -> String {
        format!("{NAMED}{}", self.number)
    }

    /// The months of which it told.
    pub(super) fn months(&self) -> Vec<Month> {
        let mut months: Vec<Month> = Vec::new();
        for month in self.books.iter().flat_map(|book| book.span.days()).map(Day::month) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
        months
    }
}

impl Account {
    /// The imports that stand and can be undone, in order.
    pub fn standing_imports(&self) -> impl Iterator<Item = &Import> {
        let can_be = |import: &&Import| !import.months().iter().any(|month| self.has_merged(*month));
        self.imports.iter().filter(|import| import.undone.is_none()).filter(can_be)
    }

    /// Whether the lines of a month are kept once for all of it, so that no import is told from another (rule L13).
    pub(super) fn has_merged(&self, month: Month) -> bool {
        self.upkeep.merged.is_some_and(|merged| month < merged)
    }
}

impl Account {
    /// The import of that name, if it stands.
    pub fn import_of(&self, name: &str) -> Option<&Import> {
        let number: u32 = name.strip_prefix(NAMED)?.parse().ok()?;
        self.imports.iter().find(|import| import.number == number && import.undone.is_none())
    }

    /// Notes that an import is undone. A book that began with it begins where it did without it, and prices of days of which
    /// no other file tells are forgotten.
    pub(super) fn undo(&mut self, undone: &Import, now: Timestamp) {
        for import in self.imports.iter_mut().filter(|import| import.number == undone.number) {
            import.undone = Some(now);
        }
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
                // Whatever was imported later knows the book as it began without this.
                if book.began == Some(span.from) {
                    book.began = *began;
                }
                others.push(book.span.from);
            }
            if !self.since.contains(&(currency, span.from)) {
                continue;
            }
            self.since.retain(|(known, _)| *known != currency);
            let read =
                self.last.iter().filter(|last| last.readings.iter().any(|told| told.currency() == currency));
            let begins = others.into_iter().chain(*began).chain(read.map(|last| last.at)).min();
            self.since.extend(begins.map(|begins| (currency, begins)));
        }
    }
}

/// Moments in storage: `-` for none.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok().map(Timestamp::from_ms)
}

fn write(moment: Option<Timestamp>) -> String {
    moment.map_or_else(|| "-".to_owned(), |moment| moment.ms().to_string())
}

impl Import {
    fn parse(line: &str) -> Option<Import> {
        let mut parts = line.splitn(5, ' ');
        let mut part = || parts.next();
        let (number, at, undone) = (part()?.parse().ok()?, moment(part()?)?, moment(part()?));
        let books = part()?.split(';').filter_map(ImportedPeriod::parse).collect();
        Some(Import { number, at, undone, books, file: part()?.to_owned() })
    }

    fn to_line(&self) -> String {
        let Import { number, at, file, undone, books } = self;
        let books: Vec<String> = books.iter().map(|book| book.to_text()).collect();
        format!("{number} {} {} {} {file}\n", at.ms(), write(*undone), books.join(";"))
    }
}

impl ImportedPeriod {
    fn parse(text: &str) -> Option<ImportedPeriod> {
        let mut parts = text.split(',');
        let mut part = || parts.next();
        let currency = Currency::parse(part()?)?;
        let span = Span { from: moment(part()?)?, to: moment(part()?)? };
        let sum = Money { amount: Amount::parse_stored(part()?).ok()?, currency };
        Some(ImportedPeriod { span, sum, began: moment(part()?) })
    }

    fn to_text(self) -> String {
        let ImportedPeriod { span, sum: Money { amount, currency }, began } = self;
        let (from, to) = (span.from.ms(), span.to.ms());
        format!("{currency},{from},{to},{},{}", amount.to_stored(), write(began))
    }
}

/// Imports rest as one text with a line for each. One that cannot be read can no longer be undone; its bills stay.
pub(in crate::store) mod lines {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::store::Import;

    pub(in crate::store) fn serialize<S: Serializer>(imports: &[Import], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&imports.iter().map(Import::to_line).collect::<String>())
    }

    pub(in crate::store) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Import>, D::Error> {
        let text = String::deserialize(from)?;
        Ok(text.lines().filter_map(Import::parse).collect())
    }
}
