//! The month that the overview shows, and the values that its sections share.

use crate::app::View;
use crate::books::figure::{Figure, Mark};
use crate::books::statement::{DetailedStatement, Period, Spending};
use crate::pages::words::words;
use crate::time::{Day, Month};
use crate::ui::chart::{Hue, Series, SeriesKind};
use crate::ui::parts;

/// The month that is shown, with the values that its sections share.
pub(super) struct Shown<'a> {
    pub(super) detail: &'a DetailedStatement<'a>,
    pub(super) month: Month,
    /// Whether it is the current month.
    pub(super) is_running: bool,
    pub(super) spending: Spending,
    /// The chart's series: each account with spend, the largest first, and subscriptions.
    pub(super) series: Vec<Series>,
    pub(super) hues: Vec<Hue>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(view: &View<'_>, detail: &'a DetailedStatement<'a>) -> Shown<'a> {
        let present = detail.statement.month;
        let month = view.place.month().filter(|month| *month <= present).unwrap_or(present);
        let spending = detail.spending(Period::Month(month));
        let series = series(view, detail, month, &spending);
        let hues = crate::ui::chart::hues(&series);
        Shown { detail, month, is_running: month == present, spending, series, hues }
    }

    /// The color of the account at a place of [`Spending::sum`].
    pub(super) fn hue(&self, place: usize) -> Hue {
        self.hues.get(place).copied().unwrap_or_default()
    }
}

/// Parts of a period's spending as displayed next to its total, with its subscriptions last.
pub(super) fn parts_shown(spending: &Spending, parts: impl Iterator<Item = Figure>) -> Vec<Figure> {
    let plans = Figure::new(spending.sum.plans, Mark::Exact, []);
    let all: Vec<Figure> = parts.chain([plans]).collect();
    match spending.currency {
        Some(currency) => parts::shown(&spending.sum.total(), &all, currency),
        None => all,
    }
}

/// The chart's series: each account with spend, the largest first, and subscriptions.
fn series(view: &View<'_>, detail: &DetailedStatement<'_>, month: Month, spending: &Spending) -> Vec<Series> {
    let days = detail.days(month);
    let accounts = spending.sum.accounts.iter().map(|account| {
        let of_day = days.iter().filter_map(|day| Some((day.day, day.sum.account(&account.id)?.spend)));
        Series { name: view.name_of(&account.id), kind: SeriesKind::Account, days: of_day.collect() }
    });
    let mut series: Vec<Series> = accounts.collect();
    let charged = days.iter().filter(|day| !day.sum.plans.is_zero());
    let charged: Vec<(Day, Figure)> =
        charged.map(|day| (day.day, Figure::new(day.sum.plans, Mark::Exact, []))).collect();
    if !charged.is_empty() {
        let name = words(view.language).subscriptions.to_owned();
        series.push(Series { name, kind: SeriesKind::Subscriptions, days: charged });
    }
    series
}
