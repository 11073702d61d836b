//! The closed months of an account: each book's figures when the month was closed, and each later change.
//!
//! A month is closed once the account was read after its end and its bills no longer change (rule L10), three days into
//! the next month at the earliest. Figures may still change later: by a late bill, an imported file, or a correction. The
//! first entry of a book and month is its closing, and each that follows is a restatement.
//!
//! ```text
//!   2026-10 USD 2026-11-04 12.34 50.1      closed on Nov 4: 12.34 spent, 50.10 left
//!   2026-10 USD 2026-11-09 12.74 50.1      restated by +0.40 on Nov 9
//! ```

use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Month};

/// The shortest time for which a month stays open after its end, in milliseconds.
pub(super) const OPEN_FOR: u64 = 3 * DAY;
/// The most entries of one book and month. Beyond that, the oldest restatements are merged into one.
const MOST_ENTRIES: usize = 6;

/// The closed months of an account, at most 13 of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Closings(Vec<Closing>);

/// The figures of a book for a month, on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Closing {
    /// The UTC month.
    pub month: Month,
    /// The currency of the book.
    pub currency: Currency,
    /// The UTC day on which the month was closed or restated.
    pub on: Day,
    /// The spend of the month.
    pub spend: Amount,
    /// The balance when the month ended; `None` if there is none or it was unknown.
    pub balance: Option<Amount>,
}

/// A change of a closed month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restatement {
    /// The currency of the book.
    pub currency: Currency,
    /// The UTC day on which the change was found.
    pub on: Day,
    /// By how much the spend rose; negative if it fell.
    pub change: Amount,
}

impl Closings {
    /// Whether no month was closed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries of a book and month, the closing first.
    pub fn entries(&self, month: Month, currency: Currency) -> impl Iterator<Item = &Closing> {
        self.0.iter().filter(move |entry| entry.month == month && entry.currency == currency)
    }

    /// The day on which a month was closed: that of the book closed last. `None` while it is open.
    pub fn closed_on(&self, month: Month) -> Option<Day> {
        let of_month = self.0.iter().filter(|entry| entry.month == month);
        let first = of_month.filter(|entry| self.entries(month, entry.currency).next() == Some(*entry));
        first.map(|entry| entry.on).max()
    }

    /// The latest known balance of a book at a month's end.
    pub fn balance(&self, month: Month, currency: Currency) -> Option<Amount> {
        self.entries(month, currency).filter_map(|entry| entry.balance).last()
    }

    /// The changes of a closed month, in the order in which they were found.
    pub fn restatements(&self, month: Month) -> Vec<Restatement> {
        let mut changes = Vec::new();
        for (place, entry) in self.0.iter().enumerate().filter(|(_, entry)| entry.month == month) {
            let is_of_book = |known: &&Closing| known.month == month && known.currency == entry.currency;
            if let Some(before) = self.0.iter().take(place).rfind(is_of_book) {
                let Closing { currency, on, .. } = *entry;
                changes.push(Restatement { currency, on, change: entry.spend - before.spend });
            }
        }
        changes.retain(|restated| !restated.change.is_zero());
        changes
    }

    /// The closed books and months, each once.
    pub(super) fn closed(&self) -> Vec<(Month, Currency)> {
        let mut closed: Vec<(Month, Currency)> = Vec::new();
        for entry in &self.0 {
            if !closed.contains(&(entry.month, entry.currency)) {
                closed.push((entry.month, entry.currency));
            }
        }
        closed
    }

    /// Closes a month of a book, or restates it if its spend has changed. All changes of one day are one restatement.
    pub(super) fn record(&mut self, new: Closing) {
        let last =
            self.0.iter().rposition(|known| known.month == new.month && known.currency == new.currency);
        let count = self.entries(new.month, new.currency).count();
        match last.and_then(|last| self.0.get_mut(last)) {
            Some(known) if known.spend == new.spend => {}
            Some(known) if known.on == new.on && count > 1 => *known = new,
            Some(_) | None => {
                let (month, currency) = (new.month, new.currency);
                self.0.push(new);
                if count >= MOST_ENTRIES {
                    let is_it = |entry: &Closing| entry.month == month && entry.currency == currency;
                    let oldest = self.0.iter().enumerate().filter(|(_, entry)| is_it(entry)).nth(1);
                    if let Some(oldest) = oldest.map(|(place, _)| place) {
                        self.0.remove(oldest);
                    }
                }
            }
        }
    }

    /// Forgets the months before `first`.
    pub(super) fn begin_with(&mut self, first: Month) {
        self.0.retain(|entry| entry.month >= first);
    }

    /// Adds the books and months that only the other has closed.
    pub(super) fn add_missing(&mut self, other: &Closings) {
        let closed = self.closed();
        let missing = other.0.iter().filter(|entry| !closed.contains(&(entry.month, entry.currency)));
        let missing: Vec<Closing> = missing.cloned().collect();
        self.0.extend(missing);
    }
}

/// Its stored form is one text: `2026-10 USD 2026-11-04 12.34 50.1`, without the last part if no balance is known.
impl TryFrom<String> for Closing {
    type Error = &'static str;

    fn try_from(stored: String) -> Result<Closing, &'static str> {
        let read = || {
            let mut parts = stored.split(' ');
            let month = Month::parse(parts.next()?)?;
            let currency = Currency::parse(parts.next()?)?;
            let on = Day::parse(parts.next()?)?;
            let spend = Amount::parse_stored(parts.next()?).ok()?;
            let balance = parts.next().map(Amount::parse_stored).transpose().ok()?;
            Some(Closing { month, currency, on, spend, balance })
        };
        read().ok_or("no such closing")
    }
}

impl From<Closing> for String {
    fn from(Closing { month, currency, on, spend, balance }: Closing) -> String {
        let balance = balance.map(|balance| format!(" {}", balance.to_stored())).unwrap_or_default();
        format!("{month} {currency} {on} {}{balance}", spend.to_stored())
    }
}
