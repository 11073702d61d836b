//! The accuracy of forecasts over many cases, and the claims about it.

use crate::backtest::forecast::Forecasts;
use crate::backtest::rivals;

/// The month that is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// This month.
    Landing,
    /// Next month.
    Next,
}

/// Both, with their names.
pub const TARGETS: [(Target, &str); 2] = [(Target::Landing, "Landing"), (Target::Next, "Next month")];

/// The cases of one target.
pub fn pick(forecasts: &[Forecasts], target: Target) -> Vec<&Case> {
    forecasts.iter().map(|forecasts| case(forecasts, target)).collect()
}

pub fn case(forecasts: &Forecasts, target: Target) -> &Case {
    match target {
        Target::Landing => &forecasts.landing,
        Target::Next => &forecasts.next,
    }
}

/// The percentage of cases in which the range must contain the truth.
const HELD: f64 = 75.0;
/// The maximum error relative to the previous rules.
const WORSE: f64 = 1.05;

/// The claims that fail, with 60 days before the month. For steady, weekday and bursty months, whose pace continues, the range
/// must contain the truth often enough and score better than each rival's. For all months, the figure must be about as good as by
/// the previous rules.
pub fn broken(going_on: &[Forecasts], all: &[Forecasts]) -> Vec<String> {
    let mut broken = Vec::new();
    for (target, name) in TARGETS {
        let cases = pick(going_on, target);
        let score = own(&cases);
        if score.held < HELD {
            broken.push(format!("{name}: {:.2} % held", score.held));
        }
        let all = pick(all, target);
        let (error, error_before) = (own(&all).error, before(&all).error);
        if error > error_before * WORSE {
            broken.push(format!("{name}: an error of {error:.2}, and {error_before:.2} before"));
        }
        for (rule, called) in rivals::NAMES.iter().enumerate() {
            let other = rival(&cases, rule).interval;
            if score.interval >= other {
                broken.push(format!("{name}: a score of {:.2}, and {called} has {other:.2}", score.interval));
            }
        }
    }
    broken
}

/// The forecasts of one sum, and its true value.
#[derive(Clone, Debug)]
pub struct Case {
    pub truth: f64,
    /// The amount already spent; no range goes below it.
    pub spent: f64,
    pub amount: f64,
    /// `None` if Drawdown gives no range.
    pub range: Option<(f64, f64)>,
    /// The amount and range by the previous rules. `None` with fewer than 28 known days.
    pub before: Option<(f64, (f64, f64))>,
    pub rivals: [f64; 3],
}

/// The score of one rule over many cases.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// Weighted absolute percentage error.
    pub error: f64,
    /// The interval score at 80 %, and the mean width, in % of the truth.
    pub interval: f64,
    pub width: f64,
    /// The percentage of cases whose range contains the truth. A case without a range does not.
    pub held: f64,
}

/// The cost of a miss at 80 %: 2 / 0.2.
const MISS: f64 = 10.0;

/// Drawdown's score.
pub fn own(cases: &[&Case]) -> Score {
    of(cases, |case| (case.amount, case.range))
}

/// The score of the previous rules, over the cases for which they have a forecast.
pub fn before(cases: &[&Case]) -> Score {
    let known: Vec<&Case> = cases.iter().copied().filter(|case| case.before.is_some()).collect();
    of(&known, |case| case.before.map_or((f64::NAN, None), |(amount, range)| (amount, Some(range))))
}

/// A rival's score. A rule has no range of its own: it gets one proportional to the spend that it expects, with the smallest
/// factor for which the ranges contain the truth as often as Drawdown's, chosen with the truth known.
pub fn rival(cases: &[&Case], rule: usize) -> Score {
    let wanted = cases.iter().filter(|case| case.range.is_some_and(|range| holds(range, case.truth))).count();
    let needed = |case: &&&Case| {
        let ahead = case.rivals[rule] - case.spent;
        let off = (case.truth - case.rivals[rule]).abs();
        if off == 0.0 { 0.0 } else { off / ahead }
    };
    let mut shares: Vec<f64> =
        cases.iter().filter(|case| case.range.is_some()).map(|case| needed(&case)).collect();
    shares.sort_by(f64::total_cmp);
    let share = wanted.checked_sub(1).and_then(|place| shares.get(place)).copied().unwrap_or(0.0);
    of(cases, |case| {
        let amount = case.rivals[rule];
        let half = share * (amount - case.spent);
        (amount, case.range.map(|_| ((amount - half).max(case.spent), amount + half)))
    })
}

fn of(cases: &[&Case], says: impl Fn(&Case) -> (f64, Option<(f64, f64)>)) -> Score {
    let (mut truth, mut error) = (0.0, 0.0);
    let (mut ranged_truth, mut interval, mut width) = (0.0, 0.0, 0.0);
    let mut held = 0;
    for case in cases {
        let (amount, range) = says(case);
        truth += case.truth;
        error += (amount - case.truth).abs();
        let Some((low, high)) = range else { continue };
        held += usize::from(holds((low, high), case.truth));
        ranged_truth += case.truth;
        width += high - low;
        interval += high - low + MISS * ((low - case.truth).max(0.0) + (case.truth - high).max(0.0));
    }
    Score {
        error: 100.0 * error / truth,
        interval: 100.0 * interval / ranged_truth,
        width: 100.0 * width / ranged_truth,
        held: 100.0 * held as f64 / cases.len() as f64,
    }
}

/// Whether a range contains the truth. A miss caused by the provider's rounding does not count.
fn holds((low, high): (f64, f64), truth: f64) -> bool {
    low - 200.0 <= truth && truth <= high + 200.0
}
