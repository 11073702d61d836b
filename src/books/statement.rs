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

mod book;
mod budget;
mod totals;
mod duplicates;

pub use book::{BookStatement, RunOut, Runway};
pub use budget::{Budget, Standing};

use crate::books::correction::ManualFigure;
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{Burn, Interval, State};
use crate::books::ledger::{AccountHistory, Book, Ledger, derive};
use crate::books::plan::Plan;
use crate::books::rates::ExchangeRate;
use crate::books::reading::AccountId;
use crate::books::statement::duplicates::Tail;
use crate::books::statement::totals::Totals;
use crate::money::{Amount, Currency, Money};
use crate::time::{DAY, Day, Month, Timestamp};

/// All that a statement stands on.
#[derive(Clone, Debug)]
pub struct StatementInput<'a> {
    /// The moment it speaks of.
    pub now: Timestamp,
    /// The currency of the totals, where the user chose one.
    pub currency: Option<Currency>,
    /// What currencies are worth in others.
    pub rates: &'a [ExchangeRate],
    /// The fixed subscriptions.
    pub plans: &'a [Plan],
    /// The most that a month shall cost.
    pub budget: Option<Money>,
    /// The accounts.
    pub accounts: Vec<AccountInput<'a>>,
}

/// What is known of one account.
#[derive(Clone, Debug)]
pub struct AccountInput<'a> {
    /// Whose.
    pub id: &'a AccountId,
    /// Its provider's id.
    pub provider: &'a str,
    /// What it told and its user declared, of the previous month and this one at least, with the last reading before
    /// those.
    pub told: AccountHistory<'a>,
    /// When each of its books began, where that lies before what is given.
    pub since: &'a [(Currency, Timestamp)],
    /// Milliseconds after which a bill for a day no longer grows.
    pub settles_after: u64,
    /// The months of which some stored readings were damaged.
    pub lost: Vec<Month>,
    /// Whether its balance is filled up by itself (rule F6).
    pub reloads: bool,
    /// Whether it is watched for what is unusual.
    pub is_watched: bool,
    /// Whether it was removed and its history kept: what it cost counts, and nothing more is expected of it.
    pub is_ended: bool,
    /// Milliseconds after which what is known of it is old.
    pub stale_after: u64,
    /// Up to when it is known, where nobody but its user can tell more.
    pub ends: Option<Timestamp>,
    /// What was left, as its user typed it.
    pub left: &'a [ManualFigure],
    /// When it was last read.
    pub read_at: Option<Timestamp>,
}

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

/// What the month cost so far.
#[derive(Clone, Debug)]
pub struct Total {
    /// The main currency; `None` before anything is known.
    pub currency: Option<Currency>,
    /// Use, without plans.
    pub spend: Figure,
    /// Plans charged so far.
    pub plans: Amount,
    /// Use and charged plans in currencies without a rate, left beside the total (rule L1).
    pub not_converted: Vec<(Currency, Figure)>,
}

/// A figure about the future.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// What to expect.
    pub figure: Figure,
    /// The least that it stands on.
    pub state: State,
    /// The fewest milliseconds observed among what it stands on.
    pub observed: u64,
    /// Accounts that it leaves out, because nothing is known of their pace.
    pub left_out: Vec<AccountId>,
    /// Plans in it that are not charged yet.
    pub plans: Amount,
    /// The fewest whole days observed, of the last 28, among what it stands on.
    pub whole_days: u32,
    /// Between what it stays in 80 of 100 cases, if the present pace goes on (rule F5).
    pub range: Option<Range>,
}

/// The range of a figure about the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Its low end, never below what is spent.
    pub low: Amount,
    /// Its high end.
    pub high: Amount,
}

impl Range {
    /// So much to both sides, but not below what is spent. It always holds its middle.
    fn around(middle: Amount, half: Amount, spent: Amount) -> Range {
        Range { low: (middle - half).max(spent).min(middle), high: middle + half }
    }
}

/// One account's month.
#[derive(Clone, Debug)]
pub struct AccountStatement {
    /// Whose.
    pub id: AccountId,
    /// When it was last read.
    pub read_at: Option<Timestamp>,
    /// Whether that is too long ago.
    pub is_stale: bool,
    /// Whether it was removed and its history kept.
    pub is_ended: bool,
    /// How many of its observations a wrong clock took (rule L8).
    pub set_aside: usize,
    /// An account connected before that moves exactly like it, and is probably the same (rule L12).
    pub twin: Option<AccountId>,
    /// Its books, in the order of their codes.
    pub books: Vec<BookStatement>,
    /// Its provider's id.
    provider: String,
    /// The last values that it reported, to be compared with those of other accounts (rule L12).
    tails: Vec<Tail>,
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
        let twins = duplicates::twins(&accounts);
        accounts.iter_mut().zip(twins).for_each(|(account, twin)| account.twin = twin);
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

impl Total {
    /// Use and charged plans together: what the month cost so far.
    pub fn so_far(&self) -> Figure {
        let plans = (!self.plans.is_zero()).then(|| Figure::new(self.plans, Mark::Exact, []));
        Figure::sum(plans.iter().chain([&self.spend]))
    }
}

impl AccountStatement {
    /// Derives the figures of one account: the costly part of a statement.
    pub fn new(known: &AccountInput<'_>, now: Timestamp) -> AccountStatement {
        let is_ended = known.is_ended;
        let Ledger { books, set_aside } = derive(&known.told, now);
        let age = known.read_at.map(|read_at| now.since(read_at));
        let begins = |book: &Book| {
            let kept = known.since.iter().find(|(currency, _)| *currency == book.currency);
            // A settled day is known as a whole; when its readings began is known from the account.
            let is_same_day = |since: Timestamp| since.day() == book.since.day();
            kept.map_or(book.since, |(_, since)| match is_same_day(*since) {
                true => *since,
                false => book.since.min(*since),
            })
        };
        AccountStatement {
            id: known.id.clone(),
            read_at: known.read_at,
            is_stale: !is_ended && age.is_some_and(|age| age > known.stale_after),
            is_ended,
            twin: None,
            tails: duplicates::tails(known, now),
            provider: known.provider.to_owned(),
            set_aside,
            books: books
                .iter()
                .map(|book| {
                    let mut told = BookStatement::new(book, begins(book), known, now);
                    told.lower_lost(&known.lost, now.month());
                    if is_ended { told.ended() } else { told }
                })
                .collect(),
        }
    }

    /// The books that take part in sums: all but the idle ones, unless there is no other.
    pub fn counted(&self) -> impl Iterator<Item = &BookStatement> {
        let is_all_idle = self.books.iter().all(BookStatement::is_idle);
        self.books.iter().filter(move |book| is_all_idle || !book.is_idle())
    }
}

impl Forecast {
    /// What is `spent` plus `ms` more at this pace, but no less than what is already `known`.
    fn new(pace: Option<&(Burn, Interval)>, ms: u64, spent: Option<&Figure>, known: Amount) -> Forecast {
        let Some((burn, spread)) = pace else {
            return Forecast::alone(Figure::unknown([Reason::Gathering]), State::Gathering, 0);
        };
        // Of a month of which nothing is known yet all lies ahead.
        let spent = spent.into_iter().filter(|spent| spent.amount.is_some());
        let mut figure = Figure::sum(spent.chain([&burn.figure(ms)]));
        figure.amount = figure.amount.map(|lands| lands.max(known));
        let range = figure.amount.zip(spread.half(ms)).map(|(lands, half)| Range::around(lands, half, known));
        let told = Forecast::alone(figure, burn.state(), burn.observed);
        Forecast { whole_days: spread.days, range, ..told }
    }

    /// A figure with no more to say of it.
    fn alone(figure: Figure, state: State, observed: u64) -> Forecast {
        let (left_out, plans) = (Vec::new(), Amount::ZERO);
        Forecast { figure, state, observed, left_out, plans, whole_days: 0, range: None }
    }
}

/// The currency of the totals where the user chose none: that of the only book in use; of several USD, else the
/// first by its code.
fn main_currency(accounts: &[AccountStatement]) -> Option<Currency> {
    let in_use = accounts.iter().flat_map(AccountStatement::counted).map(|book| book.currency);
    in_use.min_by_key(|currency| (currency.code() != "USD", *currency))
}
