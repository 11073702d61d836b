//! The statement: every figure of the month, with its mark and its reasons, as known at one moment.
//!
//! Knows how books, plans and rates become totals (rules L1, L14, F2 and F3). Does not know where readings are stored, nor how a
//! figure is shown.
//!
//! ```
//! use drawdown::books::figure::Mark;
//! use drawdown::time::Timestamp;
//! use drawdown::books::statement::{StatementInput, Statement};
//!
//! let input = StatementInput { now: Timestamp::parse("2026-11-22T07:00:00Z").unwrap(), currency: None, rates: &[], plans: &[], budget: None, accounts: vec![] };
//! assert_eq!(Statement::new(&input).total.spend.mark, Mark::Unknown);
//! ```

mod input;
mod forecast;
mod book;
mod book_month;
mod account;
mod balance;
mod duplicates;
mod entries;
mod totals;
mod budget;
mod charge;
mod period;
mod detail;
mod spending;
mod comparison;
mod day;
mod month_ahead;
mod movements;
mod accuracy;

pub use account::AccountStatement;
pub use balance::{BalanceMonth, LeftAtEnd, MoneyIn, SpendToCome};
pub use book::{BookStatement, RunOut, Runway};
pub use book_month::BookMonth;
pub use budget::{Budget, Reached, Standing};
pub use charge::PlanCharge;
pub use comparison::Comparison;
pub use day::{AccountDay, BookDay, DayDetail, DayReading, DayWindow};
pub use detail::{ClosedMonth, DayTotal, DetailedStatement, MonthTotal};
pub use duplicates::{COMPARED, move_alike};
pub use entries::{Entry, EntryBasis, MonthEntries};
pub use forecast::{Forecast, Range};
pub use input::{AccountInput, StatementInput};
pub use month_ahead::{DayForecast, MonthAhead};
pub use movements::{Movement, MovementKind};
pub use period::{AccountTotal, Period, PeriodTotal};
pub use spending::{LineName, Spending, SpendingLine};
pub use totals::Total;

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{Difference, Interval};
use crate::books::reading::AccountId;
use crate::books::statement::totals::Totals;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Month, Span, Timestamp};

/// Every figure of one month.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The moment of the statement.
    pub now: Timestamp,
    /// The UTC month of that moment.
    pub month: Month,
    /// The month so far.
    pub total: Total,
    /// The spend per day over the last seven days (rule F1), in the main currency.
    pub burn_per_day: Figure,
    /// The spend per day that this month's forecast expects (rule F3), in the main currency.
    pub pace_per_day: Figure,
    /// The account where these two differ most, with its reason, if they differ by more than a fifth.
    pub pace_difference: Option<(AccountId, Difference)>,
    /// The forecast of this month (rule F3).
    pub landing: Forecast,
    /// The forecast of next month (rule F2).
    pub next_month: Forecast,
    /// The month compared with its budget.
    pub budget: Option<Budget>,
    /// The spend of the whole previous month.
    pub last_month: Figure,
    /// The plans charged in the previous month, in the main currency.
    pub last_month_plans: Amount,
    /// The spend of each day of the month up to `now`, in the main currency.
    pub days: Vec<(Day, Figure)>,
    /// The plans charged so far, each on its day, in the main currency.
    pub charges: Vec<(Day, Amount)>,
    /// The accounts, in the order given.
    pub accounts: Vec<AccountStatement>,
    /// The interval of the sum of all books, if they share enough days (rule F5).
    shared: Option<Interval>,
    /// The whole previous month, for the record of its forecast (rule F7).
    last_month_total: PeriodTotal,
    /// The number of accounts in this month.
    tracked: usize,
}

impl Statement {
    /// Computes every figure.
    pub fn new(input: &StatementInput<'_>) -> Statement {
        let accounts = input.accounts.iter().map(|account| AccountStatement::new(account, input.now));
        Statement::from_accounts(input, accounts.collect())
    }

    /// Computes the statement from the given figures of the accounts. The accounts of `input` are ignored.
    pub fn from_accounts(input: &StatementInput<'_>, mut accounts: Vec<AccountStatement>) -> Statement {
        let (now, month) = (input.now, input.now.month());
        let movements: Vec<_> = accounts.iter().map(|account| &account.movements).collect();
        let duplicates = duplicates::find(&movements);
        let ids: Vec<_> = accounts.iter().map(|account| account.id.clone()).collect();
        for (account, place) in accounts.iter_mut().zip(duplicates) {
            account.duplicate = place.and_then(|place| ids.get(place).cloned());
        }
        let currency = input.currency.or_else(|| main_currency(&accounts));
        let mut totals = Totals { input, currency, accounts: &accounts, shared: None };
        totals.shared = totals.shared_interval();
        let shared = totals.shared;

        let charges = totals.plan_charges(Span { to: now.day().span().to, ..month.span() });
        let (charged, foreign) = charge::add_up(&charges);
        let not_converted = totals.not_converted(foreign);
        let mut spend = totals.figure(&|book| &book.spend);
        if !not_converted.is_empty() {
            spend.lower(Reason::NotConverted);
        }
        let spent = spend.amount.unwrap_or_default();
        let total = Total { currency, spend, plans: charged, not_converted };
        let landing = totals.forecast(|book| &book.landing, month, spent, charged);
        let course = || {
            let ahead = MonthAhead::new(&totals, &landing, &total, now);
            ahead.map(|ahead| ahead.course(now)).unwrap_or_default()
        };
        let budget = Budget::new(input.budget, &total, &landing, course);
        let burn_per_day = totals.per_day(|outlook| outlook.burn.figure(DAY));
        let pace_per_day = totals.per_day(|outlook| outlook.pace.figure(DAY));
        let last_month_total = totals.month_total(month.previous(), |account, book| match account.is_ended {
            true => book.last_month,
            false => book.settled_last_month(month.previous()),
        });
        let tracked = totals.month_total(month, |_, book| book.spend).accounts.len();
        Statement {
            now,
            month,
            budget,
            total,
            burn_per_day,
            pace_per_day,
            pace_difference: totals.pace_difference(&pace_per_day, &burn_per_day),
            landing,
            next_month: totals.forecast(|book| &book.next_month, month.next(), Amount::ZERO, Amount::ZERO),
            last_month_plans: charge::add_up(&totals.plan_charges(month.previous().span())).0,
            last_month: totals.figure(&|book| &book.last_month),
            days: totals.days(month, now),
            charges: charges.iter().filter_map(|charge| Some((charge.day, charge.amount?))).collect(),
            accounts,
            shared,
            last_month_total,
            tracked,
        }
    }
}

impl Statement {
    /// The cost of the whole previous month, plans included.
    pub fn last_month_total(&self) -> Figure {
        let plans =
            (!self.last_month_plans.is_zero()).then(|| Figure::new(self.last_month_plans, Mark::Exact, []));
        Figure::sum(plans.iter().chain([&self.last_month]))
    }

    /// The accounts with spend in the previous month that were not read since it ended, so that some spend may be missing.
    pub fn last_month_missing(&self) -> impl Iterator<Item = &AccountId> {
        let begins = self.month.span().from;
        let is_missing = move |account: &&AccountStatement| {
            let had_spend = account.counted().any(|book| book.since < begins);
            !account.is_ended && had_spend && account.read_at.is_none_or(|read_at| read_at < begins)
        };
        self.accounts.iter().filter(is_missing).map(|account| &account.id)
    }

    /// Whether the cost of the previous month is final: it is known, and every account was read since the month ended or had a
    /// day for that.
    pub fn is_last_month_ready(&self) -> bool {
        let waited = self.now.since(self.month.span().from);
        self.last_month.amount.is_some() && (waited >= DAY || self.last_month_missing().next().is_none())
    }

    /// The balance with the earliest run-out date, as account, book and runway.
    pub fn runs_out_first(&self) -> Option<(&AccountStatement, &BookStatement, Runway)> {
        let books =
            self.accounts.iter().flat_map(|account| account.counted().map(move |book| (account, book)));
        books
            .filter_map(|(account, book)| Some((account, book, book.runway?)))
            .min_by(|(.., one), (.., other)| one.days.cmp(&other.days))
    }

    /// The forecasts of this month and the next, if use grows by this percentage from now on; a negative one means that it
    /// shrinks.
    pub fn grown(&self, percent: i32) -> [Figure; 2] {
        let grown = |mut figure: Figure, per_day: Figure, ms: u64| {
            let at_pace = per_day.amount.unwrap_or_default().times(ms, DAY).unwrap_or_default();
            let change = at_pace.times(percent.unsigned_abs().into(), 100).unwrap_or_default();
            figure.amount =
                figure.amount.map(|amount| if percent < 0 { amount - change } else { amount + change });
            figure.mark = figure.mark.max(Mark::Approximate);
            figure
        };
        let (left, next) = (self.month.span().to.since(self.now), self.month.next().span().ms());
        [
            grown(self.landing.figure, self.pace_per_day, left),
            grown(self.next_month.figure, self.burn_per_day, next),
        ]
    }
}

/// The currency of the totals if the user chose none: USD if a book in use has it, otherwise the first code in use.
fn main_currency(accounts: &[AccountStatement]) -> Option<Currency> {
    let in_use = accounts.iter().flat_map(AccountStatement::counted).map(|book| book.currency);
    in_use.min_by_key(|currency| (currency.code() != "USD", *currency))
}
