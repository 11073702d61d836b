//! One book's month: all of its figures, from its windows, days and bills.
//!
//! Does not know other books: `totals` computes sums over them.

use crate::books::bill::{Bill, Line, Usage};
use crate::books::credit::{Credit, CreditsLeft, Held, left_of};
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::forecast::{Anomaly, Burn, Change, Outlook, State, is_rising};
use crate::books::ledger::{Book, Window};
use crate::books::reading::Pools;
use crate::books::statement::forecast::{DayEnd, Forecast, Range};
use crate::books::statement::input::AccountInput;
use crate::money::{Amount, Currency, Rate};
use crate::order::in_order;
use crate::time::{DAY, Day, Span, Timestamp};

/// One book's month.
#[derive(Clone, Debug)]
pub struct BookStatement {
    /// The book's currency.
    pub currency: Currency,
    /// The spend of this month.
    pub spend: Figure,
    /// The spend of the previous month.
    pub last_month: Figure,
    /// The time of the first reading.
    pub since: Timestamp,
    /// The balance, granted and paid money together; `None` if it is not known.
    pub balance: Option<Amount>,
    /// The time at which the user typed the balance, if the balance is computed from that and the bills since.
    pub typed: Option<Timestamp>,
    /// The granted money left; `None` if only the total is known.
    pub granted: Option<Amount>,
    /// The granted part of this month's spend, if pools are known.
    pub from_granted: Option<Amount>,
    /// The money added this month, as far as it is visible.
    pub money_in: Amount,
    /// The money that expired this month, as declared.
    pub expired: Amount,
    /// The share of the month's time so far that is billed or lies in closed windows.
    pub coverage: Option<Rate>,
    /// The burn, the pace and the range; `None` while gathering.
    pub outlook: Option<Outlook>,
    /// The outlook of the balance: that of the book, or of the balance's own falls if a counter with another scope gives
    /// the spend (rule L16).
    pub balance_outlook: Option<Outlook>,
    /// Whether the spend has another scope than the balance.
    pub is_of_two_scopes: bool,
    /// The change of the burn from the week before, if both are known.
    pub change: Option<Change>,
    /// The forecast of this month.
    pub landing: Forecast,
    /// The forecast of next month.
    pub next_month: Forecast,
    /// The time that the balance lasts. `None` if the provider reloads it automatically.
    pub runway: Option<Runway>,
    /// The time of the next automatic reload, when the balance would run out, if the provider reloads it.
    pub next_charge: Option<Runway>,
    /// The remaining credit with an end date.
    pub credits: CreditsLeft,
    /// The last day or hour compared with the usual spend, if anomalies are looked for.
    pub anomaly: Option<Anomaly>,
    /// Whether the daily cost keeps rising, if rises are looked for.
    pub is_rising: Option<bool>,
    /// The windows with a question for the user, in all known readings.
    pub asking: Vec<Window>,
    /// The billed amounts of the month by name, the largest first. The rest of the spend has no names.
    pub lines: Vec<(String, Amount)>,
    /// The quantities behind the lines.
    pub usage: Vec<Usage>,
    /// Each day of the month with a known spend.
    pub days: Vec<(Day, Figure)>,
    /// The last moment that the data covers (rule F1).
    pub(super) horizon: Timestamp,
}

/// The time that a balance lasts (rule F6).
#[derive(Clone, Copy, Debug)]
pub struct Runway {
    /// The number of days.
    pub days: Rate,
    /// The UTC day on which the balance is empty.
    pub date: Day,
    /// The run-out for the upper end of the spend, if there is a range.
    pub soonest: Option<RunOut>,
    /// The run-out for the lower end; also `None` if that never empties the balance.
    pub latest: Option<RunOut>,
}

/// A moment at which a balance is empty.
#[derive(Clone, Copy, Debug)]
pub struct RunOut {
    /// The number of days until then.
    pub days: Rate,
    /// The UTC day.
    pub date: Day,
}

impl BookStatement {
    pub(super) fn new(
        book: &Book,
        since: Timestamp,
        input: &AccountInput<'_>,
        now: Timestamp,
    ) -> BookStatement {
        let (month, before) = (now.month().span(), now.month().previous().span());
        let so_far = Span { from: month.from, to: now };
        let spend = spend_in(book, since, input, month, now);
        let last_month = spend_in(book, since, input, before, now);
        let ends = input.ends.map_or(now, |ends| ends.min(now));
        let horizon = horizon(book, input.settles_after, ends, now);
        let outlook = Outlook::new(book, horizon);
        let upper_end = outlook.as_ref().and_then(Outlook::upper_end_of_day);
        let balance_outlook = match &book.balance_of_account {
            Some(balance) => Outlook::new(balance, horizon),
            None => outlook.clone(),
        };
        let typed = input.left.iter().find(|left| left.currency == book.currency && left.counts(now));
        let typed = typed.filter(|_| book.is_billed && book.left.is_none());
        let computed = typed.map(|left| left.amount - billed_since(book, left.at, ends));
        let balance = book.left.map(Pools::total).or(computed);
        // The time of the balance. A run-out date counts from it.
        let balance_at = typed.map_or(ends, |left| ends.max(left.at));
        let days = month.days().take_while(|day| day.span().from < book.until);
        let days = days.map(|day| (day, book.spend(day.span()))).filter(|(_, spend)| spend.amount.is_some());
        // Bills for the time after the horizon will still grow, so the burn covers that time.
        let is_of_month = |bill: &Bill| bill.currency == book.currency && bill.day.month() == now.month();
        let of_month: Vec<&Bill> =
            input.history.bills.iter().copied().filter(|bill| is_of_month(bill)).collect();
        let (lines, usage) = lines(&of_month);
        let settled = Span { from: month.from, to: horizon.max(month.from) };
        let settled_spend = if horizon == now { spend } else { book.spend(settled) };
        let ahead = month.to.since(settled.to);
        let known_spend = spend.amount.unwrap_or_default();
        let mut landing = outlook.as_ref().map_or_else(Forecast::gathering, |outlook| {
            let expected = (outlook.pace.figure(ahead), outlook.pace.days);
            Forecast::new(outlook, ahead, expected, Some(&settled_spend), known_spend)
        });
        for doubt in [Reason::Unpriced, Reason::Lost] {
            if spend.reasons.has(doubt) {
                landing.figure.lower(doubt);
            }
        }
        let next = now.month().next().span().ms();
        let next_month = outlook.as_ref().map_or_else(Forecast::gathering, |outlook| {
            let expected = (outlook.burn.figure(next), outlook.burn.observed.div_ceil(DAY));
            Forecast::new(outlook, next, expected, None, Amount::ZERO)
        });
        let granted = book.left.and_then(Pools::granted);
        let credits = credits(book, input, Held { balance, granted }, balance_outlook.as_ref(), now);
        let runway = balance_outlook
            .as_ref()
            .zip(balance)
            .and_then(|(outlook, balance)| Runway::new(outlook, balance, &credits, balance_at, now));
        BookStatement {
            currency: book.currency,
            last_month,
            since,
            balance,
            typed: typed.map(|left| left.at),
            granted,
            from_granted: granted.and(book.granted(month)),
            money_in: book.money_in(month),
            expired: book.expired(month),
            coverage: Rate::ratio(book.observed(so_far, Window::is_closed), so_far.ms()),
            landing,
            next_month,
            runway: runway.filter(|_| !input.reloads),
            next_charge: runway.filter(|_| input.reloads),
            credits,
            anomaly: input.is_watched.then(|| Anomaly::find(book, horizon, upper_end)).flatten(),
            is_rising: input.is_watched.then(|| is_rising(book, horizon)).flatten(),
            asking: book.asking().cloned().collect(),
            lines,
            usage,
            days: days.collect(),
            spend,
            change: outlook
                .as_ref()
                .and_then(|outlook| outlook.burn.change(&Burn::of_week_before(book, horizon)?)),
            outlook,
            balance_outlook,
            is_of_two_scopes: book.balance_of_account.is_some(),
            horizon,
        }
    }

    /// The month of a removed account, which has no more spend.
    pub(super) fn ended(self) -> BookStatement {
        let zero = Figure::new(Amount::ZERO, Mark::Approximate, []);
        let settled = |figure: Figure| Forecast::plain(figure, State::Full, u64::MAX);
        let spend = if self.spend.amount.is_some() { self.spend } else { zero };
        let last_month = if self.last_month.amount.is_some() { self.last_month } else { zero };
        let (landing, next_month) = (settled(spend), settled(zero));
        BookStatement {
            spend,
            last_month,
            landing,
            next_month,
            outlook: None,
            balance_outlook: None,
            change: None,
            runway: None,
            next_charge: None,
            credits: CreditsLeft::default(),
            ..self
        }
    }

    /// The expected spend of `span`, which is after the horizon: the pace of rule F3. `None` while gathering.
    pub(super) fn expected(&self, span: Span) -> Option<Amount> {
        self.outlook.as_ref().map(|outlook| outlook.pace.over(span.ms()))
    }

    /// This month to date at the end of each day from today on, with its range (rules F3 and F5).
    pub(super) fn course(&self, now: Timestamp) -> Vec<DayEnd> {
        let (Some(outlook), Some(landing)) = (&self.outlook, self.landing.figure.amount) else {
            return Vec::new();
        };
        let (month, spent) = (now.month().span(), self.spend.amount.unwrap_or_default());
        let at_end_of = |day: Day| {
            let ms = self.landing.ahead.ms.saturating_sub(month.to.since(day.span().to));
            let to_date = landing - outlook.pace.over(month.to.since(day.span().to));
            let half = outlook.interval.half(ms, outlook.pace.over(ms));
            let to_date = to_date.max(spent);
            DayEnd { day, to_date, range: half.map(|half| Range::around(to_date, half, spent)) }
        };
        Span { from: now, to: month.to }.days().map(at_end_of).collect()
    }

    /// The run-out of the balance if it had `more` money (rule F6).
    pub fn lasts_with(&self, more: Amount, now: Timestamp) -> Option<RunOut> {
        RunOut::in_days(self.balance_outlook.as_ref()?.runway(self.balance? + more)?, now, now)
    }

    /// Whether the book is empty and never moved, such as an empty USD book next to a funded CNY one.
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

/// The longest runway that is reported, in days (rule F6).
const LONGEST_RUNWAY: u64 = 3 * 365;

impl Runway {
    /// The runway of a balance that was read at `read_at`. Money that expires unused does not count, and the runway ends when the
    /// last credit has expired. There is no range if something expires unused, because that depends on the pace too.
    fn new(
        outlook: &Outlook,
        balance: Amount,
        credits: &CreditsLeft,
        read_at: Timestamp,
        now: Timestamp,
    ) -> Option<Runway> {
        let in_days = |days| RunOut::in_days(days, read_at, now);
        let last = credits.last_day().and_then(|last| RunOut::at_end_of(last, now));
        let until_last = |run_out: RunOut| last.filter(|last| last.date < run_out.date).unwrap_or(run_out);
        let unused = credits.unused();
        let RunOut { days, date } = until_last(in_days(outlook.runway(balance - unused)?)?);
        if days.of_whole(1)? > LONGEST_RUNWAY {
            return None;
        }
        let range = outlook.runway_range(balance).filter(|_| unused.is_zero());
        let soonest = range.and_then(|(soonest, _)| in_days(soonest));
        let latest = range.and_then(|(_, latest)| latest.and_then(in_days).map(until_last).or(last));
        Some(Runway { days, date, soonest, latest })
    }
}

impl RunOut {
    /// The run-out at the end of a day.
    fn at_end_of(day: Day, now: Timestamp) -> Option<RunOut> {
        Some(RunOut { days: Rate::ratio(day.span().to.since(now), DAY)?, date: day })
    }

    /// The run-out this many days after the balance was read. The time that has passed since then is subtracted.
    fn in_days(days: Rate, read_at: Timestamp, now: Timestamp) -> Option<RunOut> {
        let lasts = days.of_whole(DAY)?;
        let days =
            if read_at < now { Rate::ratio(lasts.saturating_sub(now.since(read_at)), DAY)? } else { days };
        Some(RunOut { days, date: read_at.plus(lasts).max(now).day() })
    }
}

/// The remaining credits of a book with an end date, and the amounts that expire unused at the pace of its balance.
fn credits(
    book: &Book,
    input: &AccountInput<'_>,
    held: Held,
    outlook: Option<&Outlook>,
    now: Timestamp,
) -> CreditsLeft {
    let of_book = input.credits.iter().filter(|credit| credit.currency == book.currency);
    let of_book: Vec<Credit> = of_book.cloned().collect();
    let mut left = left_of(&of_book, held, input.history.draw_order, now.day());
    if let Some(outlook) = outlook {
        let lasts = |amount: Amount| outlook.runway(amount)?.of_whole(DAY);
        left.forecast(now, lasts, |ms| outlook.pace.over(ms));
    }
    left
}

/// The spend of a book in `span`, with the doubts that the book does not know: days that the user left out, damaged readings,
/// and a past time that was not read up to its end.
pub(super) fn spend_in(
    book: &Book,
    since: Timestamp,
    input: &AccountInput<'_>,
    span: Span,
    now: Timestamp,
) -> Figure {
    let mut spend = book.spend(span);
    if span.to <= now && book.until < span.to {
        spend.lower(Reason::Stale);
    }
    // Bills from a provider have no gaps. Days that the user neither typed nor imported are missing.
    let known = Span { from: since, to: book.until }.overlap(span);
    if input.ends.is_some() && book.is_billed && book.observed(span, |_| true) < known.ms() {
        spend.lower(Reason::Gap);
    }
    if input.lost.iter().any(|month| month.span().meets(span)) {
        spend.lower(Reason::Lost);
    }
    spend
}

/// The last moment that a book's data covers: now for a balance or a counter; for bills, the end of the last whole day that no
/// longer grows (rule F1). A file that ends within a day does not cover that day.
fn horizon(book: &Book, settles_after: u64, ends: Timestamp, now: Timestamp) -> Timestamp {
    if book.is_billed {
        now.minus(settles_after).min(ends).day().span().from.min(book.complete_until())
    } else if book.windows.is_empty() && book.left.is_none() {
        book.until
    } else {
        ends
    }
}

/// The amount billed since a moment, if bills are known up to `ends`. The day of that moment counts from the moment on (rule L7).
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

/// The billed amounts by name, the largest first, and the quantities behind them. A figure that the user typed has no name.
pub(super) fn lines(bills: &[&Bill]) -> (Vec<(String, Amount)>, Vec<Usage>) {
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
