//! An import as it is stored with its account: its file, its time, its content, and whether it was undone.
//!
//! Does not know its bills: they are stored in the shards of their months, under its number.

use crate::money::{Amount, Currency, Money};
use crate::time::{Day, Month, Span, Timestamp};

/// The prefix of an import's name; corrections have names too.
const NAMED: &str = "import-";

/// An imported file. The stored form is one line, `number at undone books file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number among the imports of its account.
    pub(in crate::store) number: u32,
    /// When it was imported.
    pub at: Timestamp,
    /// The name of the file, or of the first of several.
    pub file: String,
    /// When it was undone.
    pub undone: Option<Timestamp>,
    /// Its periods, by book.
    pub books: Vec<ImportedPeriod>,
}

/// The part of an import in one book. The stored form is `currency,from,to,amount,began`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedPeriod {
    /// Exactly the time that it covers.
    pub span: Span,
    /// Its amount.
    pub sum: Money,
    /// The start of the book before the import; `None` if there was no book.
    pub(super) began: Option<Timestamp>,
}

impl Import {
    /// The name by which it is undone.
    pub fn id(&self) -> String {
        format!("{NAMED}{}", self.number)
    }

    /// Parses the number in such a name.
    pub(super) fn parse_id(name: &str) -> Option<u32> {
        name.strip_prefix(NAMED)?.parse().ok()
    }

    /// The months that it covers.
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

/// A stored moment: `-` for none.
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

/// Imports are stored as one text with a line for each. One that cannot be read can no longer be undone; its bills stay.
pub(in crate::store) mod lines {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::store::imports::record::Import;

    pub(in crate::store) fn serialize<S: Serializer>(imports: &[Import], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&imports.iter().map(Import::to_line).collect::<String>())
    }

    pub(in crate::store) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Import>, D::Error> {
        let text = String::deserialize(from)?;
        Ok(text.lines().filter_map(Import::parse).collect())
    }
}
