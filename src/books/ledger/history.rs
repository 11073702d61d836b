//! What the books of one account are derived from: its readings, bills and corrections, and the days that are settled.

use crate::books::bill::{Bill, Shared};
use crate::books::correction::Correction;
use crate::books::figure::{Mark, Reasons};
use crate::books::reading::{DrawOrder, Observation};
use crate::money::{Amount, Currency};
use crate::time::Day;

/// All that is known of one account.
#[derive(Clone, Debug)]
pub struct AccountHistory<'a> {
    /// Its readings, in any order; of two at one time the first given counts (rule L8).
    pub observed: Vec<&'a Observation>,
    /// What was billed, at most once per book and day.
    pub bills: Vec<&'a Bill>,
    /// Days whose readings have been thinned out (rule L13).
    pub settled: Vec<&'a SettledDay>,
    /// What its user declared and undid.
    pub corrections: Vec<&'a Correction>,
    /// Top-ups that its user confirmed before.
    pub habits: &'a [(Currency, Amount)],
    /// Which pool its provider spends first.
    pub draw_order: DrawOrder,
    /// Whether its provider bills: then only a bill is spend (rule L10).
    pub is_billed: bool,
    /// Whether its bills are what its user typed, and none is sure.
    pub is_typed: bool,
}

impl<'a> AccountHistory<'a> {
    /// Readings, and nothing else.
    pub fn from_readings(observed: Vec<&'a Observation>, draw_order: DrawOrder) -> AccountHistory<'a> {
        AccountHistory {
            observed,
            bills: Vec::new(),
            settled: Vec::new(),
            corrections: Vec::new(),
            habits: &[],
            draw_order,
            is_billed: false,
            is_typed: false,
        }
    }
}

/// What is kept of a day whose readings have been thinned out (rule L13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledDay {
    /// In which book.
    pub currency: Currency,
    /// Which day.
    pub day: Day,
    /// What was spent on it.
    pub spend: Amount,
    /// How sure that is; never unknown.
    pub mark: Mark,
    /// Why.
    pub reasons: Reasons,
    /// Whether a window was shared with a day beside it (rule L7).
    pub shared: Shared,
    /// What came in on it.
    pub money_in: Amount,
    /// What expired on it.
    pub expired: Amount,
}
