//! The total cost of a span of time: a sum over accounts and subscriptions in the main currency (rules L1 and L14).
//!
//! Knows which books are part of a total. Does not know how their figures are computed.

use crate::books::figure::{Figure, Mark, Reason};
use crate::books::reading::AccountId;
use crate::books::statement::account::AccountStatement;
use crate::books::statement::book::BookStatement;
use crate::books::statement::charge::{self, PlanCharge};
use crate::books::statement::totals::{Totals, add};
use crate::money::{Amount, Currency, Money};
use crate::time::{DAY, Day, Month, Span, Timestamp};

/// A span of whole UTC days that a page can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A month, closed or not.
    Month(Month),
    /// Today and the six days before.
    Week,
    /// The day before today.
    Yesterday,
    /// One day.
    Day(Day),
}

/// The cost of a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodTotal {
    /// The spend of the accounts in the main currency, without subscriptions.
    pub spend: Figure,
    /// The spend of each account that was tracked then, in the order of the statement.
    pub accounts: Vec<AccountTotal>,
    /// The subscriptions charged, in the main currency.
    pub plans: Amount,
    /// The spend and the charged subscriptions in currencies without a rate, which are left out of all other figures (rule L1).
    pub not_converted: Vec<(Currency, Figure)>,
}

/// The spend of one account in a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTotal {
    /// The account's id.
    pub id: AccountId,
    /// The spend in the main currency; unknown if no book of the account has a rate.
    pub spend: Figure,
    /// The spend in currencies without a rate.
    pub not_converted: Vec<(Currency, Figure)>,
}

/// The figure of one book, as a part of a total.
pub(super) struct Part {
    /// The position of the account in the statement.
    pub(super) account: usize,
    pub(super) currency: Currency,
    pub(super) spend: Figure,
}

impl Period {
    /// The days of the period, as of `now`; a month includes its end, even if it is not over.
    pub fn span(self, now: Timestamp) -> Span {
        let today = now.day().span();
        match self {
            Period::Month(month) => month.span(),
            Period::Week => Span { from: today.from.minus(6 * DAY), ..today },
            Period::Yesterday => Span { from: today.from.minus(DAY), to: today.from },
            Period::Day(day) => day.span(),
        }
    }
}

impl PeriodTotal {
    /// Accounts and subscriptions together.
    pub fn total(&self) -> Figure {
        let plans = (!self.plans.is_zero()).then(|| Figure::new(self.plans, Mark::Exact, []));
        Figure::sum(plans.iter().chain([&self.spend]))
    }

    /// The account with this id.
    pub fn account(&self, id: &AccountId) -> Option<&AccountTotal> {
        self.accounts.iter().find(|account| account.id == *id)
    }
}

impl Totals<'_> {
    /// The figure of a book as a part of the total of `span`. `None` if the book does not count: its known time begins later, or
    /// it is idle, or the account was removed and nothing is known.
    pub(super) fn part(
        &self,
        (place, account): (usize, &AccountStatement),
        book: &BookStatement,
        span: Span,
        spend: Figure,
    ) -> Option<Part> {
        let is_zero_or_unknown = spend.amount.is_none_or(Amount::is_zero);
        let is_left_out = book.since >= span.to
            || (is_zero_or_unknown && !account.is_counted()(&book))
            || (account.is_ended && spend.amount.is_none());
        (!is_left_out).then_some(Part { account: place, currency: book.currency, spend })
    }

    /// The sum of the parts and the charges of `span`. While the span lasts, the sum is "at least" if an account is stale or was
    /// never read.
    pub(super) fn period(&self, span: Span, parts: &[Part], charges: &[PlanCharge]) -> PeriodTotal {
        let is_running = span.to > self.input.now;
        let (plans, foreign_plans) = charge::add_up(charges);
        let (mut converted, mut not_converted, mut accounts) = (Vec::new(), Vec::new(), Vec::new());
        for (place, account) in self.accounts.iter().enumerate() {
            let (first, mut foreign) = (converted.len(), Vec::new());
            for part in parts.iter().filter(|part| part.account == place) {
                match self.converted(part.currency, &part.spend) {
                    Some(spend) => converted.push(spend),
                    None => add(&mut foreign, part.currency, &part.spend),
                }
            }
            if is_running && account.books.is_empty() && !account.is_ended {
                converted.push(Figure::unknown([Reason::Unread]));
            }
            let own = converted.get(first..).unwrap_or_default();
            if own.is_empty() && foreign.is_empty() {
                continue;
            }
            let spend =
                if own.is_empty() { Figure::unknown([Reason::NotConverted]) } else { Figure::sum(own) };
            foreign.iter().for_each(|(currency, figure)| add(&mut not_converted, *currency, figure));
            accounts.push(AccountTotal { id: account.id.clone(), spend, not_converted: foreign });
        }
        for Money { amount, currency } in foreign_plans {
            add(&mut not_converted, currency, &Figure::new(amount, Mark::Exact, []));
        }
        let mut spend = Figure::sum(&converted);
        if is_running && self.accounts.iter().any(|account| account.is_stale) {
            spend.lower(Reason::Stale);
        }
        if !not_converted.is_empty() {
            spend.lower(Reason::NotConverted);
        }
        PeriodTotal { spend, accounts, plans, not_converted }
    }
}
