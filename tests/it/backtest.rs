//! The claims about ranges, checked on two hundred histories of each kind and on a real trace. The claims, and how the
//! rival rules get their ranges, are described in `tests/lab/src/backtest/score.rs`.

use drawdown_lab::backtest::forecast::{Forecasts, forecasts};
use drawdown_lab::backtest::life::{Kind, SimulatedAccount};
use drawdown_lab::backtest::score::{Target, broken, own, pick};
use drawdown_lab::backtest::trace;

const HISTORIES: u64 = 200;

fn all(kind: Kind, before: u64) -> Vec<Forecasts> {
    (0..HISTORIES).flat_map(|seed| forecasts(&SimulatedAccount::new(kind, seed, before))).collect()
}

#[test]
fn ranges_cover_the_truth_as_often_as_stated_and_beat_other_rules() {
    let pooled = |before| Kind::GOING_ON.iter().flat_map(|kind| all(*kind, before)).collect();
    let of_histories: Vec<(u64, Vec<Forecasts>)> =
        [60, 28, 14, 7, 0].into_iter().map(|before| (before, pooled(before))).collect();
    let broken = broken(&of_histories);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn ranges_cover_steady_histories_and_not_a_change_of_pace() {
    let held = |kind| own(&pick(&all(kind, 60), Target::Landing)).held;
    for kind in Kind::GOING_ON {
        assert!((72.0..90.0).contains(&held(kind)), "{kind:?}: {}", held(kind));
    }
    // This is why the page says that the range assumes the present pace.
    assert!(held(Kind::Step) < 60.0 && held(Kind::Idle) < 60.0);
}

#[test]
fn ranges_cover_a_real_trace() {
    let days = trace::days();
    assert_eq!(days.len(), 61);
    let cases = trace::forecasts(7);
    assert_eq!(cases.len(), 27, "every origin from day 28 on that has seven days ahead");
    let held = own(&cases.iter().collect::<Vec<_>>()).held;
    assert!((70.0..=100.0).contains(&held), "{held}");
}
