//! A statement with the ledgers that it was computed from. It answers for any day, month or other span that is loaded, without
//! deriving an account twice.
//!
//! Knows which figure of which book is needed. Does not know how a sum is marked (`period` does), nor which months are loaded.

use crate::books::bill::{Bill, Line};
use crate::books::figure::{Figure, Reason};
use crate::books::ledger::{Book, Ledger, MonthLines, derive};
use crate::books::reading::AccountId;
use crate::books::statement::Statement;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::{BookStatement, spend_in};
use crate::books::statement::charge::PlanCharge;
use crate::books::statement::input::{AccountInput, StatementInput};
use crate::books::statement::month_ahead::MonthAhead;
use crate::books::statement::period::{Part, PeriodTotal};
use crate::books::statement::totals::Totals;
use crate::money::{Amount, Currency, Money};
use crate::time::{DAY, Day, Month, Span};

/// The number of days in [`DetailedStatement::recent_days`].
const RECENT: u64 = 30;
/// The number of months in [`DetailedStatement::year`].
const MONTHS: usize = 12;
/// The number of days for which charges are announced.
const ANNOUNCED: u64 = 30;

/// A statement with the ledgers that it was computed from.
#[derive(Clone, Debug)]
pub struct DetailedStatement<'a> {
    /// Every figure of this month.
    pub statement: Statement,
    input: StatementInput<'a>,
    /// One for each account, in the order of the statement.
    ledgers: Vec<Ledger>,
    closed: Vec<ClosedMonth>,
}

/// The stored spend of one book in a month that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedMonth {
    /// The account.
    pub account: AccountId,
    /// The currency of the book.
    pub currency: Currency,
    /// The month.
    pub month: Month,
    /// The spend.
    pub spend: Figure,
}

/// The total of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayTotal {
    /// The UTC day.
    pub day: Day,
    /// The day's total.
    pub sum: PeriodTotal,
}

/// The total of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthTotal {
    /// The UTC month.
    pub month: Month,
    /// The month's total; for the current month, the total so far.
    pub sum: PeriodTotal,
    /// The forecast of the current month; `None` for a month that is over.
    pub forecast: Option<Figure>,
}

/// One book with all data about it.
pub(super) struct BookDetail<'a> {
    /// The position of the account in the statement.
    pub(super) place: usize,
    pub(super) input: &'a AccountInput<'a>,
    pub(super) account: &'a AccountStatement,
    pub(super) book: &'a Book,
    pub(super) statement: &'a BookStatement,
}

impl BookDetail<'_> {
    /// Whether a stored month belongs to this book.
    fn is_of(&self, closed: &ClosedMonth) -> bool {
        closed.currency == self.book.currency && closed.account == self.account.id
    }

    /// The bills for the days of `span`.
    pub(super) fn bills(&self, span: Span) -> impl Iterator<Item = &Bill> {
        let is_in = move |bill: &&Bill| bill.currency == self.book.currency && bill.span().meets(span);
        self.input.history.bills.iter().copied().filter(is_in)
    }

    /// The lines of a month with bills that no longer have lines of their own. Empty if `span` is not such a month, or if a day
    /// of it was billed again later, because the lines then no longer match its days.
    pub(super) fn month_lines(&self, span: Span) -> &[Line] {
        let is_in = |of: &&MonthLines<'_>| of.currency == self.book.currency && of.month.span() == span;
        let lines = self.input.history.month_lines.iter().find(is_in).map_or(&[][..], |of| of.lines);
        let is_unnamed = |line: &&Line| line.name.is_empty();
        let of_days = self.bills(span).flat_map(|bill| &bill.lines).filter(is_unnamed);
        let of_days: Amount = of_days.map(|line| line.amount).sum();
        let sum: Amount = lines.iter().map(|line| line.amount).sum();
        if sum == of_days { lines } else { &[] }
    }
}

impl<'a> DetailedStatement<'a> {
    /// Derives every account once. `closed` holds the stored totals of months that are over, for [`Self::year`].
    pub fn new(input: StatementInput<'a>, closed: Vec<ClosedMonth>) -> DetailedStatement<'a> {
        let now = input.now;
        let ledgers: Vec<Ledger> =
            input.accounts.iter().map(|account| derive(&account.history, now)).collect();
        let accounts = input.accounts.iter().zip(&ledgers);
        let accounts = accounts.map(|(account, ledger)| AccountStatement::from_ledger(account, ledger, now));
        let statement = Statement::from_accounts(&input, accounts.collect());
        DetailedStatement { statement, input, ledgers, closed }
    }

    /// The total of each day of a month, up to today.
    pub fn days(&self, month: Month) -> Vec<DayTotal> {
        let days = month.span().days().take_while(|day| *day <= self.input.now.day());
        days.map(|day| DayTotal { day, sum: self.period(day.span()).0 }).collect()
    }

    /// The spend of an account on each of the last 30 days, today included: in the main currency, or in the currency of its only
    /// book if there is no rate. `None` for a day without data.
    pub fn recent_days(&self, id: &AccountId) -> Vec<(Day, Option<Amount>)> {
        let today = self.input.now.day().span();
        let recent = Span { from: today.from.minus((RECENT - 1) * DAY), to: today.to };
        let totals = self.totals();
        let books: Vec<_> = self.books().filter(|book| book.account.id == *id).collect();
        let on = |day: Day| {
            let known = books.iter().filter_map(|book| {
                let amount = book.book.spend(day.span()).amount?;
                let money = Money { amount, currency: book.book.currency };
                totals.worth(money).or_else(|| (books.len() == 1).then_some(amount))
            });
            known.reduce(|sum, amount| sum + amount)
        };
        recent.days().map(|day| (day, on(day))).collect()
    }

    /// The last 12 months, this one included.
    pub fn year(&self) -> Vec<MonthTotal> {
        let this = self.statement.month;
        let months = core::iter::successors(Some(this), |month| Some(month.previous())).take(MONTHS);
        let mut months: Vec<_> = months.map(|month| self.month(month)).collect();
        months.reverse();
        if let Some(last) = months.last_mut() {
            last.forecast = Some(self.statement.landing.figure);
        }
        months
    }

    /// The charges of subscriptions in the 30 days from tomorrow on.
    pub fn upcoming(&self) -> Vec<PlanCharge> {
        self.totals().plan_charges(self.announced())
    }

    /// The 30 days from tomorrow on.
    pub fn announced(&self) -> Span {
        let from = self.input.now.day().span().to;
        Span { from, to: from.plus(ANNOUNCED * DAY) }
    }

    /// The total of a month: for this and the last month from the ledgers, for an earlier one from the stored totals.
    fn month(&self, month: Month) -> MonthTotal {
        let span = month.span();
        if month >= self.statement.month.previous() {
            return MonthTotal { month, sum: self.period(span).0, forecast: None };
        }
        let mut stored: Vec<&ClosedMonth> = self.closed.iter().filter(|of| of.month == month).collect();
        let mut parts = self.parts(span, |book| {
            let mut of_book = stored.extract_if(.., |of| book.is_of(of));
            let is_new = !self.has_stored_months(&book.account.id);
            match of_book.next() {
                Some(of) => of.spend,
                None if is_new => self.spend(book, span),
                None => Figure::unknown([Reason::Unread]),
            }
        });
        // A book that ended long ago is not loaded otherwise.
        for of in stored {
            let account = self.statement.accounts.iter().position(|account| account.id == of.account);
            parts.extend(account.map(|account| Part { account, currency: of.currency, spend: of.spend }));
        }
        MonthTotal { month, sum: self.sum(span, &parts).0, forecast: None }
    }

    /// The total of a month, without its forecast.
    pub(super) fn month_sum(&self, month: Month) -> PeriodTotal {
        self.month(month).sum
    }

    /// The stored figure of a book for a month that is over.
    pub(super) fn stored_month(&self, id: &AccountId, month: Month, currency: Currency) -> Option<Figure> {
        let is_it = |of: &&ClosedMonth| of.month == month && of.currency == currency && of.account == *id;
        self.closed.iter().find(is_it).map(|of| of.spend)
    }

    /// Whether any month of an account is stored. An account that was just connected has none yet; in that case all of its months
    /// are loaded.
    pub(super) fn has_stored_months(&self, id: &AccountId) -> bool {
        self.closed.iter().any(|of| of.account == *id)
    }

    /// The total of a span, and the charges in it.
    pub(super) fn period(&self, span: Span) -> (PeriodTotal, Vec<PlanCharge>) {
        self.sum(span, &self.parts(span, |book| self.spend(book, span)))
    }

    /// The spend of a book in a span.
    pub(super) fn spend(&self, book: &BookDetail<'_>, span: Span) -> Figure {
        spend_in(book.book, book.statement.since, book.input, span, self.input.now)
    }

    /// One figure for every book that is part of the total of `span`.
    fn parts(&self, span: Span, mut spend: impl FnMut(&BookDetail<'_>) -> Figure) -> Vec<Part> {
        let totals = self.totals();
        let parts = self
            .books()
            .filter_map(|book| totals.part((book.place, book.account), book.statement, span, spend(&book)));
        parts.collect()
    }

    /// The sum of the parts, and of the charges in `span` up to today.
    fn sum(&self, span: Span, parts: &[Part]) -> (PeriodTotal, Vec<PlanCharge>) {
        let totals = self.totals();
        let charged = Span { to: span.to.min(self.input.now.day().span().to), ..span };
        let charges = totals.plan_charges(charged);
        (totals.period(span, parts, &charges), charges)
    }

    /// Every book, in the order of the statement.
    pub(super) fn books(&self) -> impl Iterator<Item = BookDetail<'_>> {
        let accounts = self.input.accounts.iter().zip(&self.statement.accounts).zip(&self.ledgers);
        accounts.enumerate().flat_map(|(place, ((input, account), ledger))| {
            let books = ledger.books.iter().zip(&account.books);
            books.map(move |(book, statement)| BookDetail { place, input, account, book, statement })
        })
    }

    /// This month's forecast by day. `None` without a forecast. An account that the forecast leaves out
    /// ([`crate::books::statement::Forecast::left_out`]) counts with its spend so far only.
    pub fn month_ahead(&self) -> Option<MonthAhead> {
        let Statement { landing, total, now, .. } = &self.statement;
        MonthAhead::new(&self.totals(), landing, total, *now)
    }

    /// Sums over the accounts of the statement.
    pub(super) fn totals(&self) -> Totals<'_> {
        Totals {
            input: &self.input,
            currency: self.statement.total.currency,
            accounts: &self.statement.accounts,
            shared: self.statement.shared,
        }
    }
}
