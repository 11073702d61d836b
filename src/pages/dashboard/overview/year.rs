//! The last twelve months.

use maud::{Markup, html};

use crate::app::{Place, Shown as ShownPlace, Spot, View, YearMode};
use crate::books::figure::{Figure, Mark};
use crate::books::reading::AccountId;
use crate::books::statement::MonthTotal;
use crate::pages::dashboard::overview::shown::Shown;
use crate::pages::dashboard::words::words;
use crate::pages::words::words as shared;
use crate::time::{Day, Month};
use crate::ui::chart::{self, Amounts, Expected, MonthBar, Series, SeriesKind, YearChart};
use crate::ui::components::{choice, choices};

/// A bar for each month, with a link to it, and the choice between totals and accounts.
pub(super) fn chart(view: &View<'_>, shown: &Shown<'_>) -> Markup {
    let words = words(view.language);
    let range = shown.detail.statement.landing.range;
    let first = view.state.first_month();
    let year = shown.detail.year();
    let mode = view.place.year;
    let tracked = year.iter().filter(|month| first.is_some_and(|first| month.month >= first));
    let series = match mode {
        YearMode::Total => Vec::new(),
        YearMode::ByAccount => by_account(view, shown, &tracked.collect::<Vec<_>>()),
    };
    let bars: Vec<MonthBar> = year
        .iter()
        .map(|month| MonthBar {
            month: month.month,
            // Subscriptions alone would misrepresent a month without tracking.
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
        series: &series,
        amounts,
        href: &href,
        short: &|month| view.language.short_month(month).to_owned(),
        full: &|month| view.language.month_with_year(month),
        words: chart::words(view.language),
    };
    let to = |year: YearMode| -> Place { view.place.with_year(year) };
    html! {
        div.panel-head {
            h2 { (words.last_12_months) }
            (choices(words.year_mode, &[
                choice("year-total", words.total, &to(YearMode::Total), mode == YearMode::Total),
                choice("year-account", words.by_account, &to(YearMode::ByAccount), mode == YearMode::ByAccount),
            ]))
        }
        (drawn.draw())
    }
}

/// Each account's spend by month, and that of subscriptions. The accounts of the shown month come first, in its order, so that
/// they keep their colors.
fn by_account(view: &View<'_>, shown: &Shown<'_>, year: &[&MonthTotal]) -> Vec<Series> {
    let mut ids: Vec<&AccountId> = shown.spending.sum.accounts.iter().map(|account| &account.id).collect();
    let others = year.iter().rev().flat_map(|month| &month.sum.accounts).map(|account| &account.id);
    others.for_each(|id| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    });
    let on = |month: &MonthTotal| -> Day { month.month.day(1) };
    let account = |id: &AccountId| {
        let of_month = year.iter().filter_map(|month| Some((on(month), month.sum.account(id)?.spend)));
        Series { name: view.name_of(id), kind: SeriesKind::Account, days: of_month.collect() }
    };
    let mut series: Vec<Series> = ids.into_iter().map(account).collect();
    let charged = year.iter().filter(|month| !month.sum.plans.is_zero());
    let days: Vec<(Day, Figure)> =
        charged.map(|month| (on(month), Figure::new(month.sum.plans, Mark::Exact, []))).collect();
    if !days.is_empty() {
        let name = shared(view.language).subscriptions.to_owned();
        series.push(Series { name, kind: SeriesKind::Subscriptions, days });
    }
    series
}
