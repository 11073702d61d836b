//! The last twelve months.

use maud::{Markup, html};

use crate::app::{Shown as ShownPlace, Spot, View};
use crate::books::figure::Figure;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::time::Month;
use crate::ui::chart::{self, Amounts, Expected, MonthBar, YearChart};

/// A bar for each month, which leads to it.
pub(super) fn chart(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(view.language);
    let range = shown.detail.statement.landing.range;
    let first = view.state.first_month();
    let bars: Vec<MonthBar> = shown
        .detail
        .year()
        .into_iter()
        .map(|month| MonthBar {
            month: month.month,
            // Subscriptions alone say little of a month in which nothing was tracked.
            spent: if first.is_some_and(|first| month.month >= first) {
                month.sum.total()
            } else {
                Figure::unknown([])
            },
            expected: month
                .forecast
                .and_then(|forecast| forecast.amount)
                .map(|amount| Expected { amount, range: range.map(|range| (range.low, range.high)) }),
        })
        .collect();
    let present = shown.detail.statement.month;
    let href = |month: Month| {
        let shown = (month != present).then_some(ShownPlace::Month(month));
        format!("#{}", view.place.with_spot(Spot::Overview(shown)))
    };
    let amounts = match shown.spending.currency.filter(|_| !view.state.settings.is_hidden) {
        Some(currency) => Amounts::Shown(currency),
        None => Amounts::Hidden,
    };
    let drawn = YearChart {
        id: "months",
        label: words.last_12_months,
        months: &bars,
        amounts,
        href: &href,
        short: &|month| view.language.short_month(month).to_owned(),
        full: &|month| view.language.month_with_year(month),
        words: chart::words(view.language),
    };
    html! { h2 { (words.last_12_months) } (drawn.draw()) }
}
