//! Past forecasts, each compared with the outcome of its month (rule F7).
//!
//! Knows when a forecast is kept and when it counts as right. Does not know how either figure is computed.
//!
//! ```
//! use drawdown::books::figure::{Figure, Mark};
//! use drawdown::books::past_forecast::{PastForecast, Verdict};
//! use drawdown::money::{Amount, Currency};
//! use drawdown::time::Day;
//!
//! let forecast = PastForecast {
//!     on: Day::parse("2026-11-10").unwrap(),
//!     currency: Currency::USD,
//!     amount: Amount::whole(212),
//!     range: Some((Amount::whole(190), Amount::whole(240))),
//!     accounts: 1,
//! };
//! let came_to = Figure::new(Amount::whole(205), Mark::Exact, []);
//! assert_eq!(forecast.check(came_to, 1).verdict, Verdict::Inside);
//! ```

use serde::{Deserialize, Serialize};

use crate::books::figure::{Figure, Mark, Reason};
use crate::money::{Amount, Currency, ParseAmountError};
use crate::order::in_order;
use crate::time::{Day, Month};

/// The first day of a month on which its forecast is kept.
const FIRST_DAY: u32 = 10;
/// The last day. Later in a month most of it is spent, so a right forecast would say little.
const LAST_DAY: u32 = 20;
/// The number of months for which forecasts are kept, the current month included.
const MONTHS_KEPT: usize = 13;
/// The decimals of a stored amount.
const DECIMALS: u32 = 6;

/// The forecast of a month, as it was on one day of the month. Its stored form is one text: `2026-11-10 USD 212 1 190 240` with
/// the day, currency, amount and number of accounts, and the range if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PastForecast {
    /// The UTC day of the forecast. The forecast is for the month of this day.
    pub on: Day,
    /// The currency.
    pub currency: Currency,
    /// The expected cost of the whole month.
    pub amount: Amount,
    /// The range, from low to high, if the forecast has one.
    pub range: Option<(Amount, Amount)>,
    /// The number of accounts in the forecast; one for the forecast of a book.
    pub accounts: usize,
}

/// A past forecast compared with the outcome of its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastCheck {
    /// The forecast.
    pub forecast: PastForecast,
    /// The cost of the month.
    pub came_to: Figure,
    /// The result of the comparison.
    pub verdict: Verdict,
}

/// The result of comparing a forecast with the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The month ended within the range.
    Inside,
    /// The month cost more than the range allowed.
    Above,
    /// The month cost less.
    Below,
    /// There was no range. The two amounts can be compared.
    NoRange,
    /// The month is not known in full, so it says nothing about the forecast.
    Incomplete,
    /// The accounts differ from those of the forecast: some were added or removed since.
    OtherAccounts,
}

impl PastForecast {
    /// Whether forecasts are kept on this day of the month.
    pub fn is_day(day: Day) -> bool {
        (FIRST_DAY..=LAST_DAY).contains(&day.number())
    }

    /// A forecast to keep. `None` if forecasts are not kept on this day, or if the figure is missing something. Spend hidden in
    /// an open window is not missing, because a forecast estimates it (rule F1).
    pub fn new(
        figure: &Figure,
        currency: Currency,
        range: Option<(Amount, Amount)>,
        accounts: usize,
        on: Day,
    ) -> Option<PastForecast> {
        let is_low = figure.reasons.without(Reason::Open).may_be_low();
        let is_kept = PastForecast::is_day(on) && figure.mark < Mark::Floor && !is_low;
        let amount = figure.amount.filter(|_| is_kept)?.rounded(DECIMALS);
        let range = range.map(|(low, high)| (low.floored(DECIMALS), high.raised(DECIMALS)));
        Some(PastForecast { on, currency, amount, range, accounts })
    }

    /// The month that the forecast is for.
    pub fn month(&self) -> Month {
        self.on.month()
    }

    /// Compares the forecast with the cost of its month, which includes this number of accounts.
    pub fn check(&self, came_to: Figure, accounts: usize) -> ForecastCheck {
        let is_least = came_to.mark == Mark::Floor;
        // A figure that may be too high in one part and too low in another is approximate (rule L14).
        let is_complete = !is_least && !came_to.reasons.may_be_low();
        let verdict = match (came_to.amount, self.range) {
            _ if accounts != self.accounts => Verdict::OtherAccounts,
            // A month that is missing something can still be above the range, but never within or below it.
            (Some(amount), Some((_, high))) if amount > high && is_least => Verdict::Above,
            (None, _) => Verdict::Incomplete,
            _ if !is_complete => Verdict::Incomplete,
            (Some(amount), Some((_, high))) if amount > high => Verdict::Above,
            (Some(_), None) => Verdict::NoRange,
            (Some(amount), Some((low, _))) if amount < low => Verdict::Below,
            (Some(_), Some(_)) => Verdict::Inside,
        };
        ForecastCheck { forecast: self.clone(), came_to, verdict }
    }
}

impl TryFrom<String> for PastForecast {
    type Error = ParseAmountError;

    fn try_from(stored: String) -> Result<PastForecast, ParseAmountError> {
        let mut parts = stored.split(' ');
        let mut part = || parts.next().ok_or(ParseAmountError);
        let on = Day::parse(part()?).ok_or(ParseAmountError)?;
        let currency = Currency::parse(part()?).ok_or(ParseAmountError)?;
        let amount = Amount::parse_stored(part()?)?;
        let accounts = part()?.parse().map_err(|_| ParseAmountError)?;
        let range = match part() {
            Ok(low) => Some((Amount::parse_stored(low)?, Amount::parse_stored(part()?)?)),
            Err(_) => None,
        };
        Ok(PastForecast { on, currency, amount, range, accounts })
    }
}

impl From<PastForecast> for String {
    fn from(PastForecast { on, currency, amount, range, accounts }: PastForecast) -> String {
        let mut text = format!("{on} {currency} {} {accounts}", amount.to_stored());
        if let Some((low, high)) = range {
            text += &format!(" {} {}", low.to_stored(), high.to_stored());
        }
        text
    }
}

/// Keeps the new forecasts of this month, and removes those that are older than 13 months.
pub fn remember(kept: &mut Vec<PastForecast>, forecasts: impl IntoIterator<Item = PastForecast>, now: Month) {
    add_missing(kept, forecasts);
    let oldest = core::iter::successors(Some(now), |month| Some(month.previous())).nth(MONTHS_KEPT - 1);
    kept.retain(|known| oldest.is_none_or(|oldest| known.month() >= oldest));
}

/// Adds the forecasts of months and currencies that have none yet.
pub fn add_missing(kept: &mut Vec<PastForecast>, forecasts: impl IntoIterator<Item = PastForecast>) {
    for forecast in forecasts {
        if !is_known(kept, forecast.month(), forecast.currency) {
            kept.push(forecast);
        }
    }
    *kept = in_order(kept.drain(..), |one, other| one.on.cmp(&other.on));
}

/// Whether a forecast of this month and currency is kept.
pub fn is_known(kept: &[PastForecast], month: Month, currency: Currency) -> bool {
    kept.iter().any(|known| (known.month(), known.currency) == (month, currency))
}
