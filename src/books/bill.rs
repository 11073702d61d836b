//! Billed money: a [`Bill`] per UTC day, with its lines.
//!
//! Knows the shape of a bill, and how a row that spans several days is divided among them (rules L7 and L11). Does not know the
//! source of a bill (an API or a file), nor other data about those days.
//!
//! ```
//! use drawdown::books::bill::{Bill, Line, Row, by_day};
//! use drawdown::money::{Amount, Currency};
//! use drawdown::time::{Day, Span, Timestamp};
//!
//! let at = |text| Timestamp::parse(text).unwrap();
//! let span = Span { from: at("2026-11-01T00:00:00Z"), to: at("2026-11-02T00:00:00Z") };
//! let line = Line { name: "chat".to_owned(), wallet: None, amount: Amount::whole(3) };
//! let bills = by_day(vec![vec![Row { currency: Currency::parse("USD").unwrap(), span, line }]]);
//! assert_eq!((bills[0].day, bills[0].amount()), (Day::parse("2026-11-01").unwrap(), Amount::whole(3)));
//! ```

mod layers;
mod tally;

pub use layers::{Overlap, by_time, lay};
pub use tally::{OTHER, Places, by_book_and_day, join_neighbours};

use serde::{Deserialize, Serialize, Serializer};

use crate::money::{Amount, Currency, ParseAmountError};
use crate::order::in_order;
use crate::time::{DAY, Day, Span, Timestamp};

/// The shortest month.
const SHORTEST_MONTH: u64 = 28 * DAY;

/// The bill of one book for one UTC day, or for a part of it. A bill without lines means that nothing was billed: the day is
/// zero, not unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// The currency.
    #[serde(rename = "c")]
    pub currency: Currency,
    /// The UTC day.
    #[serde(rename = "d")]
    pub day: Day,
    /// The billed lines, one for each pair of name and wallet.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// The billed quantities, such as tokens and requests, if they are known.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<Usage>,
    /// The neighbouring days with which a row was divided evenly (rule L7).
    #[serde(rename = "s", default, skip_serializing_if = "Shared::is_none")]
    pub shared: Shared,
    /// The part of the day that a file covers; `None` for the whole day.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Span>,
    /// When the file was imported, if the day was not complete then (rule L11).
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// Whether the file is of another provider. Such a bill is added to the windows of its day and replaces none of them.
    #[serde(rename = "b", default, skip_serializing_if = "core::ops::Not::not")]
    pub is_additional: bool,
    /// Whether an item has no amount. Then the day cost at least the sum of the lines.
    #[serde(rename = "n", default, skip_serializing_if = "core::ops::Not::not")]
    pub has_unpriced: bool,
}

/// The amount billed for one item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Line {
    /// The provider's name of the model, product or service; unknown ones are kept too (rule L11).
    pub name: String,
    /// The pool that paid, if it is known.
    pub wallet: Option<Wallet>,
    /// The amount; negative for a refund.
    pub amount: Amount,
}

/// A pool of prepaid money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wallet {
    /// Promotional money.
    Granted,
    /// Money that the user paid in.
    ToppedUp,
}

/// A billed quantity: tokens of one kind, or requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(String, Unit, Amount)", into = "(String, Unit, Amount)")]
pub struct Usage {
    /// The model, as in [`Line::name`].
    pub name: String,
    /// The unit that is counted.
    pub unit: Unit,
    /// The number of units.
    pub quantity: Amount,
}

/// The unit of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Tokens read from the provider's cache.
    CacheHit,
    /// Input tokens that were not cached.
    CacheMiss,
    /// Input tokens, where cached and uncached ones are not reported separately.
    Input,
    /// Output tokens, including reasoning tokens.
    Output,
    /// Requests.
    Requests,
    /// A type that is not known yet; the usage's name then holds both the model and the type.
    Other,
}

/// The neighbouring days with which a day shares a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
pub struct Shared {
    /// A row begins on an earlier day.
    pub before: bool,
    /// A row ends on a later day.
    pub after: bool,
    /// The day's money comes only from rows of a month or more, which say nothing about a single day.
    pub is_of_month: bool,
}

/// One row of a file or an answer: an amount over a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The currency.
    pub currency: Currency,
    /// The time that the row covers; never empty.
    pub span: Span,
    /// The billed item.
    pub line: Line,
}

impl Bill {
    /// A bill for a day without any billed item yet.
    pub fn empty(currency: Currency, day: Day) -> Bill {
        let (lines, usage, shared) = (Vec::new(), Vec::new(), Shared::default());
        let (part, as_of) = (None, None);
        Bill { currency, day, lines, usage, shared, part, as_of, is_additional: false, has_unpriced: false }
    }

    /// The time that the bill covers: the day, or a part of it.
    pub fn span(&self) -> Span {
        self.part.map_or(self.day.span(), |part| part.overlap(self.day.span()))
    }

    /// The sum of the lines.
    pub fn amount(&self) -> Amount {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The part that was paid with granted money. `None` if the wallet of a line is not known.
    pub fn granted(&self) -> Option<Amount> {
        let of = |line: &Line| match line.wallet? {
            Wallet::Granted => Some(line.amount),
            Wallet::ToppedUp => Some(Amount::ZERO),
        };
        self.lines.iter().map(of).sum()
    }

    /// Adds to the line with the same name and wallet. For many lines see [`Bill::add_up`].
    pub fn add(&mut self, line: Line) {
        let is_same = |other: &&mut Line| other.name == line.name && other.wallet == line.wallet;
        match self.lines.iter_mut().find(is_same) {
            Some(existing) => existing.amount = existing.amount + line.amount,
            None => self.lines.push(line),
        }
    }

    /// Adds to the quantity with the same name and unit.
    pub fn count(&mut self, usage: Usage) {
        let is_same = |other: &&mut Usage| other.name == usage.name && other.unit == usage.unit;
        match self.usage.iter_mut().find(is_same) {
            Some(existing) => existing.quantity = existing.quantity + usage.quantity,
            None => self.usage.push(usage),
        }
    }
}

/// The bills of the UTC days that the rows of files cover, by currency and time (rule L11).
///
/// A file covers the time from its first row to its last, so a day without a row in between is zero. The times of files that
/// touch are merged. If that time begins or ends within a day, the bill covers that part of the day. A row that touches several
/// days is divided evenly over its time, and its parts sum to the whole. A row without a name and without money only shows that
/// nothing was billed in its time.
pub fn by_day(files: Vec<Vec<Row>>) -> Vec<Bill> {
    let mut bills: Vec<Bill> = Vec::new();
    for (currency, covered) in covered(&files) {
        bills.extend(covered.days().map(|day| {
            let part = covered.overlap(day.span());
            // Cleared below by the first row of less than a month that has money.
            let shared = Shared { is_of_month: true, ..Shared::default() };
            Bill { part: (part != day.span()).then_some(part), shared, ..Bill::empty(currency, day) }
        }));
    }
    for Row { currency, span, line } in files.into_iter().flatten() {
        let is_nothing = line.name.is_empty() && line.amount.is_zero();
        for day in span.days().filter(|_| !is_nothing) {
            let part = span.overlap(day.span());
            let place =
                bills.partition_point(|bill| (bill.currency, bill.span().to) <= (currency, part.from));
            let Some(bill) = bills.get_mut(place) else { continue };
            bill.shared.before |= span.from < day.span().from;
            bill.shared.after |= span.to > day.span().to;
            bill.shared.is_of_month &= line.amount.is_zero() || span.ms() >= SHORTEST_MONTH;
            bill.lines.push(Line { amount: span.share(line.amount, part), ..line.clone() });
        }
    }
    for bill in &mut bills {
        bill.shared.is_of_month &= bill.lines.iter().any(|line| !line.amount.is_zero());
        bill.add_up();
    }
    bills
}

/// The times that the files cover in each currency, in order. Times that touch are merged.
fn covered(files: &[Vec<Row>]) -> Vec<(Currency, Span)> {
    let mut of_files: Vec<(Currency, Span)> = Vec::new();
    for file in files {
        let first = of_files.len();
        for Row { currency, span, .. } in file {
            match of_files.iter_mut().skip(first).find(|(other, _)| other == currency) {
                Some((_, covered)) => *covered = covered.hull(*span),
                None => of_files.push((*currency, *span)),
            }
        }
    }
    let of_files = in_order(of_files, |(currency, span), (other, others)| {
        (currency, span.from).cmp(&(other, others.from))
    });
    let mut joined: Vec<(Currency, Span)> = Vec::new();
    for (currency, span) in of_files {
        match joined.last_mut().filter(|(last, covered)| *last == currency && span.from <= covered.to) {
            Some((_, covered)) => *covered = covered.hull(span),
            None => joined.push((currency, span)),
        }
    }
    joined
}

impl Shared {
    /// Whether no row is shared.
    pub fn is_none(&self) -> bool {
        *self == Shared::default()
    }
}

impl From<u8> for Shared {
    fn from(bits: u8) -> Shared {
        Shared { before: bits & 1 != 0, after: bits & 2 != 0, is_of_month: bits & 4 != 0 }
    }
}

impl From<Shared> for u8 {
    fn from(shared: Shared) -> u8 {
        u8::from(shared.before) + 2 * u8::from(shared.after) + 4 * u8::from(shared.is_of_month)
    }
}

/// A stored line is `[name, amount]` or `[name, amount, wallet]`. It is compact, because there are many.
impl TryFrom<Vec<String>> for Line {
    type Error = ParseAmountError;

    fn try_from(stored: Vec<String>) -> Result<Line, ParseAmountError> {
        let mut parts = stored.into_iter();
        let (Some(name), Some(amount), wallet, None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ParseAmountError);
        };
        let wallet = wallet.map(|letter| Wallet::of_letter(&letter).ok_or(ParseAmountError)).transpose()?;
        Ok(Line { name, wallet, amount: Amount::parse_stored(&amount)? })
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (name, amount) = (&self.name, self.amount.to_stored());
        match self.wallet {
            None => (name, amount).serialize(to),
            Some(wallet) => (name, amount, wallet.letter()).serialize(to),
        }
    }
}

impl Wallet {
    /// What stands for it in a stored line.
    fn letter(self) -> &'static str {
        match self {
            Wallet::Granted => "g",
            Wallet::ToppedUp => "p",
        }
    }

    fn of_letter(letter: &str) -> Option<Wallet> {
        [Wallet::Granted, Wallet::ToppedUp].into_iter().find(|wallet| wallet.letter() == letter)
    }
}

impl From<(String, Unit, Amount)> for Usage {
    fn from((name, unit, quantity): (String, Unit, Amount)) -> Usage {
        Usage { name, unit, quantity }
    }
}

impl From<Usage> for (String, Unit, Amount) {
    fn from(Usage { name, unit, quantity }: Usage) -> (String, Unit, Amount) {
        (name, unit, quantity)
    }
}
