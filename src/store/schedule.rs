//! When an account is asked, and how an attempt changes it.
//!
//! ```text
//!            begin                    end: read      -> failures 0, due after the interval
//!   idle ------------> attempt ---->  end: problem   -> failures + 1, due after the back-off or Retry-After
//!                         |
//!                         +-- the worker is stopped -> noticed at the next start: cut short, counts as a failure;
//!                                                      if it had kept a page, due at once, and no failure
//! ```
//!
//! Only the browser's session remembers an attempt in progress. So starting one writes nothing to disk, and one that was cut
//! off by the end of the session is simply due again.

use core::ops::RangeInclusive;

use crate::books::reading::{DrawOrder, Observation, Pools, Reading, Role};
use crate::money::Currency;
use crate::provider::{Billing, Problem};
use crate::providers;
use crate::store::closings::OPEN_FOR;
use crate::store::{Account, AccountStatus, Settings, Source};
use crate::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};

/// The longest wait after failures.
const LONGEST_BACK_OFF: u64 = 6 * HOUR;
/// The wait between the first two readings of a balance; the card's shortest time if that is longer.
const SECOND_READING: u64 = 2 * MINUTE;
/// An alarm may come a little early.
const EARLY: u64 = 30 * SECOND;

/// The end of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The account was read.
    Read,
    /// It could not be read; the provider may have said how many seconds to wait.
    Failed {
        /// The reason.
        problem: Problem,
        /// The seconds to wait.
        wait: Option<u64>,
    },
    /// Its sealed key does not open: it was sealed under a data key that is gone.
    KeyLost,
}

impl Account {
    /// Milliseconds between two refreshes.
    pub fn interval(&self, settings: &Settings) -> u64 {
        let (shortest, usual) = self.minutes();
        u64::from(settings.period_minutes.unwrap_or(usual).max(shortest)) * MINUTE
    }

    /// The shortest and the usual minutes between two refreshes, from the card.
    fn minutes(&self) -> (u32, u32) {
        let card = providers::find(&self.provider).map(|provider| &provider.card);
        card.map_or((1, 15), |card| (card.shortest_minutes, card.usual_minutes))
    }

    /// When the second reading is due, while a balance has one reading: until then its spend is unknown (rule L2).
    pub fn second_reading(&self) -> Option<Timestamp> {
        let read_at = self.pulse.read_at?;
        let is_first = |(_, since): &(Currency, Timestamp)| *since == read_at;
        let is_waiting = !self.is_billed() && !self.since.is_empty() && self.since.iter().all(is_first);
        let (shortest, _) = self.minutes();
        is_waiting.then(|| read_at.plus((u64::from(shortest) * MINUTE).max(SECOND_READING)))
    }

    /// When it is asked next; `None` for never.
    pub fn due_at(&self, settings: &Settings) -> Option<Timestamp> {
        if !self.is_askable() {
            return None;
        }
        let interval = self.interval(settings);
        // An attempt that was cut short has no problem of its own, and would be cut short again.
        let is_waiting_in_vain = self.pulse.is_cut_short
            || !matches!(self.pulse.problem, None | Some(Problem::Offline | Problem::HostWithheld));
        let doublings = if is_waiting_in_vain { self.pulse.failures.saturating_sub(1).min(10) } else { 0 };
        let wait = interval.saturating_mul(1 << doublings).min(LONGEST_BACK_OFF.max(interval));
        let after_last = self.pulse.asked_at.map_or(Timestamp::from_ms(0), |asked_at| asked_at.plus(wait));
        let second = self.second_reading().filter(|_| self.pulse.failures == 0);
        let after_last = second.map_or(after_last, |second| after_last.min(second));
        Some(self.pulse.not_before.map_or(after_last, |not_before| after_last.max(not_before)))
    }

    /// Whether an alarm at `now` asks it. An attempt in the future, or a due time further ahead than any wait, comes from a
    /// wrong clock.
    pub fn is_due(&self, settings: &Settings, now: Timestamp) -> bool {
        let is_ahead = self.pulse.asked_at.is_some_and(|asked_at| asked_at > now) && !self.must_wait(now);
        let due = |due_at: Timestamp| is_ahead || due_at <= now.plus(EARLY) || due_at > now.plus(2 * DAY);
        self.due_at(settings).is_some_and(due)
    }

    /// Whether it can be asked at all. A retired API is not called again.
    pub fn is_askable(&self) -> bool {
        self.life == AccountStatus::Active
            && self.credential.is_some()
            && self.pulse.problem != Some(Problem::Retired)
    }

    /// Whether the wait that the provider asked for is not over. It can ask for a day at most.
    pub fn must_wait(&self, now: Timestamp) -> bool {
        self.pulse.not_before.is_some_and(|not_before| not_before > now && not_before <= now.plus(DAY))
    }

    /// Whether an attempt ended in that time.
    pub fn was_asked_in(&self, time: RangeInclusive<Timestamp>) -> bool {
        !self.pulse.is_cut_short && self.pulse.asked_at.is_some_and(|asked_at| time.contains(&asked_at))
    }

    /// Ends an attempt.
    pub fn end(&mut self, now: Timestamp, ended: Ended) {
        self.pulse.attempt = None;
        self.pulse.asked_at = Some(now);
        self.pulse.is_cut_short = false;
        self.pulse.not_before = None;
        match ended {
            Ended::Read => {
                self.pulse.failures = 0;
                self.pulse.is_key_lost = false;
                self.pulse.problem = None;
            }
            Ended::Failed { problem, wait } => {
                self.pulse.failures = self.pulse.failures.saturating_add(1);
                self.pulse.problem = Some(problem);
                self.pulse.not_before = wait.map(|seconds| now.plus(seconds.saturating_mul(SECOND)));
            }
            Ended::KeyLost => self.pulse.is_key_lost = true,
        }
    }

    /// Whether the attempt that began then has not ended.
    pub(super) fn is_asked_still(&self, began: Timestamp, now: Timestamp) -> bool {
        self.pulse.asked_at.is_none_or(|asked_at| !(began..=now).contains(&asked_at))
    }

    /// Records that the worker was stopped during the attempt: a failure without any details.
    pub fn cut_short(&mut self) {
        if let Some(began) = self.pulse.attempt.take() {
            self.pulse.asked_at = Some(began);
            self.pulse.failures = self.pulse.failures.saturating_add(1);
            self.pulse.is_cut_short = true;
        }
    }

    /// Makes the account due: its last attempt was cut short but kept a page, and the next one continues there. That is no
    /// failure. An attempt without a page is backed off like any other.
    pub fn resume_at_once(&mut self) {
        self.pulse.failures = 0;
        self.pulse.asked_at = None;
    }

    /// Whether it still has the key it was asked with: another key's answer belongs to another account.
    pub fn has_key_of(&self, asked: &Account) -> bool {
        self.credential.is_some() && self.credential == asked.credential
    }

    /// Whether a reading repeats the last one on the same day. Typed figures are always kept.
    pub(super) fn is_repeated_by(&self, observed: &Observation) -> bool {
        let is_same =
            |last: &Observation| last.at.day() == observed.at.day() && last.readings == observed.readings;
        self.source.is_key()
            && observed.role == Role::Follows
            && matches!(self.last.as_slice(), [last] if is_same(last))
    }

    /// The pool that its provider spends first.
    pub fn draw_order(&self) -> DrawOrder {
        providers::find(&self.provider).map_or(DrawOrder::InAnyOrder, |provider| provider.card.draw_order)
    }

    /// Whether its provider reports bills, so that nothing else is spend (rule L10).
    pub fn is_billed(&self) -> bool {
        match self.source {
            Source::Key => providers::find(&self.provider)
                .is_some_and(|provider| provider.card.billing == Billing::Bills),
            Source::Balance(_) => false,
            Source::Bill(_) | Source::File => true,
        }
    }

    /// Milliseconds after which its data is stale: three intervals or a day, and without a key when the user is to be reminded.
    pub fn stale_after(&self, settings: &Settings) -> u64 {
        match self.source {
            Source::Key => (self.interval(settings) * 3).min(DAY),
            _ => self.remind_days.map_or(u64::MAX, |days| u64::from(days) * DAY),
        }
    }

    /// The end of its data, if only its user can add to it.
    pub fn ends(&self) -> Option<Timestamp> {
        self.pulse.read_at.filter(|_| !self.source.is_key())
    }

    /// Milliseconds after which a bill for a day no longer grows.
    pub fn settles_after(&self) -> u64 {
        let hours = providers::find(&self.provider).map_or(0, |provider| provider.card.settles_after_hours);
        u64::from(hours) * HOUR
    }

    /// Milliseconds for which a month stays open after its end: as long as its bills may change, and three days at least.
    pub fn closes_after(&self) -> u64 {
        self.settles_after().max(OPEN_FOR)
    }

    /// Whether the readings of another key look like this account continuing: the same books, no pool risen, no more than half
    /// spent, and no counter fallen. Only decides which answer is offered first (rule L12).
    pub fn continues(&self, observed: &Observation) -> bool {
        let known = || self.last.iter().rev().flat_map(|observed| &observed.readings);
        let is_known = |reading| known().any(|before| continues(before, reading));
        !observed.readings.is_empty() && observed.readings.iter().all(is_known)
    }
}

fn continues(before: &Reading, after: &Reading) -> bool {
    match (before, after) {
        (Reading::Balance(before), Reading::Balance(after)) if before.currency == after.currency => {
            let (left, was) = (after.pools.total(), before.pools.total());
            let is_any_risen = match (before.pools, after.pools) {
                (Pools::Split { granted, topped_up }, Pools::Split { granted: now, topped_up: paid }) => {
                    now > granted || paid > topped_up
                }
                _ => left > was,
            };
            !is_any_risen && left + left >= was
        }
        (Reading::Counter(before), Reading::Counter(after)) => {
            before.currency == after.currency && after.total >= before.total
        }
        _ => false,
    }
}
