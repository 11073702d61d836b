//! The habits of one user and one provider: when readings are taken, how the account is used, and when money comes in and leaves.
//!
//! The simulation assumes:
//! - top-ups and gifts are whole cents; a user pays in one or two habitual amounts, rarely another;
//! - gifts of one book have one amount, and an expiry takes all granted money that is left. A gift after an expiry is at least as
//!   large as what expired; if more expired, no gift follows;
//! - a refund returns the whole paid balance.

use drawdown::books::correction::Kind;
use drawdown::money::Currency;
use drawdown::time::{DAY, HOUR, MINUTE, Month, SECOND, Span, Timestamp};

use crate::chance::Chance;

/// Millionths of a currency unit.
pub type Micros = i64;
/// The unit that a provider rounds balances to.
pub const CENT: Micros = 10_000;

/// When a user's browser is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Always on; a reading every 10 to 15 minutes, and one at the end of the month, like the driver's alarm.
    Always,
    /// From 9 to 18 h, every 10 minutes.
    Daily,
    /// From 9 to 18 h, Monday to Friday, every 10 minutes.
    Weekdays,
    /// Once a day for a moment.
    Once,
}

impl Schedule {
    pub const ALL: [Schedule; 4] = [Schedule::Always, Schedule::Daily, Schedule::Weekdays, Schedule::Once];
}

/// An attempt to read: its real time, and the computer clock's time.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: Timestamp,
    pub stamp: Timestamp,
}

/// One book of the account.
#[derive(Clone, Debug)]
pub struct BookHabits {
    pub currency: Currency,
    pub granted: Micros,
    pub paid: Micros,
    /// Requests in order, with their cost; none if the book is idle.
    pub calls: Vec<(Timestamp, Micros)>,
    /// Events that do not depend on the balance, in order.
    pub planned: Vec<(Timestamp, Kind)>,
    pub gift: Micros,
    pub top_ups: Vec<Micros>,
    /// The balance below which the user tops up, and after how many milliseconds at most; `None` without top-ups.
    pub refill: Option<(Micros, u64)>,
}

/// The time in which the account is read: usually more than the month, sometimes less.
pub fn history(chance: &mut Chance, month: Month) -> Span {
    let Span { from, to } = month.span();
    let (before, after) = (chance.between(2 * DAY, 9 * DAY), chance.between(DAY, 4 * DAY));
    if chance.percent(25) {
        Span { from: from.plus(before - 2 * DAY), to: to.minus(2 * after) }
    } else {
        Span { from: from.minus(before), to: to.plus(after) }
    }
}

/// The attempts to read in `history`, without those lost to sleep or a failure.
pub fn moments(chance: &mut Chance, schedule: Schedule, history: Span, zone: u64) -> Vec<Moment> {
    let mut times = times(chance, schedule, history, zone);
    for _ in 0..chance.pick(&[0, 0, 0, 1, 1, 2]) {
        let asleep = chance.between(DAY, 5 * DAY);
        let from = history.from.plus(chance.below(history.ms()));
        times.retain(|at| !(from..from.plus(asleep)).contains(at));
    }
    let failing = chance.pick(&[0, 1, 10]);
    times.retain(|_| !chance.percent(failing));
    let (wrong, ahead) = wrong_clock(chance, history);
    let stamp = |at: Timestamp| {
        if wrong.overlap(Span { from: at, to: at.plus(1) }).ms() > 0 { at.plus(ahead) } else { at }
    };
    times.into_iter().map(|at| Moment { at, stamp: stamp(at) }).collect()
}

/// When the clock is wrong, and by how much it is ahead: more than the ledger tolerates.
fn wrong_clock(chance: &mut Chance, history: Span) -> (Span, u64) {
    let from = history.from.plus(chance.below(history.ms()));
    let lasts = if chance.percent(20) { chance.between(HOUR, 30 * HOUR) } else { 0 };
    let ahead = if chance.percent(50) { 3 * HOUR } else { 3 * DAY };
    (Span { from, to: from.plus(lasts) }, chance.between(11 * MINUTE, ahead))
}

fn times(chance: &mut Chance, schedule: Schedule, history: Span, zone: u64) -> Vec<Timestamp> {
    let mut times = Vec::new();
    if schedule == Schedule::Always {
        let period = chance.between(10, 15) * MINUTE;
        let mut at = history.from;
        while at < history.to {
            times.push(at);
            let next = at.plus(period + chance.below(3 * SECOND));
            let edge = at.month().span().to;
            at = if next > edge { edge.plus(chance.below(2 * SECOND)) } else { next };
        }
        return times;
    }
    for day in history.days() {
        // Nine in the morning in the user's time zone.
        let nine = day.span().from.plus(zone + 9 * HOUR);
        if schedule == Schedule::Once {
            times.push(nine.plus(chance.below(14 * HOUR)));
        } else if schedule == Schedule::Daily || !is_weekend(nine) {
            let late = chance.below(10 * MINUTE);
            times.extend(
                (0..54).map(|tenth| nine.plus(late + tenth * 10 * MINUTE + chance.below(3 * SECOND))),
            );
        }
    }
    times.retain(|at| (history.from..history.to).contains(at));
    times
}

/// 1 January 1970 was a Thursday.
fn is_weekend(at: Timestamp) -> bool {
    (at.ms() / DAY + 3) % 7 >= 5
}

/// The habits of a book, which may be idle.
pub fn book(chance: &mut Chance, currency: Currency, history: Span, zone: u64, is_idle: bool) -> BookHabits {
    let rate = if currency.code() == "CNY" { 7 } else { 1 };
    // From one to four hundred units a month, as often below twenty as above.
    let target =
        Micros::try_from((chance.between(100, 200) << chance.below(9)) * rate).expect("small") * CENT;
    let gift = Micros::try_from(chance.pick(&[1, 2, 5, 10]) * rate).expect("small") * 100 * CENT;
    let mut habits = BookHabits {
        currency,
        granted: if chance.percent(30) { gift * 3 / 4 } else { 0 },
        paid: Micros::try_from(chance.below(1_000_000)).expect("small") * target / 1_000_000,
        calls: if is_idle { Vec::new() } else { calls(chance, history, zone, target) },
        planned: Vec::new(),
        gift,
        top_ups: top_ups(chance, currency, target),
        refill: None,
    };
    if is_idle {
        return habits;
    }
    if chance.percent(25) {
        // The balance lasts the whole time, so there are no top-ups.
        habits.paid += 3 * target;
        return habits;
    }
    let soon = chance.pick(&[30 * MINUTE, 6 * HOUR, 36 * HOUR]);
    habits.refill = Some((habits.top_ups[0] * chance.pick(&[0, 5, 10, 30]) / 100 + CENT, soon));
    habits.planned = planned(chance, history);
    habits
}

/// Habitual top-ups, the most frequent first. One to eight of them last a month.
fn top_ups(chance: &mut Chance, currency: Currency, target: Micros) -> Vec<Micros> {
    let usual: &[Micros] = if currency.code() == "CNY" {
        &[10, 20, 50, 100, 200, 500]
    } else {
        &[2, 5, 10, 20, 50, 100, 200, 500]
    };
    let usual = usual.iter().map(|units| units * 100 * CENT);
    let (few, all): (Vec<_>, Vec<_>) =
        (usual.clone().filter(|one| (target / 8..=target).contains(one)).collect(), usual.collect());
    let mut habitual = vec![chance.pick(if few.is_empty() { &all[..1] } else { &few })];
    if chance.percent(40) {
        habitual.push(chance.pick(if few.is_empty() { &all[..1] } else { &few }));
    }
    if chance.percent(15) {
        habitual.push(
            habitual[0] * Micros::try_from(chance.between(40, 160)).expect("small") / 100 / CENT * CENT,
        );
    }
    habitual
}

fn planned(chance: &mut Chance, history: Span) -> Vec<(Timestamp, Kind)> {
    let mut planned = Vec::new();
    let mut plan = |chance: &mut Chance, kind, times: u64| {
        for _ in 0..times {
            planned.push((history.from.plus(chance.below(history.ms())), kind));
        }
    };
    let at_random = chance.pick(&[0, 0, 1, 2, 4]);
    plan(chance, Kind::TopUp, at_random);
    if chance.percent(40) {
        let gifts = chance.between(1, 3);
        plan(chance, Kind::Gift, gifts);
    }
    if chance.percent(30) {
        let expiries = chance.between(1, 2);
        plan(chance, Kind::Expiry, expiries);
    }
    let refunds = u64::from(chance.percent(10));
    plan(chance, Kind::Refund, refunds);
    for (at, kind) in &mut planned {
        // Credit usually expires at the end of a day.
        if *kind == Kind::Expiry && chance.percent(60) {
            *at = at.day().next().span().from;
        }
    }
    planned.sort_by_key(|(at, _)| *at);
    planned
}

/// Requests that cost about `target` in thirty days: steady ones around the clock, or bursts.
fn calls(chance: &mut Chance, history: Span, zone: u64, target: Micros) -> Vec<(Timestamp, Micros)> {
    let mut weights: Vec<(Timestamp, u64)> = Vec::new();
    let is_steady = chance.percent(40);
    for day in history.days() {
        let midnight = day.span().from;
        if is_steady {
            let busy = chance.between(50, 150);
            let mut at = midnight.plus(chance.below(30 * MINUTE));
            while at < midnight.plus(DAY) {
                weights.push((at, busy * chance.skewed()));
                at = at.plus(chance.between(5 * MINUTE, 35 * MINUTE));
            }
        } else if !chance.percent(if is_weekend(midnight.plus(zone)) { 60 } else { 20 }) {
            for _ in 0..chance.between(1, 4) {
                let (busy, lasts) = (chance.skewed().min(300), chance.between(5 * MINUTE, 180 * MINUTE));
                // An agent may work at night.
                let hour = if chance.percent(15) {
                    chance.below(24 * HOUR)
                } else {
                    chance.between(8 * HOUR, 22 * HOUR)
                };
                let (mut at, end) = (midnight.plus(zone + hour), midnight.plus(zone + hour + lasts));
                while at < end {
                    weights.push((at, busy * chance.skewed()));
                    at = at.plus(chance.between(20 * SECOND, 5 * MINUTE));
                }
            }
        }
    }
    weights.retain(|(at, _)| (history.from..history.to).contains(at));
    weights.sort_by_key(|(at, _)| *at);
    let sum = i128::from(weights.iter().map(|(_, weight)| weight).sum::<u64>().max(1));
    let whole = i128::from(target) * i128::from(history.ms()) / i128::from(30 * DAY);
    let cost = |weight: u64| Micros::try_from(whole * i128::from(weight) / sum).expect("a part of the whole");
    // Odd milliseconds, so that no request happens exactly at midnight.
    weights.into_iter().map(|(at, weight)| (Timestamp::from_ms(at.ms() | 1), cost(weight))).collect()
}
