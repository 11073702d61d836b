//! Peak-hour use in an export: the same kind of token with two prices on one day.
//!
//! Knows what the peak price adds to the cost of a day. Does not know the hours, nor any price that is not in the file.
//!
//! ```text
//!   day     tokens        price                price of the other hours
//!   Sep 1   1,000,000     0.15   off-peak
//!   Sep 1   1,000,000     0.30   peak          0.15        peak 0.30, premium 0.15
//! ```

use serde::{Deserialize, Serialize};

use crate::money::{Amount, Currency, ParseAmountError};
use crate::time::Day;

/// The priced use of one UTC day of a book, at the prices of one export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PeakUse {
    /// The currency.
    pub currency: Currency,
    /// The UTC day.
    pub day: Day,
    /// Spend at the higher of two prices.
    pub peak: Amount,
    /// Spend at the lower of two prices.
    pub off_peak: Amount,
    /// The amount that the peak-hour use would save at the lower price.
    pub premium: Amount,
    /// Spend at a price that is neither.
    pub unknown: Amount,
}

impl PeakUse {
    /// A day without use.
    pub fn none(currency: Currency, day: Day) -> PeakUse {
        let zero = Amount::ZERO;
        PeakUse { currency, day, peak: zero, off_peak: zero, premium: zero, unknown: zero }
    }

    /// Adds other use of the same book.
    pub fn add(&mut self, other: &PeakUse) {
        self.peak = self.peak + other.peak;
        self.off_peak = self.off_peak + other.off_peak;
        self.premium = self.premium + other.premium;
        self.unknown = self.unknown + other.unknown;
    }

    /// Whether both are for the same day of a book.
    pub fn is_same_day(&self, other: &PeakUse) -> bool {
        (self.currency, self.day) == (other.currency, other.day)
    }

    /// All spend with a price that shows whether it was in peak hours.
    pub fn known(&self) -> Amount {
        self.peak + self.off_peak
    }
}

/// The stored form is one text: `USD 2026-09-01 0.30 0.15 0.15 0`.
impl TryFrom<String> for PeakUse {
    type Error = ParseAmountError;

    fn try_from(stored: String) -> Result<PeakUse, ParseAmountError> {
        let mut parts = stored.split(' ');
        let mut part = || parts.next().ok_or(ParseAmountError);
        let currency = Currency::parse(part()?).ok_or(ParseAmountError)?;
        let day = Day::parse(part()?).ok_or(ParseAmountError)?;
        let mut amount = || Amount::parse_stored(part()?);
        let (peak, off_peak, premium, unknown) = (amount()?, amount()?, amount()?, amount()?);
        Ok(PeakUse { currency, day, peak, off_peak, premium, unknown })
    }
}

impl From<PeakUse> for String {
    fn from(PeakUse { currency, day, peak, off_peak, premium, unknown }: PeakUse) -> String {
        let [peak, off_peak, premium, unknown] = [peak, off_peak, premium, unknown].map(Amount::to_stored);
        format!("{currency} {day} {peak} {off_peak} {premium} {unknown}")
    }
}
