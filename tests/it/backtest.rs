//! The claims about forecasts, checked on two hundred histories of each kind and on real use. The claims, and how the
//! rival rules get their ranges, are described in `tests/lab/src/backtest/score.rs` and `real.rs`.

use drawdown_lab::backtest::forecast::{Forecasts, forecasts};
use drawdown_lab::backtest::life::{Kind, SimulatedAccount};
use drawdown_lab::backtest::real;
use drawdown_lab::backtest::score::{Target, broken, own, pick};
use drawdown_lab::backtest::traces::{SERIES, Trace};

const HISTORIES: u64 = 200;

fn all(kind: Kind, before: u64) -> Vec<Forecasts> {
    (0..HISTORIES).flat_map(|seed| forecasts(&SimulatedAccount::new(kind, seed, before))).collect()
}

#[test]
fn ranges_cover_the_truth_as_often_as_stated_and_beat_other_rules() {
    let of = |kinds: &[Kind]| kinds.iter().flat_map(|kind| all(*kind, 60)).collect::<Vec<_>>();
    let broken = broken(&of(&Kind::GOING_ON), &of(&Kind::ALL));
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    // This is why the page says that the range assumes the present pace.
    let held = |kind| own(&pick(&all(kind, 60), Target::Landing)).held;
    assert!(held(Kind::Step) < 60.0 && held(Kind::Idle) < 60.0);
}

#[test]
fn forecasts_of_real_use_are_as_good_as_required() {
    let people = Trace::people();
    assert_eq!(people.len(), SERIES);
    let origins = real::origins(&people);
    let broken = real::broken(&origins);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    // They are better than the previous rules.
    let [now, before] = [0, 1].map(|rule| real::scores(origins.iter(), rule).1);
    assert!(now.error < before.error && now.interval < before.interval && now.held > before.held);
}
