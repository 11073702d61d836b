//! Compaction: replaces old readings by what is kept for good (rule L13).
//!
//! Knows which days are settled and thinned, and when. Does not know how a day's figure is computed: that is the ledger's task.
//! Each account is compacted once a day, in one commit; a worker that is killed before has done nothing, and doing it again
//! changes nothing.
//!
//! ```text
//!   a day is over    its figure is settled, and stored next to its readings
//!   after 62 days    its readings are deleted, except those of a book whose last reading is among them
//!   after 13 months  the lines of its bill are kept once for the month
//!   a month is over  its figure is added to the totals
//!   some days later  it is closed: its figures are kept, and so is each later change
//! ```
//!
//! Each book is settled separately, up to the day of its last reading: the time until the next reading is settled when that
//! arrives. To settle days again, lower the book's first unsettled day; nothing else has to be undone.

use crate::books::correction::{Correction, Declared, Fact};
use crate::books::figure::{Figure, Reason};
use crate::books::ledger::{Book, Ledger, SettledDay, Window, derive};
use crate::books::reading::AccountId;
use crate::money::Currency;
use crate::store::closings::Closing;
use crate::store::load_scope::{cut_of_thinning, merge_before};
use crate::store::shard::Shard;
use crate::store::{Account, State};
use crate::time::{Day, Month, Span, Timestamp};

impl State {
    /// Whether an account's history was not settled today, or a removed account is due to be erased.
    pub fn is_settling_due(&self, now: Timestamp) -> bool {
        self.is_erasing_due(now) || self.accounts.iter().any(|account| account.upkeep.on != Some(now.day()))
    }

    /// Settles, thins and sums up old data, and erases accounts that were removed long ago; needs
    /// [`crate::store::LoadScope::Answerable`]. No figure changes.
    pub fn settle(&mut self, now: Timestamp) {
        self.erase_expired(now);
        let ids: Vec<AccountId> = self.accounts.iter().map(|account| account.id.clone()).collect();
        ids.iter().for_each(|id| self.settle_account(id, now));
    }

    /// Like [`State::settle`], for one account.
    pub(super) fn settle_account(&mut self, id: &AccountId, now: Timestamp) {
        let Some(account) = self.account(id).filter(|_| self.reach.is_answerable(id)) else { return };
        let ledger = derive(&self.history(account), now);
        let first = ledger.books.iter().map(|book| book.since.month()).min().unwrap_or(now.month());
        let months = from_to(account.first_kept(now).max(first), now.month().previous());
        for book in &ledger.books {
            self.settle_book(id, book, now);
        }
        self.thin(id, &ledger, now);
        self.merge_lines(id, now);
        let of_shards = self.shards(id).map(|shard| shard.month);
        let months: Vec<Month> = months.chain(of_shards).filter(|month| *month < now.month()).collect();
        self.keep_totals(id, &ledger, &months);
        self.close_months(id, now);
        if let Some(totals) = self.totals_mut(id) {
            totals.end_before(now.month());
        }
        if let Some(account) = self.account_mut(id) {
            account.upkeep.on = Some(now.day());
            account.upkeep.summed = Some(now.month().previous());
        }
        self.show(id, now);
    }

    /// Marks a book to be settled again, from `day` or from the first day of the window that contains `at`, whichever is
    /// earlier. Thinned days stay as they were settled.
    pub(super) fn settle_anew(&mut self, id: &AccountId, currency: Currency, day: Day, at: Timestamp) {
        let from = self.window_of(id, currency, at).unwrap_or(day).min(day);
        if let Some(account) = self.account_mut(id) {
            let until = account.settled_until(currency).min(from.max(account.thinned()));
            account.set_settled_until(currency, until);
        }
    }

    /// Settles a book's days that are complete and old enough.
    fn settle_book(&mut self, id: &AccountId, book: &Book, now: Timestamp) {
        let Some(account) = self.account(id) else { return };
        let known = account.settled_until(book.currency);
        let Some(until) = account.settles_until(book.currency, now).filter(|until| *until > known) else {
            return;
        };
        // Nothing is settled before the first window, but a clock that ran ahead may have settled days there.
        let first = book.windows.first().map_or(until, |window| window.span.from.day());
        let from = if known == Day::FIRST { first } else { known };
        let days = Span { from: from.span().from, to: until.span().from };
        let months = || from_to(days.from.month(), days.to.minus(1).month());
        if days.ms() > 0 && !months().all(|month| self.is_at_hand(id, month)) {
            return;
        }
        for month in months() {
            let of_month = days.overlap(month.span());
            let settled: Vec<SettledDay> = of_month.days().filter_map(|day| book.settle(day)).collect();
            let is_stored = self.account(id).is_some_and(|account| account.months.contains(&month));
            if let Some(shard) =
                (is_stored || !settled.is_empty()).then(|| self.shard_mut(id, month)).flatten()
            {
                shard.settle(book.currency, of_month.from.day(), &settled);
            }
        }
        if let Some(account) = self.account_mut(id) {
            account.set_settled_until(book.currency, until);
        }
    }

    /// Deletes the readings of old days, and moves the statements about them to their months.
    fn thin(&mut self, id: &AccountId, ledger: &Ledger, now: Timestamp) {
        let Some(account) = self.account(id) else { return };
        let until = thins_until(account, ledger, now);
        let (kept, old) = account.corrections.iter().cloned().partition::<Vec<_>, _>(|correction| {
            let is_it = |other: &&Correction| matches!(&correction.fact, Fact::Undone(of) if *of == other.id);
            let of = account.corrections.iter().find(is_it).unwrap_or(correction);
            is_needed(of, account, ledger, until)
        });
        let thinned = account.thinned();
        let across: Vec<_> = windows_across(ledger, until).filter(|(_, from)| *from < thinned).collect();
        let ends = |currency: Currency| (account.settled_until(currency), account.last_day(currency));
        let books: Vec<_> = account.since.iter().map(|(currency, _)| (*currency, ends(*currency))).collect();
        // Unsettled days, and days that would have to be settled again if the reading after them turned out to come from a
        // wrong clock.
        let needs = |currency: Currency, day: Day| {
            let is_unsettled = books.iter().any(|(known, (settled, last))| {
                *known == currency && *settled <= day && last.is_some_and(|last| day <= last)
            });
            is_unsettled || across.contains(&(currency, day))
        };
        for shard in self.shards_mut(id) {
            shard.thin(until, needs);
        }
        let Some(account) = self.account_mut(id) else { return };
        account.upkeep.thinned = Some(until);
        account.corrections = kept;
        for correction in old {
            if let Some(shard) = self.shard_mut(id, correction.at.month()) {
                shard.correct(correction);
            } else if let Some(account) = self.account_mut(id) {
                account.corrections.push(correction);
            }
        }
    }

    fn merge_lines(&mut self, id: &AccountId, now: Timestamp) {
        let until = merge_before(now);
        let shards = self.shards_mut(id).filter(|shard| shard.month < until);
        shards.for_each(Shard::merge_lines);
        if let Some(account) = self.account_mut(id) {
            account.upkeep.merged = Some(until);
        }
    }

    /// Closes the previous month once its bills no longer change, and restates closed months whose totals have changed.
    fn close_months(&mut self, id: &AccountId, now: Timestamp) {
        let Some(account) = self.account(id) else { return };
        let (ended, end) = (now.month().previous(), now.month().span().from);
        let is_read = !account.source.is_key()
            || account.is_ended()
            || account.pulse.read_at.is_some_and(|read_at| read_at >= end);
        let closes = is_read && now >= end.plus(account.closes_after());
        let closed = account.closings.closed();
        let history = self.history(account);
        let ledger = derive(&history, now);
        let entries = self.months(id).filter_map(|(month, currency, figure)| {
            let is_due = closed.contains(&(month, currency)) || (closes && month == ended);
            let book = ledger.book_of(currency).filter(|_| is_due)?;
            let balance = (month == ended).then(|| book.balance_at(&history, month.span().to, now)).flatten();
            Some(Closing { month, currency, on: now.day(), spend: figure.amount?, balance })
        });
        let entries: Vec<Closing> = entries.collect();
        let Some(account) = self.account_mut(id) else { return };
        entries.into_iter().for_each(|entry| account.closings.record(entry));
        account.closings.begin_with(merge_before(now));
    }

    /// Updates the totals of some months of an account, if its totals are loaded.
    pub(super) fn sum_up(&mut self, id: &AccountId, months: &[Month], now: Timestamp) {
        let Some(account) = self.account(id) else { return };
        let ledger = derive(&self.history(account), now);
        self.keep_totals(id, &ledger, months);
    }

    fn keep_totals(&mut self, id: &AccountId, ledger: &Ledger, months: &[Month]) {
        let lost = self.lost_months(id);
        let Some(totals) = self.totals_mut(id) else { return };
        for month in months {
            let figure = |book: &Book| {
                let mut figure: Figure = book.spend(month.span());
                if lost.contains(month) {
                    figure.lower(Reason::Lost);
                }
                (book.currency, figure)
            };
            totals.set(*month, ledger.books.iter().map(figure));
        }
    }
}

/// The first day whose readings stay: at the latest the day of the last reading, whatever a clock says, and the first day of
/// each window that reaches into later days, so that it can still be corrected.
fn thins_until(account: &Account, ledger: &Ledger, now: Timestamp) -> Day {
    let (known, old) = (account.thinned(), cut_of_thinning(now));
    let last = account.last.iter().map(|observed| observed.at.day()).max();
    let until = last.map_or(old, |last| last.min(old));
    let across = windows_across(ledger, until).map(|(_, from)| from).filter(|from| *from >= known);
    across.fold(until, Day::min).max(known)
}

/// The books of the windows that contain the beginning of a day, and the first days of those windows.
fn windows_across(ledger: &Ledger, day: Day) -> impl Iterator<Item = (Currency, Day)> {
    let edge = day.span().from;
    let at_edge = Span { from: edge, to: edge.plus(1) };
    ledger
        .books
        .iter()
        .flat_map(move |book| book.windows_in(at_edge).map(|window| (book.currency, window.span.from.day())))
}

/// Whether a correction belongs to a window that reaches into days that stay or are not settled.
fn is_needed(correction: &Correction, account: &Account, ledger: &Ledger, until: Day) -> bool {
    let Fact::Declared(Declared { currency, .. }) = correction.fact else { return false };
    let book = ledger.book_of(currency);
    let mut windows = book.into_iter().flat_map(|book| &book.windows);
    let holds = |window: &&Window| window.span.from < correction.at && correction.at <= window.span.to;
    let end = windows.find(holds).map_or(correction.at, |window| window.span.to.minus(1)).day();
    end >= until.min(account.settled_until(currency))
}

fn from_to(first: Month, last: Month) -> impl Iterator<Item = Month> {
    core::iter::successors(Some(first), |month| Some(month.next())).take_while(move |month| *month <= last)
}
