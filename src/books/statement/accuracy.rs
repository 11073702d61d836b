//! The accuracy of the figures: invoices and past forecasts compared with the outcomes of their months, and the share of the
//! expected bill that has a source (rules F7, L17 and L18).
//!
//! Knows which figure of a month is compared. Does not know what counts as right: `invoice` and `past_forecast` do.

use crate::books::figure::{Figure, Reason};
use crate::books::invoice::{Invoice, InvoiceCheck, MonthFacts, Reach, Settlement};
use crate::books::past_forecast::{ForecastCheck, PastForecast};
use crate::books::rates::ExchangeRate;
use crate::books::reading::{AccountId, Pools};
use crate::books::statement::Statement;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::detail::DetailedStatement;
use crate::books::statement::period::PeriodTotal;
use crate::books::statement::totals::Totals;
use crate::books::untracked::{SourceShare, UntrackedService};
use crate::money::Currency;
use crate::time::{Month, Timestamp};

impl Totals<'_> {
    /// The total of a month from one figure per book.
    pub(super) fn month_total(
        &self,
        month: Month,
        pick: impl Fn(&AccountStatement, &BookStatement) -> Figure,
    ) -> PeriodTotal {
        let span = month.span();
        let mut parts = Vec::new();
        for (place, account) in self.accounts.iter().enumerate() {
            let of_account = account.books.iter();
            let part = |book| self.part((place, account), book, span, pick(account, book));
            parts.extend(of_account.filter_map(part));
        }
        self.period(span, &parts, &self.plan_charges(span))
    }
}

impl Statement {
    /// This month's forecast, to be kept and compared later. `None` if forecasts are not kept on this day, or the forecast leaves
    /// something out.
    pub fn past_forecast(&self) -> Option<PastForecast> {
        let range = self.landing.range.map(|range| (range.low, range.high));
        PastForecast::new(&self.landing.figure, self.total.currency?, range, self.tracked, self.now.day())
    }

    /// The kept forecast of last month compared with its cost, subscriptions included. `None` if none was kept in the currency of
    /// the totals.
    pub fn check_last_month(&self, kept: &[PastForecast]) -> Option<ForecastCheck> {
        let forecast = find(kept, self.month.previous(), self.total.currency?)?;
        Some(forecast.check(self.last_month_total.total(), self.last_month_total.accounts.len()))
    }

    /// The share of this month's expected bill that has a source. `None` without untracked services or without a forecast.
    pub fn source_share(&self, services: &[UntrackedService], rates: &[ExchangeRate]) -> Option<SourceShare> {
        SourceShare::new(&self.landing.figure, self.total.currency?, services, rates)
    }
}

impl BookStatement {
    /// [`Statement::past_forecast`] for one book.
    pub fn past_forecast(&self, now: Timestamp) -> Option<PastForecast> {
        let range = self.landing.range.map(|range| (range.low, range.high));
        PastForecast::new(&self.landing.figure, self.currency, range, 1, now.day())
    }

    /// [`Statement::check_last_month`] for one book.
    pub fn check_last_month(&self, kept: &[PastForecast], now: Timestamp) -> Option<ForecastCheck> {
        let month = now.month().previous();
        Some(find(kept, month, self.currency)?.check(self.settled_last_month(month), 1))
    }

    /// The figure of last month, which is "at least" while its bills may still grow.
    pub(super) fn settled_last_month(&self, month: Month) -> Figure {
        let mut figure = self.last_month;
        if self.horizon < month.span().to {
            figure.lower(Reason::Stale);
        }
        figure
    }
}

impl DetailedStatement<'_> {
    /// Compares the invoices of an account with its months, in the order given.
    pub fn check_invoices(&self, id: &AccountId, invoices: &[Invoice], reach: Reach) -> Vec<InvoiceCheck> {
        let check = |invoice: &Invoice| {
            InvoiceCheck::new(invoice, &self.month_facts(id, (invoice.month, invoice.currency), reach))
        };
        invoices.iter().map(check).collect()
    }

    /// The figure of one book in a month, if it is known.
    pub fn month_figure(&self, id: &AccountId, month: Month, currency: Currency) -> Figure {
        self.month_facts(id, (month, currency), Reach::Whole).figure
    }

    /// The kept forecasts of the totals, each compared with the cost of its month, the earliest first. Forecasts of this month or
    /// in another currency are left out.
    pub fn forecast_checks(&self, kept: &[PastForecast]) -> Vec<ForecastCheck> {
        let statement = &self.statement;
        let is_over = |forecast: &&PastForecast| {
            forecast.month() < statement.month && Some(forecast.currency) == statement.total.currency
        };
        let check = |forecast: &PastForecast| {
            let last = statement.check_last_month(kept).filter(|last| last.forecast == *forecast);
            last.unwrap_or_else(|| {
                let sum = self.month_sum(forecast.month());
                forecast.check(sum.total(), sum.accounts.len())
            })
        };
        kept.iter().filter(is_over).map(check).collect()
    }

    /// The facts about one month of one book: for this and the last month from the ledger, for an earlier one from the stored
    /// figure.
    fn month_facts(&self, id: &AccountId, (month, currency): (Month, Currency), reach: Reach) -> MonthFacts {
        let span = month.span();
        let book = self.books().find(|book| book.account.id == *id && book.book.currency == currency);
        let is_recent = month >= self.statement.month.previous();
        let figure = match (&book, self.stored_month(id, month, currency)) {
            (Some(book), _) if is_recent => self.spend(book, span),
            (_, Some(stored)) => stored,
            (Some(book), None) if !self.has_stored_months(id) => self.spend(book, span),
            (Some(_), None) | (None, None) => Figure::unknown([Reason::Unread]),
        };
        // The beginning of a book that is no longer loaded is not known.
        let since = book.as_ref().map_or(span.to, |book| book.statement.since);
        let may_grow = book
            .as_ref()
            .is_some_and(|book| !book.account.is_ended && book.statement.horizon < span.to && is_recent);
        let prepaid = book.filter(|book| is_recent && book.book.left.is_some());
        let pools = prepaid.as_ref().and_then(|book| book.book.left.and_then(Pools::granted));
        MonthFacts {
            figure,
            since,
            settlement: if may_grow { Settlement::MayGrow } else { Settlement::Settled },
            from_granted: pools.and_then(|_| prepaid.as_ref()?.book.granted(span)),
            money_in: prepaid.map(|book| book.book.money_in(span)),
            reach,
        }
    }
}

fn find(kept: &[PastForecast], month: Month, currency: Currency) -> Option<&PastForecast> {
    kept.iter().find(|forecast| forecast.month() == month && forecast.currency == currency)
}
