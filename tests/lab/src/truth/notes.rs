//! The observations that the live driver stores, and the spend by three naive rules.
//!
//! Emulates `State::observe` (rule L8), which is slower because it reads everything stored. A test compares the two.

use drawdown::books::correction::Kind;
use drawdown::books::ledger::is_ahead;
use drawdown::books::reading::{Balance, Observation, Pools, Reading, Role};
use drawdown::money::Amount;
use drawdown::time::Timestamp;

use crate::chance::Chance;
use crate::truth::habits::CENT;
use crate::truth::life::{SimulatedAccount, SimulatedBook, Standing, amount};

/// One answer and its time.
#[derive(Clone, Debug)]
pub struct Note {
    pub moment: usize,
    pub observed: Observation,
}

/// A book in one answer, in cents, and its real state.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The real time.
    pub at: Timestamp,
    /// The computer clock's time.
    pub stamp: Timestamp,
    /// The index among the stored observations.
    pub place: usize,
    pub granted: i64,
    pub paid: i64,
    /// The real state.
    pub really: Standing,
}

impl Point {
    fn total(&self) -> i64 {
        self.granted + self.paid
    }
}

/// The answers at each reading of a simulation. The order of currencies has no meaning (rule L1).
pub fn answers(life: &SimulatedAccount, seed: u64) -> Vec<Note> {
    let mut chance = Chance::of(!seed);
    // A balance rarely changes, so the last amount of each pool is reused.
    let mut cached = vec![(0, Amount::ZERO); 2 * life.books.len()];
    let mut reported = |slot: usize, micros| {
        let cents = life.rounding.cents(micros);
        if cached[slot].0 != cents {
            cached[slot] = (cents, amount(cents * CENT));
        }
        cached[slot].1
    };
    let mut notes = Vec::with_capacity(life.moments.len());
    for (moment, read) in life.moments.iter().enumerate() {
        let mut readings = Vec::with_capacity(life.books.len());
        for (slot, lived) in life.books.iter().enumerate() {
            let now = lived.states[moment];
            let pools = Pools::Split {
                granted: reported(2 * slot, now.granted),
                topped_up: reported(2 * slot + 1, now.paid),
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

/// The answers that the driver stores.
pub fn kept(answers: Vec<Note>) -> Vec<Note> {
    let mut kept: Vec<Note> = Vec::with_capacity(answers.len());
    for note in answers {
        let now = note.observed.at;
        // Readings that are ahead keep their position in the order of commits, just before this one.
        let counts = |other: &&mut Note| other.observed.role != Role::Aside;
        let is_new = |other: &&mut Note| is_ahead(&other.observed, now);
        // Counted readings are in order of time, so those that are ahead are the last.
        let counted = kept.iter_mut().rev().filter(counts);
        let mut ahead: Vec<Note> = Vec::new();
        for other in counted.take_while(is_new) {
            ahead.push(other.clone());
            other.observed.role = Role::Aside;
        }
        ahead.reverse();
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

/// The points of one book, from the counted observations.
pub fn points(life: &SimulatedAccount, lived: &SimulatedBook, notes: &[Note]) -> Vec<Point> {
    let mut points = Vec::with_capacity(notes.len());
    for (place, note) in notes.iter().enumerate() {
        let has_book = note.observed.readings.iter().any(|reading| reading.currency() == lived.currency);
        if has_book && !is_ahead(&note.observed, life.end()) {
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

/// The spend by three naive rules from the same readings, in cents.
pub fn naive(life: &SimulatedAccount, notes: &[Note], points: &[Point]) -> [i64; 3] {
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

/// The name of a kind, for messages.
pub fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::TopUp => "top-up",
        Kind::Gift => "gift",
        Kind::Expiry => "expiry",
        Kind::Refund => "refund",
    }
}
