//! The month compared with its budget.

use crate::books::forecast::State;
use crate::books::statement::forecast::Forecast;
use crate::books::statement::totals::Total;
use crate::money::{Amount, Money};

/// The month compared with its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The budget, in the main currency.
    pub amount: Amount,
    /// What is spent this month so far; never below zero.
    pub spent: Amount,
    /// The spent part in whole percent, rounded down; more than 100 if the budget is exceeded.
    pub percent: u64,
    /// How the month compares.
    pub standing: Standing,
}

/// How the month compares with its budget, from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The forecast is within the budget, as far as is known.
    Within,
    /// The forecast is above the budget.
    LandsAbove,
    /// The budget is spent.
    Spent,
}

impl Budget {
    /// `None` without a budget, and if it is in another currency than the total: a budget is not converted.
    pub(super) fn new(budget: Option<Money>, total: &Total, landing: &Forecast) -> Option<Budget> {
        let Money { amount, .. } = budget.filter(|budget| Some(budget.currency) == total.currency)?;
        let spent = total.so_far().amount.unwrap_or_default();
        // With less than a day observed, a forecast sets no color (rule F4).
        let forecast = landing.figure.amount.filter(|_| landing.state >= State::Partial);
        let standing = if spent >= amount {
            Standing::Spent
        } else if forecast.is_some_and(|forecast| forecast > amount) {
            Standing::LandsAbove
        } else {
            Standing::Within
        };
        let spent = spent.or_zero();
        let percent = spent.over(amount).and_then(|share| share.of_whole(100)).unwrap_or(100);
        Some(Budget { amount, spent, percent, standing })
    }
}
