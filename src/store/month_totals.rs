//! What each month of an account came to: one small value, so that a view of a year reads no shard.
//!
//! Knows no month that is not over. It is read only where it is asked for, and a refresh leaves it alone.

use serde::{Deserialize, Serialize};

use crate::books::figure::{Figure, Mark, Reasons};
use crate::books::reading::AccountId;
use crate::host::Values;
use crate::money::{Amount, Currency};
use crate::store::json::is_read_from;
use crate::store::keys::{TOTALS, damaged_key, kept_beside};
use crate::time::Month;

/// The totals of one account.
#[derive(Clone, Debug)]
pub(super) struct MonthTotals {
    pub(super) account: AccountId,
    months: Vec<MonthTotal>,
    is_changed: bool,
    damaged: Option<String>,
}

/// What one book came to in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
struct MonthTotal {
    month: Month,
    currency: Currency,
    figure: Figure,
}

impl MonthTotals {
    /// Where they rest.
    pub(super) fn key(AccountId(id): &AccountId) -> String {
        format!("{TOTALS}{id}")
    }

    /// Every key that they ever had.
    pub(super) fn all_keys(id: &AccountId) -> [String; 2] {
        [MonthTotals::key(id), damaged_key(&MonthTotals::key(id))]
    }

    /// Those of an account that has none yet.
    pub(super) fn begin(account: AccountId) -> MonthTotals {
        MonthTotals { account, months: Vec::new(), is_changed: false, damaged: None }
    }

    /// Reads them. `None` where nobody asked for them.
    pub(super) fn load(id: &AccountId, stored: &Values) -> Option<MonthTotals> {
        let text = stored.get(&MonthTotals::key(id))?;
        let read = text.map(serde_json::from_str::<Vec<MonthTotal>>).transpose();
        let damaged = if read.is_err() { text.map(str::to_owned) } else { None };
        let months = read.unwrap_or_default().unwrap_or_default();
        Some(MonthTotals { account: id.clone(), months, is_changed: false, damaged })
    }

    /// What is stored of them, to be written whether it has changed or not.
    pub(super) fn text(&self) -> Option<String> {
        serde_json::to_string(&self.months).ok()
    }

    /// Adds what is known elsewhere of months before a month, where nothing is known of them here.
    pub(super) fn add_before(&mut self, first: Month, text: &str) {
        let others: Vec<MonthTotal> = serde_json::from_str(text).unwrap_or_default();
        let known: Vec<Month> = self.months.iter().map(|total| total.month).collect();
        let count = self.months.len();
        let is_new = |total: &MonthTotal| total.month < first && !known.contains(&total.month);
        self.months.extend(others.into_iter().filter(is_new));
        self.is_changed |= self.months.len() > count;
    }

    /// Gives them to an account that has none of this id, to be written.
    pub(super) fn move_to(&mut self, account: &AccountId) {
        self.account = account.clone();
        self.is_changed = true;
    }

    /// Whether what was stored of them was damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged.is_some()
    }

    /// Whether there are none: then they are worked out anew from every month.
    pub(super) fn is_empty(&self) -> bool {
        self.months.is_empty()
    }

    /// Each, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Month, Currency, Figure)> {
        self.months.iter().map(|total| (total.month, total.currency, total.figure))
    }

    /// Keeps what a month came to, in place of what was kept of it.
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

    /// Leaves out what a clock that ran ahead took for over.
    pub(super) fn end_before(&mut self, month: Month) {
        let known = self.months.len();
        self.months.retain(|total| total.month < month);
        self.is_changed |= self.months.len() < known;
    }

    /// Takes what was kept next to them before; the key of that where it has to be asked for.
    pub(super) fn recall_damaged(&mut self, stored: &Values) -> Option<String> {
        let damaged = self.damaged.as_ref()?;
        let key = damaged_key(&MonthTotals::key(&self.account));
        let Some(before) = stored.get(&key) else { return Some(key) };
        self.damaged = Some(kept_beside(before, damaged));
        None
    }

    /// Whether what is to be written of them reads back as they are.
    pub(super) fn is_read_from(&self, values: &Values) -> bool {
        is_read_from(values, &MonthTotals::key(&self.account), Some(&self.months))
    }

    /// What has to be written of it.
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

/// In storage a total is `[month, code, amount, mark + 4 x reasons]`; see [`Mark::number`] and [`Reasons::bits`].
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
