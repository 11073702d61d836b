//! The totals of an account's months: one small value, so that a view of a year reads no shard.
//!
//! Contains only months that are over. It is loaded only if needed, and a refresh does not change it.

use serde::{Deserialize, Serialize};

use crate::books::figure::{Figure, Mark, Reasons};
use crate::books::reading::AccountId;
use crate::host::Values;
use crate::money::{Amount, Currency};
use crate::store::json::is_read_from;
use crate::store::keys::{TOTALS, append_damaged, damaged_key};
use crate::time::Month;

/// The totals of one account.
#[derive(Clone, Debug)]
pub(super) struct MonthTotals {
    pub(super) account: AccountId,
    months: Vec<MonthTotal>,
    is_changed: bool,
    damaged: Option<String>,
}

/// The total of one book in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
struct MonthTotal {
    month: Month,
    currency: Currency,
    figure: Figure,
}

impl MonthTotals {
    /// Their storage key.
    pub(super) fn key(AccountId(id): &AccountId) -> String {
        format!("{TOTALS}{id}")
    }

    /// Every key that they ever had.
    pub(super) fn all_keys(id: &AccountId) -> [String; 2] {
        [MonthTotals::key(id), damaged_key(&MonthTotals::key(id))]
    }

    /// The totals of a new account.
    pub(super) fn begin(account: AccountId) -> MonthTotals {
        MonthTotals { account, months: Vec::new(), is_changed: false, damaged: None }
    }

    /// Loads them. `None` if they were not asked for.
    pub(super) fn load(id: &AccountId, stored: &Values) -> Option<MonthTotals> {
        let text = stored.get(&MonthTotals::key(id))?;
        let read = text.map(serde_json::from_str::<Vec<MonthTotal>>).transpose();
        let damaged = if read.is_err() { text.map(str::to_owned) } else { None };
        let months = read.unwrap_or_default().unwrap_or_default();
        Some(MonthTotals { account: id.clone(), months, is_changed: false, damaged })
    }

    /// Their stored text, whether it has changed or not.
    pub(super) fn text(&self) -> Option<String> {
        serde_json::to_string(&self.months).ok()
    }

    /// Adds another computer's totals of the months before `first` that have none here.
    pub(super) fn add_before(&mut self, first: Month, text: &str) {
        let others: Vec<MonthTotal> = serde_json::from_str(text).unwrap_or_default();
        let known: Vec<Month> = self.months.iter().map(|total| total.month).collect();
        let count = self.months.len();
        let is_new = |total: &MonthTotal| total.month < first && !known.contains(&total.month);
        self.months.extend(others.into_iter().filter(is_new));
        self.is_changed |= self.months.len() > count;
    }

    /// Moves them to an account without totals, so that they are written.
    pub(super) fn move_to(&mut self, account: &AccountId) {
        self.account = account.clone();
        self.is_changed = true;
    }

    /// Whether the stored totals were damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.is_some()
    }

    /// Whether there are none: then they are computed again from every month.
    pub(super) fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// All totals, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Month, Currency, Figure)> {
        self.months.iter().map(|total| (total.month, total.currency, total.figure))
    }

    /// Replaces the totals of a month.
    pub(super) fn set(&mut self, month: Month, figures: impl Iterator<Item = (Currency, Figure)>) {
        let known = figures.filter(|(_, figure)| figure.amount.is_some());
        let new: Vec<_> = known.map(|(currency, figure)| MonthTotal { month, currency, figure }).collect();
        let of_month = |total: &&MonthTotal| total.month == month;
        if self.months.iter().filter(of_month).ne(&new) {
            self.months.retain(|total| total.month != month);
            self.months.extend(new);
            self.is_changed = true;
        }
    }

    /// Removes months that are not over, left by a clock that ran ahead.
    pub(super) fn end_before(&mut self, month: Month) {
        let known = self.months.len();
        self.months.retain(|total| total.month < month);
        self.is_changed |= self.months.len() < known;
    }

    /// Loads the damaged texts that were kept before; returns their key if they are not loaded yet.
    pub(super) fn recall_damaged(&mut self, stored: &Values) -> Option<String> {
        let damaged = self.damaged.as_ref()?;
        let key = damaged_key(&MonthTotals::key(&self.account));
        let Some(before) = stored.get(&key) else { return Some(key) };
        self.damaged = Some(append_damaged(before, damaged));
        None
    }

    /// Whether the text to be written reads back unchanged.
    pub(super) fn is_read_from(&self, values: &Values) -> bool {
        is_read_from(values, &MonthTotals::key(&self.account), Some(&self.months))
    }

    /// Adds the changed texts to `values`.
    pub(super) fn save(&self, values: &mut Values) {
        if !self.is_changed {
            return;
        }
        if let Some(damaged) = &self.damaged {
            values.set(damaged_key(&MonthTotals::key(&self.account)), Some(damaged.clone()));
        }
        values.set(MonthTotals::key(&self.account), self.text());
    }
}

/// The stored form of a total is `[month, code, amount, mark + 4 x reasons]`; see [`Mark::number`] and [`Reasons::bits`].
#[derive(Serialize, Deserialize)]
struct Stored(Month, Currency, Amount, u32);

impl TryFrom<Stored> for MonthTotal {
    type Error = &'static str;

    fn try_from(Stored(month, currency, amount, basis): Stored) -> Result<MonthTotal, &'static str> {
        let mark =
            Mark::from_number(basis % 4).filter(|mark| *mark != Mark::Unknown).ok_or("no such mark")?;
        let figure = Figure { amount: Some(amount), mark, reasons: Reasons::from_bits(basis / 4) }.bounded();
        Ok(MonthTotal { month, currency, figure })
    }
}

impl From<MonthTotal> for Stored {
    fn from(MonthTotal { month, currency, figure }: MonthTotal) -> Stored {
        let basis = figure.mark.number() + 4 * figure.reasons.bits();
        Stored(month, currency, figure.amount.unwrap_or_default(), basis)
    }
}
