//! The simulation of one account, request by request: what really happened.
//!
//! Knows the provider's rules: granted money is spent before paid money, no request is served on an empty balance (the
//! last one may overdraw it), and reported balances are rounded to cents. Does not know what is read.

use drawdown::books::correction::Kind;
use drawdown::money::{Amount, Currency};
use drawdown::time::{Month, Span, Timestamp};

use crate::chance::Chance;
use crate::truth::habits::{self, BookHabits, CENT, Micros, Moment, Schedule};

/// How a provider rounds a balance to cents. Either way, the difference of two balances is off by a cent at most.
#[derive(Clone, Copy, Debug)]
pub enum Rounding {
    Nearest,
    Down,
}

impl Rounding {
    pub fn cents(self, micros: Micros) -> i64 {
        match self {
            Rounding::Nearest => (micros + CENT / 2).div_euclid(CENT),
            Rounding::Down => micros.div_euclid(CENT),
        }
    }
}

/// A simulated account, with the times at which it was read.
#[derive(Debug)]
pub struct SimulatedAccount {
    pub schedule: Schedule,
    pub month: Month,
    pub rounding: Rounding,
    pub moments: Vec<Moment>,
    /// One per currency; the first is the one in use.
    pub books: Vec<SimulatedBook>,
    /// The percentage of answers that leave a book out.
    pub absent: u64,
}

/// What really happened in one book.
#[derive(Debug)]
pub struct SimulatedBook {
    pub currency: Currency,
    pub is_idle: bool,
    /// The cost of each request that was served.
    pub spent: Vec<(Timestamp, Micros)>,
    /// Money that came in or left without being spent.
    pub moved: Vec<Moved>,
    /// The book at the time of each reading.
    pub states: Vec<Standing>,
}

/// Money that came in or left without being spent.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub at: Timestamp,
    pub kind: Kind,
    pub amount: Micros,
}

impl Moved {
    pub fn is_out(&self) -> bool {
        matches!(self.kind, Kind::Expiry | Kind::Refund)
    }
}

/// A book at one time, to the last digit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    pub granted: Micros,
    pub paid: Micros,
    /// The total spend by then.
    pub spent: Micros,
}

impl SimulatedAccount {
    /// The real time of the last attempt to read, at which the ledger is derived.
    pub fn end(&self) -> Timestamp {
        self.moments.last().map_or(self.month.span().to, |moment| moment.at)
    }
}

impl SimulatedBook {
    /// The real spend in `span`.
    pub fn truth(&self, span: Span) -> Micros {
        let first = self.spent.partition_point(|(at, _)| *at < span.from);
        self.spent.iter().skip(first).take_while(|(at, _)| *at < span.to).map(|(_, cost)| cost).sum()
    }
}

/// Millionths as money.
pub fn amount(micros: Micros) -> Amount {
    let sign = if micros < 0 { "-" } else { "" };
    let (units, rest) = (micros.abs() / 1_000_000, micros.abs() % 1_000_000);
    Amount::parse(&format!("{sign}{units}.{rest:06}")).expect("an amount")
}

/// Simulates the account of a seed.
pub fn simulate(seed: u64) -> SimulatedAccount {
    let mut chance = Chance::of(seed);
    let chance = &mut chance;
    let schedule = Schedule::ALL[usize::try_from(seed % 4).expect("four")];
    let month = Month::parse(&format!("2026-{:02}", chance.between(1, 12))).expect("a month");
    let zone = chance.below(24) * drawdown::time::HOUR;
    let history = habits::history(chance, month);
    let moments = habits::moments(chance, schedule, history, zone);
    let mut codes = ["USD", "CNY"].map(|code| Currency::parse(code).expect("a currency"));
    if chance.percent(30) {
        codes.reverse();
    }
    let mut all = vec![habits::book(chance, codes[0], history, zone, false)];
    if chance.percent(60) {
        let is_idle = chance.percent(50);
        all.push(habits::book(chance, codes[1], history, zone, is_idle));
    }
    SimulatedAccount {
        schedule,
        month,
        rounding: chance.pick(&[Rounding::Nearest, Rounding::Down]),
        books: all.iter().map(|habits| live_book(chance, habits, &moments)).collect(),
        moments,
        absent: chance.pick(&[0, 0, 0, 2]),
    }
}

/// The next event: at equal times, money moves first and a reading is last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Planned,
    Refill,
    Call,
    Read,
}

fn live_book(chance: &mut Chance, habits: &BookHabits, moments: &[Moment]) -> SimulatedBook {
    let mut lived = SimulatedBook {
        currency: habits.currency,
        is_idle: habits.calls.is_empty(),
        spent: Vec::new(),
        moved: Vec::new(),
        states: Vec::with_capacity(moments.len()),
    };
    let mut now = Standing { granted: habits.granted, paid: habits.paid, spent: 0 };
    let (mut planned, mut calls) = (habits.planned.iter().peekable(), habits.calls.iter().peekable());
    let (mut reads, mut refill) = (moments.iter().peekable(), None::<Timestamp>);
    let mut expired = 0;
    loop {
        let coming = [
            planned.peek().map(|(at, _)| (*at, Next::Planned)),
            refill.map(|at| (at, Next::Refill)),
            calls.peek().map(|(at, _)| (*at, Next::Call)),
            reads.peek().map(|moment| (moment.at, Next::Read)),
        ];
        let Some((at, next)) = coming.into_iter().flatten().min() else { return lived };
        match next {
            Next::Planned => {
                let kind = planned.next().map_or(Kind::TopUp, |(_, kind)| *kind);
                let amount = match kind {
                    Kind::TopUp => top_up(chance, habits),
                    Kind::Gift => {
                        if expired > habits.gift {
                            0
                        } else {
                            habits.gift
                        }
                    }
                    Kind::Expiry => now.granted,
                    Kind::Refund => now.paid.max(0),
                };
                expired = if kind == Kind::Expiry { expired.max(amount) } else { expired };
                happen(&mut lived, &mut now, Moved { at, kind, amount });
            }
            Next::Refill => {
                refill = None;
                let amount = top_up(chance, habits);
                happen(&mut lived, &mut now, Moved { at, kind: Kind::TopUp, amount });
            }
            Next::Call => {
                let cost = calls.next().map_or(0, |(_, cost)| *cost);
                if now.granted + now.paid > 0 {
                    let gift = now.granted.min(cost);
                    now.granted -= gift;
                    now.paid -= cost - gift;
                    now.spent += cost;
                    lived.spent.push((at, cost));
                }
                if let (None, Some((low, soon))) = (refill, habits.refill) {
                    refill = (now.granted + now.paid < low).then(|| at.plus(1 + chance.below(soon)));
                }
            }
            Next::Read => {
                reads.next();
                lived.states.push(now);
            }
        }
    }
}

/// A top-up: usually the first habitual amount.
fn top_up(chance: &mut Chance, habits: &BookHabits) -> Micros {
    if chance.percent(70) { habits.top_ups[0] } else { chance.pick(&habits.top_ups) }
}

fn happen(lived: &mut SimulatedBook, now: &mut Standing, moved: Moved) {
    if moved.amount == 0 {
        return;
    }
    match moved.kind {
        Kind::TopUp => now.paid += moved.amount,
        Kind::Gift => now.granted += moved.amount,
        Kind::Expiry => now.granted -= moved.amount,
        Kind::Refund => now.paid -= moved.amount,
    }
    lived.moved.push(moved);
}
