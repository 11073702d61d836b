//! What the lab found, on one screen.

use std::fmt::Write;

use drawdown_lab::truth::habits::{Micros, Schedule};
use drawdown_lab::truth::shares::{edge_error, of_truth, percentile};
use drawdown_lab::truth::trial::Outcome;

/// A rule: its name, the months it is tried on, and its figure of one.
type Rule = (&'static str, fn(&Outcome) -> bool, fn(&Outcome) -> Micros);

const RULES: [Rule; 8] = [
    ("Drawdown, unconfirmed", |_| true, |outcome| outcome.booked),
    ("  where nothing expired or was refunded", |outcome| !outcome.has_out, |outcome| outcome.booked),
    ("  and each first proposal is confirmed", |outcome| !outcome.has_out, |outcome| outcome.confirmed),
    ("  all that came and went is declared", |outcome| !outcome.is_misdated, |outcome| outcome.declared),
    ("  the export is imported", |_| true, |outcome| outcome.truth + outcome.billed_error),
    ("naive: falls of balance_infos[0]", |_| true, |outcome| outcome.naive[0]),
    ("naive: falls of the total", |_| true, |outcome| outcome.naive[1]),
    ("naive: first less last total, at least 0", |_| true, |outcome| outcome.naive[2]),
];

/// The whole table.
pub(crate) fn table(months: u64, outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    errors(&mut text, months, outcomes).expect("text can be written");
    for part in [shares, edges, counts] {
        part(&mut text, outcomes).expect("text can be written");
    }
    text
}

fn errors(text: &mut String, months: u64, outcomes: &[Outcome]) -> std::fmt::Result {
    let read = outcomes.len();
    let small = outcomes.iter().filter(|outcome| of_truth(outcome, 0).is_none()).count();
    writeln!(
        text,
        "{months} months, {read} of them read. All in % of the truth, without {small} months under one unit.\n"
    )?;
    row(text, "How far month-to-date is off", ["months", "median", "worst tenth", "worst", "over by > 1 %"])?;
    for (name, is_tried, figure) in RULES {
        let tried = outcomes.iter().filter(|outcome| is_tried(outcome));
        let shares: Vec<_> = tried.filter_map(|outcome| of_truth(outcome, figure(outcome))).collect();
        let errors: Vec<_> = shares.iter().map(|share| (share - 10_000).abs()).collect();
        let above = shares.iter().filter(|share| **share > 10_100).count();
        let worst = errors.iter().max().copied();
        let [median, tenth] = [50, 90].map(|at| percent(percentile(errors.clone(), at)));
        let cells = [shares.len().to_string(), median, tenth, percent(worst), part(above, shares.len())];
        row(text, name, cells.each_ref().map(String::as_str))?;
    }
    writeln!(text)
}

/// Of months with a top-up and nothing undeclared that went: all others are the truth, or above it.
fn shares(text: &mut String, outcomes: &[Outcome]) -> std::fmt::Result {
    row(
        text,
        "How much of it is booked after a top-up",
        ["months", "median", "worst tenth", "confirmed", "worst tenth"],
    )?;
    for schedule in Schedule::ALL {
        let own = outcomes.iter().filter(|outcome| outcome.schedule == schedule);
        let own: Vec<_> = own.filter(|outcome| outcome.has_top_up && !outcome.has_out).collect();
        let share = |figure: fn(&Outcome) -> Micros, at| {
            percent(percentile(
                own.iter().filter_map(|outcome| of_truth(outcome, figure(outcome))).collect(),
                at,
            ))
        };
        let booked = [50, 10].map(|at| share(|outcome| outcome.booked, at));
        let confirmed = [50, 10].map(|at| share(|outcome| outcome.confirmed, at));
        let months = own.len().to_string();
        row(text, named(schedule), [&months, &booked[0], &booked[1], &confirmed[0], &confirmed[1]])?;
    }
    writeln!(text)
}

fn edges(text: &mut String, outcomes: &[Outcome]) -> std::fmt::Result {
    row(
        text,
        "How far the edge of a month is off, all declared",
        ["months", "median", "worst tenth", "worst", ""],
    )?;
    let mut of = |name: &str, is_meant: &dyn Fn(&Outcome) -> bool| {
        let meant = outcomes.iter().filter(|outcome| is_meant(outcome));
        let errors: Vec<_> = meant.filter_map(edge_error).collect();
        let cells = [50, 90, 100].map(|at| percent(percentile(errors.clone(), at)));
        row(text, name, [&errors.len().to_string(), &cells[0], &cells[1], &cells[2], ""])
    };
    for schedule in Schedule::ALL {
        of(named(schedule), &|outcome| outcome.is_spread && outcome.schedule == schedule)?;
    }
    of("no window across an edge", &|outcome| !outcome.is_spread)?;
    writeln!(text)
}

fn counts(text: &mut String, outcomes: &[Outcome]) -> std::fmt::Result {
    let count = |is_so: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is_so(outcome)).count();
    let top_up = count(|outcome| outcome.has_top_up);
    let hidden = part(count(|outcome| outcome.has_hidden_top_up), top_up);
    let unasked: usize = outcomes.iter().map(|outcome| outcome.unasked).sum();
    let (out, aside) = (count(|outcome| outcome.has_out), count(|outcome| outcome.set_aside > 0));
    let misplaced = count(|outcome| outcome.is_misplaced);
    let mut line = |name: &str, months: usize, more: String| writeln!(text, "{name:48}{months:>8}   {more}");
    line("Months with a top-up", top_up, format!("{hidden} of them with one that no rise shows"))?;
    line("Months with an expiry or refund", out, format!("{unasked} refunds that a smaller top-up hides"))?;
    line(
        "Months with readings set aside",
        aside,
        format!("{misplaced} where a wrong clock misplaces a declaration"),
    )
}

fn row(text: &mut String, name: &str, cells: [&str; 5]) -> std::fmt::Result {
    write!(text, "{name:48}{:>8}", cells[0])?;
    cells.iter().skip(1).try_for_each(|cell| write!(text, "{cell:>14}"))?;
    writeln!(text)
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
    match number {
        None => "-".to_owned(),
        Some(number) if number >= 100_000 => "> 1000".to_owned(),
        Some(number) => format!("{}.{:02}", number / 100, number.abs() % 100),
    }
}

fn part(some: usize, all: usize) -> String {
    let tenths = some * 1_000 / all.max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
