//! What the books of one account are derived from: its readings, bills and corrections, and the days that are settled.

use crate::books::bill::{Bill, Line, Shared};
use crate::books::correction::Correction;
use crate::books::figure::{Mark, Reasons};
use crate::books::reading::{DrawOrder, Observation};
use crate::money::{Amount, Currency};
use crate::time::{Day, Month};

/// All that is known about one account.
#[derive(Clone, Debug)]
pub struct AccountHistory<'a> {
    /// Its readings, in any order. Of two at the same time, the first given counts (rule L8).
    pub observed: Vec<&'a Observation>,
    /// Its bills, at most one per book and day.
    pub bills: Vec<&'a Bill>,
    /// The lines of months whose bills no longer have their own (rule L13).
    pub month_lines: Vec<MonthLines<'a>>,
    /// Days that stand for their readings (rule L13).
    pub settled: Vec<&'a SettledDay>,
    /// What the user declared and undid.
    pub corrections: Vec<&'a Correction>,
    /// Top-ups that the user confirmed before.
    pub habits: &'a [(Currency, Amount)],
    /// Which pool its provider spends first.
    pub draw_order: DrawOrder,
    /// Whether its provider's counters begin anew with each month (rule L9).
    pub restarts_monthly: bool,
    /// Whether the account is billed. Then only bills are spend (rule L10).
    pub is_billed: bool,
    /// Whether the user typed its bills. Then they are approximate.
    pub is_typed: bool,
}

impl<'a> AccountHistory<'a> {
    /// A history of readings only.
    pub fn from_readings(observed: Vec<&'a Observation>, draw_order: DrawOrder) -> AccountHistory<'a> {
        AccountHistory {
            observed,
            bills: Vec::new(),
            month_lines: Vec::new(),
            settled: Vec::new(),
            corrections: Vec::new(),
            habits: &[],
            draw_order,
            restarts_monthly: false,
            is_billed: false,
            is_typed: false,
        }
    }
}

/// What a book was billed for in a month, stored once for all of its days (rule L13). Each day then has its amount only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthLines<'a> {
    /// In which book.
    pub currency: Currency,
    /// In which month.
    pub month: Month,
    /// For what.
    pub lines: &'a [Line],
}

/// What is stored of a day that is over (rule L13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledDay {
    /// In which book.
    pub currency: Currency,
    /// Which day.
    pub day: Day,
    /// What was spent on it.
    pub spend: Amount,
    /// How certain that is; never unknown.
    pub mark: Mark,
    /// Why.
    pub reasons: Reasons,
    /// With which neighbouring days a window was shared (rule L7).
    pub shared: Shared,
    /// The money that came in on it.
    pub money_in: Amount,
    /// The money that expired on it.
    pub expired: Amount,
    /// Set if the day is whole (rule F5) and nothing is asked about it. It then says as much as its readings, but for
    /// the hours.
    pub whole: Option<WholeDay>,
}

/// What else is stored of a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeDay {
    /// How much of its spend was granted money, if pools are known.
    pub granted: Option<Amount>,
}
