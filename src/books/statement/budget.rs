//! A month compared with a budget: the whole month, what is spent in one currency, or one account's book.

use crate::books::forecast::State;
use crate::books::plan::Plan;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::forecast::Forecast;
use crate::books::statement::totals::Total;
use crate::money::{Amount, Money};
use crate::time::{Span, Timestamp};

/// The month compared with its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The budget, in the currency of what is compared.
    pub amount: Amount,
    /// What is spent this month so far; never below zero.
    pub spent: Amount,
    /// The spent part in whole percent, rounded down; more than 100 if the budget is exceeded.
    pub percent: u64,
    /// The forecast of the month, if it is known from at least a day (rule F4).
    pub landing: Option<Amount>,
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
        Some(Budget::compare(amount, total.so_far().amount.unwrap_or_default(), known(landing)))
    }

    /// The budget of one book.
    pub fn of_book(amount: Amount, book: &BookStatement) -> Budget {
        Budget::compare(amount, book.spend.amount.unwrap_or_default(), known(&book.landing))
    }

    /// The budget of all that is spent in its currency, plans included. Nothing is converted.
    pub fn of_currency(
        Money { amount, currency }: Money,
        accounts: &[AccountStatement],
        plans: &[Plan],
        now: Timestamp,
    ) -> Budget {
        let books =
            || accounts.iter().flat_map(AccountStatement::counted).filter(|book| book.currency == currency);
        let month = now.month().span();
        let charged = |span: Span| -> Amount {
            let plans = plans.iter().filter(|plan| plan.currency == currency);
            plans.flat_map(|plan| plan.charges(span).map(|_| plan.amount)).sum()
        };
        let spent: Amount = books().filter_map(|book| book.spend.amount).sum();
        let landing: Option<Amount> = books().map(|book| known(&book.landing)).sum();
        let so_far = Span { to: now.day().span().to, ..month };
        Budget::compare(amount, spent + charged(so_far), landing.map(|landing| landing + charged(month)))
    }

    fn compare(amount: Amount, spent: Amount, landing: Option<Amount>) -> Budget {
        let standing = if spent >= amount {
            Standing::Spent
        } else if landing.is_some_and(|landing| landing > amount) {
            Standing::LandsAbove
        } else {
            Standing::Within
        };
        let spent = spent.or_zero();
        let percent = spent.over(amount).and_then(|share| share.of_whole(100)).unwrap_or(100);
        Budget { amount, spent, percent, landing, standing }
    }
}

/// With less than a day observed, a forecast sets no color (rule F4).
fn known(landing: &Forecast) -> Option<Amount> {
    landing.figure.amount.filter(|_| landing.state >= State::Partial)
}
