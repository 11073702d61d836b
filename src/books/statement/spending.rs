//! The spending of a period: by account, by subscription and by model or product. The parts sum to the total by
//! construction.
//!
//! ```text
//!   total  =  accounts                     +  subscriptions          not converted: listed apart
//!             |                               |
//!             lines by name, spend without    each charge on its day
//!             a name ("not broken down"), and
//!             all but the largest ("other")
//! ```

use crate::books::bill::{Bill, Line};
use crate::books::reading::AccountId;
use crate::books::statement::book::lines;
use crate::books::statement::charge::PlanCharge;
use crate::books::statement::detail::DetailedStatement;
use crate::books::statement::period::{Period, PeriodTotal};
use crate::money::{Amount, Currency, Money};
use crate::order::in_order;
use crate::time::Span;

/// The most lines, not counting the one that sums up the rest.
const MOST_LINES: usize = 20;
/// An amount that is zero at this many decimals is a rounding difference of conversions.
const DECIMALS: u32 = 9;

/// The spending of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// The days of the period. A period that is not over ends with its last day.
    pub span: Span,
    /// The main currency; `None` while nothing is known.
    pub currency: Option<Currency>,
    /// The total and the accounts; the account with the largest spend comes first, unknown ones last.
    pub sum: PeriodTotal,
    /// The subscriptions charged, by day.
    pub charges: Vec<PlanCharge>,
    /// The spend by model or product, the largest amount first. The lines sum to the spend of the accounts.
    pub lines: Vec<SpendingLine>,
}

/// An amount for one model or product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendingLine {
    /// The name of the line.
    pub name: LineName,
    /// The amount in the main currency.
    pub amount: Amount,
}

/// The name of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineName {
    /// A model or product of an account, by its provider's name.
    Named(AccountId, String),
    /// The spend of an account that its provider does not name.
    NotBrokenDown(AccountId),
    /// The sum of this many smaller lines.
    Other(usize),
}

impl DetailedStatement<'_> {
    /// The spending of a period, as far as its months are loaded.
    pub fn spending(&self, period: Period) -> Spending {
        let span = period.span(self.statement.now);
        let (mut sum, charges) = self.period(span);
        sum.accounts = in_order(sum.accounts, |one, other| other.spend.amount.cmp(&one.spend.amount));
        let lines = limited(every_line(self, span, &sum));
        Spending { span, currency: self.statement.total.currency, sum, charges, lines }
    }

    /// Every line of a period's spending, without summing up small ones, the largest amount first.
    pub fn every_line(&self, spending: &Spending) -> Vec<SpendingLine> {
        every_line(self, spending.span, &spending.sum)
    }
}

impl Spending {
    /// `part` of the total in whole percent, rounded down. `None` if the total is not above zero or the part is below zero.
    pub fn percent(&self, part: Amount) -> Option<u64> {
        let total = self.sum.total().amount.filter(|total| *total > Amount::ZERO)?;
        part.over(total)?.of_whole(100)
    }
}

/// The lines of all accounts. Each account's lines sum to its spend.
fn every_line(detail: &DetailedStatement<'_>, span: Span, sum: &PeriodTotal) -> Vec<SpendingLine> {
    let mut all = Vec::new();
    for account in &sum.accounts {
        let Some(spend) = account.spend.amount else { continue };
        let mut named = named(detail, &account.id, span);
        let mut rest = spend - named.iter().map(|(_, amount)| *amount).sum();
        if let Some((_, largest)) = named.first_mut().filter(|_| rest.rounded(DECIMALS).is_zero()) {
            *largest = *largest + rest;
            rest = Amount::ZERO;
        }
        let named =
            named.into_iter().map(|(name, amount)| (LineName::Named(account.id.clone(), name), amount));
        let rest = (!rest.is_zero()).then(|| (LineName::NotBrokenDown(account.id.clone()), rest));
        all.extend(named.chain(rest).map(|(name, amount)| SpendingLine { name, amount }));
    }
    in_order(all, |one, other| other.amount.cmp(&one.amount))
}

/// The largest lines, with the rest summed up in one.
fn limited(mut all: Vec<SpendingLine>) -> Vec<SpendingLine> {
    // A single line is not replaced by a sum.
    if all.len() > MOST_LINES + 1 {
        let rest = all.split_off(MOST_LINES);
        let amount = rest.iter().map(|line| line.amount).sum();
        all.push(SpendingLine { name: LineName::Other(rest.len()), amount });
    }
    all
}

/// The amounts billed to an account in `span`, by name, in the main currency, the largest first. Amounts without a rate are left
/// out.
fn named(detail: &DetailedStatement<'_>, id: &AccountId, span: Span) -> Vec<(String, Amount)> {
    let (totals, mut all) = (detail.totals(), None::<Bill>);
    for book in detail.books().filter(|book| book.account.id == *id) {
        let currency = book.book.currency;
        let of_month =
            Bill { lines: book.month_lines(span).to_vec(), ..Bill::empty(currency, span.from.day()) };
        let bills: Vec<&Bill> = book.bills(span).chain([&of_month]).collect();
        for (name, amount) in lines(&bills).0 {
            let money = Money { amount, currency };
            let Some(amount) = totals.worth(money) else { continue };
            let all = all.get_or_insert_with(|| Bill::empty(money.currency, span.from.day()));
            all.lines.push(Line { name, wallet: None, amount });
        }
    }
    all.map_or_else(Vec::new, |all| lines(&[&all]).0)
}
