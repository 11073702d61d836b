//! Forecasts on real use by Drawdown's rules, its previous rules and three simple rules, and their accuracy.
//!
//! ```text
//!   origins      every day from day 29 on, that is, with 28 known days or more
//!   horizons     the next 5, 10, 15, 20 and 25 days
//!   error        of a horizon: the sum of |forecast - truth| over the sum of truth, of all origins of all traces
//!   bias         the same without the absolute value
//!   held         how many in a hundred ranges contain the truth
//!   width, score of a case: (width, and ten times the distance of the truth from the range) / days ahead
//!   pooled       the mean of the five horizons
//! ```

use drawdown::books::forecast::{Interval, Outlook, RecentDays, TUNING, Tuning};
use drawdown::money::{Amount, Currency};
use drawdown::time::DAY;

use crate::backtest::forecast::bits;
use crate::backtest::traces::Trace;
use crate::backtest::{previous, rivals};

/// How many days a forecast covers.
pub const HORIZONS: [usize; 5] = [5, 10, 15, 20, 25];
/// The names of the rules, Drawdown's first.
pub const RULES: [&str; 5] =
    ["Drawdown", "Drawdown before", rivals::NAMES[0], rivals::NAMES[1], rivals::NAMES[2]];
/// The number of known days at the first origin.
const FIRST: usize = 28;
/// The number of bits in one unit.
const UNIT: f64 = 10_000.0;
/// The cost of a miss at 80 %: 2 / 0.2.
const MISS: f64 = 10.0;

/// Every forecast at one origin of one trace.
pub struct Origin {
    /// The number of its trace.
    pub trace: usize,
    /// For each horizon that the trace reaches.
    pub cases: Vec<Case>,
    recent: RecentDays,
    outlook: Outlook,
}

/// The forecasts of one horizon, and the truth.
#[derive(Clone, Debug)]
pub struct Case {
    /// The number of the horizon.
    pub horizon: usize,
    truth: f64,
    /// The expected amount of each rule.
    amounts: [f64; 5],
    /// The half-width of each rule.
    halves: [f64; 5],
}

/// The score of a rule on one horizon, or pooled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub error: f64,
    pub bias: f64,
    /// In percent.
    pub held: f64,
    pub width: f64,
    pub interval: f64,
}

/// Every origin of some traces.
pub fn origins(traces: &[Trace]) -> Vec<Origin> {
    let mut origins = Vec::new();
    for (number, trace) in traces.iter().enumerate() {
        origins.extend((FIRST..trace.count()).filter_map(|origin| Origin::new(number, trace, origin)));
    }
    give_rivals_ranges(&mut origins);
    origins
}

impl Origin {
    fn new(number: usize, trace: &Trace, origin: usize) -> Option<Origin> {
        let horizons: Vec<usize> =
            (0..HORIZONS.len()).filter(|place| origin + HORIZONS[*place] <= trace.count()).collect();
        if horizons.is_empty() {
            return None;
        }
        let now = trace.at(origin);
        let book = trace.book(origin);
        let outlook = Outlook::new(&book, now).expect("known days");
        let known = trace.known(origin);
        let spends: Vec<_> = known.iter().map(|(_, spend)| *spend).collect();
        let case = |horizon: usize| {
            let ahead = HORIZONS[horizon];
            let (expected, half) = own(&outlook, &outlook.interval, ahead);
            let (before, half_before) = previous::forecast(&spends, ahead as f64);
            let days = drawdown::time::Span { from: now, to: now.plus(ahead as u64 * DAY) };
            let [linear, flat, weekday] = rivals::all(&known, now.day().month(), days);
            Case {
                horizon,
                truth: trace.truth(origin, ahead),
                amounts: [expected, before, linear, flat, weekday],
                halves: [half, half_before, 0.0, 0.0, 0.0],
            }
        };
        let cases = horizons.into_iter().map(case).collect();
        Some(Origin { trace: number, cases, recent: outlook.recent.clone(), outlook })
    }
}

/// The expected amount and the half-width.
fn own(outlook: &Outlook, interval: &Interval, ahead: usize) -> (f64, f64) {
    let ms = ahead as u64 * DAY;
    let expected: Amount = outlook.pace.over(ms);
    (bits(expected), bits(interval.half(ms, expected).expect("28 whole days")))
}

/// A simple rule has no range of its own. It gets the narrowest ranges, in proportion to its forecast, that contain the truth as
/// often as Drawdown's; they are chosen with the truth known.
fn give_rivals_ranges(origins: &mut [Origin]) {
    for rule in 2..RULES.len() {
        let cases = || origins.iter().flat_map(|origin| &origin.cases);
        let wanted = cases().filter(|case| case.holds(0)).count();
        let mut shares: Vec<f64> = cases()
            .map(|case| {
                let off = (case.truth - case.amounts[rule]).abs();
                if off == 0.0 { 0.0 } else { off / case.amounts[rule] }
            })
            .collect();
        shares.sort_by(f64::total_cmp);
        let share = wanted.checked_sub(1).and_then(|place| shares.get(place)).copied().unwrap_or(0.0);
        for case in origins.iter_mut().flat_map(|origin| &mut origin.cases) {
            case.halves[rule] = share * case.amounts[rule];
        }
    }
}

impl Case {
    fn range(&self, rule: usize) -> (f64, f64) {
        let (amount, half) = (self.amounts[rule], self.halves[rule]);
        ((amount - half).max(0.0), amount + half)
    }

    fn holds(&self, rule: usize) -> bool {
        let (low, high) = self.range(rule);
        low <= self.truth && self.truth <= high
    }
}

/// The sums behind a score.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    cases: f64,
    truth: f64,
    off: f64,
    signed: f64,
    held: f64,
    width: f64,
    interval: f64,
}

impl Sums {
    fn add(&mut self, case: &Case, rule: usize) {
        let ((low, high), truth) = (case.range(rule), case.truth);
        let days = HORIZONS[case.horizon] as f64 * UNIT;
        self.cases += 1.0;
        self.truth += truth;
        self.off += (case.amounts[rule] - truth).abs();
        self.signed += case.amounts[rule] - truth;
        self.held += f64::from(u8::from(case.holds(rule)));
        self.width += (high - low) / days;
        self.interval += (high - low + MISS * ((low - truth).max(0.0) + (truth - high).max(0.0))) / days;
    }

    fn score(&self) -> Score {
        Score {
            error: self.off / self.truth,
            bias: self.signed / self.truth,
            held: 100.0 * self.held / self.cases,
            width: self.width / self.cases,
            interval: self.interval / self.cases,
        }
    }
}

/// The score of a rule on each horizon, and pooled. A horizon beyond every trace has no score.
pub fn scores<'a>(origins: impl Iterator<Item = &'a Origin>, rule: usize) -> (Vec<Score>, Score) {
    let mut sums = [Sums::default(); HORIZONS.len()];
    for case in origins.flat_map(|origin| &origin.cases) {
        sums[case.horizon].add(case, rule);
    }
    let scores: Vec<Score> = sums.iter().filter(|sums| sums.cases > 0.0).map(Sums::score).collect();
    let pooled = pooled(&scores);
    (scores, pooled)
}

fn pooled(scores: &[Score]) -> Score {
    let mean = |of: fn(&Score) -> f64| rivals::mean(scores.iter().map(of));
    Score {
        error: mean(|score| score.error),
        bias: mean(|score| score.bias),
        held: mean(|score| score.held),
        width: mean(|score| score.width),
        interval: mean(|score| score.interval),
    }
}

/// The percentage of traces in which each rule has the smallest error, and the smallest interval score.
pub fn wins(origins: &[Origin], traces: usize) -> [(f64, f64); RULES.len()] {
    let mut wins = [(0.0, 0.0); RULES.len()];
    for trace in 0..traces {
        let of = || origins.iter().filter(|origin| origin.trace == trace);
        let scores: Vec<Score> = (0..RULES.len()).map(|rule| scores(of(), rule).1).collect();
        let best = |of: fn(&Score) -> f64| {
            (0..RULES.len())
                .min_by(|one, other| of(&scores[*one]).total_cmp(&of(&scores[*other])))
                .expect("rules")
        };
        wins[best(|score| score.error)].0 += 100.0 / traces as f64;
        wins[best(|score| score.interval)].1 += 100.0 / traces as f64;
    }
    wins
}

/// The requirements on real use that Drawdown's rules fail, as sentences.
pub fn broken(origins: &[Origin]) -> Vec<String> {
    let (horizons, pooled) = scores(origins.iter(), 0);
    let mut broken = Vec::new();
    let mut require = |holds: bool, what: String| {
        if !holds {
            broken.push(format!("real use: {what}"));
        }
    };
    require(pooled.error <= 0.60, format!("an error of {:.3}, at most 0.60 is required", pooled.error));
    require(
        (75.0..=88.0).contains(&pooled.held),
        format!("{:.1} % held, 75 to 88 are required", pooled.held),
    );
    require(pooled.interval <= 3.90, format!("a score of {:.3}, at most 3.90 is required", pooled.interval));
    for (score, horizon) in horizons.iter().zip(HORIZONS) {
        require(score.held >= 68.0, format!("{:.1} % held at {horizon} days, 68 are required", score.held));
    }
    broken
}

/// The requirements that a fit fails, as sentences.
pub fn broken_fit(fit: &Fit) -> Vec<String> {
    let mut broken = Vec::new();
    if fit.crossed > fit.of_best * 1.03 {
        broken.push(format!(
            "the fit: {:.3} on traces it was not fitted to, {:.3} on all",
            fit.crossed, fit.of_best
        ));
    }
    if fit.of_published > fit.of_best * 1.01 {
        broken
            .push(format!("the fit: {:.3} as published, {:.3} fitted again", fit.of_published, fit.of_best));
    }
    broken
}

/// A fit of the range's two numbers, and its pooled score on traces left out of the fit.
pub struct Fit {
    /// Fitted to all traces.
    pub best: Tuning,
    /// The pooled interval scores of this fit and of the published tuning.
    pub of_best: f64,
    pub of_published: f64,
    /// The pooled interval score if each trace is scored with the fit to all others.
    pub crossed: f64,
}

/// Fits the range's two numbers to all traces, and to all but one for each trace in turn. The fit has the smallest interval score
/// among the tunings that hold the truth as often as required.
pub fn fit(origins: &[Origin], traces: usize) -> Fit {
    let grid: Vec<Tuning> = (8..=24)
        .flat_map(|drift| (2..=10).map(move |most| (drift, most)))
        .map(|(drift, most)| Tuning { drift: f64::from(drift) / 10.0, most: f64::from(most) / 4.0 })
        .collect();
    // For each tuning, the sums of each trace.
    let sums: Vec<Vec<[Sums; 5]>> = grid.iter().map(|tuning| of_tuning(origins, traces, tuning)).collect();
    let without = |left_out: Option<usize>| {
        let score = |place: &usize| {
            let pooled = pooled_without(&sums[*place], left_out);
            (!pooled.1, pooled.0)
        };
        (0..grid.len())
            .min_by(|one, other| {
                let (one, other) = (score(one), score(other));
                one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
            })
            .expect("a grid")
    };
    let best = without(None);
    let mut crossed = [Sums::default(); HORIZONS.len()];
    for trace in 0..traces {
        add(&mut crossed, &sums[without(Some(trace))][trace]);
    }
    let score = |sums: &[Sums]| pooled(&sums.iter().map(Sums::score).collect::<Vec<_>>()).interval;
    Fit {
        best: grid[best],
        of_best: pooled_without(&sums[best], None).0,
        of_published: pooled_without(&of_tuning(origins, traces, &TUNING), None).0,
        crossed: score(&crossed),
    }
}

fn of_tuning(origins: &[Origin], traces: usize, tuning: &Tuning) -> Vec<[Sums; 5]> {
    let mut sums = vec![[Sums::default(); HORIZONS.len()]; traces];
    for origin in origins {
        let state = origin.outlook.burn.state();
        let interval = Interval::new(&origin.recent, state, Currency::USD.smallest(), tuning);
        for case in &origin.cases {
            let mut case = case.clone();
            (_, case.halves[0]) = own(&origin.outlook, &interval, HORIZONS[case.horizon]);
            sums[origin.trace][case.horizon].add(&case, 0);
        }
    }
    sums
}

fn add(sums: &mut [Sums; 5], others: &[Sums; 5]) {
    for (sum, other) in sums.iter_mut().zip(others) {
        sum.cases += other.cases;
        sum.truth += other.truth;
        sum.off += other.off;
        sum.signed += other.signed;
        sum.held += other.held;
        sum.width += other.width;
        sum.interval += other.interval;
    }
}

/// The pooled interval score without one trace, and whether the truth is held as often as required.
fn pooled_without(sums: &[[Sums; 5]], left_out: Option<usize>) -> (f64, bool) {
    let mut all = [Sums::default(); HORIZONS.len()];
    for (_, of) in sums.iter().enumerate().filter(|(trace, _)| Some(*trace) != left_out) {
        add(&mut all, of);
    }
    let scores: Vec<Score> = all.iter().map(Sums::score).collect();
    let pooled = pooled(&scores);
    (pooled.interval, pooled.held >= 75.0 && scores.iter().all(|score| score.held >= 68.0))
}
