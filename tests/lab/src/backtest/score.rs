//! How good forecasts were, over many cases, and what is claimed of them.

use crate::backtest::forecast::Said;
use crate::backtest::rivals;

/// What is foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Where the month lands.
    Landing,
    /// The whole of the next.
    Next,
}

/// Both, and how they are called.
pub const TARGETS: [(Target, &str); 2] = [(Target::Landing, "Landing"), (Target::Next, "Next month")];

/// What was said of one of them.
pub fn pick(said: &[Said], target: Target) -> Vec<&Case> {
    said.iter().map(|said| case(said, target)).collect()
}

pub fn case(said: &Said, target: Target) -> &Case {
    match target {
        Target::Landing => &said.landing,
        Target::Next => &said.next,
    }
}

/// In how many of a hundred cases the range must hold the truth.
const HELD: std::ops::RangeInclusive<f64> = 75.0..=88.0;

/// What does not hold of steady, weekday and bursty months, pooled, each with the days of history before: with the most,
/// the range holds the truth as often as it should and scores better than each rule of others; and more history never
/// lowers how often.
pub fn broken(pooled: &[(u64, Vec<Said>)]) -> Vec<String> {
    let mut broken = Vec::new();
    for (target, name) in TARGETS {
        let of = |said: &Vec<Said>| own(&pick(said, target)).held;
        for pair in pooled.windows(2) {
            let [(more, said), (less, others)] = pair else { continue };
            if of(said) < of(others) {
                let (with_more, with_less) = (of(said), of(others));
                broken.push(format!(
                    "{name}: {with_more:.2} % held with {more} days, {with_less:.2} with {less}"
                ));
            }
        }
        let Some((days, said)) = pooled.first() else { continue };
        let cases = pick(said, target);
        let score = own(&cases);
        if !HELD.contains(&score.held) {
            broken.push(format!("{name}: {:.2} % held with {days} days", score.held));
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

/// What was said of one sum, and what it was.
#[derive(Clone, Debug)]
pub struct Case {
    pub truth: f64,
    /// What was spent of it by then: no range goes below.
    pub spent: f64,
    pub amount: f64,
    /// None where it says that it cannot tell one.
    pub range: Option<(f64, f64)>,
    pub rivals: [f64; 3],
}

/// What is said of many cases by one rule.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    /// Weighted absolute percentage error.
    pub error: f64,
    /// The interval score at 80 %, and the mean width, in % of the truth.
    pub interval: f64,
    pub width: f64,
    /// How many of a hundred cases have a range that holds the truth: one without a range holds nothing.
    pub held: f64,
}

/// What a miss costs at 80 %: twice over a fifth.
const MISS: f64 = 10.0;

/// Of Drawdown.
pub fn own(cases: &[&Case]) -> Score {
    of(cases, |case| (case.amount, case.range))
}

/// Of a rival, with the narrowest ranges that hold the truth as often as Drawdown's. A rule tells no range: it is given
/// one that is proportional to what it expects still to come, and the best such share, chosen when the truth is known.
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

/// What a provider rounds is no miss.
fn holds((low, high): (f64, f64), truth: f64) -> bool {
    low - 200.0 <= truth && truth <= high + 200.0
}
