//! Totals over accounts, in the main currency: rules L1 and L14 for sums, F2, F3 and F5.

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{
    Difference, Interval, LEAST_DAYS, Outlook, RecentDays, State, TUNING, together,
};
use crate::books::rates::between;
use crate::books::reading::AccountId;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::charge::{self, PlanCharge};
use crate::books::statement::forecast::{Ahead, Forecast, Range};
use crate::books::statement::input::StatementInput;
use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::time::{DAY, Day, Month, Span, Timestamp};

/// The cost of the month so far.
#[derive(Clone, Debug)]
pub struct Total {
    /// The main currency; `None` before anything is known.
    pub currency: Option<Currency>,
    /// The spend, without plans.
    pub spend: Figure,
    /// The plans charged so far.
    pub plans: Amount,
    /// The spend and charged plans in currencies without a rate, which are left out of the total (rule L1).
    pub not_converted: Vec<(Currency, Figure)>,
}

/// Totals over accounts, in the main currency.
pub(super) struct Totals<'a> {
    pub(super) input: &'a StatementInput<'a>,
    pub(super) currency: Option<Currency>,
    pub(super) accounts: &'a [AccountStatement],
    /// The result of [`Self::shared_interval`].
    pub(super) shared: Option<Interval>,
}

impl<'a> Totals<'a> {
    /// The interval of the sum of the books' days. `None` unless the books share fourteen whole days. A book without a rate is
    /// left out.
    pub(super) fn shared_interval(&self) -> Option<Interval> {
        let mut state = State::Full;
        let mut recent = Vec::new();
        for book in self.current_books() {
            let outlook = book.outlook.as_ref()?;
            state = state.min(outlook.burn.state());
            let worth = |amount: Amount| self.worth(Money { amount, currency: book.currency });
            recent.extend(outlook.recent.map(worth));
        }
        let coin = self.currency?.smallest();
        let interval = Interval::new(&RecentDays::sum(&recent)?, state, coin, &TUNING);
        (interval.days >= LEAST_DAYS).then_some(interval)
    }

    /// The books with more spend ahead: all except those of removed accounts.
    pub(super) fn current_books(&self) -> impl Iterator<Item = &'a BookStatement> {
        let accounts = self.accounts.iter().filter(|account| !account.is_ended);
        accounts.flat_map(AccountStatement::counted)
    }

    /// The half-width of a sum of books, each with its spend ahead (rule F5): from the days of the sum if the books share them,
    /// otherwise the root of the sum of their squares. A book without a rate is left out. `None` if a book has no range.
    pub(super) fn half(&self, books: &[(&BookStatement, Ahead)]) -> Option<Amount> {
        let worth = |amount: Amount, book: &BookStatement| {
            self.worth(Money { amount, currency: book.currency }).unwrap_or_default()
        };
        let is_in_sum = |(book, _): &&(&BookStatement, Ahead)| {
            let landing = book.landing.figure.amount;
            landing.is_some_and(|amount| self.worth(Money { amount, currency: book.currency }).is_some())
        };
        if let Some(shared) = &self.shared {
            let books: Vec<_> = books.iter().filter(is_in_sum).collect();
            let ms = books.iter().map(|(_, ahead)| ahead.ms).max().unwrap_or(0);
            let expected = books.iter().map(|(book, ahead)| worth(ahead.expected, book)).sum();
            return shared.half(ms, expected);
        }
        let half = |(book, ahead): &(&BookStatement, Ahead)| {
            if ahead.ms == 0 {
                return Some(Amount::ZERO);
            }
            let half = book.outlook.as_ref()?.interval.half(ahead.ms, ahead.expected)?;
            Some(worth(half, book))
        };
        books.iter().map(half).collect::<Option<Vec<_>>>().and_then(together)
    }
}

impl Totals<'_> {
    /// Converts a figure to the main currency. `None` without a rate, unless the figure is zero.
    pub(super) fn converted(&self, from: Currency, figure: &Figure) -> Option<Figure> {
        if Some(from) == self.currency {
            return Some(*figure);
        }
        if figure.mark < Mark::Floor && figure.amount.is_some_and(Amount::is_zero) {
            return Some(*figure);
        }
        let to = self.currency?;
        let rate = between(self.input.rates, from, to)?.rate;
        let mut converted = *figure;
        if let Some(amount) = figure.amount {
            converted.amount = Some(Money { amount, currency: from }.converted(rate, to)?.amount);
        }
        converted.weaken(Mark::Approximate, Reason::Converted);
        Some(converted)
    }

    /// Converts an amount to the main currency. `None` without a rate, unless it is zero.
    pub(super) fn worth(&self, money: Money) -> Option<Amount> {
        self.converted(money.currency, &Figure::new(money.amount, Mark::Exact, []))?.amount
    }

    /// The sum of one figure per book. It is "at least" if a part is stale, unknown or without a rate.
    pub(super) fn figure(&self, pick: &dyn Fn(&BookStatement) -> &Figure) -> Figure {
        let unread = Figure::unknown([Reason::Unread]);
        let mut parts = Vec::new();
        let (mut is_any_foreign, mut is_any_stale) = (false, false);
        for account in self.accounts {
            is_any_stale |= account.is_stale;
            if account.books.is_empty() && !account.is_ended {
                parts.push(unread);
            }
            for book in account.counted() {
                match self.converted(book.currency, pick(book)) {
                    Some(part) => parts.push(part),
                    None => is_any_foreign = true,
                }
            }
        }
        let mut sum = Figure::sum(&parts);
        if is_any_stale {
            sum.lower(Reason::Stale);
        }
        if is_any_foreign {
            sum.lower(Reason::NotConverted);
        }
        sum
    }

    /// The sum of the books' forecasts and the month's plans, some of which may be `charged` (rules F2, F3 and F5). The `spent`
    /// amount and the plans are certain, so the range never goes below them.
    pub(super) fn forecast(
        &self,
        pick: fn(&BookStatement) -> &Forecast,
        month: Month,
        spent: Amount,
        charged: Amount,
    ) -> Forecast {
        let (plans, foreign) = charge::add_up(&self.plan_charges(month.span()));
        let mut figure = self.figure(&|book| &pick(book).figure);
        if !plans.is_zero() {
            figure = Figure::sum([&figure, &Figure::new(plans, Mark::Exact, [])]);
        }
        if !foreign.is_empty() {
            figure.lower(Reason::NotConverted);
        }
        let mut left_out = Vec::new();
        let mut lowest = None::<(State, u64, u32)>;
        let mut days_behind = None::<u64>;
        for account in self.accounts {
            let mut is_left_out = account.books.is_empty() && !account.is_ended;
            for forecast in account.counted().map(pick) {
                if forecast.state == State::Gathering {
                    is_left_out = true;
                    continue;
                }
                if !account.is_ended {
                    let fewest = days_behind.unwrap_or(u64::MAX);
                    days_behind = Some(fewest.min(forecast.days_behind));
                }
                let (state, observed, days) = lowest.unwrap_or((State::Full, u64::MAX, u32::MAX));
                let days = if account.is_ended { days } else { days.min(forecast.whole_days) };
                lowest = Some((state.min(forecast.state), observed.min(forecast.observed), days));
            }
            if is_left_out {
                left_out.push(account.id.clone());
            }
        }
        let (state, observed, whole_days) = lowest.unwrap_or((State::Gathering, 0, 0));
        // Removed accounts have no more spend. Without other accounts, there is no forecast.
        let whole_days = if whole_days == u32::MAX { 0 } else { whole_days };
        let books: Vec<_> = self.current_books().map(|book| (book, pick(book).ahead)).collect();
        let has_range = left_out.is_empty() && whole_days >= LEAST_DAYS;
        let half = has_range.then(|| self.half(&books)).flatten();
        let range = figure.amount.zip(half).map(|(amount, half)| Range::around(amount, half, spent + plans));
        let ahead = Ahead::default();
        let days_behind = days_behind.unwrap_or(0);
        let plans = plans - charged;
        Forecast { figure, state, observed, days_behind, left_out, plans, whole_days, range, ahead }
    }

    /// The sum of a daily spend of every book, selected from its outlook.
    pub(super) fn per_day(&self, of: fn(&Outlook) -> Figure) -> Figure {
        let books: Vec<_> = self.current_books().collect();
        let per_day = |book: &&BookStatement| {
            book.outlook.as_ref().and_then(|outlook| self.converted(book.currency, &of(outlook)))
        };
        let parts: Vec<_> = books.iter().filter_map(per_day).collect();
        let mut sum = Figure::sum(&parts);
        if parts.len() < books.len() {
            sum.lower(Reason::Gathering);
        }
        sum
    }

    /// The account where the pace and the burn differ most, with its reason, if those of all books differ by more than a fifth.
    pub(super) fn pace_difference(&self, pace: &Figure, burn: &Figure) -> Option<(AccountId, Difference)> {
        let apart = |one: Amount, other: Amount| (one - other).max(other - one);
        let (pace, burn) = (pace.amount?, burn.amount?);
        if apart(pace, burn).times(5, 1)? <= burn {
            return None;
        }
        let current = self.accounts.iter().filter(|account| !account.is_ended);
        let books = current.flat_map(|account| account.counted().map(move |book| (account, book)));
        let reasons = books.filter_map(|(account, book)| {
            let outlook = book.outlook.as_ref()?;
            let amount = apart(outlook.pace.over(DAY), outlook.burn.over(DAY));
            let apart = self.worth(Money { amount, currency: book.currency })?;
            Some((account, outlook.pace.difference?, apart))
        });
        let (account, difference, _) = reasons.max_by(|(.., one), (.., other)| one.cmp(other))?;
        Some((account.id.clone(), difference))
    }

    /// The charges of all plans in `span`, by day. Plans of the same day keep their order.
    pub(super) fn plan_charges(&self, span: Span) -> Vec<PlanCharge> {
        let of_plans = self.input.plans.iter().flat_map(|plan| {
            let price = Money { amount: plan.amount, currency: plan.currency };
            let amount = self.worth(price);
            plan.charges(span).map(move |day| PlanCharge { day, plan: plan.name.clone(), price, amount })
        });
        in_order(of_plans, |one, other| one.day.cmp(&other.day))
    }

    /// The spend and the plans without a rate, by currency.
    pub(super) fn not_converted(&self, plans: Vec<Money>) -> Vec<(Currency, Figure)> {
        let mut sums = Vec::new();
        for book in self.accounts.iter().flat_map(AccountStatement::counted) {
            if self.converted(book.currency, &book.spend).is_none() {
                add(&mut sums, book.currency, &book.spend);
            }
        }
        for plan in plans {
            add(&mut sums, plan.currency, &Figure::new(plan.amount, Mark::Exact, []));
        }
        sums
    }

    /// The spend of each day of the month so far.
    pub(super) fn days(&self, month: Month, now: Timestamp) -> Vec<(Day, Figure)> {
        let books: Vec<_> = self.accounts.iter().flat_map(AccountStatement::counted).collect();
        let so_far = Span { from: month.span().from, to: now };
        let on = |day: Day| {
            let parts = books.iter().filter_map(|book| {
                let (_, spend) = book.days.iter().find(|(other, _)| *other == day)?;
                self.converted(book.currency, spend)
            });
            Figure::sum(&parts.collect::<Vec<_>>())
        };
        so_far.days().map(|day| (day, on(day))).collect()
    }
}

impl Total {
    /// The spend and the charged plans together.
    pub fn so_far(&self) -> Figure {
        let plans = (!self.plans.is_zero()).then(|| Figure::new(self.plans, Mark::Exact, []));
        Figure::sum(plans.iter().chain([&self.spend]))
    }
}

/// Adds a figure to the sum of its currency.
pub(super) fn add(sums: &mut Vec<(Currency, Figure)>, currency: Currency, figure: &Figure) {
    match sums.iter_mut().find(|(other, _)| *other == currency) {
        Some((_, sum)) => *sum = Figure::sum([&*sum, figure]),
        None => sums.push((currency, *figure)),
    }
}
