//! Sums over accounts, in the main currency: rules L1 and L14 for sums, F2, F3 and F5.

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{LEAST_DAYS, State, together};
use crate::books::rates::between;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::charge::{self, PlanCharge};
use crate::books::statement::forecast::{Forecast, Range};
use crate::books::statement::input::StatementInput;
use crate::money::{Amount, Currency, Money};
use crate::time::{DAY, Day, Month, Span, Timestamp, in_order};

/// The cost of the month so far.
#[derive(Clone, Debug)]
pub struct Total {
    /// The main currency; `None` before anything is known.
    pub currency: Option<Currency>,
    /// The spend, without plans.
    pub spend: Figure,
    /// The plans charged so far.
    pub plans: Amount,
    /// The spend and charged plans in currencies without a rate, which are not in the total (rule L1).
    pub not_converted: Vec<(Currency, Figure)>,
}

/// Sums over accounts, in the main currency.
pub(super) struct Totals<'a> {
    pub(super) input: &'a StatementInput<'a>,
    pub(super) currency: Option<Currency>,
    pub(super) accounts: &'a [AccountStatement],
}

impl Totals<'_> {
    /// The figure in the main currency. `None` without a rate, unless the figure is zero.
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

    /// An amount in the main currency. `None` without a rate, unless it is zero.
    pub(super) fn worth(&self, money: Money) -> Option<Amount> {
        self.converted(money.currency, &Figure::new(money.amount, Mark::Exact, []))?.amount
    }

    /// The sum of one figure of every book. It is "at least" if a part is stale, unknown or without a rate.
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

    /// The sum of the books' forecasts and the month's plans, of which some may be `charged` (rules F2, F3 and F5).
    /// What is `spent` and the plans are certain, so no range goes below them.
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
        for account in self.accounts {
            let mut is_left_out = account.books.is_empty() && !account.is_ended;
            for forecast in account.counted().map(pick) {
                if forecast.state == State::Gathering {
                    is_left_out = true;
                    continue;
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
        // No more spend is expected of removed accounts. Without other accounts, there is no forecast.
        let whole_days = if whole_days == u32::MAX { 0 } else { whole_days };
        let going_on = self.accounts.iter().filter(|account| !account.is_ended);
        let books = going_on.flat_map(AccountStatement::counted);
        let halves: Option<Vec<_>> = books.map(|book| self.half(book.currency, pick(book))).collect();
        let has_range = left_out.is_empty() && whole_days >= LEAST_DAYS;
        let half = halves.filter(|_| has_range).and_then(together);
        let range = figure.amount.zip(half).map(|(amount, half)| Range::around(amount, half, spent + plans));
        Forecast { figure, state, observed, left_out, plans: plans - charged, whole_days, range }
    }

    /// The half-width of a book's forecast, in the main currency. Zero if the book has no rate and is not in the sum;
    /// `None` if it has no range.
    fn half(&self, from: Currency, forecast: &Forecast) -> Option<Amount> {
        let amount = forecast.figure.amount?;
        let half = Figure::new(forecast.range?.high - amount, Mark::Approximate, []);
        Some(self.converted(from, &half).and_then(|half| half.amount).unwrap_or_default())
    }

    /// The spend of a day at the present burn.
    pub(super) fn pace(&self) -> Figure {
        let going_on = self.accounts.iter().filter(|account| !account.is_ended);
        let books: Vec<_> = going_on.flat_map(AccountStatement::counted).collect();
        let per_day = |book: &&BookStatement| {
            book.burn.as_ref().and_then(|burn| self.converted(book.currency, &burn.figure(DAY)))
        };
        let parts: Vec<_> = books.iter().filter_map(per_day).collect();
        let mut sum = Figure::sum(&parts);
        if parts.len() < books.len() {
            sum.lower(Reason::Gathering);
        }
        sum
    }

    /// The charges of all plans in `span`, by day. Plans of one day keep their order.
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
