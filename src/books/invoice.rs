//! Invoices: what a provider charged for a month, as the user entered it, and the difference from the books' own figure (rule
//! L17).
//!
//! Knows how the two are compared, and which causes the data allows. Does not know where a month's figure comes from: `statement`
//! computes it.
//!
//! ```
//! use drawdown::books::figure::{Figure, Mark, Reason};
//! use drawdown::books::invoice::{Claim, Invoice, InvoiceCheck, MonthFacts};
//! use drawdown::money::{Amount, Currency};
//! use drawdown::time::Month;
//!
//! let month = Month::parse("2026-10").unwrap();
//! let invoice = Invoice {
//!     month,
//!     currency: Currency::USD,
//!     total: Amount::whole(115),
//!     credits: Amount::whole(5),
//!     tax: Amount::whole(20),
//!     note: String::new(),
//!     counted: None,
//! };
//! assert_eq!(invoice.charges(), Amount::whole(100));
//! let figure = Figure::new(Amount::whole(98), Mark::Approximate, [Reason::Derived]);
//! let check = InvoiceCheck::new(&invoice, &MonthFacts::complete(figure, month));
//! assert_eq!((check.claim, check.deviation.unwrap().percent), (Claim::Full, Some(2)));
//! ```

use serde::{Deserialize, Serialize};

use crate::books::figure::{Figure, Mark, Reason};
use crate::money::{Amount, Currency, ParseAmountError};
use crate::order::in_order;
use crate::time::{Month, Timestamp};

/// The number of invoices that a record covers.
const RECORDED: usize = 3;
/// The stored text for a figure that was not known.
const NOT_COUNTED: &str = "-";

/// The invoice of one book for one month. Its stored form is one text: `2026-10 USD 115 5 20 98.2 INV-7` with the month,
/// currency, total, credits, tax, the books' own figure (`-` for none) and the note, which may contain spaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Invoice {
    /// The billed month.
    pub month: Month,
    /// The currency of the invoice and of its book.
    pub currency: Currency,
    /// The amount to pay, after credits and with tax; zero if credits cover all of it.
    pub total: Amount,
    /// The credits that were subtracted, as a positive amount.
    pub credits: Amount,
    /// The tax in the total.
    pub tax: Amount,
    /// The user's note; may be empty.
    pub note: String,
    /// The books' own figure of the month when the invoice was entered.
    pub counted: Option<Amount>,
}

impl TryFrom<String> for Invoice {
    type Error = ParseAmountError;

    fn try_from(stored: String) -> Result<Invoice, ParseAmountError> {
        let mut parts = stored.splitn(7, ' ');
        let mut part = || parts.next().ok_or(ParseAmountError);
        Ok(Invoice {
            month: Month::parse(part()?).ok_or(ParseAmountError)?,
            currency: Currency::parse(part()?).ok_or(ParseAmountError)?,
            total: Amount::parse_stored(part()?)?,
            credits: Amount::parse_stored(part()?)?,
            tax: Amount::parse_stored(part()?)?,
            counted: match part()? {
                NOT_COUNTED => None,
                amount => Some(Amount::parse_stored(amount)?),
            },
            note: part()?.to_owned(),
        })
    }
}

impl From<Invoice> for String {
    fn from(Invoice { month, currency, total, credits, tax, note, counted }: Invoice) -> String {
        let [total, credits, tax] = [total, credits, tax].map(Amount::to_stored);
        let counted = counted.map_or_else(|| NOT_COUNTED.to_owned(), Amount::to_stored);
        format!("{month} {currency} {total} {credits} {tax} {counted} {note}")
    }
}

impl Invoice {
    /// The charges before tax and credits. They are compared with the books' figure of the month.
    pub fn charges(&self) -> Amount {
        self.total - self.tax + self.credits
    }

    /// Whether the invoice is for this month and currency. There is at most one for each.
    pub fn is_of(&self, month: Month, currency: Currency) -> bool {
        (self.month, self.currency) == (month, currency)
    }
}

/// The facts about one month of one book.
#[derive(Clone, Debug)]
pub struct MonthFacts {
    /// The spend of the month.
    pub figure: Figure,
    /// When the book was first read.
    pub since: Timestamp,
    /// Whether the bills or readings of the month can still grow.
    pub settlement: Settlement,
    /// The money added during the month; `None` if it is not known, or no balance is.
    pub money_in: Option<Amount>,
    /// The part of the spend that was granted money; `None` if it is not known.
    pub from_granted: Option<Amount>,
    /// The part of the provider's account that the figure covers.
    pub reach: Reach,
}

impl MonthFacts {
    /// The facts of a month that was tracked in full and is settled, with nothing else known.
    pub fn complete(figure: Figure, month: Month) -> MonthFacts {
        MonthFacts {
            figure,
            since: month.span().from,
            settlement: Settlement::Settled,
            money_in: None,
            from_granted: None,
            reach: Reach::Whole,
        }
    }
}

/// Whether the figure of a month that is over may still grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// The figure is final.
    Settled,
    /// The provider's lag is not over.
    MayGrow,
}

/// The part of a provider's account that a book covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole account, as far as is known.
    Whole,
    /// One of its keys.
    OneKey,
    /// The whole account, and the user tracks another account of the same provider.
    OneOfSeveral,
}

/// The claim that the figure of a month makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The figure is the whole month's spend.
    Full,
    /// The month cost at least this.
    AtLeast,
    /// The figure is the spend of a part of the month only, because tracking began in it.
    Part,
    /// The figure may still change, because the provider's lag is not over, or a question about it is open.
    Unsettled,
    /// Nothing is known of the month.
    Unknown,
}

/// The difference between a month's figure and its invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The figure minus the invoice's charges.
    pub amount: Amount,
    /// The absolute difference in percent of the charges, rounded up. `None` if the charges are zero and the figure is not.
    pub percent: Option<u64>,
}

/// A possible cause of a difference. Only causes that the data allows are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Tracking began at this moment of the month.
    TrackingBegan(Timestamp),
    /// A top-up may hide spend (rule L4).
    Open,
    /// A counter was reset (rule L9).
    Reset,
    /// Stored data was damaged.
    Lost,
    /// The month was not read up to its end, or days of it are missing.
    Gap,
    /// An item without an amount was billed.
    Unpriced,
    /// A pool was emptied, and its fall counts as spent until the user says otherwise (rule L6).
    EmptiedPool,
    /// A part of the balance's fall may not be use: a refund, a transfer or credit that expired.
    NotUse,
    /// This part of the figure was granted money, which an invoice may leave out.
    Granted(Amount),
    /// The invoice is closer to this amount, the money paid in, so it may be a receipt of top-ups.
    TopUps(Amount),
    /// The figure was this amount when the invoice was entered, and closer to it: bills were restated, or entries changed.
    Restated(Amount),
    /// The provider may still change the month's bills.
    Unsettled,
    /// The figure covers one key, and the invoice may cover the whole account.
    OneKey,
    /// Another account of the provider is tracked, and the invoice may cover both.
    OtherAccount,
    /// Spend across the month's edges was divided evenly (rule L7).
    Spread,
    /// No tax was entered.
    NoTax,
    /// No credits were entered.
    NoCredits,
    /// The books count UTC months, and the provider's billing period may differ.
    BillingPeriod,
}

/// An invoice compared with the books' figure of its month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceCheck {
    /// The invoice.
    pub invoice: Invoice,
    /// The books' figure of its month.
    pub figure: Figure,
    /// The claim of the figure.
    pub claim: Claim,
    /// The difference from the invoice; `None` if nothing is known of the month.
    pub deviation: Option<Deviation>,
    /// The possible causes of the difference, the likeliest first; none if the two match.
    pub causes: Vec<Cause>,
}

impl InvoiceCheck {
    /// Compares an invoice with the facts of its month.
    pub fn new(invoice: &Invoice, facts: &MonthFacts) -> InvoiceCheck {
        let deviation = facts.figure.amount.map(|ours| Deviation::new(ours, invoice));
        let mut check = InvoiceCheck {
            invoice: invoice.clone(),
            figure: facts.figure,
            claim: claim(facts, invoice.month),
            deviation,
            causes: Vec::new(),
        };
        if !check.is_match() {
            check.causes = causes(&check, facts);
        }
        check
    }

    /// Whether the two differ by less than the currency's smallest unit.
    pub fn is_match(&self) -> bool {
        self.deviation.is_some_and(|deviation| size(deviation.amount) < self.invoice.currency.smallest())
    }

    /// Whether the claim is broken: the figure said "at least", and the invoice is lower.
    pub fn is_broken(&self) -> bool {
        let is_above = self.deviation.is_some_and(|deviation| deviation.amount > Amount::ZERO);
        self.claim == Claim::AtLeast && is_above && !self.is_match()
    }
}

impl Deviation {
    fn new(ours: Amount, invoice: &Invoice) -> Deviation {
        let (charges, amount) = (invoice.charges(), ours - invoice.charges());
        let percent = if amount.is_zero() { Some(0) } else { percent_raised(size(amount), charges) };
        Deviation { amount, percent }
    }
}

/// How close the figures of a book were to its last invoices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvoiceRecord {
    /// The number of invoices covered: the last ones, three at most, of months that were known in full.
    pub invoices: usize,
    /// The largest difference in percent of an invoice's charges, rounded up; 0 if all of them match. A figure for a month with
    /// charges of zero is 100 percent off.
    pub within: u64,
}

impl InvoiceRecord {
    /// Computes the record of one book from its checks, in any order. `None` without a month that was known in full.
    pub fn new<'a>(checks: impl IntoIterator<Item = &'a InvoiceCheck>) -> Option<InvoiceRecord> {
        let full = checks.into_iter().filter(|check| check.claim == Claim::Full);
        let misses = latest(full).into_iter().filter_map(|check| match check.deviation? {
            _ if check.is_match() => Some(0),
            deviation => Some(deviation.percent.unwrap_or(100)),
        });
        let misses: Vec<u64> = misses.collect();
        Some(InvoiceRecord { invoices: misses.len(), within: misses.into_iter().max()? })
    }
}

/// The latest broken claim among the last three checks: an "at least" figure that was more than its invoice.
pub fn broken_claim<'a>(checks: impl IntoIterator<Item = &'a InvoiceCheck>) -> Option<&'a InvoiceCheck> {
    latest(checks).into_iter().find(|check| check.is_broken())
}

/// The last three checks, the latest first.
fn latest<'a>(checks: impl IntoIterator<Item = &'a InvoiceCheck>) -> Vec<&'a InvoiceCheck> {
    let mut all = in_order(checks, |one, other| other.invoice.month.cmp(&one.invoice.month));
    all.truncate(RECORDED);
    all
}

fn claim(facts: &MonthFacts, month: Month) -> Claim {
    // A figure that may be too high in one part and too low in another is approximate (rule L14). That a bill gives a part of a
    // window is no question that an answer could settle.
    let asked = facts.figure.reasons.without(Reason::BesideBill);
    let is_in_question = asked.may_be_low() || asked.may_be_high();
    match facts.figure.mark {
        Mark::Unknown => Claim::Unknown,
        Mark::Floor => Claim::AtLeast,
        Mark::Exact | Mark::Approximate if facts.since > month.span().from => Claim::Part,
        Mark::Exact | Mark::Approximate => match facts.settlement {
            Settlement::Settled if !is_in_question => Claim::Full,
            Settlement::Settled | Settlement::MayGrow => Claim::Unsettled,
        },
    }
}

/// The causes that fit the direction of the difference and the facts of the month.
fn causes(check: &InvoiceCheck, facts: &MonthFacts) -> Vec<Cause> {
    let Some(ours) = facts.figure.amount else { return Vec::new() };
    let (invoice, charges) = (&check.invoice, check.invoice.charges());
    let (is_low, is_high) = (ours < charges, ours > charges);
    let has = |reason: Reason| facts.figure.reasons.has(reason);
    let is_nearer = |other: Amount| size(other - charges) < size(ours - charges);
    let began = Some(facts.since).filter(|since| *since > invoice.month.span().from);
    let granted = facts.from_granted.filter(|granted| *granted > Amount::ZERO);
    let money_in = facts.money_in.filter(|money| *money > Amount::ZERO && is_nearer(*money));
    let is_other = |amount: Amount| size(amount - ours) >= invoice.currency.smallest();
    let before = invoice.counted.filter(|before| is_other(*before) && is_nearer(*before));
    let when = |holds: bool, cause: Cause| holds.then_some(cause);
    let known = [
        began.filter(|_| is_low).map(Cause::TrackingBegan),
        when(is_low && has(Reason::Open), Cause::Open),
        when(is_low && has(Reason::Reset), Cause::Reset),
        when(is_low && has(Reason::Lost), Cause::Lost),
        when(is_low && [Reason::Stale, Reason::Gap, Reason::Missing].into_iter().any(has), Cause::Gap),
        when(is_low && has(Reason::Unpriced), Cause::Unpriced),
        when(facts.settlement == Settlement::MayGrow, Cause::Unsettled),
        before.map(Cause::Restated),
        when(is_high && has(Reason::EmptiedPool), Cause::EmptiedPool),
        granted.filter(|_| is_high).map(Cause::Granted),
        money_in.map(Cause::TopUps),
        when(is_low && facts.reach == Reach::OneKey, Cause::OneKey),
        when(is_low && facts.reach == Reach::OneOfSeveral, Cause::OtherAccount),
        when(is_high && has(Reason::Derived) && !has(Reason::EmptiedPool), Cause::NotUse),
        when(has(Reason::Spread), Cause::Spread),
        when(is_low && invoice.tax.is_zero(), Cause::NoTax),
        when(is_high && invoice.credits.is_zero(), Cause::NoCredits),
        Some(Cause::BillingPeriod),
    ];
    known.into_iter().flatten().collect()
}

fn size(amount: Amount) -> Amount {
    amount.max(-amount)
}

/// `part` in percent of `whole`, rounded up. `None` if the whole is not above zero.
fn percent_raised(part: Amount, whole: Amount) -> Option<u64> {
    let down = Some(whole).filter(|whole| *whole > Amount::ZERO)?;
    let down = part.over(down)?.of_whole(100)?;
    let is_exact = whole.times(down, 100)? >= part;
    Some(if is_exact { down } else { down + 1 })
}
