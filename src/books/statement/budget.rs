//! A month compared with a budget: the whole month, the spend in one currency, or one account's book.

use crate::books::forecast::{State, together};
use crate::books::plan::Plan;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::forecast::{DayEnd, Forecast};
use crate::books::statement::totals::Total;
use crate::money::{Amount, Money};
use crate::time::{Day, Span, Timestamp};

/// The month compared with its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The budget, in the currency of the compared spend.
    pub amount: Amount,
    /// The spend of this month so far; never below zero.
    pub spent: Amount,
    /// The spent part in whole percent, rounded down; more than 100 if the budget is exceeded.
    pub percent: u64,
    /// The forecast of the month, if it is based on at least a day (rule F4).
    pub landing: Option<Amount>,
    /// The result of the comparison.
    pub standing: Standing,
    /// The days on which the budget is or may be reached, if it is not reached yet. `None` for a budget of a currency.
    pub reached: Option<Reached>,
}

/// The result of comparing a month with its budget, from calm to urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The forecast and the upper end of its range are within the budget, as far as is known.
    Within,
    /// Only the upper end of the range is above the budget.
    MayGoOver,
    /// The forecast is above the budget.
    LandsAbove,
    /// The budget is spent.
    Spent,
}

/// The days at the end of which a budget is reached (rule F6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// By the forecast.
    pub expected: Option<Day>,
    /// By the upper end of its range.
    pub soonest: Option<Day>,
    /// By the lower end of its range; `None` if that does not reach the budget this month.
    pub latest: Option<Day>,
}

impl Budget {
    /// `None` without a budget, and if it is in another currency than the total: a budget is not converted. `course` is the month
    /// to date at the end of each day ahead, with its range.
    pub(super) fn new(
        budget: Option<Money>,
        total: &Total,
        landing: &Forecast,
        course: impl FnOnce() -> Vec<DayEnd>,
    ) -> Option<Budget> {
        let Money { amount, .. } = budget.filter(|budget| Some(budget.currency) == total.currency)?;
        let spent = total.so_far().amount.unwrap_or_default();
        let budget = Budget::compare(amount, spent, known(landing), upper(landing));
        Some(budget.with_days(course))
    }

    /// The budget of one book.
    pub fn of_book(amount: Amount, book: &BookStatement, now: Timestamp) -> Budget {
        let landing = &book.landing;
        let spent = book.spend.amount.unwrap_or_default();
        let budget = Budget::compare(amount, spent, known(landing), upper(landing));
        budget.with_days(|| book.course(now))
    }

    /// The budget of all spend in its currency, plans included. Nothing is converted.
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
        let landing = landing.map(|landing| landing + charged(month));
        let half = |book: &BookStatement| Some(upper(&book.landing)? - book.landing.figure.amount?);
        let half = books().map(half).collect::<Option<Vec<_>>>().and_then(together);
        let so_far = Span { to: now.day().span().to, ..month };
        let upper = landing.zip(half).map(|(landing, half)| landing + half);
        Budget::compare(amount, spent + charged(so_far), landing, upper)
    }

    fn compare(amount: Amount, spent: Amount, landing: Option<Amount>, upper: Option<Amount>) -> Budget {
        let is_above = |end: Option<Amount>| end.is_some_and(|end| end > amount);
        let standing = if spent >= amount {
            Standing::Spent
        } else if is_above(landing) {
            Standing::LandsAbove
        } else if is_above(upper) {
            Standing::MayGoOver
        } else {
            Standing::Within
        };
        let spent = spent.or_zero();
        let percent = spent.over(amount).and_then(|share| share.of_whole(100)).unwrap_or(100);
        Budget { amount, spent, percent, landing, standing, reached: None }
    }

    /// Adds the days on which the budget is reached, if it is not reached yet.
    fn with_days(self, course: impl FnOnce() -> Vec<DayEnd>) -> Budget {
        if !matches!(self.standing, Standing::MayGoOver | Standing::LandsAbove) {
            return self;
        }
        let course = course();
        let first = |end: fn(&DayEnd) -> Option<Amount>| {
            let is_reached = |day: &&DayEnd| end(day).is_some_and(|amount| amount >= self.amount);
            course.iter().find(is_reached).map(|day| day.day)
        };
        let reached = Reached {
            expected: first(|day| Some(day.to_date)),
            soonest: first(|day| day.range.map(|range| range.high)),
            latest: first(|day| day.range.map(|range| range.low)),
        };
        Budget { reached: Some(reached), ..self }
    }
}

/// With less than a day observed, a forecast sets no color (rule F4).
fn known(landing: &Forecast) -> Option<Amount> {
    landing.figure.amount.filter(|_| landing.state >= State::Partial)
}

/// The upper end of the range; `None` without one.
fn upper(landing: &Forecast) -> Option<Amount> {
    known(landing).and(landing.range).map(|range| range.high)
}
