//! One book's month: every figure of it, from its windows, days and bills.
//!
//! Does not know other books; sums over them are beside it.

use crate::books::bill::{Bill, Line, Usage};
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{Anomaly, Burn, Change, Interval, State, is_rising};
use crate::books::ledger::{Book, Window};
use crate::books::reading::Pools;
use crate::books::statement::forecast::Forecast;
use crate::books::statement::input::AccountInput;
use crate::money::{Amount, Currency, Rate};
use crate::time::{DAY, Day, Month, Span, Timestamp, in_order};

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
    /// When the balance was typed, where it is that less what was billed since.
    pub typed: Option<Timestamp>,
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
    /// How fast the balance falls: its pace, or where a counter counts another scope, that of the balance's own falls (rule
    /// L16).
    pub falls: Option<Burn>,
    /// Whether the spend is of another scope than the balance.
    pub is_of_two_scopes: bool,
    /// How that differs from the week before, where both are known.
    pub change: Option<Change>,
    /// Where the month lands for this book.
    pub landing: Forecast,
    /// What next month costs at its pace.
    pub next_month: Forecast,
    /// How long the balance lasts.
    pub runway: Option<Runway>,
    /// Its last day or hour beside what is usual, where that is watched for.
    pub usual: Option<Anomaly>,
    /// Whether its days cost more and more, where that is watched for.
    pub is_rising: Option<bool>,
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
    /// The same at the high end of what is spent, where there is a range.
    pub soonest: Option<RunOut>,
    /// The same at the low end; `None` too where that never empties it.
    pub latest: Option<RunOut>,
}

/// A moment at which a balance is empty.
#[derive(Clone, Copy, Debug)]
pub struct RunOut {
    /// In so many days.
    pub days: Rate,
    /// On this UTC day.
    pub date: Day,
}

impl BookStatement {
    pub(super) fn new(
        book: &Book,
        since: Timestamp,
        known: &AccountInput<'_>,
        now: Timestamp,
    ) -> BookStatement {
        let (month, before) = (now.month().span(), now.month().previous().span());
        let so_far = Span { from: month.from, to: now };
        let mut spend = book.spend(month);
        let mut last_month = book.spend(before);
        if book.until < before.to {
            last_month.lower(Reason::Stale);
        }
        // A provider's own bills follow each other; days that nobody typed or brought are missing.
        let has_gap = |span: Span| {
            let told = Span { from: since, to: book.until }.overlap(span);
            known.ends.is_some() && book.is_billed && book.observed(span, |_| true) < told.ms()
        };
        if has_gap(month) {
            spend.lower(Reason::Gap);
        }
        if has_gap(before) {
            last_month.lower(Reason::Gap);
        }
        let ends = known.ends.map_or(now, |ends| ends.min(now));
        let horizon = horizon(book, known.settles_after, ends, now);
        let pace_of = |book: &Book| {
            let burn = Burn::new(book, horizon)?;
            let spread = Interval::new(book, horizon, &burn);
            Some((burn, spread))
        };
        let pace = pace_of(book);
        let falls = book.beside_counter.as_ref().map_or(pace.clone(), |balance| pace_of(balance));
        let typed = known.left.iter().find(|left| left.currency == book.currency && left.counts(now));
        let typed = typed.filter(|_| book.is_billed && book.left.is_none());
        let still = typed.map(|left| left.amount - billed_since(book, left.at, ends));
        let balance = book.left.map(Pools::total).or(still);
        // The balance is of this moment; a run-out date counts from it.
        let told = typed.map_or(ends, |left| ends.max(left.at));
        let days = month.days().take_while(|day| day.span().from < book.until);
        let days = days.map(|day| (day, book.spend(day.span()))).filter(|(_, spend)| spend.amount.is_some());
        // What is billed of the time after the horizon will still grow: the pace covers that time.
        let is_of_month = |bill: &Bill| bill.currency == book.currency && bill.day.month() == now.month();
        let of_month: Vec<&Bill> =
            known.told.bills.iter().copied().filter(|bill| is_of_month(bill)).collect();
        let (lines, usage) = lines(&of_month);
        let settled = Span { from: month.from, to: horizon.max(month.from) };
        let settled_spend = if horizon == now { spend } else { book.spend(settled) };
        let ahead = month.to.since(settled.to);
        let known_spend = spend.amount.unwrap_or_default();
        let mut landing = Forecast::new(pace.as_ref(), ahead, Some(&settled_spend), known_spend);
        if spend.reasons.has(Reason::Unpriced) {
            landing.figure.lower(Reason::Unpriced);
        }
        let next = now.month().next().span().ms();
        BookStatement {
            currency: book.currency,
            last_month,
            since,
            balance,
            typed: typed.map(|left| left.at),
            granted: book.left.and_then(Pools::granted),
            from_granted: book.left.and_then(Pools::granted).and(book.granted(month)),
            money_in: book.money_in(month),
            expired: book.expired(month),
            coverage: Rate::ratio(book.observed(so_far, Window::is_closed), so_far.ms()),
            landing,
            next_month: Forecast::new(pace.as_ref(), next, None, Amount::ZERO),
            runway: falls
                .as_ref()
                .zip(balance.filter(|_| !known.reloads))
                .and_then(|(pace, balance)| Runway::of(pace, balance, told, now)),
            usual: known.is_watched.then(|| Anomaly::find(book, horizon)).flatten(),
            is_rising: known.is_watched.then(|| is_rising(book, horizon)).flatten(),
            asking: book.asking().cloned().collect(),
            lines,
            usage,
            days: days.collect(),
            spend,
            change: pace.as_ref().and_then(|(burn, _)| burn.change(&Burn::of_week_before(book, horizon)?)),
            burn: pace.map(|(burn, _)| burn),
            falls: falls.map(|(falls, _)| falls),
            is_of_two_scopes: book.beside_counter.is_some(),
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
        let nothing = Figure::new(Amount::ZERO, Mark::Approximate, []);
        let settled = |figure: Figure| Forecast::alone(figure, State::Full, u64::MAX);
        let spend = if self.spend.amount.is_some() { self.spend } else { nothing };
        let last_month = if self.last_month.amount.is_some() { self.last_month } else { nothing };
        let (landing, next_month) = (settled(spend), settled(nothing));
        BookStatement {
            spend,
            last_month,
            landing,
            next_month,
            burn: None,
            falls: None,
            change: None,
            runway: None,
            ..self
        }
    }

    /// How long its balance would last with so much more in it, as fast as it falls (rule F6).
    pub fn lasts_with(&self, more: Amount, now: Timestamp) -> Option<RunOut> {
        RunOut::in_days(self.falls.as_ref()?.runway(self.balance? + more)?, now, now)
    }

    /// Whether there is nothing in it and nothing ever moved: the empty USD entry beside a funded CNY one.
    pub fn is_idle(&self) -> bool {
        let is_moved = |figure: &Figure| {
            let is_amount = figure.amount.is_some_and(|amount| !amount.is_zero());
            is_amount || figure.reasons.has(Reason::Unpriced)
        };
        self.balance.is_none_or(Amount::is_zero)
            && self.asking.is_empty()
            && !is_moved(&self.spend)
            && !is_moved(&self.last_month)
    }
}

impl Runway {
    /// Of a balance that was told at some moment.
    fn of(
        (burn, spread): &(Burn, Interval),
        balance: Amount,
        told: Timestamp,
        now: Timestamp,
    ) -> Option<Runway> {
        let RunOut { days, date } = RunOut::in_days(burn.runway(balance)?, told, now)?;
        let range = spread.runway(burn, balance);
        let soonest = range.and_then(|(soonest, _)| RunOut::in_days(soonest, told, now));
        let latest = range.and_then(|(_, latest)| RunOut::in_days(latest?, told, now));
        Some(Runway { days, date, soonest, latest })
    }
}

impl RunOut {
    /// So many days after the balance was told; what has passed since is taken from them.
    fn in_days(days: Rate, told: Timestamp, now: Timestamp) -> Option<RunOut> {
        let lasts = days.of_whole(DAY)?;
        let days = if told < now { Rate::ratio(lasts.saturating_sub(now.since(told)), DAY)? } else { days };
        Some(RunOut { days, date: told.plus(lasts).max(now).day() })
    }
}

/// The last moment that a book's data covers: now for a balance or a counter, for bills the end of the last whole day
/// that no longer grows (rule F1). What is told up to a day's middle does not cover that day.
fn horizon(book: &Book, settles_after: u64, ends: Timestamp, now: Timestamp) -> Timestamp {
    match () {
        () if book.is_billed => {
            now.minus(settles_after).min(ends).day().span().from.min(book.complete_until())
        }
        () if book.windows.is_empty() && book.left.is_none() => book.until,
        () => ends,
    }
}

/// What was billed from a moment on, where bills are known up to `ends`: of its day the part after it (rule L7).
fn billed_since(book: &Book, at: Timestamp, ends: Timestamp) -> Amount {
    let day = at.day().span();
    let of_day = book.days_in(day).map(|booked| {
        let known = Span { to: booked.span.to.min(ends.max(at)), ..booked.span };
        let after = Span { from: at.max(known.from), to: known.to };
        if after.ms() > 0 { known.share(booked.spend, after) } else { Amount::ZERO }
    });
    let later = book.days.iter().filter(|booked| booked.day > at.day()).map(|booked| booked.spend);
    of_day.chain(later).sum()
}

/// What a month was billed for, by name, the dearest first, and the quantities behind that. A figure that was typed has no
/// name.
fn lines(bills: &[&Bill]) -> (Vec<(String, Amount)>, Vec<Usage>) {
    let Some(first) = bills.first() else { return (Vec::new(), Vec::new()) };
    let mut month = Bill::empty(first.currency, first.day);
    for bill in bills {
        let lines = bill.lines.iter().filter(|line| !line.name.is_empty());
        month.lines.extend(lines.map(|line| Line { wallet: None, ..line.clone() }));
        month.usage.extend(bill.usage.iter().cloned());
    }
    month.add_up();
    month.limit_lines();
    let lines = month.lines.into_iter().map(|line| (line.name, line.amount));
    let lines = in_order(lines, |(name, sum), (other, others)| others.cmp(sum).then_with(|| name.cmp(other)));
    (lines, month.usage)
}
