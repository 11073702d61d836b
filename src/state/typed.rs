//! What the user types in place of a provider: a balance, or what the month's bill has come to.
//!
//! Knows how a typed figure becomes a reading or bills. Does not know who typed it, nor how it is shown.
//!
//! ```text
//!   1 Nov         5 Nov 10:00            9 Nov 12:00
//!     |---- $5 ------|-------- $4 ----------|         typed: $5 so far, then $9 so far
//!     each part is spread evenly over its time, and each UTC day gets its shares of both (rule L7)
//! ```

use crate::bill::{Line, Row, by_day};
use crate::correction::Typed;
use crate::ledger::is_past;
use crate::money::Amount;
use crate::period::{Span, Timestamp};
use crate::reading::{AccountId, Balance, Observed, Pools, Reading, Role};
use crate::state::{Account, Life, Refusal, Source, State};

impl State {
    /// Keeps a figure that the user typed of an account without a key, as of the moment `at`; needs
    /// [`crate::state::Reach::Answerable`].
    pub fn type_in(
        &mut self,
        id: &AccountId,
        amount: Amount,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if at > now {
            return Err(Refusal::InFuture);
        }
        match self.going_on(id)?.source {
            Source::Balance(currency) => self.type_balance(id, Typed { currency, at, amount }, now)?,
            Source::Bill(currency) => self.type_bill(id, Typed { currency, at, amount }, now)?,
            Source::Key | Source::File => return Err(Refusal::NoSuchAccount),
        }
        if let Some(account) = self.account_mut(id) {
            account.read_at = Some(at);
        }
        Ok(())
    }

    /// A reading like any other (rules L2 and L3).
    fn type_balance(&mut self, id: &AccountId, typed: Typed, now: Timestamp) -> Result<(), Refusal> {
        let Typed { currency, at, amount } = typed;
        self.set_aside(id, now);
        if self.going_on(id)?.last.iter().any(|last| last.at >= at) {
            return Err(Refusal::NotLater);
        }
        let reading = Reading::Balance(Balance { currency, pools: Pools::Total(amount) });
        let is_kept = self.observe(id, Observed { at, role: Role::Follows, readings: vec![reading] });
        if is_kept { Ok(()) } else { Err(Refusal::TooOld) }
    }

    /// The bills of its month up to the day of typing, in place of those before. The days between two figures keep what
    /// they had; a figure of the same day takes the place of the one before, and one below what was typed on an earlier
    /// day says that those were wrong: then the whole month is spread anew.
    fn type_bill(&mut self, id: &AccountId, typed: Typed, now: Timestamp) -> Result<(), Refusal> {
        let Typed { currency, at, amount } = typed;
        let mut typed = self.going_on(id)?.typed.clone();
        typed.retain(|known| is_past(known.at, now));
        if typed.last().is_some_and(|last| last.at > at) {
            return Err(Refusal::NotLater);
        }
        typed.retain(|known| known.at.month() == at.month() && known.at.day() != at.day());
        if typed.last().is_some_and(|before| before.amount > amount) {
            typed.clear();
        }
        typed.push(Typed { currency, at, amount });
        if !self.bill(id, by_day(vec![rows(&typed)]), now) {
            return Err(Refusal::TooOld);
        }
        if let Some(account) = self.account_mut(id) {
            account.typed = typed;
        }
        Ok(())
    }

    /// Keeps what is left of a balance that only the user tells, in place of what was kept.
    pub fn type_left(&mut self, id: &AccountId, left: Typed) -> Result<(), Refusal> {
        self.going_on(id)?;
        if let Some(account) = self.account_mut(id) {
            account.left.retain(|known| known.currency != left.currency);
            account.left.push(left);
        }
        Ok(())
    }

    fn going_on(&self, id: &AccountId) -> Result<&Account, Refusal> {
        self.account(id).filter(|account| account.life != Life::Ended).ok_or(Refusal::NoSuchAccount)
    }
}

/// What came between each figure and the one before, over its time; and nothing for the rest of the last day, which is
/// then known as far as it goes.
fn rows(typed: &[Typed]) -> Vec<Row> {
    let row = |currency, from, to, amount| {
        let line = Line { name: String::new(), wallet: None, amount };
        Row { currency, span: Span { from, to }, line }
    };
    let mut rows = Vec::new();
    let (mut from, mut before) = (None, Amount::ZERO);
    for Typed { currency, at, amount } in typed {
        let first = at.month().span().from;
        // A figure of the month's first moment is of some time too.
        let to = (*at).max(first.plus(1));
        rows.push(row(*currency, from.unwrap_or(first), to, *amount - before));
        (from, before) = (Some(to), *amount);
    }
    let rest = from.zip(typed.last()).map(|(from, last)| (last.currency, from, from.day().span().to));
    rows.extend(rest.map(|(currency, from, to)| row(currency, from, to, Amount::ZERO)));
    rows
}
