//! Restoring another computer's backup: both read the same balance over months, each at its own hours and with its own gaps.
//! Their combined figures are the real spend.

use drawdown::books::reading::{Balance, Observation, Pools, Reading, Role};
use drawdown::money::Amount;
use drawdown::store::{Backup, LoadScope};
use drawdown::time::{DAY, HOUR, Span, Timestamp};
use proptest::prelude::*;

use crate::builders::{amount, at, usd};
use crate::history::Disk;

/// The spend of each day in cents.
struct Spend(Vec<i64>);

impl Spend {
    /// The cents spent since the first day.
    fn until(&self, now: Timestamp) -> i64 {
        let ms = Span { from: begin(), to: now }.ms();
        let (days, rest) = (usize::try_from(ms / DAY).unwrap(), i64::try_from(ms % DAY / HOUR).unwrap());
        self.0[..days].iter().sum::<i64>() + self.0[days] * rest / 24
    }
}

/// One computer's readings: the hours between them, the first counted from [`begin`].
#[derive(Clone, Debug)]
struct Hours(Vec<u64>);

fn begin() -> Timestamp {
    at("2026-01-04T00:00:00Z")
}

fn cents(cents: i64) -> Amount {
    amount(&format!("{}.{:02}", cents / 100, cents % 100))
}

/// A computer after its readings, the time of each, and the largest spend of one window.
fn computer(spend: &Spend, Hours(hours): &Hours) -> (Disk, Vec<Timestamp>, i64) {
    let (mut disk, mut now, mut taken, mut most) = (Disk::new(), begin(), Vec::<Timestamp>::new(), 0);
    for hours in hours {
        now = now.plus(hours * HOUR);
        let left = cents(1_000_000 - spend.until(now));
        let role = if taken.is_empty() { Role::Baseline } else { Role::Follows };
        let balance = Balance { currency: usd(), pools: Pools::Total(left) };
        assert!(disk.observe(Observation { at: now, role, readings: vec![Reading::Balance(balance)] }));
        disk.settle(now);
        most = taken.last().map_or(0, |last| spend.until(now) - spend.until(*last)).max(most);
        taken.push(now);
    }
    (disk, taken, most)
}

fn restore(disk: &mut Disk, other: &Disk, now: Timestamp) {
    let (there, _) = other.load(now, &LoadScope::Whole(Vec::new()));
    let scope = LoadScope::Whole(there.accounts.iter().map(|account| account.id.clone()).collect());
    let (there, _) = other.load(now, &scope);
    let file = there.to_backup(&[], now).unwrap();
    let backup = Backup::parse(file.as_bytes(), &[], now).unwrap();
    let scope = backup.scope();
    disk.change(now, &scope, |state| state.restore(backup, &[], now));
}

fn spent(disk: &Disk, now: Timestamp) -> Amount {
    let ledger = disk.whole(now);
    ledger.book_of(usd()).unwrap().spend(Span { from: begin(), to: now }).amount.unwrap()
}

/// The stored history of the account.
fn history(disk: &Disk) -> Vec<(String, String)> {
    let is_of_it = |key: &str| key.starts_with("readings.") || key.starts_with("months.");
    let of_it = disk.stored.iter().filter(|(key, _)| is_of_it(key));
    of_it.map(|(key, text)| (key.clone(), text.clone())).collect()
}

fn hours() -> impl Strategy<Value = Hours> {
    // On one side, days within one window have its mean; the other side distinguishes them.
    let gap = prop_oneof![2 => 3..30_u64, 1 => 2 * 24..6 * 24_u64];
    (1..30 * 24_u64, prop::collection::vec(gap, 5..140)).prop_map(|(first, gaps)| {
        let mut hours = vec![first];
        hours.extend(gaps);
        Hours(hours)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_computers_know_together_what_was_spent(
        days in prop::collection::vec(0..600_i64, 900),
        one in hours(),
        two in hours(),
    ) {
        let spend = Spend(days);
        let (mut here, at_here, most_here) = computer(&spend, &one);
        let (there, at_there, most_there) = computer(&spend, &two);
        let now = at_here.last().max(at_there.last()).unwrap().plus(HOUR);
        here.settle(now);
        let alone = history(&here);
        let itself = here.clone();
        restore(&mut here, &itself, now);
        let again = history(&here);
        prop_assert_eq!(again, alone, "merged with itself it is the same");

        restore(&mut here, &there, now);
        let merged = spent(&here, now);
        let first = *at_here.first().min(at_there.first()).unwrap();
        let last = *at_here.last().max(at_there.last()).unwrap();
        // If one computer ended before the other began, nobody read the time between.
        let ended = *at_here.last().min(at_there.last()).unwrap();
        let began = *at_here.first().max(at_there.first()).unwrap();
        let unread = if began > ended { spend.until(began) - spend.until(ended) } else { 0 };
        let truth = spend.until(last) - spend.until(first);
        let window = most_here.max(most_there);
        prop_assert!(merged <= cents(truth + window), "{merged} of {truth} cents, {window} in a window");
        prop_assert!(
            merged + cents(window + unread) >= cents(truth),
            "{merged} of {truth} cents, {window} in a window, {unread} unread"
        );

        let once = history(&here);
        restore(&mut here, &there, now);
        let twice = history(&here);
        prop_assert_eq!(twice, once, "the second time nothing is new");
        prop_assert_eq!(spent(&here, now), merged);
    }
}
