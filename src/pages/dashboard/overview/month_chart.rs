//! The chart of the month by day.

use maud::{Markup, html};

use crate::app::{ChartMode, Place, Shown as ShownPlace, Spot, View};
use crate::books::statement::Range;
use crate::money::Amount;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::time::Day;
use crate::ui::chart::{self, Amounts, DayAhead, Expected, Mode, SpendChart};
use crate::ui::components::{choice, choices};

/// The chart, with the choice between daily and cumulative. `None` before there are figures.
pub(super) fn chart(view: &View<'_>, shown: &Shown<'_>) -> Option<Markup> {
    let words = words(view.language);
    let currency = shown.spending.currency?;
    let month = shown.month;
    let statement = &shown.detail.statement;
    let ahead = if shown.is_running { ahead(shown) } else { Vec::new() };
    let href = |day: Day| format!("#{}", view.place.with_spot(Spot::Overview(Some(ShownPlace::Day(day)))));
    let mode = view.place.chart;
    let name = (words.chart_label)(&view.language.month_with_year(month));
    let drawn = SpendChart {
        id: "spend",
        label: &name,
        month,
        today: shown.is_running.then(|| statement.now.day()),
        mode: match mode {
            ChartMode::Daily => Mode::Daily,
            ChartMode::Cumulative => Mode::Cumulative,
        },
        amounts: if view.state.settings.is_hidden { Amounts::Hidden } else { Amounts::Shown(currency) },
        series: &shown.series,
        ahead: &ahead,
        budget: statement.budget.map(|budget| budget.amount),
        href: &href,
        date: &|day| view.language.date(day),
        words: chart::words(view.language),
    };
    let to = |mode: ChartMode| -> Place { view.place.with_chart(mode) };
    Some(html! {
        div.panel-head {
            h2 { (words.spend_by_day) }
            (choices(words.chart_mode, &[
                choice("chart-daily", words.daily, &to(ChartMode::Daily), mode == ChartMode::Daily),
                choice("chart-sum", words.cumulative, &to(ChartMode::Cumulative), mode == ChartMode::Cumulative),
            ]))
        }
        (drawn.draw())
        @if ahead.iter().any(|day| day.spend.range.is_some()) { p.soft { (words.range_assumes) } }
    })
}

fn ahead(shown: &Shown<'_>) -> Vec<DayAhead> {
    let Some(ahead) = shown.detail.month_ahead() else { return Vec::new() };
    let today = shown.detail.statement.now.day();
    let expected = |amount: Amount, range: Option<Range>| Expected {
        amount,
        range: range.map(|range| (range.low, range.high)),
    };
    let days = ahead.days.iter().filter(|day| day.day >= today);
    days.map(|day| DayAhead {
        day: day.day,
        spend: expected(day.expected, day.range),
        charges: ahead
            .charges
            .iter()
            .filter(|charge| charge.day == day.day)
            .filter_map(|charge| charge.amount)
            .sum(),
        total: expected(day.month_to_date, day.month_to_date_range),
    })
    .collect()
}
