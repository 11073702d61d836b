//! The results of the backtest as tables.

use drawdown_lab::backtest::forecast::{Forecasts, ORIGINS};
use drawdown_lab::backtest::life::Kind;
use drawdown_lab::backtest::rivals;
use drawdown_lab::backtest::score::{Case, Score, TARGETS, case, own, pick, rival};
use drawdown_lab::backtest::trace;

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
    let own = format!("{:>9}{:>9}{:>9}{:>9}", "error", "score", "width", "held");
    format!("{title:<48}Drawdown\n{:<56}{rivals}\n{:<20}{own}{columns}\n", "", "")
}

/// The rivals' scores are for ranges that contain the truth as often as Drawdown's.
fn row(name: &str, cases: &[&Case]) -> String {
    let rivals = (0..rivals::NAMES.len()).map(|rule| rival(cases, rule));
    let rivals: String =
        rivals.map(|score| format!("{:>15.1}{:>9.1}", score.error, score.interval)).collect();
    format!("  {name:<18}{}{rivals}\n", cells(&own(cases)))
}

fn cells(score: &Score) -> String {
    format!("{:>9.1}{:>9.1}{:>9.1}{:>9.1}", score.error, score.interval, score.width, score.held)
}

/// The real trace, at every origin from its day 28 on.
pub(crate) fn of_trace() -> String {
    let mut text = String::from("A real service of 61 days (BurstGPT), every origin from day 28 on\n");
    text.push_str(&format!(
        "{:<18}{:>7}{:>9}{:>9}{:>9}{:>9}\n",
        "", "error", "score", "width", "held", "origins"
    ));
    for ahead in [7, 14, 28] {
        let cases = trace::forecasts(ahead);
        let score = own(&cases.iter().collect::<Vec<_>>());
        text.push_str(&format!(
            "  {:<18}{}{:>9}\n",
            format!("{ahead} days ahead"),
            cells(&score),
            cases.len()
        ));
    }
    text
}
