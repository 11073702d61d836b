//! Whether the figures of an account are true.

use drawdown::books::bill::Bill;
use drawdown::books::figure::{Figure, Mark, Reason};
use drawdown::books::reading::Observation;
use drawdown::books::statement::{AccountStatement, BookStatement, Statement};
use drawdown::money::Amount;
use drawdown::store::{Account, State};
use drawdown::time::{Day, HOUR, Timestamp};

use crate::storm::cards::Reports;
use crate::storm::remote::Remote;
use crate::storm::truth::{Expected, billed, expected, money};

/// One account as stored and displayed, and its remote account.
pub struct Seen<'a> {
    pub state: &'a State,
    pub account: &'a Account,
    /// Its stored readings.
    pub observed: Vec<Observation>,
    pub figures: &'a AccountStatement,
    pub remote: &'a Remote,
    pub now: Timestamp,
    /// Whether it lost no reading.
    pub is_whole: bool,
    /// Whether a file of it was imported by a wrong clock. The ledger cannot know that, so the money may count twice, whatever the
    /// figure says.
    pub is_misdated: bool,
}

impl Seen<'_> {
    /// Returns the spend of this month and the last with this month's mark, and whether the check was exact. Fails if the figures
    /// are not as they must be.
    pub fn check(self) -> Result<(Amount, Mark, bool), String> {
        let both = |book: &BookStatement| {
            [book.last_month.amount, book.spend.amount].into_iter().flatten().sum::<Amount>()
        };
        let spent: Amount = self.figures.books.iter().map(both).sum();
        let mark = self.figures.books.first().map_or(Mark::Unknown, |book| book.spend.mark);
        if self.remote.card.reports == Reports::Bills {
            let is_exact = self.check_bills(spent)?;
            return Ok((spent, mark, is_exact));
        }
        let (has_floor, is_approximate) = (self.has_floor(), self.is_approximate());
        let Seen { state, account, observed, remote, now, is_whole, is_misdated, .. } = self;
        match expected(state, account, observed, remote, now, is_whole) {
            Expected::AtMost { cents, slack } if spent > money(cents) => {
                if (is_approximate || is_misdated) && spent <= money(cents + slack) {
                    return Ok((spent, mark, false));
                }
                Err(format!("doubled: {spent} {mark:?} is more than {} and {}", money(cents), money(slack)))
            }
            Expected::AtMost { .. } => Ok((spent, mark, false)),
            Expected::Exactly { cents, .. } if spent != money(cents) => {
                let what = if spent > money(cents) { "doubled" } else { "lost" };
                Err(format!("{what}: {spent}, and not {}", money(cents)))
            }
            Expected::Exactly { is_open: true, .. } if !has_floor => Err(format!(
                "lost: a payment hides some spend, and {spent} {mark:?} is not said to be the least"
            )),
            Expected::Exactly { .. } => Ok((spent, mark, true)),
        }
    }

    /// Whether this month or the last has "at least", or the reason that an emptied pool may make it too high (rule L6).
    fn has_floor(&self) -> bool {
        let says = |figure: Figure| figure.mark == Mark::Floor || figure.reasons.has(Reason::EmptiedPool);
        self.months().any(says)
    }

    /// Whether this month or the last is approximate.
    fn is_approximate(&self) -> bool {
        self.months().any(|figure| figure.mark == Mark::Approximate)
    }

    /// The spend of this month and of the last, of each book.
    fn months(&self) -> impl Iterator<Item = Figure> + '_ {
        self.figures.books.iter().flat_map(|book| [book.spend, book.last_month])
    }

    /// Each day's bill is an amount answered for that day, each answered day has a bill, and the months are their sums.
    fn check_bills(&self, spent: Amount) -> Result<bool, String> {
        let Seen { state, account, remote, now, .. } = self;
        let read_at = account.pulse.read_at.filter(|at| *at <= *now && self.is_whole);
        let is_true = |at: &Timestamp| remote.served_at(*at).is_some_and(|served| served.true_at == *at);
        let bills: Vec<&Bill> = state.history(account).bills;
        for bill in &bills {
            let answered = billed(remote, bill.day, read_at);
            // A clock that was ahead asked for future days, for which nothing was billed.
            let is_answered =
                |at: Timestamp| remote.billed.iter().any(|(of, day, _)| (*of, *day) == (at, bill.day));
            let may_be_unbilled =
                bill.amount().is_zero() && !read_at.filter(is_true).is_some_and(is_answered);
            let is_answer = answered.iter().any(|cents| money(*cents) == bill.amount());
            if !may_be_unbilled && !is_answer && !is_of_two_answers(remote, bill) {
                let (amount, day) = (bill.amount(), bill.day);
                return Err(format!("doubled: {amount} on {day}, and not one of {answered:?} cents"));
            }
        }
        let first = now.month().previous().day(1);
        let is_shown = |day: Day| first <= day && day.month() <= now.month();
        let sum: Amount = bills.iter().filter(|bill| is_shown(bill.day)).map(|bill| bill.amount()).sum();
        if sum != spent {
            let what = if spent > sum { "doubled" } else { "lost" };
            return Err(format!("{what}: {spent} is shown, and {sum} is billed"));
        }
        let Some(read_at) = read_at.filter(is_true) else { return Ok(false) };
        for (_, day, cents) in remote.billed.iter().filter(|(at, day, _)| *at == read_at && is_shown(*day)) {
            if *cents != 0 && !bills.iter().any(|bill| bill.day == *day) {
                return Err(format!("lost: {cents} cents of {day} were answered, and are not billed"));
            }
        }
        Ok(true)
    }
}

/// Whether a bill may be put together from the pages of two answers: a read that was cut off continues within the hour, and the
/// day may have grown in between.
fn is_of_two_answers(remote: &Remote, bill: &Bill) -> bool {
    let answers: Vec<_> = remote.billed.iter().filter(|(_, day, _)| *day == bill.day).collect();
    answers.windows(2).any(|two| {
        let [(from, _, one), (to, _, other)] = [two[0], two[1]];
        let (least, most) = (money(*one.min(other)), money(*one.max(other)));
        to.since(*from) <= HOUR && least <= bill.amount() && bill.amount() <= most
    })
}

/// A page that loads less data shows the same figures.
pub fn same_figures(lately: &Statement, all: &Statement) -> Result<(), String> {
    let of = |statement: &Statement| {
        let books = statement.accounts.iter().flat_map(|account| &account.books);
        let books: Vec<_> =
            books.map(|book| (book.currency, book.spend, book.last_month, book.balance)).collect();
        (books, statement.total.spend)
    };
    let (lately, all) = (of(lately), of(all));
    if lately == all {
        Ok(())
    } else {
        Err(format!("the figures differ by what is loaded: {lately:?} {all:?}"))
    }
}
