//! What the lab found, on one screen.

use std::fmt::Write;

use crate::lab::habits::{Micros, Schedule};
use crate::lab::shares::{of_truth, percentile};
use crate::lab::trial::Outcome;

/// A rule: its name, and its figure of a month.
type Rule = (&'static str, fn(&Outcome) -> Micros);

const RULES: [Rule; 6] = [
    ("Drawdown, as it stands", |outcome| outcome.booked),
    ("Drawdown, each first proposal confirmed", |outcome| outcome.confirmed),
    ("Drawdown, all that came and went declared", |outcome| outcome.declared),
    ("naive: falls of balance_infos[0]", |outcome| outcome.naive[0]),
    ("naive: falls of the total", |outcome| outcome.naive[1]),
    ("naive: first less last total, not below 0", |outcome| outcome.naive[2]),
];

/// The whole table.
pub(crate) fn table(months: u64, outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    errors(&mut text, months, outcomes)
        .and_then(|()| shares(&mut text, outcomes))
        .expect("text can be written");
    text
}

fn errors(text: &mut String, months: u64, outcomes: &[Outcome]) -> std::fmt::Result {
    let read = outcomes.len();
    let off = outcomes.iter().filter(|outcome| outcome.billed_error != 0).count();
    writeln!(
        text,
        "{months} months, {read} of them read. Month to date against the truth, in % of the truth\n"
    )?;
    writeln!(text, "{:44}{:>10}{:>14}{:>14}{:>12}", "", "median", "worst tenth", "worst", "above by")?;
    writeln!(text, "{:44}{:>10}{:>14}{:>14}{:>12}", "", "error", "error", "error", "over 1 %")?;
    for (name, figure) in RULES {
        let shares = || outcomes.iter().filter_map(|outcome| of_truth(outcome, figure(outcome)));
        let errors: Vec<_> = shares().map(|share| (share - 10_000).abs()).collect();
        let above = shares().filter(|share| *share > 10_100).count();
        let worst = errors.iter().max().copied();
        let (median, tenth) = (percentile(errors.clone(), 50), percentile(errors, 90));
        let [median, tenth, worst] = [median, tenth, worst].map(percent);
        writeln!(text, "{name:44}{median:>10}{tenth:>14}{worst:>14}{:>12}", part(above, shares().count()))?;
    }
    writeln!(text, "{:44}{:>10}{:>14}{:>14}{:>12}", "Drawdown, export imported", off, "months off", "", "")
}

fn shares(text: &mut String, outcomes: &[Outcome]) -> std::fmt::Result {
    writeln!(
        text,
        "\nBooked share of the truth, %; months with a top-up and no expiry or refund; the month's edge"
    )?;
    writeln!(
        text,
        "{:20}{:>8}{:>10}{:>13}{:>12}{:>13}{:>10}{:>13}",
        "", "months", "median", "worst tenth", "confirmed:", "worst tenth", "edge:", "worst tenth"
    )?;
    for schedule in Schedule::ALL {
        let own = || outcomes.iter().filter(move |outcome| outcome.schedule == schedule);
        let with = || own().filter(|outcome| outcome.has_top_up && !outcome.has_out);
        let share = |figure: fn(&Outcome) -> Micros, at| {
            percent(percentile(with().filter_map(|outcome| of_truth(outcome, figure(outcome))).collect(), at))
        };
        // What is declared in full and still not the truth is what the edge misplaces (rule L7).
        let spread = own().filter(|outcome| outcome.is_spread && !outcome.is_misdated);
        let spread = spread.filter_map(|outcome| of_truth(outcome, outcome.declared - outcome.truth));
        let spread: Vec<_> = spread.map(i64::abs).collect();
        let edge = [50, 90].map(|at| percent(percentile(spread.clone(), at)));
        let booked = [50, 10].map(|at| share(|outcome| outcome.booked, at));
        let confirmed = [50, 10].map(|at| share(|outcome| outcome.confirmed, at));
        writeln!(
            text,
            "{:20}{:>8}{:>10}{:>13}{:>12}{:>13}{:>10}{:>13}",
            named(schedule),
            with().count(),
            booked[0],
            booked[1],
            confirmed[0],
            confirmed[1],
            edge[0],
            edge[1]
        )?;
    }
    let count = |is_so: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is_so(outcome)).count();
    let top_up = count(|outcome| outcome.has_top_up);
    let hidden = part(count(|outcome| outcome.has_hidden_top_up), top_up);
    writeln!(
        text,
        "\nmonths with a top-up                       {top_up:>6}   of these, with one that no rise shows: {hidden}"
    )?;
    writeln!(
        text,
        "months with an expiry or refund            {:>6}   refunds hidden by a smaller top-up: {}",
        count(|outcome| outcome.has_out),
        outcomes.iter().map(|outcome| outcome.unasked).sum::<usize>()
    )?;
    writeln!(
        text,
        "months with readings set aside             {:>6}   with a declaration that a wrong clock misplaces: {}",
        count(|outcome| outcome.set_aside > 0),
        count(|outcome| outcome.is_misdated)
    )
}

fn named(schedule: Schedule) -> &'static str {
    match schedule {
        Schedule::Always => "always on",
        Schedule::Daily => "9 to 18 h, daily",
        Schedule::Weekdays => "9 to 18 h, weekdays",
        Schedule::Once => "once a day",
    }
}

/// Hundredths of a percent as percent.
fn percent(number: Option<i64>) -> String {
    number.map_or("-".to_owned(), |number| format!("{}.{:02}", number / 100, number.abs() % 100))
}

fn part(some: usize, all: usize) -> String {
    let tenths = some * 1_000 / all.max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
