//! A prepaid balance over the month: its readings, the money added, and the amount left at the month's end.
//!
//! Knows which readings count and how to read a rise. Does not know how the balance is drawn.
//!
//! ```text
//!   before the month | readings of the month ... now | forecast: expected, at least, at most
//!          left -----+------\___/-----\______________+ . . . . . . .
//!                               ^ money added
//! ```

use crate::books::correction::{Declared, Kind, standing};
use crate::books::forecast::State;
use crate::books::ledger::{AccountHistory, is_ahead};
use crate::books::reading::{Pools, Reading, by_time};
use crate::books::statement::book::BookStatement;
use crate::money::Amount;
use crate::order::in_order;
use crate::time::{Span, Timestamp};

/// A prepaid balance over the month.
#[derive(Clone, Debug)]
pub struct BalanceMonth {
    /// The last reading before the month, if there is one, and the readings of the month, by time: granted and paid money
    /// together.
    pub readings: Vec<(Timestamp, Amount)>,
    /// The present balance, never below zero.
    pub left: Amount,
    /// Each addition of money: a pool rose, or the user declared it.
    pub money_in: Vec<MoneyIn>,
    /// The parts of the month in which spend may hide.
    pub open: Vec<Span>,
    /// The spend from now to the month's end; `None` while the pace is early, or if the month's spend is not known.
    pub to_come: Option<SpendToCome>,
    /// The amounts that will expire unused before the last day of the month, each with its end, by time.
    pub expires: Vec<(Timestamp, Amount)>,
}

/// Money added between two readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyIn {
    /// The time of the second reading.
    pub at: Timestamp,
    /// Paid or granted money.
    pub kind: Kind,
    /// The declared amount; otherwise the rise of the pool, which is the least that was added.
    pub amount: Amount,
    /// Whether it was declared.
    pub is_declared: bool,
}

/// The spend from now to the month's end.
#[derive(Clone, Copy, Debug)]
pub struct SpendToCome {
    /// The expected spend.
    pub expected: Amount,
    /// The least and the most, if there is a range.
    pub range: Option<(Amount, Amount)>,
}

/// The balance at the month's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftAtEnd {
    /// The expected amount, never below zero.
    pub expected: Amount,
    /// The least and the most, if there is a range.
    pub range: Option<(Amount, Amount)>,
}

impl BalanceMonth {
    /// The month of one book, as known at `now`. `None` for a book without a balance.
    pub fn new(history: &AccountHistory<'_>, book: &BookStatement, now: Timestamp) -> Option<BalanceMonth> {
        let month = now.month().span();
        let read = readings(history, book, now);
        let open = book.asking.iter().filter(|window| window.open.is_some());
        let open = open.map(|window| window.span.overlap(month)).filter(|span| span.ms() > 0);
        Some(BalanceMonth {
            left: book.balance?.or_zero(),
            money_in: money_in(history, book, &read),
            open: open.collect(),
            to_come: to_come(book, now),
            expires: expires(book, now),
            readings: read.into_iter().map(|(at, pools)| (at, pools.total())).collect(),
        })
    }

    /// The highest balance of the month.
    pub fn highest(&self) -> Amount {
        self.readings.iter().map(|(_, total)| *total).fold(self.left, Amount::max)
    }

    /// The total that will expire unused before the last day of the month.
    pub fn expires(&self) -> Amount {
        self.expires.iter().map(|(_, amount)| *amount).sum()
    }

    /// The balance at the month's end; `None` if the spend until then is not known.
    pub fn left_at_end(&self) -> Option<LeftAtEnd> {
        let SpendToCome { expected, range } = self.to_come?;
        let left = |spend: Amount| (self.left - self.expires() - spend).or_zero();
        let range = range.map(|(least, most)| (left(most), left(least)));
        Some(LeftAtEnd { expected: left(expected), range })
    }
}

/// The last reading before the month, and the readings of the month. A reading that a wrong clock dated ahead is left out (rule
/// L8).
fn readings(history: &AccountHistory<'_>, book: &BookStatement, now: Timestamp) -> Vec<(Timestamp, Pools)> {
    let begins = now.month().span().from;
    let mut readings: Vec<(Timestamp, Pools)> = Vec::new();
    for observed in by_time(history.observed.iter().copied()) {
        for reading in &observed.readings {
            let Reading::Balance(balance) = reading else { continue };
            if balance.currency != book.currency || is_ahead(observed, now) {
                continue;
            }
            if observed.at <= begins {
                readings.clear();
            }
            readings.push((observed.at, balance.pools));
        }
    }
    readings
}

fn money_in(
    history: &AccountHistory<'_>,
    book: &BookStatement,
    readings: &[(Timestamp, Pools)],
) -> Vec<MoneyIn> {
    let declared: Vec<(Timestamp, Declared)> = standing(history.corrections.iter().copied())
        .filter(|(_, declared)| declared.currency == book.currency)
        .map(|(correction, declared)| (correction.at, *declared))
        .collect();
    let mut money_in = Vec::new();
    for ends in readings.windows(2) {
        let [(from, before), (to, after)] = ends else { continue };
        let granted = |pools: &Pools| pools.granted().unwrap_or_default();
        let paid = |pools: &Pools| pools.total() - granted(pools);
        let rises =
            [(Kind::TopUp, paid(after) - paid(before)), (Kind::Gift, granted(after) - granted(before))];
        for (kind, rise) in rises {
            let is_it = |(at, known): &&(Timestamp, Declared)| known.kind == kind && from < at && at <= to;
            let known: Amount = declared.iter().filter(is_it).map(|(_, declared)| declared.amount).sum();
            let is_declared = !known.is_zero();
            if is_declared || rise > Amount::ZERO {
                let amount = if is_declared { known } else { rise };
                money_in.push(MoneyIn { at: *to, kind, amount, is_declared });
            }
        }
    }
    money_in
}

fn expires(book: &BookStatement, now: Timestamp) -> Vec<(Timestamp, Amount)> {
    let last = now.month().day(31);
    let unused = book.credits.each.iter().filter_map(|part| {
        let end = part.credit.expires.filter(|end| *end < last)?.span().to;
        Some((end, part.unused.filter(|unused| !unused.is_zero())?))
    });
    in_order(unused, |(one, _), (other, _)| one.cmp(other))
}

fn to_come(book: &BookStatement, now: Timestamp) -> Option<SpendToCome> {
    if book.is_of_two_scopes {
        let falls = book.balance_outlook.as_ref().filter(|falls| falls.burn.state() > State::Early)?;
        let expected = falls.pace.over(now.month().span().to.since(now));
        return Some(SpendToCome { expected, range: None });
    }
    let landing = &book.landing;
    let spent = book.spend.amount.filter(|_| landing.state > State::Early)?;
    let range = landing.range.map(|range| ((range.low - spent).or_zero(), range.high - spent));
    Some(SpendToCome { expected: (landing.figure.amount? - spent).or_zero(), range })
}
