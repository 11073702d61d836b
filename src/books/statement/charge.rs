//! Charges of fixed subscriptions, on their days and in the main currency.
//!
//! Does not know when a plan is charged (that is `books::plan`), nor the rates.

use crate::money::{Amount, Money};
use crate::time::Day;

/// One charge of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanCharge {
    /// The day on which it is charged.
    pub day: Day,
    /// The user's name for the plan.
    pub plan: String,
    /// The price, in the currency of the plan.
    pub price: Money,
    /// The price in the main currency; `None` without a rate.
    pub amount: Option<Amount>,
}

/// The sum of charges in the main currency, and the prices of those without a rate.
pub(super) fn add_up(charges: &[PlanCharge]) -> (Amount, Vec<Money>) {
    let foreign = charges.iter().filter(|charge| charge.amount.is_none()).map(|charge| charge.price);
    (charges.iter().filter_map(|charge| charge.amount).sum(), foreign.collect())
}
