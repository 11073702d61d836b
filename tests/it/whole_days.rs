//! A settled day replaces its readings, and one reading replaces its repetitions. Neither changes a figure: not the spend, and
//! nothing derived from windows, days and hours.

use drawdown::app::statement;
use drawdown::books::ledger::AccountHistory;
use drawdown::books::reading::{Balance, DrawOrder, Observation, Pools, Reading, Role};
use drawdown::books::statement::{AccountInput, AccountStatement, BookStatement, Period};
use drawdown::money::Amount;
use drawdown::store::{LoadScope, State};
use drawdown::time::{DAY, MINUTE, Timestamp};
use proptest::prelude::*;

use crate::builders::{at, usd};
use crate::history::{Disk, first};

/// A reading this number of minutes later: each pool changes by this number of cents.
#[derive(Clone, Copy, Debug)]
struct Step {
    minutes: u64,
    granted: i64,
    topped_up: i64,
}

fn step() -> impl Strategy<Value = Step> {
    let minutes = prop_oneof![20 => Just(15_u64), 8 => 16..90_u64, 1 => 300..900_u64, 1 => 1_500..2_000_u64];
    let change = || prop_oneof![10 => Just(0_i64), 5 => -9..0_i64];
    let rise = prop_oneof![60 => Just(0_i64), 1 => 1..2_000_i64];
    (minutes, change(), change(), rise).prop_map(|(minutes, granted, topped_up, rise)| Step {
        minutes,
        granted,
        topped_up: topped_up + rise,
    })
}

fn observe(at: Timestamp, role: Role, cents: [i64; 2]) -> Observation {
    let [granted, topped_up] = cents.map(|cents| Amount::from_digits(cents.into(), 2).unwrap());
    let pools = Pools::Split { granted, topped_up };
    Observation { at, role, readings: vec![Reading::Balance(Balance { currency: usd(), pools })] }
}

/// All figures of the books, without trailing zeros: 1.50 and 1.5 are the same.
fn figures(books: &[BookStatement]) -> String {
    let mut text = String::new();
    for part in format!("{books:?}").replace("Rate(", "Amount(").split("Amount(") {
        let (amount, rest) = part.split_once(')').unwrap_or(("", part));
        let is_decimal = amount.contains('.') && amount.bytes().all(|byte| b"-.0123456789".contains(&byte));
        let amount = if is_decimal { amount.trim_end_matches('0').trim_end_matches('.') } else { amount };
        text.push_str(&format!("{amount}){rest}\n"));
    }
    text
}

/// The figures from all answers, without dropped readings or settled days.
fn from_all(state: &State, all: &[Observation], now: Timestamp) -> String {
    let account = first(state);
    let input = AccountInput {
        id: &account.id,
        provider: "",
        history: AccountHistory::from_readings(all.iter().collect(), DrawOrder::GrantedFirst),
        since: &account.since,
        settles_after: 0,
        lost: Vec::new(),
        is_watched: state.settings.alerts.unusual,
        credits: &[],
        reloads: false,
        is_ended: false,
        stale_after: DAY,
        ends: None,
        left: &[],
        read_at: Some(now),
    };
    figures(&AccountStatement::new(&input, now).books)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_settled_day_gives_the_figures_of_its_readings(
        begins in 0..40_u64,
        is_watched in any::<bool>(),
        steps in prop::collection::vec(step(), 500..900),
    ) {
        let mut disk = Disk::new();
        let (mut now, mut cents) = (at("2026-10-10T09:13:27Z").plus(begins * DAY), [500_i64, 100_000]);
        let end = now.plus(27 * DAY);
        disk.change(now, &LoadScope::Lately, |state| state.settings.alerts.unusual = is_watched);
        let mut all = vec![observe(now, Role::Baseline, cents)];
        disk.observe(all[0].clone());
        for (place, step) in steps.into_iter().enumerate() {
            let before = now.day();
            now = now.plus(step.minutes * MINUTE + 3);
            if now >= end {
                break;
            }
            let [granted, topped_up] = cents;
            cents = [(granted + step.granted).max(0), (topped_up + step.topped_up).max(0)];
            all.push(observe(now, Role::Follows, cents));
            prop_assert!(disk.observe(all[all.len() - 1].clone()));
            if now.day() > before {
                disk.settle(now);
            }
            if place % 60 == 59 {
                let later = now.plus(7 * MINUTE);
                let (state, _) = disk.load(later, &LoadScope::Lately);
                let lately = figures(&statement(&state, later).accounts[0].books);
                prop_assert_eq!(&lately, &from_all(&state, &all, later), "after {} answers", all.len());
                let shown = Period::Day(later.minus(3 * DAY).day());
                let (state, _) = disk.load(later, &LoadScope::Overview(shown));
                let overview = figures(&statement(&state, later).accounts[0].books);
                prop_assert_eq!(overview, lately, "of the overview after {} answers", all.len());
            }
        }
        let (state, _) = disk.load(now, &LoadScope::Lately);
        let read = state.history(first(&state)).observed.len();
        prop_assert!(read < all.len(), "{read} of {} readings are read", all.len());
    }
}
