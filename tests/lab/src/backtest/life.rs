//! Simulated accounts: the spend of each day, by the kind of use.

use drawdown::books::reading::{Balance, Observation, Pools, Reading, Role};
use drawdown::money::Amount;
use drawdown::time::{DAY, Day, HOUR, MINUTE, Month, Span, Timestamp};

use crate::chance::Chance;

/// How the pace of an account behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same every day, plus or minus two fifths.
    Steady,
    /// Little or nothing at weekends.
    Weekday,
    /// Quiet, with bursts of one to four days.
    Bursty,
    /// More every day.
    Growing,
    /// From some day of the month, three times as much or a third.
    Step,
    /// Nothing until some day of the month.
    Idle,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Steady, Kind::Weekday, Kind::Bursty, Kind::Growing, Kind::Step, Kind::Idle];
    /// The kinds with a steady pace, which a range assumes.
    pub const GOING_ON: [Kind; 3] = [Kind::Steady, Kind::Weekday, Kind::Bursty];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Steady => "steady",
            Kind::Weekday => "weekday",
            Kind::Bursty => "bursty",
            Kind::Growing => "growing",
            Kind::Step => "step change",
            Kind::Idle => "idle, then busy",
        }
    }
}

/// Ten-thousandths of a dollar.
pub type Bits = u64;

/// One account, from before a month to the end of the next one.
pub struct SimulatedAccount {
    pub month: Month,
    /// Spend of each day, from the first known day.
    pub days: Vec<(Day, Bits)>,
    /// The balance readings, every three hours.
    pub observed: Vec<Observation>,
}

/// The weight of each eighth of a day.
const EIGHTHS: [u64; 8] = [1, 1, 1, 4, 5, 5, 4, 2];

impl SimulatedAccount {
    /// The account of a seed, with `before` days before the month. Accounts that differ only in `before` share their common days.
    pub fn new(kind: Kind, seed: u64, before: u64) -> SimulatedAccount {
        let mut chance = Chance::of(seed * 6 + kind as u64);
        let first = Month::parse("2026-01").expect("a month");
        let month = (0..chance.below(24)).fold(first, |month, _| month.next());
        let longest = Span { from: month.span().from.minus(60 * DAY), to: month.next().span().to };
        let mut days = spends(kind, &mut chance, longest, month);
        let phase = chance.below(180) * MINUTE;
        let mut observed = read(&days, phase);
        let begins = month.span().from.minus(before * DAY);
        days.retain(|(day, _)| day.span().from >= begins);
        observed.retain(|observed| observed.at >= begins);
        SimulatedAccount { month, days, observed }
    }

    pub fn spent(&self, span: Span) -> Bits {
        let within = |day: &Day| day.span().from >= span.from && day.span().to <= span.to;
        self.days.iter().filter(|(day, _)| within(day)).map(|(_, spend)| spend).sum()
    }
}

fn spends(kind: Kind, chance: &mut Chance, span: Span, month: Month) -> Vec<(Day, Bits)> {
    let usual = chance.between(30_000, 120_000);
    let weekend = chance.between(0, 30);
    let bursts = chance.between(6, 16);
    let growth = chance.between(5, 30);
    let change = month.span().from.plus(chance.between(1, 24) * DAY).day();
    let is_more = chance.percent(50);
    let mut burst = 0;
    let mut pace = usual;
    let one = |day: Day| {
        // Drawn for every kind, so that kinds differ only in their rule.
        let noise = chance.between(60, 140);
        if burst == 0 && chance.percent(bursts) {
            burst = chance.between(1, 4);
        } else {
            burst = burst.saturating_sub(1);
        }
        let height = chance.between(300, 1_000);
        pace += pace * growth / 1_000;
        let percent = match kind {
            Kind::Steady => 100,
            Kind::Weekday if is_weekend(day) => weekend,
            Kind::Weekday => 100,
            Kind::Bursty if burst > 0 => height * 45 / 100,
            Kind::Bursty => 27,
            Kind::Growing => pace * 20 / usual,
            Kind::Step if day >= change => {
                if is_more {
                    300
                } else {
                    33
                }
            }
            Kind::Step => 100,
            Kind::Idle if day < change => 0,
            Kind::Idle => 100,
        };
        (day, usual * percent / 100 * noise / 100)
    };
    span.days().map(one).collect()
}

fn is_weekend(day: Day) -> bool {
    weekday(day) >= 5
}

/// The number of the weekday; Monday is 0.
pub fn weekday(day: Day) -> usize {
    // 1970 began on a Thursday.
    usize::try_from((day.span().from.ms() / DAY + 3) % 7).expect("below seven")
}

/// The balance every three hours, at the account's own phase.
fn read(days: &[(Day, Bits)], phase: u64) -> Vec<Observation> {
    let mut spent = 0;
    let mut observed = Vec::new();
    for (day, spend) in days {
        let sum: u64 = EIGHTHS.iter().sum();
        let mut part = 0;
        for (place, eighth) in (0_u64..).zip(EIGHTHS) {
            let at = day.span().from.plus(place * 3 * HOUR + phase);
            // The part of the eighth that has passed at the reading.
            let so_far = spend * part / sum + spend * eighth * phase / (3 * HOUR) / sum;
            observed.push(balance(at, spent + so_far));
            part += eighth;
        }
        spent += spend;
    }
    observed
}

fn balance(at: Timestamp, spent: Bits) -> Observation {
    let left = 10_000_000_000 - i128::from(spent);
    let left = Amount::from_digits(left, 4).expect("few digits").rounded(2);
    let currency = drawdown::money::Currency::USD;
    let balance = Reading::Balance(Balance { currency, pools: Pools::Total(left) });
    Observation { at, role: Role::Follows, readings: vec![balance] }
}
