//! The statement: every figure of the month, with its mark and its reasons, from what is known at one moment.
//!
//! Knows how books, plans and rates become totals (rules L1 and L14), and F2 and F3. Does not know where readings
//! rest, nor how a figure is shown.
//!
//! ```
//! use drawdown::books::figure::Mark;
//! use drawdown::time::Timestamp;
//! use drawdown::books::statement::{StatementInput, Statement};
//!
//! let nothing = StatementInput { now: Timestamp::parse("2026-11-22T07:00:00Z").unwrap(), currency: None, rates: &[], plans: &[], budget: None, accounts: vec![] };
//! assert_eq!(Statement::new(&nothing).total.spend.mark, Mark::Unknown);
//! ```

mod input;
mod forecast;
mod book;
mod account;
mod duplicates;
mod totals;
mod budget;

pub use account::AccountStatement;
pub use book::{BookStatement, RunOut, Runway};
pub use budget::{Budget, Standing};
pub use forecast::{Forecast, Range};
pub use input::{AccountInput, StatementInput};
pub use totals::Total;

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::statement::totals::Totals;
use crate::money::{Amount, Currency};
use crate::time::{DAY, Day, Month, Timestamp};

/// Every figure of one month.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The moment it speaks of.
    pub now: Timestamp,
    /// The UTC month that holds it.
    pub month: Month,
    /// The month so far.
    pub total: Total,
    /// Spend of a day at the present pace, in the main currency.
    pub burn_per_day: Figure,
    /// Where the month lands (rule F3).
    pub landing: Forecast,
    /// What next month costs at this pace (rule F2).
    pub next_month: Forecast,
    /// How the month stands against its budget.
    pub budget: Option<Budget>,
    /// The whole of the month before.
    pub last_month: Figure,
    /// Use of each day of the month up to `now`, in the main currency.
    pub days: Vec<(Day, Figure)>,
    /// Plans charged so far, each on its day, in the main currency.
    pub charges: Vec<(Day, Amount)>,
    /// The accounts, in the order given.
    pub accounts: Vec<AccountStatement>,
}

impl Statement {
    /// Works out every figure.
    pub fn new(known: &StatementInput<'_>) -> Statement {
        let accounts = known.accounts.iter().map(|account| AccountStatement::new(account, known.now));
        Statement::from_accounts(known, accounts.collect())
    }

    /// The same from figures of accounts that are worked out already. The accounts of `known` are not looked at.
    pub fn from_accounts(known: &StatementInput<'_>, mut accounts: Vec<AccountStatement>) -> Statement {
        let (now, month) = (known.now, known.now.month());
        let movements: Vec<_> = accounts.iter().map(|account| &account.movements).collect();
        let twins = duplicates::find(&movements);
        let ids: Vec<_> = accounts.iter().map(|account| account.id.clone()).collect();
        for (account, twin) in accounts.iter_mut().zip(twins) {
            account.twin = twin.and_then(|place| ids.get(place).cloned());
        }
        let currency = known.currency.or_else(|| main_currency(&accounts));
        let sums = Totals { known, currency, accounts: &accounts };

        let (charged, foreign) = sums.plans(month, now.day());
        let not_converted = sums.not_converted(foreign);
        let mut spend = sums.figure(&|book| &book.spend);
        if !not_converted.is_empty() {
            spend.lower(Reason::NotConverted);
        }
        let spent = spend.amount.unwrap_or_default();
        let total = Total { currency, spend, plans: charged, not_converted };
        let landing = sums.forecast(|book| &book.landing, month, spent, charged);
        Statement {
            now,
            month,
            budget: Budget::new(known.budget, &total, &landing),
            total,
            burn_per_day: sums.pace(),
            landing,
            next_month: sums.forecast(|book| &book.next_month, month.next(), Amount::ZERO, Amount::ZERO),
            last_month: sums.figure(&|book| &book.last_month),
            days: sums.days(month, now),
            charges: sums.charges(month, now.day()),
            accounts,
        }
    }
}

impl Statement {
    /// Where this month lands, and what the next costs, if use grows by so many percent from now on. It may shrink.
    pub fn grown(&self, percent: i32) -> [Figure; 2] {
        let pace = self.burn_per_day.amount.unwrap_or_default();
        let grown = |mut figure: Figure, ms: u64| {
            let at_pace = pace.times(ms, DAY).unwrap_or_default();
            let change = at_pace.times(percent.unsigned_abs().into(), 100).unwrap_or_default();
            figure.amount =
                figure.amount.map(|amount| if percent < 0 { amount - change } else { amount + change });
            figure.mark = figure.mark.max(Mark::Approximate);
            figure
        };
        let (left, next) = (self.month.span().to.since(self.now), self.month.next().span().ms());
        [grown(self.landing.figure, left), grown(self.next_month.figure, next)]
    }
}

/// The currency of the totals where the user chose none: that of the only book in use; of several USD, else the
/// first by its code.
fn main_currency(accounts: &[AccountStatement]) -> Option<Currency> {
    let in_use = accounts.iter().flat_map(AccountStatement::counted).map(|book| book.currency);
    in_use.min_by_key(|currency| (currency.code() != "USD", *currency))
}
