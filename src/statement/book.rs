//! One book's month: every figure of it, from its windows, days and bills.
//!
//! Does not know other books; sums over them are beside it.

use crate::bill::{Bill, Usage};
use crate::figure::{Figure, Mark, Reason};
use crate::forecast::{Burn, State};
use crate::ledger::{Book, Window};
use crate::money::{Amount, Currency, Rate};
use crate::period::{DAY, Day, Month, Span, Timestamp};
use crate::reading::Pools;
use crate::statement::{Forecast, KnownAccount};

/// One book's month.
#[derive(Clone, Debug)]
pub struct BookStatement {
    /// Its currency.
    pub currency: Currency,
    /// Spent this month.
    pub spend: Figure,
    /// Spent in the month before.
    pub last_month: Figure,
    /// When it was first read.
    pub since: Timestamp,
    /// What is left, granted and paid money together; `None` where that is not told.
    pub balance: Option<Amount>,
    /// What is left of gifts; `None` when the provider does not split.
    pub granted: Option<Amount>,
    /// How much of what was spent this month was granted money, where pools are told apart.
    pub from_granted: Option<Amount>,
    /// What came in this month, as far as it shows.
    pub money_in: Amount,
    /// What expired this month, as declared.
    pub expired: Amount,
    /// The share of the month's time so far that is billed or lies in closed windows.
    pub coverage: Option<Rate>,
    /// Its pace; `None` while it gathers.
    pub burn: Option<Burn>,
    /// Where the month lands for this book.
    pub landing: Forecast,
    /// What next month costs at its pace.
    pub next_month: Forecast,
    /// How long the balance lasts.
    pub runway: Option<Runway>,
    /// The windows that ask the user something, as far back as readings are known.
    pub asking: Vec<Window>,
    /// What the month was billed for, by name, the dearest first; the rest of its spend is not split.
    pub lines: Vec<(String, Amount)>,
    /// The quantities behind them.
    pub usage: Vec<Usage>,
    /// Each day of the month of which something is known.
    pub days: Vec<(Day, Figure)>,
}

/// How long a balance lasts (rule F6).
#[derive(Clone, Copy, Debug)]
pub struct Runway {
    /// In days.
    pub days: Rate,
    /// The UTC day on which it is empty.
    pub date: Day,
}

impl BookStatement {
    pub(super) fn of(
        book: &Book,
        since: Timestamp,
        known: &KnownAccount<'_>,
        now: Timestamp,
    ) -> BookStatement {
        let (month, before) = (now.month().span(), now.month().previous().span());
        let so_far = Span { from: month.from, to: now };
        let spend = book.spend(month);
        let mut last_month = book.spend(before);
        if book.until < before.to {
            last_month.lower(Reason::Stale);
        }
        let horizon = horizon(book, known.settles_after, now);
        let burn = Burn::of(book, horizon);
        let balance = book.left.map(Pools::total);
        let days = month.days().take_while(|day| day.span().from < book.until);
        let days = days.map(|day| (day, book.spend(day.span()))).filter(|(_, spend)| spend.amount.is_some());
        // What is billed of the time after the horizon will still grow: the pace covers that time.
        let is_of_month = |bill: &Bill| bill.currency == book.currency && bill.day.month() == now.month();
        let of_month: Vec<&Bill> =
            known.told.bills.iter().copied().filter(|bill| is_of_month(bill)).collect();
        let settled = Span { from: month.from, to: horizon.max(month.from) };
        let settled_spend = if horizon == now { spend } else { book.spend(settled) };
        let mut landing = Forecast::of(burn.as_ref(), month.to.since(settled.to), Some(&settled_spend));
        landing.figure.amount = landing.figure.amount.map(|lands| lands.max(spend.amount.unwrap_or(lands)));
        BookStatement {
            currency: book.currency,
            last_month,
            since,
            balance,
            granted: book.left.and_then(Pools::granted),
            from_granted: book.left.and_then(Pools::granted).and(book.granted(month)),
            money_in: book.money_in(month),
            expired: book.expired(month),
            coverage: Rate::of(book.observed(so_far, Window::is_closed), so_far.ms()),
            landing,
            next_month: Forecast::of(burn.as_ref(), now.month().next().span().ms(), None),
            runway: burn.as_ref().zip(balance).and_then(|(burn, balance)| Runway::of(burn, balance, now)),
            asking: book.asking().cloned().collect(),
            lines: lines(&of_month),
            usage: usage(&of_month),
            days: days.collect(),
            spend,
            burn,
        }
    }

    /// Damaged readings make their month a floor.
    pub(super) fn lower_lost(&mut self, lost: &[Month], month: Month) {
        if lost.contains(&month) {
            self.spend.lower(Reason::Lost);
            self.landing.figure.lower(Reason::Lost);
        }
        if lost.contains(&month.previous()) {
            self.last_month.lower(Reason::Lost);
        }
    }

    /// The same for a removed account: it lands where it is.
    pub(super) fn ended(self) -> BookStatement {
        let nothing = Figure::of(Amount::ZERO, Mark::Approximate, []);
        let settled = |figure: Figure| Forecast {
            figure,
            state: State::Full,
            observed: u64::MAX,
            left_out: Vec::new(),
        };
        let spend = if self.spend.amount.is_some() { self.spend } else { nothing };
        let last_month = if self.last_month.amount.is_some() { self.last_month } else { nothing };
        let (landing, next_month) = (settled(spend), settled(nothing));
        BookStatement { spend, last_month, landing, next_month, burn: None, runway: None, ..self }
    }

    /// How long its balance would last with so much more in it, at its pace (rule F6).
    pub fn lasts_with(&self, more: Amount, now: Timestamp) -> Option<Runway> {
        Runway::of(self.burn.as_ref()?, self.balance? + more, now)
    }

    /// Whether there is nothing in it and nothing ever moved: the empty USD entry beside a funded CNY one.
    pub fn is_idle(&self) -> bool {
        let is_moved = |figure: &Figure| figure.amount.is_some_and(|amount| !amount.is_zero());
        self.balance.is_none_or(Amount::is_zero)
            && self.asking.is_empty()
            && !is_moved(&self.spend)
            && !is_moved(&self.last_month)
    }
}

impl Runway {
    fn of(burn: &Burn, balance: Amount, now: Timestamp) -> Option<Runway> {
        let days = burn.runway(balance)?;
        Some(Runway { days, date: now.plus(days.of_whole(DAY)?).day() })
    }
}

/// The last moment that a book's data covers: now for a balance or a counter, for bills the end of the last whole day
/// that no longer grows (rule F1).
fn horizon(book: &Book, settles_after: u64, now: Timestamp) -> Timestamp {
    match () {
        () if book.is_billed => now.minus(settles_after).day().span().from.min(book.until),
        () if book.windows.is_empty() && book.left.is_none() => book.until,
        () => now,
    }
}

/// What bills are for, by name, the dearest first.
fn lines(bills: &[&Bill]) -> Vec<(String, Amount)> {
    let mut lines: Vec<(String, Amount)> = Vec::new();
    for line in bills.iter().flat_map(|bill| &bill.lines) {
        match lines.iter_mut().find(|(name, _)| *name == line.name) {
            Some((_, sum)) => *sum = *sum + line.amount,
            None => lines.push((line.name.clone(), line.amount)),
        }
    }
    lines.sort_by(|(name, sum), (other, others)| others.cmp(sum).then_with(|| name.cmp(other)));
    lines
}

/// The quantities of all bills together.
fn usage(bills: &[&Bill]) -> Vec<Usage> {
    let mut usage: Vec<Usage> = Vec::new();
    for one in bills.iter().flat_map(|bill| &bill.usage) {
        match usage.iter_mut().find(|known| known.name == one.name && known.unit == one.unit) {
            Some(known) => known.quantity = known.quantity + one.quantity,
            None => usage.push(one.clone()),
        }
    }
    usage
}
