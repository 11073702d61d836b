//! Several computers of one user: 40 seeds of syncing over days. The example `computers` runs more of them.

use drawdown_lab::computers::{Tally, run};

/// Runs the seeds of one of two threads.
fn runs(thread: u64) {
    let mut tally = Tally::default();
    for seed in (0..40).filter(|seed| seed % 2 == thread) {
        match run(seed, &mut Vec::new()) {
            Ok(of_seed) => tally.add(of_seed),
            Err(why) => {
                panic!("{why}\ncargo run --release --example computers -- --seed {seed} --log tells more")
            }
        }
    }
    assert!(tally.figures > 100 && tally.lost_items > 20 && tally.refused > 10, "{tally:?}");
}

#[test]
fn all_computers_show_what_all_readings_together_say_1() {
    runs(0);
}

#[test]
fn all_computers_show_what_all_readings_together_say_2() {
    runs(1);
}

#[test]
fn a_seed_gives_the_same_log_each_time() {
    let log = |seed| {
        let mut log = Vec::new();
        let _ = run(seed, &mut log);
        log
    };
    assert_eq!(log(7), log(7));
    assert_ne!(log(7), log(8));
}
