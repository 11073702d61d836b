//! Figures that the user types in place of a provider: a balance, or the month's bill so far.
//!
//! Knows how a typed figure becomes a reading or bills. Does not know who typed it, nor how it is shown.
//!
//! ```text
//!   1 Nov         5 Nov 10:00            9 Nov 12:00
//!     |---- $5 ------|-------- $4 ----------|         typed: $5 so far, then $9 so far
//!     each part is spread evenly over its time, and each UTC day gets its shares of both (rule L7)
//! ```

use crate::books::bill::{Line, Row, by_day};
use crate::books::correction::ManualFigure;
use crate::books::ledger::is_past;
use crate::books::reading::{AccountId, Balance, Observation, Pools, Reading, Role, by_time};
use crate::money::{Amount, Currency};
use crate::order::in_order;
use crate::store::load_scope::cut_of_thinning;
use crate::store::shard::Shard;
use crate::store::{Account, CorrectionError, Source, State};
use crate::time::{Month, Span, Timestamp};

impl State {
    /// Adds a figure that the user typed for an account without a key, as of the moment `at`; needs
    /// [`crate::store::LoadScope::Answerable`].
    pub fn type_in(
        &mut self,
        id: &AccountId,
        amount: Amount,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        if at > now {
            return Err(CorrectionError::InFuture);
        }
        match self.current_account(id)?.source {
            Source::Balance(currency) => self.type_balance(id, ManualFigure { currency, at, amount }, now)?,
            Source::Bill(currency) => self.type_bill(id, ManualFigure { currency, at, amount }, now)?,
            Source::Key | Source::File => return Err(CorrectionError::NoSuchAccount),
        }
        if let Some(account) = self.account_mut(id) {
            account.pulse.read_at = Some(at);
        }
        Ok(())
    }

    /// Stores a balance as a reading like any other (rules L2 and L3).
    fn type_balance(
        &mut self,
        id: &AccountId,
        typed: ManualFigure,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let ManualFigure { currency, at, amount } = typed;
        self.current_account(id)?;
        if self.last_true(id, now).is_some_and(|last| last >= at) {
            return Err(CorrectionError::NotLater);
        }
        self.set_aside(id, now, at);
        let reading = Reading::Balance(Balance { currency, pools: Pools::Total(amount) });
        let is_kept = self.observe(id, Observation { at, role: Role::Follows, readings: vec![reading] });
        if is_kept { Ok(()) } else { Err(CorrectionError::TooOld) }
    }

    /// Replaces the bills of the month up to the day of typing. The days between two earlier figures keep their bills. A second
    /// figure of the same day replaces the first; one below an earlier day's figure means that the earlier ones were wrong, and
    /// the whole month is spread again. Replaced figures stay in the list, so that they return if the new one is undone.
    fn type_bill(
        &mut self,
        id: &AccountId,
        typed: ManualFigure,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let ManualFigure { currency, at, amount } = typed;
        let mut typed = self.current_account(id)?.typed.clone();
        // Figures and bills of a clock that ran ahead are removed.
        let ahead: Vec<ManualFigure> = typed.extract_if(.., |known| !is_past(known.at, now)).collect();
        if typed.last().is_some_and(|last| last.at > at) {
            return Err(CorrectionError::NotLater);
        }
        typed.retain(|known| known.at.month() >= cut_of_thinning(now).month());
        typed.push(ManualFigure { currency, at, amount });
        if !self.bill(id, by_day(vec![rows(&of_month(&typed, at.month()))]), now) {
            return Err(CorrectionError::TooOld);
        }
        for ahead in ahead {
            self.bill_anew(id, currency, ahead.at.month(), &typed, now);
        }
        if let Some(account) = self.account_mut(id) {
            account.typed = typed;
        }
        Ok(())
    }

    /// The typed figures of an account that can be undone, the oldest first, and its remaining balances.
    pub fn typed_figures(&self, account: &Account) -> (Vec<ManualFigure>, Vec<ManualFigure>) {
        let figures = match account.source {
            Source::Balance(_) => {
                let shards = self.shards(&account.id);
                let observed = by_time(shards.flat_map(Shard::observed)).into_iter();
                let can_be = observed.filter(|observed| {
                    observed.role != Role::Aside && observed.at.day() >= account.thinned()
                });
                can_be.flat_map(typed_of).collect()
            }
            _ => account.typed.clone(),
        };
        (figures, account.left.clone())
    }

    /// Changes a typed figure, as if this one had been typed at its time; needs [`crate::store::LoadScope::Answerable`].
    /// Figures are typed in order of time, so those after it are taken back and typed again.
    pub fn retype(
        &mut self,
        id: &AccountId,
        typed: &ManualFigure,
        amount: Amount,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let (mut figures, _) = self.typed_figures(self.current_account(id)?);
        figures.dedup();
        let Some(place) = figures.iter().position(|known| known == typed) else {
            self.untype(id, typed, now)?;
            return self.type_left(id, ManualFigure { amount, ..*typed });
        };
        let from_it_on = figures.split_off(place);
        for known in from_it_on.iter().rev() {
            self.untype(id, known, now)?;
        }
        for known in &from_it_on {
            self.type_in(id, if known == typed { amount } else { known.amount }, known.at, now)?;
        }
        Ok(())
    }

    /// Removes a typed figure, as if it had never been typed; needs [`crate::store::LoadScope::Answerable`].
    pub fn untype(
        &mut self,
        id: &AccountId,
        typed: &ManualFigure,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let account = self.current_account(id)?;
        let (figures, left) = self.typed_figures(account);
        let source = account.source;
        if !figures.contains(typed) {
            if !left.contains(typed) {
                return Err(CorrectionError::NoSuchCorrection);
            }
            if let Some(account) = self.account_mut(id) {
                account.left.retain(|known| known != typed);
            }
            return Ok(());
        }
        if matches!(source, Source::Balance(_)) {
            self.untype_balance(id, typed, now)?;
        } else {
            self.untype_bill(id, typed, now)?;
        }
        let last = figures.iter().rev().find(|known| *known != typed).map(|known| known.at);
        if let Some(account) = self.account_mut(id) {
            account.pulse.read_at = last;
        }
        Ok(())
    }

    /// Removes the reading, which joins the windows on both sides.
    fn untype_balance(
        &mut self,
        id: &AccountId,
        typed: &ManualFigure,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let account = self.current_account(id)?;
        let from = self.window_of(id, typed.currency, typed.at);
        // The days before it may be thinned.
        if from.unwrap_or(typed.at.day()) < account.thinned() {
            return Err(CorrectionError::TooOld);
        }
        let is_first = from.is_none();
        let settled = account.settled_until(typed.currency).min(from.unwrap_or(typed.at.day()));
        let shards = self.shards_mut(id);
        let mut before = Vec::new();
        for shard in in_order(shards, |one, other| one.month.cmp(&other.month)) {
            shard.leave_out(typed.at, &before);
            before = shard.last(&before);
        }
        let Some(account) = self.account_mut(id) else { return Err(CorrectionError::NoSuchAccount) };
        account.last = before;
        account.set_settled_until(typed.currency, settled);
        if is_first {
            account.since.retain(|(currency, _)| *currency != typed.currency);
        }
        let first = self.account(id).map(|account| self.typed_figures(account).0);
        let first = first.and_then(|figures| figures.first().map(|first| first.at)).filter(|_| is_first);
        if let (Some(account), Some(first)) = (self.account_mut(id), first) {
            account.begin_book(typed.currency, first);
        }
        self.show(id, now);
        self.settle_account(id, now);
        Ok(())
    }

    /// Replaces a month's bills by those of these figures.
    fn bill_anew(
        &mut self,
        id: &AccountId,
        currency: Currency,
        month: Month,
        typed: &[ManualFigure],
        now: Timestamp,
    ) {
        let shards = self.shards_mut(id).filter(|shard| shard.month == month);
        shards.for_each(|shard| shard.unbill(currency));
        let known = of_month(typed, month);
        if !known.is_empty() {
            self.bill(id, by_day(vec![rows(&known)]), now);
        }
    }

    /// Bills the month by the other figures, and no further.
    fn untype_bill(
        &mut self,
        id: &AccountId,
        typed: &ManualFigure,
        now: Timestamp,
    ) -> Result<(), CorrectionError> {
        let month = typed.at.month();
        let mut others = self.current_account(id)?.typed.clone();
        others.retain(|known| known != typed);
        if !self.is_at_hand(id, month) {
            return Err(CorrectionError::TooOld);
        }
        self.bill_anew(id, typed.currency, month, &others, now);
        if let Some(account) = self.account_mut(id) {
            account.typed = others;
        }
        self.settle_account(id, now);
        Ok(())
    }

    /// Sets the remaining balance that the user typed, in place of the previous one.
    pub fn type_left(&mut self, id: &AccountId, left: ManualFigure) -> Result<(), CorrectionError> {
        self.current_account(id)?;
        if let Some(account) = self.account_mut(id) {
            account.left.retain(|known| known.currency != left.currency);
            account.left.push(left);
        }
        Ok(())
    }

    fn current_account(&self, id: &AccountId) -> Result<&Account, CorrectionError> {
        self.account(id).filter(|account| !account.is_ended()).ok_or(CorrectionError::NoSuchAccount)
    }
}

/// A month's figures in effect: the last of each day, and none before a figure that is below an earlier one.
fn of_month(typed: &[ManualFigure], month: Month) -> Vec<ManualFigure> {
    let mut counted: Vec<ManualFigure> = Vec::new();
    for one in typed.iter().filter(|one| one.at.month() == month) {
        counted.retain(|known| known.at.day() != one.at.day());
        if counted.last().is_some_and(|before| before.amount > one.amount) {
            counted.clear();
        }
        counted.push(*one);
    }
    counted
}

/// The balances of one reading, as typed figures.
fn typed_of(observed: &Observation) -> impl Iterator<Item = ManualFigure> {
    let left = observed.readings.iter().filter_map(Reading::left);
    left.map(|left| ManualFigure { currency: left.currency, at: observed.at, amount: left.amount })
}

/// The difference between each figure and the one before, spread over its time; and zero for the rest of the last day, which is
/// then known as far as it goes.
fn rows(typed: &[ManualFigure]) -> Vec<Row> {
    let row = |currency, from, to, amount| {
        let line = Line { name: String::new(), wallet: None, amount };
        Row { currency, span: Span { from, to }, line }
    };
    let mut rows = Vec::new();
    let (mut from, mut before) = (None, Amount::ZERO);
    for ManualFigure { currency, at, amount } in typed {
        let first = at.month().span().from;
        // A figure at the month's first moment needs some time too.
        let to = (*at).max(first.plus(1));
        rows.push(row(*currency, from.unwrap_or(first), to, *amount - before));
        (from, before) = (Some(to), *amount);
    }
    let rest = from.zip(typed.last()).map(|(from, last)| (last.currency, from, from.day().span().to));
    rows.extend(rest.map(|(currency, from, to)| row(currency, from, to, Amount::ZERO)));
    rows
}
