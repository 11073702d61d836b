//! Accounts that are probably one (rule L12): two keys of one account would count its spend twice.
//!
//! Knows when two move identically. Does not know what to do about it: that is the user's, and nothing is merged.

use crate::ledger::is_ahead;
use crate::period::Timestamp;
use crate::reading::{AccountId, Reading, in_order};
use crate::statement::KnownAccount;

/// So many values in a row that both told are no chance: three movements, each the same to the last digit.
const ALIKE: usize = 4;

/// The earlier account of the same provider that moves exactly like the one at `place`.
pub(super) fn twin(accounts: &[KnownAccount<'_>], place: usize, now: Timestamp) -> Option<AccountId> {
    let account = accounts.get(place).filter(|account| !account.is_ended)?;
    let mut earlier = accounts
        .iter()
        .take(place)
        .filter(|other| !other.is_ended && other.provider == account.provider)
        .peekable();
    earlier.peek()?;
    let moves = moves(account, now);
    let twin = earlier.find(|other| is_alike(&moves, &self::moves(other, now)))?;
    Some(twin.id.clone())
}

/// Two accounts are read moments apart, so that one may have seen a newest value that the other has not.
fn is_alike(one: &[Vec<&Reading>], other: &[Vec<&Reading>]) -> bool {
    let pairs = [(0, 0), (1, 0), (0, 1)];
    pairs.iter().any(|(newer, others)| {
        let mut one = one.iter().rev().skip(*newer).take(ALIKE);
        let other = other.iter().rev().skip(*others).take(ALIKE);
        other.len() == ALIKE && one.len() == ALIKE && other.eq(one.by_ref())
    })
}

/// What an account told, each value that differs from the one before, in order.
fn moves<'a>(account: &KnownAccount<'a>, now: Timestamp) -> Vec<Vec<&'a Reading>> {
    let mut moves: Vec<Vec<&Reading>> = Vec::new();
    for observed in in_order(account.told.observed.iter().copied()) {
        // The order of books means nothing (rule L1).
        let mut books: Vec<&Reading> = observed.readings.iter().collect();
        books.sort_by_key(|reading| reading.currency());
        if !books.is_empty() && !is_ahead(observed, now) && moves.last() != Some(&books) {
            moves.push(books);
        }
    }
    moves
}
