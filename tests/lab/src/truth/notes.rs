//! What rests of the answers: the observations that the live driver keeps, and what the naive rules make of them.
//!
//! Emulates `State::observe` (rule L8), which looks through all that rests at every reading; a test holds the two
//! together.

use drawdown::books::correction::Kind;
use drawdown::books::ledger::is_ahead;
use drawdown::books::reading::{Balance, Observation, Pools, Reading, Role};
use drawdown::money::Amount;
use drawdown::time::Timestamp;

use crate::chance::Chance;
use crate::truth::habits::CENT;
use crate::truth::life::{AccountStatus, Lived, Standing, amount};

/// One answer in the order of asking, and which moment of the life it shows.
#[derive(Clone, Debug)]
pub struct Note {
    pub moment: usize,
    pub observed: Observation,
}

/// A book as one answer tells it, in cents, beside what it really was.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// When that was.
    pub at: Timestamp,
    /// When that was by the clock of the computer.
    pub stamp: Timestamp,
    /// Where among the observations that count.
    pub place: usize,
    pub granted: i64,
    pub paid: i64,
    /// What it really was.
    pub really: Standing,
}

impl Point {
    fn total(&self) -> i64 {
        self.granted + self.paid
    }
}

/// The answers at every moment of a life, each book in its currency, in an order that means nothing (rule L1).
pub fn answers(life: &AccountStatus, seed: u64) -> Vec<Note> {
    let mut chance = Chance::of(!seed);
    // A balance seldom moves: the text of the last one is read once.
    let mut known = vec![(0, Amount::ZERO); 2 * life.books.len()];
    let mut told = |slot: usize, micros| {
        let cents = life.rounding.cents(micros);
        if known[slot].0 != cents {
            known[slot] = (cents, amount(cents * CENT));
        }
        known[slot].1
    };
    let mut notes = Vec::with_capacity(life.moments.len());
    for (moment, read) in life.moments.iter().enumerate() {
        let mut readings = Vec::with_capacity(life.books.len());
        for (slot, lived) in life.books.iter().enumerate() {
            let now = lived.states[moment];
            let pools = Pools::Split {
                granted: told(2 * slot, now.granted),
                topped_up: told(2 * slot + 1, now.paid),
            };
            if !chance.percent(life.absent) {
                readings.push(Reading::Balance(Balance { currency: lived.currency, pools }));
            }
        }
        if chance.percent(50) {
            readings.reverse();
        }
        notes.push(Note { moment, observed: Observation { at: read.stamp, role: Role::Follows, readings } });
    }
    notes
}

/// What the driver keeps of them.
pub fn kept(answers: Vec<Note>) -> Vec<Note> {
    let mut kept: Vec<Note> = Vec::with_capacity(answers.len());
    for note in answers {
        let now = note.observed.at;
        // What lies ahead keeps its place in the order of commits, just before this.
        let is_new = |other: &&Note| other.observed.role != Role::Aside && is_ahead(&other.observed, now);
        let ahead: Vec<Note> = kept.iter().filter(is_new).cloned().collect();
        for other in kept.iter_mut().filter(|other| is_ahead(&other.observed, now)) {
            other.observed.role = Role::Aside;
        }
        let mut at = now.minus(u64::try_from(ahead.len()).expect("few"));
        for mut note in ahead {
            let last = kept.iter().rfind(|other| other.observed.role != Role::Aside);
            if last.is_none_or(|last| last.observed.at < at) {
                note.observed.at = at;
                kept.push(note);
            }
            at = at.plus(1);
        }
        let last = kept.iter().rev().find(|other| other.observed.role != Role::Aside);
        let is_later = last.is_none_or(|last| last.observed.at < now);
        if is_later && !note.observed.readings.is_empty() {
            kept.push(note);
        }
    }
    kept
}

/// The points of one book among what counts.
pub fn points(life: &AccountStatus, lived: &Lived, notes: &[Note]) -> Vec<Point> {
    let mut points = Vec::with_capacity(notes.len());
    for (place, note) in notes.iter().enumerate() {
        let tells = note.observed.readings.iter().any(|reading| reading.currency() == lived.currency);
        if tells && !is_ahead(&note.observed, life.end()) {
            let now = lived.states[note.moment];
            points.push(Point {
                at: life.moments[note.moment].at,
                stamp: note.observed.at,
                place,
                granted: life.rounding.cents(now.granted),
                paid: life.rounding.cents(now.paid),
                really: now,
            });
        }
    }
    points
}

/// What three naive rules make of the same readings, in cents.
pub fn naive(life: &AccountStatus, notes: &[Note], points: &[Point]) -> [i64; 3] {
    let month = life.month.span();
    let in_month = |stamp: Timestamp| (month.from..month.to).contains(&stamp);
    let fall = |before: i64, after: i64| (before - after).max(0);
    // The first book of each answer, whatever its currency.
    let mut firsts = Vec::with_capacity(notes.len());
    for note in notes.iter().filter(|note| !is_ahead(&note.observed, life.end())) {
        let lived = life.books.iter().find(|lived| lived.currency == note.observed.readings[0].currency());
        let now = lived.expect("one of the books").states[note.moment];
        let total = life.rounding.cents(now.granted) + life.rounding.cents(now.paid);
        firsts.push((note.observed.at, total));
    }
    let of_first =
        firsts.windows(2).filter(|two| in_month(two[1].0)).map(|two| fall(two[0].1, two[1].1)).sum();
    let totals = points.windows(2).filter(|two| in_month(two[1].stamp));
    let of_total = totals.map(|two| fall(two[0].total(), two[1].total())).sum();
    let mut in_month = points.iter().filter(|point| in_month(point.stamp));
    let first = in_month.next().map_or(0, Point::total);
    let last = in_month.next_back().map_or(first, Point::total);
    [of_first, of_total, fall(first, last)]
}

/// The name of a kind in messages.
pub fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::TopUp => "top-up",
        Kind::Gift => "gift",
        Kind::Expiry => "expiry",
        Kind::Refund => "refund",
    }
}
