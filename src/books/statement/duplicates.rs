//! Accounts that are probably one (rule L12): two keys of one account would count its spend twice.
//!
//! Knows when two move identically. Does not know what to do about it: that is the user's, and nothing is merged.
//!
//! What both told is laid out in the order of time, as if one account had told it. Of one account that makes one story:
//!
//! ```text
//!   one      20    19       18        17      one told 18, and the other 17.9 moments later: that is tolerated.
//!   other    20       19     17.9       17    Taking turns costs them one value.
//!
//!   one      10    9.99                       The other still told 10 after one had told 9.99: they are two, however
//!   other    10           10    9.99          alike the values are.
//! ```

use crate::books::ledger::is_ahead;
use crate::books::reading::{Reading, Role, by_time};
use crate::books::statement::input::AccountInput;
use crate::money::{Amount, Currency};
use crate::time::{Timestamp, in_order};

/// So many values that both told, one after the other, are no chance: three movements, the same to the last digit.
const ALIKE: usize = 4;
/// So many times in a row they may take turns at values that only one of them told: one spent between two readings.
const TURNS: usize = 2;
/// How many of the last values of a book are looked at, so that a pair costs the same after an hour and a month.
const LOOKED_AT: usize = 32;

/// The last movements of an account, to be compared with those of others.
#[derive(Clone, Debug)]
pub(super) struct Movements {
    /// Its provider's id; empty for an account that is kept by hand, which has no key that could be another's.
    provider: String,
    is_ended: bool,
    books: Vec<Tail>,
}

impl Movements {
    /// Those of an account.
    pub(super) fn new(account: &AccountInput<'_>, now: Timestamp) -> Movements {
        let (provider, is_ended) = (account.provider.to_owned(), account.is_ended);
        let is_compared = !provider.is_empty() && !is_ended;
        Movements { provider, is_ended, books: if is_compared { tails(account, now) } else { Vec::new() } }
    }

    /// Whether both move exactly alike.
    fn is_like(&self, other: &Movements) -> bool {
        let is_compared = !self.provider.is_empty() && !self.is_ended && !other.is_ended;
        is_compared && self.provider == other.provider && is_alike(&self.books, &other.books)
    }
}

/// For each account the place of the first one before it that moves exactly like it.
pub(super) fn find(accounts: &[&Movements]) -> Vec<Option<usize>> {
    let first =
        |(place, one): (usize, &&Movements)| accounts.iter().take(place).position(|other| one.is_like(other));
    accounts.iter().enumerate().map(first).collect()
}

/// The last values of one book.
#[derive(Clone, Debug)]
struct Tail {
    book: (Currency, bool),
    /// Newest first.
    held: Vec<Streak>,
    /// Whether there are older ones, which are not looked at.
    is_cut: bool,
}

/// A value, and from when to when it was reported.
#[derive(Clone, Debug)]
struct Streak {
    value: PoolValue,
    first: Timestamp,
    last: Timestamp,
}

/// A total or a counter, or granted and topped-up money.
type PoolValue = (Amount, Option<Amount>);

/// The last values of each book since the account's last new beginning: what came before may be another account's.
fn tails(account: &AccountInput<'_>, now: Timestamp) -> Vec<Tail> {
    let observed = by_time(account.told.observed.iter().copied());
    let counted = || observed.iter().filter(|observed| !is_ahead(observed, now));
    let began =
        counted().filter(|observed| observed.role == Role::Baseline).map(|observed| observed.at).max();
    let mut tails: Vec<Tail> = Vec::new();
    for observed in counted().rev().take_while(|observed| began.is_none_or(|began| observed.at >= began)) {
        for (book, value) in observed.readings.iter().filter_map(valued) {
            match tails.iter_mut().find(|tail| tail.book == book) {
                Some(tail) => tail.held_before(value, observed.at),
                None => {
                    let held = vec![Streak { value, first: observed.at, last: observed.at }];
                    tails.push(Tail { book, held, is_cut: false });
                }
            }
        }
    }
    tails
}

/// Which book a reading is of, and what it told. `None` for a bill, which is no state at a moment.
fn valued(reading: &Reading) -> Option<((Currency, bool), PoolValue)> {
    match reading {
        Reading::Balance(balance) => {
            Some(((balance.currency, false), (balance.pools.total(), balance.pools.granted())))
        }
        Reading::Counter(counter) => Some(((counter.currency, true), (counter.total, None))),
        Reading::Bill(_) | Reading::Limit(_) | Reading::Byok(_) => None,
    }
}

impl Tail {
    fn held_before(&mut self, value: PoolValue, at: Timestamp) {
        let count = self.held.len();
        match self.held.last_mut() {
            _ if self.is_cut => {}
            Some(oldest) if oldest.value == value => oldest.first = at,
            _ if count < LOOKED_AT => self.held.push(Streak { value, first: at, last: at }),
            _ => self.is_cut = true,
        }
    }
}

/// Whether every book that both told may be one, and one of them has moved enough to be.
fn is_alike(one: &[Tail], other: &[Tail]) -> bool {
    let both =
        one.iter().filter_map(|tail| Some((tail, other.iter().find(|other| other.book == tail.book)?)));
    let shared: Vec<usize> = both.map(|(one, other)| shared(one, other)).collect();
    shared.iter().all(|shared| *shared > 0) && shared.iter().any(|shared| *shared >= ALIKE)
}

/// A value as both told it in turn.
struct Turn {
    value: PoolValue,
    is_of: [bool; 2],
}

/// How many values both told since the last time that they cannot have been one.
fn shared(one: &Tail, other: &Tail) -> usize {
    let turns = turns(one, other);
    let (mut shared, mut alone, mut last) = (0, 0, [true, true]);
    for (place, turn) in turns.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| turns.get(before));
        let after = turns.get(place + 1);
        let is_alone = turn.is_of != [true, true];
        if !is_alone {
            // Where they took turns in between, that takes back one value.
            let taken_back = usize::from(alone > 1).min(shared);
            (shared, alone) = (shared + 1 - taken_back, 0);
        } else if turn.is_of != last {
            alone += 1;
        }
        last = turn.is_of;
        // One moved, and the other still told what was there before.
        let is_parted =
            is_alone && before.zip(after).is_some_and(|(before, after)| before.value == after.value);
        if is_parted || alone > TURNS {
            shared = 0;
        }
    }
    shared
}

/// What both told, in the order of time, each value that differs from the one before.
fn turns(one: &Tail, other: &Tail) -> Vec<Turn> {
    let mut points = Vec::new();
    for (is_of, tail) in [([true, false], one), ([false, true], other)] {
        for Streak { value, first, last } in tail.held.iter().rev() {
            points.push((*first, true, is_of, *value));
            if first < last {
                points.push((*last, false, is_of, *value));
            }
        }
    }
    // Of two told at one moment the old value comes before the new one.
    let points = in_order(points, |(at, is_new, ..), (other, new, ..)| (at, is_new).cmp(&(other, new)));
    let mut turns: Vec<Turn> = Vec::new();
    for (.., is_of, value) in points {
        match turns.last_mut() {
            Some(turn) if turn.value == value && turn.is_of == is_of => {}
            Some(turn) if turn.value == value => turn.is_of = [true, true],
            _ => turns.push(Turn { value, is_of }),
        }
    }
    turns
}
