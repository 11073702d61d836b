//! The month against its budget.

use crate::books::forecast::State;
use crate::books::statement::forecast::Forecast;
use crate::books::statement::totals::Total;
use crate::money::{Amount, Money};

/// How the month stands against its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most that the month shall cost, in the main currency.
    pub amount: Amount,
    /// What is spent of the month so far; never below zero.
    pub spent: Amount,
    /// How much of it that is, in whole percent, rounded down; more than 100 where it is overspent.
    pub percent: u64,
    /// What that means.
    pub standing: Standing,
}

/// What the month means for its budget, from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The month lands within it, as far as is known.
    Within,
    /// The month lands above it at this pace.
    LandsAbove,
    /// It is spent.
    Spent,
}

impl Budget {
    /// `None` without a budget, and where that is in another currency than the total: no rate makes a promise.
    pub(super) fn new(budget: Option<Money>, total: &Total, landing: &Forecast) -> Option<Budget> {
        let Money { amount, .. } = budget.filter(|budget| Some(budget.currency) == total.currency)?;
        let spent = total.so_far().amount.unwrap_or_default();
        // Under a day observed, a landing colours nothing (rule F4).
        let lands = landing.figure.amount.filter(|_| landing.state >= State::Partial);
        let standing = match () {
            () if spent >= amount => Standing::Spent,
            () if lands.is_some_and(|lands| lands > amount) => Standing::LandsAbove,
            () => Standing::Within,
        };
        let spent = spent.or_zero();
        let percent = spent.over(amount).and_then(|share| share.of_whole(100)).unwrap_or(100);
        Some(Budget { amount, spent, percent, standing })
    }
}
