//! The month's chart: use so far as steps by day, and where it lands with its range. SVG with presentation attributes and classes
//! only, because the content policy refuses inline style.

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::Figure;
use crate::books::forecast::State;
use crate::books::statement::{Forecast, Statement};
use crate::money::Amount;
use crate::time::{DAY, Day, Timestamp};
use crate::ui::forecast::forecast_range;
use crate::ui::format::{self, Grain};

/// Tenths of a pixel: the drawing is laid out in whole numbers.
pub(crate) const WIDTH: u32 = 3480;
pub(crate) const HEIGHT: u32 = 720;
pub(crate) const PAD: u32 = 40;

/// The chart. `None` before there is a day to draw.
pub(crate) fn chart(view: &View<'_>, id: &str) -> Option<Markup> {
    let statement = view.statement;
    let points = points(statement);
    let (now_x, now_y) = *points.last()?;
    let landing = lands_at(&statement.landing, statement);
    let steps = steps(&points);
    let first_x = points.first().map_or(0, |(x, _)| *x);
    let bottom = PAD + HEIGHT;
    let words = view.words();
    let currency = statement.total.currency;
    let shown = |figure: &Figure| match view.state.settings.is_hidden {
        true => format::HIDDEN.to_owned(),
        false => format::figure(figure, currency, Grain::Rough),
    };
    let ends = forecast_range(view, &statement.landing, currency);
    let ends = ends.as_ref().map(|(low, high)| (low.as_str(), high.as_str()));
    let title =
        (words.chart_title)(&shown(&statement.total.so_far()), &shown(&statement.landing.figure), ends);
    let view_box = format!("0 0 {WIDTH} {}", HEIGHT + 2 * PAD);
    Some(html! {
        svg.chart viewBox=(view_box) role="img" aria-labelledby={ (id) "-title" } {
            title id={ (id) "-title" } { (title) }
            path.axis d={ "M0 " (bottom) "H" (WIDTH) } {}
            path.area d={ "M" (first_x) " " (bottom) (steps) "V" (bottom) "Z" } {}
            path.line d={ "M" (first_x) " " (bottom) (steps) } {}
            @if let Some(budget) = budget(statement) {
                path.budget d={ "M0 " (y(budget, top(statement))) "H" (WIDTH) } {}
            }
            @if let Some(band) = band(statement, (now_x, now_y)) { path.band d=(band) {} }
            @if let Some(landing) = landing {
                path.ahead d={ "M" (now_x) " " (now_y) "L" (WIDTH) " " (landing) } {}
            }
            // A point is a line without length: its width does not grow with the drawing.
            path.now d={ "M" (now_x) " " (now_y) "h0" } {}
        }
    })
}

/// The highest amount of the drawing: where the month lands at most, or where it is, or a budget that is not far above.
fn top(statement: &Statement) -> Amount {
    let top = highest(statement);
    budget(statement).map_or(top, |budget| budget.max(top))
}

fn highest(statement: &Statement) -> Amount {
    let so_far = statement.total.so_far().amount.unwrap_or_default();
    let high = statement.landing.range.map(|range| range.high);
    [statement.landing.figure.amount, high].into_iter().flatten().fold(so_far, Amount::max)
}

/// The budget, unless it is so far above that everything else would be flat in comparison.
fn budget(statement: &Statement) -> Option<Amount> {
    let highest = highest(statement);
    statement.budget.map(|budget| budget.amount).filter(|budget| *budget <= highest + highest)
}

/// From the present moment to both ends of the range at the month's end.
fn band(statement: &Statement, (now_x, now_y): (u32, u32)) -> Option<String> {
    let range = statement.landing.range?;
    let (low, high) = (y(range.low, top(statement)), y(range.high, top(statement)));
    Some(format!("M{now_x} {now_y}L{WIDTH} {high}V{low}Z"))
}

pub(crate) fn y(amount: Amount, top: Amount) -> u32 {
    PAD + HEIGHT - amount.along(top, HEIGHT)
}

/// Where a moment of the month lies; its ends hold what is outside.
pub(crate) fn x(statement: &Statement, moment: Timestamp) -> u32 {
    let month = statement.month.span();
    let part = u64::from(WIDTH) * moment.since(month.from) / month.ms().max(DAY);
    u32::try_from(part).unwrap_or(WIDTH).min(WIDTH)
}

/// Where the day's steps end, by the end of each day and of the present moment. Days before the first reading are
/// not drawn: nothing is known of them.
fn points(statement: &Statement) -> Vec<(u32, u32)> {
    let top = top(statement);
    let known = statement.days.iter().skip_while(|(_, spend)| spend.amount.is_none());
    let charged = |of: &dyn Fn(Day) -> bool| -> Amount {
        statement.charges.iter().filter(|(day, _)| of(*day)).map(|(_, amount)| *amount).sum()
    };
    let mut sum = Amount::ZERO;
    let mut points = Vec::new();
    for (day, spend) in known {
        if points.is_empty() {
            sum = charged(&|charge| charge < *day);
            points.push((x(statement, day.span().from), y(sum, top)));
        }
        sum = sum + spend.amount.unwrap_or_default() + charged(&|charge| charge == *day);
        points.push((x(statement, day.span().to.min(statement.now)), y(sum, top)));
    }
    points
}

/// Each day rises at its end.
fn steps(points: &[(u32, u32)]) -> String {
    points.iter().map(|(x, y)| format!("H{x}V{y}")).collect()
}

fn lands_at(landing: &Forecast, statement: &Statement) -> Option<u32> {
    let amount = landing.figure.amount.filter(|_| landing.state != State::Gathering)?;
    Some(y(amount, top(statement)))
}
