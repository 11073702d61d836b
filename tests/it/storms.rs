//! Storms: 200 seeds of two simulated days in which everything happens to one browser at once, and the committed cases that once
//! failed. The example `storm` runs more of them.

use std::fs;
use std::path::Path;

use drawdown_lab::storm::plan::{Storm, plan};
use drawdown_lab::storm::{Tally, run};

/// Runs the seeds of one of four threads.
fn runs(thread: u64) {
    let mut tally = Tally::default();
    for seed in (0..200).filter(|seed| seed % 4 == thread) {
        match run(&plan(seed, 2), &mut String::new()) {
            Ok(of_storm) => tally.add(of_storm),
            Err(failure) => panic!(
                "seed {seed}, step {}: {}\ncargo run --release --example storm -- --seed {seed} --days 2 reduces it",
                failure.step, failure.why
            ),
        }
    }
    assert!(tally.deaths > 100 && tally.faults > 500 && tally.requests > 1_000, "{tally:?}");
}

#[test]
fn nothing_is_lost_doubled_or_leaked_in_a_storm_1() {
    runs(0);
}

#[test]
fn nothing_is_lost_doubled_or_leaked_in_a_storm_2() {
    runs(1);
}

#[test]
fn nothing_is_lost_doubled_or_leaked_in_a_storm_3() {
    runs(2);
}

#[test]
fn nothing_is_lost_doubled_or_leaked_in_a_storm_4() {
    runs(3);
}

#[test]
fn a_seed_gives_the_same_log_each_time() {
    let log = |seed| {
        let mut log = String::new();
        let storm = plan(seed, 1);
        // A case is kept as text.
        let storm: Storm = serde_json::from_str(&serde_json::to_string(&storm).unwrap()).unwrap();
        let _ = run(&storm, &mut log);
        log
    };
    assert_eq!(log(7), log(7));
    assert_ne!(log(7), log(8));
}

#[test]
fn every_case_that_failed_once_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/storm");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let storm: Storm = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        if let Err(failure) = run(&storm, &mut String::new()) {
            panic!("{}, step {}: {}", path.display(), failure.step, failure.why);
        }
    }
}
