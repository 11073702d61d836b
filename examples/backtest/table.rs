//! The results of the backtest as tables.

use drawdown::books::forecast::TUNING;
use drawdown_lab::backtest::forecast::{Forecasts, ORIGINS};
use drawdown_lab::backtest::life::Kind;
use drawdown_lab::backtest::real;
use drawdown_lab::backtest::rivals;
use drawdown_lab::backtest::score::{Case, Score, TARGETS, before, case, own, pick, rival};
use drawdown_lab::backtest::traces::Trace;

/// Every kind, and the steady kinds together, with so many days known before the month.
pub(crate) fn of_history(before: u64, kinds: &[(Kind, Vec<Forecasts>)]) -> String {
    let mut text = String::new();
    for (target, name) in TARGETS {
        text.push_str(&head(&format!("{name}, {before} days of history before")));
        for (kind, forecasts) in kinds {
            text.push_str(&row(kind.name(), &pick(forecasts, target)));
        }
        let going_on = kinds.iter().filter(|(kind, _)| Kind::GOING_ON.contains(kind));
        let pooled: Vec<&Case> = going_on.flat_map(|(_, forecasts)| pick(forecasts, target)).collect();
        text.push_str(&row("the first three", &pooled));
        let all: Vec<&Case> = kinds.iter().flat_map(|(_, forecasts)| pick(forecasts, target)).collect();
        text.push_str(&row("all", &all));
    }
    text
}

/// Each kind on each day of the month.
pub(crate) fn by_day(before: u64, kinds: &[(Kind, Vec<Forecasts>)]) -> String {
    let mut text = String::new();
    for (target, name) in TARGETS {
        text.push_str(&head(&format!("{name} by day, {before} days of history before")));
        for (kind, forecasts) in kinds {
            for origin in ORIGINS {
                let of_day = forecasts.iter().filter(|forecasts| forecasts.origin == origin);
                let cases: Vec<&Case> = of_day.map(|forecasts| case(forecasts, target)).collect();
                text.push_str(&row(&format!("{}, {origin}", kind.name()), &cases));
            }
        }
    }
    text
}

fn head(title: &str) -> String {
    let rivals: String = rivals::NAMES.iter().map(|rule| format!("{rule:>24}")).collect();
    let columns = format!("{:>15}{:>9}", "error", "score").repeat(rivals::NAMES.len());
    let own = format!("{:>9}{:>9}{:>9}{:>9}", "error", "score", "width", "held").repeat(2);
    format!("{title:<48}Drawdown{:>28}before\n{:<92}{rivals}\n{:<20}{own}{columns}\n", "", "", "")
}

/// The rivals' scores are for ranges that contain the truth as often as Drawdown's.
fn row(name: &str, cases: &[&Case]) -> String {
    let rivals = (0..rivals::NAMES.len()).map(|rule| rival(cases, rule));
    let rivals: String =
        rivals.map(|score| format!("{:>15.1}{:>9.1}", score.error, score.interval)).collect();
    format!("  {name:<18}{}{}{rivals}\n", cells(&own(cases)), cells(&before(cases)))
}

fn cells(score: &Score) -> String {
    format!("{:>9.1}{:>9.1}{:>9.1}{:>9.1}", score.error, score.interval, score.width, score.held)
}

/// How good each rule is on real use, by horizon and pooled, and on how many of the traces it is the best.
pub(crate) fn of_real_use(title: &str, traces: &[Trace]) -> String {
    let origins = real::origins(traces);
    let wins = real::wins(&origins, traces.len());
    let mut text = format!("{title}\n{:<24}{:>9}", "", "days");
    for column in ["error", "bias", "held %", "width", "score", "wins %", "by score"] {
        text.push_str(&format!("{column:>10}"));
    }
    text.push('\n');
    for ((rule, name), (by_error, by_score)) in real::RULES.iter().enumerate().zip(wins) {
        let (scores, pooled) = real::scores(origins.iter(), rule);
        for (score, days) in scores.iter().zip(real::HORIZONS) {
            text.push_str(&format!("  {name:<22}{days:>9}{}\n", real_cells(score)));
        }
        text.push_str(&format!(
            "  {name:<22}{:>9}{}{by_error:>10.0}{by_score:>10.0}\n",
            "pooled",
            real_cells(&pooled)
        ));
    }
    text
}

fn real_cells(score: &real::Score) -> String {
    let real::Score { error, bias, held, width, interval } = score;
    format!("{error:>10.3}{bias:>10.3}{held:>10.1}{width:>10.3}{interval:>10.3}")
}

/// The range's two numbers, fitted again, and scored on traces that they were not fitted to.
pub(crate) fn of_fit(fit: &real::Fit) -> String {
    format!(
        "The range's numbers, fitted to the traces\n  published: drift {}, most {}, score {:.4}\n  fitted:    drift {}, most {}, score {:.4}\n  fitted to the others, for each trace in turn: score {:.4}\n",
        TUNING.drift, TUNING.most, fit.of_published, fit.best.drift, fit.best.most, fit.of_best, fit.crossed
    )
}
