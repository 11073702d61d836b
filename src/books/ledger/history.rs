//! The inputs for deriving the books of one account: its readings, bills, corrections and settled days.

use crate::books::bill::{Bill, Line, Shared};
use crate::books::correction::Correction;
use crate::books::figure::{Mark, Reasons};
use crate::books::reading::{DrawOrder, Observation};
use crate::money::{Amount, Currency};
use crate::time::{Day, Month};

/// All stored facts about one account.
#[derive(Clone, Debug)]
pub struct AccountHistory<'a> {
    /// The readings, in any order. Of two at the same time, the first given counts (rule L8).
    pub observed: Vec<&'a Observation>,
    /// The bills, at most one per book and day.
    pub bills: Vec<&'a Bill>,
    /// The lines of months with bills that no longer have lines of their own (rule L13).
    pub month_lines: Vec<MonthLines<'a>>,
    /// Settled days, stored in place of their readings (rule L13).
    pub settled: Vec<&'a SettledDay>,
    /// The user's declarations and undos.
    pub corrections: Vec<&'a Correction>,
    /// Top-ups that the user confirmed earlier.
    pub habits: &'a [(Currency, Amount)],
    /// The pool that the provider uses first.
    pub draw_order: DrawOrder,
    /// Whether the provider's counters restart each month (rule L9).
    pub restarts_monthly: bool,
    /// Whether the account is billed. Then only bills are spend (rule L10).
    pub is_billed: bool,
    /// Whether the user typed the bills. Then they are approximate.
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

/// The billed lines of a book and month, stored once for all of its days (rule L13). Each day then stores only its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthLines<'a> {
    /// The book's currency.
    pub currency: Currency,
    /// The month.
    pub month: Month,
    /// The billed lines.
    pub lines: &'a [Line],
}

/// The stored figures of a day that is over (rule L13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledDay {
    /// The book's currency.
    pub currency: Currency,
    /// The UTC day.
    pub day: Day,
    /// The spend of the day.
    pub spend: Amount,
    /// The certainty of the spend; never unknown.
    pub mark: Mark,
    /// The reasons for the mark.
    pub reasons: Reasons,
    /// The neighbouring days with which a window was divided (rule L7).
    pub shared: Shared,
    /// The money added on the day.
    pub money_in: Amount,
    /// The money that expired on the day.
    pub expired: Amount,
    /// Set if the day is whole (rule F5) and has no open question. The figures then replace its readings fully, except for the
    /// hours.
    pub whole: Option<WholeDay>,
}

/// The additional figures of a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeDay {
    /// The granted part of the spend, if pools are known.
    pub granted: Option<Amount>,
}
