//! Accounts that are probably the same (rule L12): two keys of one account would count its spend twice.
//!
//! Knows when two accounts move identically. Only the user decides about them; nothing is merged.
//!
//! The values of both are sorted by time, as if one account had reported them, and must be consistent as one account:
//!
//! ```text
//!   one      20    19       18        17      One reports 18, and the other 17.9 shortly after. This is tolerated, but
//!   other    20       19     17.9       17    such differences cost one shared value.
//!
//!   one      10    9.99                       The other still reports 10 after one reported 9.99. They are two accounts,
//!   other    10           10    9.99          even if the values are the same.
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::books::ledger::is_ahead;
use crate::books::reading::{Reading, Role, by_time};
use crate::books::statement::input::AccountInput;
use crate::money::{Amount, Currency};
use crate::order::in_order;
use crate::time::Timestamp;

/// The number of shared values in a row that rules out coincidence: three movements, equal to the last digit.
const ALIKE: usize = 4;
/// The most consecutive turns at values that only one account reports, because money was spent between the readings.
const TURNS: usize = 2;
/// The number of a book's last values to compare, so that the cost does not grow with the history.
pub const COMPARED: usize = 32;

/// The last movements of an account, to be compared with those of others.
#[derive(Clone, Debug)]
pub(super) struct Movements {
    /// The provider's id. An account kept by hand has none, and no key that could have a duplicate.
    provider: String,
    is_ended: bool,
    books: Vec<Tail>,
}

impl Movements {
    /// Reads the readings of an account once, from the newest back.
    pub(super) fn new(account: &AccountInput<'_>, now: Timestamp) -> Movements {
        let (provider, is_ended) = (account.provider.to_owned(), account.is_ended);
        let is_compared = !provider.is_empty() && !is_ended;
        Movements { provider, is_ended, books: if is_compared { tails(account, now) } else { Vec::new() } }
    }

    /// Whether both accounts move identically.
    fn is_like(&self, other: &Movements) -> bool {
        let is_compared = !self.provider.is_empty() && !self.is_ended && !other.is_ended;
        is_compared && self.provider == other.provider && is_alike(&self.books, &other.books)
    }
}

/// Whether two accounts move identically, and so are probably the same.
pub fn move_alike(one: &AccountInput<'_>, other: &AccountInput<'_>, now: Timestamp) -> bool {
    Movements::new(one, now).is_like(&Movements::new(other, now))
}

/// For each account, the position of the first earlier one that moves identically, if any.
pub(super) fn find(accounts: &[&Movements]) -> Vec<Option<usize>> {
    let mut candidates = candidates(accounts).into_iter().peekable();
    let mut found = Vec::with_capacity(accounts.len());
    for (place, one) in accounts.iter().enumerate() {
        let mut first = None;
        while let Some((_, other)) = candidates.next_if(|(later, _)| *later == place) {
            let is_like = || accounts.get(other).is_some_and(|other| one.is_like(other));
            first = first.or_else(|| is_like().then_some(other));
        }
        found.push(first);
    }
    found
}

/// The pairs of accounts that share a value, in a book with enough values to decide; the later account first, in order. Nearly
/// all pairs share none, so the cost does not grow with the number of pairs.
fn candidates(accounts: &[&Movements]) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<BookValue<'_>, Vec<usize>> = BTreeMap::new();
    for (place, account) in accounts.iter().enumerate() {
        for tail in account.books.iter().filter(|tail| tail.held.len() >= ALIKE) {
            for value in &tail.values {
                holders.entry((&account.provider, tail.book, *value)).or_default().push(place);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for places in holders.values() {
        for (count, later) in places.iter().enumerate() {
            pairs.extend(
                places.iter().take(count).filter(|other| *other < later).map(|other| (*later, *other)),
            );
        }
    }
    pairs
}

/// The last values of one book.
#[derive(Clone, Debug)]
struct Tail {
    book: (Currency, bool),
    /// Newest first.
    held: Vec<Streak>,
    /// Whether there are older values, which are not compared.
    is_cut: bool,
    /// The same values, sorted.
    values: Vec<PoolValue>,
}

/// A value, and the first and the last time at which it was reported.
#[derive(Clone, Debug)]
struct Streak {
    value: PoolValue,
    first: Timestamp,
    last: Timestamp,
}

/// A total or a counter, or granted and topped-up money.
type PoolValue = (Amount, Option<Amount>);

/// A provider, a book of its accounts, and a value of that book.
type BookValue<'a> = (&'a str, (Currency, bool), PoolValue);

/// The last values of each book since the account's last baseline: earlier values may belong to another account.
fn tails(account: &AccountInput<'_>, now: Timestamp) -> Vec<Tail> {
    let observed = by_time(account.history.observed.iter().copied());
    let counted = || observed.iter().filter(|observed| !is_ahead(observed, now));
    let began =
        counted().filter(|observed| observed.role == Role::Baseline).map(|observed| observed.at).max();
    let mut tails: Vec<Tail> = Vec::new();
    for observed in counted().rev().take_while(|observed| began.is_none_or(|began| observed.at >= began)) {
        for (book, value) in observed.readings.iter().map(valued) {
            match tails.iter_mut().find(|tail| tail.book == book) {
                Some(tail) => tail.held_before(value, observed.at),
                None => {
                    let held = vec![Streak { value, first: observed.at, last: observed.at }];
                    tails.push(Tail { book, held, is_cut: false, values: Vec::new() });
                }
            }
        }
    }
    for tail in &mut tails {
        tail.values = in_order(tail.held.iter().map(|streak| streak.value), PoolValue::cmp);
    }
    tails
}

/// The book of a reading, and its value.
fn valued(reading: &Reading) -> ((Currency, bool), PoolValue) {
    match reading {
        Reading::Balance(balance) => {
            ((balance.currency, false), (balance.pools.total(), balance.pools.granted()))
        }
        Reading::Counter(counter) => ((counter.currency, true), (counter.total, None)),
    }
}

impl Tail {
    /// Whether the two share any value. Nearly all pairs of accounts share none, and need no further comparison.
    fn meets(&self, other: &Tail) -> bool {
        let mut others = other.values.iter().peekable();
        self.values.iter().any(|value| {
            while others.next_if(|other| *other < value).is_some() {}
            others.peek() == Some(&value)
        })
    }

    fn held_before(&mut self, value: PoolValue, at: Timestamp) {
        let count = self.held.len();
        match self.held.last_mut() {
            _ if self.is_cut => {}
            Some(oldest) if oldest.value == value => oldest.first = at,
            _ if count < COMPARED => self.held.push(Streak { value, first: at, last: at }),
            _ => self.is_cut = true,
        }
    }
}

/// Whether every book that both have can be the same, and at least one has moved enough to decide.
fn is_alike(one: &[Tail], other: &[Tail]) -> bool {
    let both =
        one.iter().filter_map(|tail| Some((tail, other.iter().find(|other| other.book == tail.book)?)));
    let shared: Vec<usize> = both.map(|(one, other)| shared(one, other)).collect();
    shared.iter().all(|shared| *shared > 0) && shared.iter().any(|shared| *shared >= ALIKE)
}

/// A value in the merged sequence, and which of the two accounts reported it.
struct Turn {
    value: PoolValue,
    is_of: [bool; 2],
}

/// The number of values that both reported since the last moment at which they cannot have been one account.
fn shared(one: &Tail, other: &Tail) -> usize {
    if !one.meets(other) {
        return 0;
    }
    let turns = turns(one, other);
    let (mut shared, mut alone, mut last) = (0, 0, [true, true]);
    for (place, turn) in turns.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| turns.get(before));
        let after = turns.get(place + 1);
        let is_alone = turn.is_of != [true, true];
        if !is_alone {
            // Turns in between cost one shared value.
            let taken_back = usize::from(alone > 1).min(shared);
            (shared, alone) = (shared + 1 - taken_back, 0);
        } else if turn.is_of != last {
            alone += 1;
        }
        last = turn.is_of;
        // One moved, and the other still reported the earlier value.
        let is_parted =
            is_alone && before.zip(after).is_some_and(|(before, after)| before.value == after.value);
        if is_parted || alone > TURNS {
            shared = 0;
        }
    }
    shared
}

/// The values of both, sorted by time, without repetitions.
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
    // At the same time, the old value comes before the new one.
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
