//! The month's chart in the popup: a line of the spend so far by day, the forecast with its range, and the budget.
//!
//! It is lower than the dashboard's chart and has no slices and no links: it is one picture, and its title describes it.

use maud::{Markup, html};

use crate::app::View;
use crate::books::figure::Figure;
use crate::books::forecast::State;
use crate::books::statement::Statement;
use crate::money::Amount;
use crate::time::{Day, Timestamp};
use crate::ui::chart::amounts::Amounts;
use crate::ui::chart::plot::{ACROSS, Across, Plot, area, path, points};
use crate::ui::chart::scale::Scale;
use crate::ui::chart::words::words;
use crate::ui::forecast::forecast_range;
use crate::ui::format::{self, Grain};

/// The height of the plot in pixels.
const HEIGHT: u32 = 54;
/// The maximum number of steps of its scale.
const STEPS: u64 = 3;

/// The chart. `None` before there is a day to draw.
pub(crate) fn chart(view: &View<'_>, id: &str) -> Option<Markup> {
    let statement = view.statement;
    let spent = spent(statement);
    let now = *spent.last()?;
    let amounts = match statement.total.currency.filter(|_| !view.state.settings.is_hidden) {
        Some(currency) => Amounts::Shown(currency),
        None => Amounts::Hidden,
    };
    let lowest = spent.iter().map(|(_, sum)| *sum).fold(Amount::ZERO, Amount::min);
    let scale = Scale::with_steps(lowest, top(statement), STEPS);
    let plot = Plot { scale, amounts, height: HEIGHT };
    let line = points(&plot, spent.iter().copied());
    let end = |amount: Amount| (Across(ACROSS), amount);
    let landing = statement.landing.figure.amount.filter(|_| statement.landing.state != State::Gathering);
    let ahead = landing.map(|landing| path(&points(&plot, [now, end(landing)].into_iter())));
    let band = statement.landing.range.map(|range| {
        let outline = [now, end(range.high), end(range.low)];
        path(&points(&plot, outline.into_iter())) + "Z"
    });
    Some(html! {
        svg class={ "plot small " (plot.room()) } height=(plot.drawn_height()) role="img" aria-labelledby={ (id) "-title" } {
            title id={ (id) "-title" } { (title(view)) }
            (plot.grid())
            (plot.dates(statement.month))
            (plot.stretched(&html! {
                path.faint.s0 d=(area(&plot, &line)) {}
                @if let Some(band) = band { path.fainter.s0 d=(band) {} }
                @if let Some(ahead) = ahead { path.line.dashed.s0 d=(ahead) {} }
                path.line.s0 d=(path(&line)) {}
                // A point is a line of zero length, so it is not stretched.
                @if let Some((x, y)) = line.last() { path.now d={ "M" (x) " " (y) "h0" } {} }
            }))
            @if let Some(budget) = budget(statement) { (plot.budget(budget, words(view.language))) }
        }
    })
}

/// A description of the whole chart, for a screen reader.
fn title(view: &View<'_>) -> String {
    let statement = view.statement;
    let currency = statement.total.currency;
    let shown = |figure: &Figure| match view.state.settings.is_hidden {
        true => format::HIDDEN.to_owned(),
        false => format::figure(figure, currency, Grain::Rough),
    };
    let ends = forecast_range(view, &statement.landing, currency);
    let ends = ends.as_ref().map(|(low, high)| (low.as_str(), high.as_str()));
    (view.words().chart_title)(&shown(&statement.total.so_far()), &shown(&statement.landing.figure), ends)
}

/// The highest amount of the drawing: the forecast's high end, the spend so far, or a budget not far above.
fn top(statement: &Statement) -> Amount {
    let top = highest(statement);
    budget(statement).map_or(top, |budget| budget.max(top))
}

fn highest(statement: &Statement) -> Amount {
    let so_far = statement.total.so_far().amount.unwrap_or_default();
    let high = statement.landing.range.map(|range| range.high);
    [statement.landing.figure.amount, high].into_iter().flatten().fold(so_far, Amount::max)
}

/// The budget, unless it is so high that everything else would look flat.
fn budget(statement: &Statement) -> Option<Amount> {
    let highest = highest(statement);
    statement.budget.map(|budget| budget.amount).filter(|budget| *budget <= highest + highest)
}

/// The position of a time in the month; a time outside is placed at the nearer edge.
fn x(statement: &Statement, moment: Timestamp) -> Across {
    let month = statement.month.span();
    let part = (u64::from(ACROSS) * moment.since(month.from)).checked_div(month.ms()).unwrap_or_default();
    Across(u32::try_from(part).unwrap_or(ACROSS).min(ACROSS))
}

/// The month's spend up to the end of each day and up to now, from the first known day.
fn spent(statement: &Statement) -> Vec<(Across, Amount)> {
    let known = statement.days.iter().skip_while(|(_, spend)| spend.amount.is_none());
    let charged = |of: &dyn Fn(Day) -> bool| -> Amount {
        statement.charges.iter().filter(|(day, _)| of(*day)).map(|(_, amount)| *amount).sum()
    };
    let mut sum = Amount::ZERO;
    let mut spent = Vec::new();
    for (day, spend) in known {
        if spent.is_empty() {
            sum = charged(&|charge| charge < *day);
            spent.push((x(statement, day.span().from), sum));
        }
        sum = sum + spend.amount.unwrap_or_default() + charged(&|charge| charge == *day);
        spent.push((x(statement, day.span().to.min(statement.now)), sum));
    }
    spent
}
