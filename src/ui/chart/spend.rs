//! The spend of a month by day, stacked by account, and the forecast of the days to come.
//!
//! Knows how a month is drawn and named. Does not know where its figures come from.
//!
//! ```text
//!             | Today
//!     bars    |  hatched: forecast     daily: a bar each day, whiskers for its range
//!     of days |  range                 cumulative: areas up to today, then a line with a band, and the budget
//!   --1----5--|-10---15---20---25---30
//! ```

use maud::{Markup, html};

use crate::books::figure::Figure;
use crate::money::Amount;
use crate::time::{Day, Month};
use crate::ui::chart::amounts::{Amounts, Expected};
use crate::ui::chart::cumulative::Cumulative;
use crate::ui::chart::day::Slot;
use crate::ui::chart::legend::{Swatch, legend};
use crate::ui::chart::plot::{Across, Plot, Present, Px, hatching};
use crate::ui::chart::scale::Scale;
use crate::ui::chart::stack::{Layer, Series, layers};
use crate::ui::chart::table::{Row, table};
use crate::ui::chart::words::Words;
use crate::ui::parts;

/// The height of the plot in pixels.
const HEIGHT: u32 = 180;
/// The width of a bar in hundredths of its day's width.
const BAR: u32 = 82;
/// The minimum height of a bar with spend, in tenths of a pixel.
const LEAST: u32 = 10;
/// The minimum height of a part with a gap, in tenths of a pixel: the gap would hide a lower one.
const LEAST_WITH_GAP: u32 = 25;

/// What the height of a day shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The day's own spend.
    Daily,
    /// The month's spend up to the end of the day.
    Cumulative,
}

/// The forecast of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayAhead {
    /// The day: the rest of today, or a later day.
    pub day: Day,
    /// Its own spend, without subscriptions.
    pub spend: Expected,
    /// The subscriptions that will be charged on it.
    pub charges: Amount,
    /// The month's spend by the end of the day, subscriptions included.
    pub total: Expected,
}

/// The spend of a month by day.
#[derive(Clone)]
pub struct SpendChart<'a> {
    /// The chart's id on its page; the ids of its parts begin with it.
    pub id: &'a str,
    /// The chart's name for a screen reader.
    pub label: &'a str,
    /// The month.
    pub month: Month,
    /// The current day; `None` if the month is over.
    pub today: Option<Day>,
    /// What the height of a day shows.
    pub mode: Mode,
    /// Whether amounts are shown.
    pub amounts: Amounts,
    /// The accounts, in the order of the stack, and subscriptions.
    pub series: &'a [Series],
    /// The forecast by day.
    pub ahead: &'a [DayAhead],
    /// The budget of the month, drawn in cumulative mode.
    pub budget: Option<Amount>,
    /// The link of a day.
    pub href: &'a dyn Fn(Day) -> String,
    /// How a day is written.
    pub date: &'a dyn Fn(Day) -> String,
    /// The phrases.
    pub words: &'a Words,
}

/// The data of one drawn day.
struct DayOf<'a> {
    day: Day,
    index: u32,
    /// The figures of the layers tracked on this day.
    parts: Vec<(&'a Layer, &'a Figure)>,
    /// The displayed figures, rounded so that they add up to the displayed total.
    shown: Vec<Figure>,
    /// Their sum; `None` if none was tracked or the day is in the future.
    total: Option<Figure>,
    /// The month's total by the end of the day; `None` before the first tracked day.
    so_far: Option<Figure>,
    ahead: Option<DayAhead>,
}

impl SpendChart<'_> {
    /// The chart with its legend and its table.
    pub fn draw(&self) -> Markup {
        let layers = layers(self.series, self.words);
        let days = self.days(&layers);
        let plot = Plot { scale: self.scale(&days), amounts: self.amounts, height: HEIGHT };
        let hatch = format!("{}-hatch", self.id);
        let stop = days.iter().rev().find(|day| day.total.is_some()).or(days.first()).map(|day| day.day);
        html! {
            figure.graph id=(self.id) {
                svg class={ "plot " (plot.room()) } height=(plot.drawn_height()) role="group" aria-label=(self.label) data-roving {
                    defs { (hatching(&hatch)) }
                    (plot.grid())
                    (plot.dates(self.month))
                    @if self.mode == Mode::Cumulative { (self.areas(&plot, &layers, &days, &hatch)) }
                    @for day in &days { (self.day(&plot, day, &hatch, stop)) }
                    @if let Some(today) = self.today { (plot.today(self.end_of(today), self.present())) }
                }
                (legend(&self.entries(&layers, &hatch)))
                @if self.amounts != Amounts::Hidden { (self.table(&layers, &days)) }
            }
        }
    }

    fn days<'l>(&self, layers: &'l [Layer]) -> Vec<DayOf<'l>> {
        let mut so_far: Option<Figure> = None;
        let of = |(index, day): (u32, Day)| {
            let parts: Vec<_> = layers.iter().filter_map(|layer| Some((layer, layer.on(day)?))).collect();
            let total = (!parts.is_empty()).then(|| Figure::sum(parts.iter().map(|(_, figure)| *figure)));
            if let Some(total) = &total {
                so_far = Some(so_far.map_or(*total, |so_far| Figure::sum([&so_far, total])));
            }
            let figures: Vec<Figure> = parts.iter().map(|(_, figure)| **figure).collect();
            let shown = match (&total, self.amounts.currency()) {
                (Some(total), Some(currency)) => parts::shown(total, &figures, currency),
                _ => figures,
            };
            let ahead = self.ahead.iter().find(|ahead| ahead.day == day).copied();
            DayOf { day, index, parts, shown, total, so_far, ahead }
        };
        (0..).zip(self.month.span().days()).map(of).collect()
    }

    fn scale(&self, days: &[DayOf<'_>]) -> Scale {
        let low = days.iter().map(|day| day.ends(self.mode).0).fold(Amount::ZERO, Amount::min);
        let high = self.highest(days);
        Scale::new(low, self.drawn_budget(high).map_or(high, |budget| budget.max(high)))
    }

    fn highest(&self, days: &[DayOf<'_>]) -> Amount {
        days.iter().map(|day| day.ends(self.mode).1).fold(Amount::ZERO, Amount::max)
    }

    /// The budget, in cumulative mode, unless it is so high that everything else would look flat.
    fn drawn_budget(&self, highest: Amount) -> Option<Amount> {
        self.budget.filter(|budget| self.mode == Mode::Cumulative && *budget <= highest + highest)
    }

    fn present(&self) -> Present<'_> {
        if self.ahead.is_empty() {
            Present::Named(self.words.today)
        } else {
            Present::BeforeForecast(self.words.today, self.words.forecast)
        }
    }

    /// The position of the end of a day of this month.
    fn end_of(&self, day: Day) -> Across {
        Across::part(day.number(), self.month.days())
    }

    /// A day with all of its text. In cumulative mode the areas behind it are its shapes.
    fn day(&self, plot: &Plot, day: &DayOf<'_>, hatch: &str, stop: Option<Day>) -> Markup {
        let date = (self.date)(day.day);
        let (readout, name) = (self.readout(day, &date), self.name(day, &date));
        let slot = Slot {
            index: day.index,
            count: self.month.days(),
            href: day.total.is_some().then(|| (self.href)(day.day)),
            name: &name,
            readout: &readout,
            is_tab_stop: stop == Some(day.day),
            height: HEIGHT,
        };
        slot.draw(&match self.mode {
            Mode::Daily => bar(plot, day, &slot, hatch),
            Mode::Cumulative => html! {},
        })
    }

    /// The day's spend, in one short line.
    fn readout(&self, day: &DayOf<'_>, date: &str) -> String {
        self.comes_to(day, Expected::without_range)
            .map_or(date.to_owned(), |text| (self.words.dated)(date, &text))
    }

    fn comes_to(&self, day: &DayOf<'_>, detail: fn(Expected) -> Expected) -> Option<String> {
        let Some(total) = &day.total else {
            return match day.ahead {
                Some(ahead) => self.expects(&detail(self.chosen(&ahead))),
                None => self.amounts.currency().map(|_| self.words.no_data.to_owned()),
            };
        };
        let total = self.amounts.figure(total)?;
        match self.mode {
            Mode::Daily => Some(total),
            Mode::Cumulative => Some((self.words.with_so_far)(&total, &self.amounts.figure(&day.so_far?)?)),
        }
    }

    /// The day's forecast for this mode.
    fn chosen(&self, ahead: &DayAhead) -> Expected {
        match self.mode {
            Mode::Daily => ahead.spend.plus(ahead.charges),
            Mode::Cumulative => ahead.total,
        }
    }

    fn expects(&self, expected: &Expected) -> Option<String> {
        let amount = self.amounts.rough(expected.amount)?;
        Some((self.words.expected)(&amount, self.amounts.range(expected).as_ref()))
    }

    /// The readout with the forecast's range, or with the spend of each account.
    fn name(&self, day: &DayOf<'_>, date: &str) -> String {
        let total = self.comes_to(day, core::convert::identity);
        let total = total.map_or(date.to_owned(), |text| (self.words.dated)(date, &text));
        let shown = |(layer, figure): (&Layer, &Figure)| {
            let is_zero = figure.amount.is_some_and(Amount::is_zero);
            let amount = self.amounts.figure(figure).filter(|_| !is_zero)?;
            Some((self.words.line)(&layer.name, &amount))
        };
        let parts: Vec<String> = day.shown().filter_map(shown).collect();
        if parts.is_empty() { total } else { total + &(self.words.parts)(&parts) }
    }

    /// The days as areas, followed by the forecast, with the budget line.
    fn areas(&self, plot: &Plot, layers: &[Layer], days: &[DayOf<'_>], hatch: &str) -> Markup {
        let known: Vec<_> = days.iter().filter(|day| day.total.is_some()).collect();
        let first = known.first().map_or(Across(0), |day| Across::part(day.index, self.month.days()));
        let sums = |layer: &Layer| {
            let mut sum = Amount::ZERO;
            let own = known.iter().map(|day| layer.on(day.day).and_then(|figure| figure.amount));
            own.map(|own| {
                sum = sum + own.unwrap_or_default();
                sum
            })
            .collect()
        };
        let later = self.ahead.iter().filter(|ahead| Some(ahead.day) != self.today);
        let cumulative = Cumulative {
            plot,
            first,
            ends: known.iter().map(|day| self.end_of(day.day)).collect(),
            layers: layers.iter().map(|layer| (layer.hue, sums(layer))).collect(),
            start: (
                self.today.map_or(first, |today| self.end_of(today)),
                known.last().map_or(Amount::ZERO, |day| day.spent_so_far()),
            ),
            later: later.map(|ahead| (self.end_of(ahead.day), ahead.total)).collect(),
            hatch,
            clip: &format!("{}-ahead", self.id),
        };
        html! {
            (cumulative.draw())
            @if let Some(budget) = self.drawn_budget(self.highest(days)) { (plot.budget(budget, self.words)) }
        }
    }

    fn entries<'b>(&self, layers: &'b [Layer], hatch: &'b str) -> Vec<(Swatch<'b>, &'b str)>
    where
        Self: 'b,
    {
        let mut entries: Vec<_> =
            layers.iter().map(|layer| (Swatch::Filled(layer.hue.class()), layer.name.as_str())).collect();
        if !self.ahead.is_empty() {
            entries.push((Swatch::Hatched(hatch), self.words.forecast));
        }
        entries
    }

    fn table(&self, layers: &[Layer], days: &[DayOf<'_>]) -> Markup {
        let mut heads: Vec<&str> = vec![self.words.day];
        heads.extend(layers.iter().map(|layer| layer.name.as_str()));
        heads.extend([self.words.total, self.words.so_far]);
        let shown = |figure: Option<&Figure>| {
            figure.and_then(|figure| self.amounts.figure(figure)).unwrap_or_default()
        };
        let known = days.iter().filter(|day| day.total.is_some()).map(|day| {
            let mut cells: Vec<String> = layers.iter().map(|layer| shown(day.shown_of(layer))).collect();
            cells.extend([shown(day.total.as_ref()), shown(day.so_far.as_ref())]);
            Row { head: (self.date)(day.day), cells, is_forecast: false }
        });
        let ahead = self.ahead.iter().map(|ahead| {
            let mut cells = vec![String::new(); layers.len()];
            let both = [ahead.spend.plus(ahead.charges), ahead.total];
            cells.extend(both.iter().map(|expected| self.expects(expected).unwrap_or_default()));
            Row { head: (self.date)(ahead.day), cells, is_forecast: true }
        });
        let rows: Vec<Row> = known.chain(ahead).collect();
        table(self.id, self.label, self.words, &heads, &rows)
    }
}

impl<'a> DayOf<'a> {
    /// Each tracked layer, with its displayed figure.
    fn shown(&self) -> impl Iterator<Item = (&'a Layer, &Figure)> {
        self.parts.iter().map(|(layer, _)| *layer).zip(&self.shown)
    }

    /// The displayed figure of a layer; `None` if it was not tracked.
    fn shown_of(&self, layer: &Layer) -> Option<&Figure> {
        self.shown().find(|(of, _)| core::ptr::eq(*of, layer)).map(|(_, figure)| figure)
    }

    /// The known spend of the month by the end of the day.
    fn spent_so_far(&self) -> Amount {
        self.so_far.and_then(|so_far| so_far.amount).unwrap_or_default()
    }

    /// The lowest and the highest end of the day's shapes.
    fn ends(&self, mode: Mode) -> (Amount, Amount) {
        let most = |chosen: fn(&DayAhead) -> Expected| {
            self.ahead.map(|ahead| chosen(&ahead).most()).unwrap_or_default()
        };
        let parts = || self.parts.iter().filter_map(|(_, figure)| figure.amount);
        match mode {
            Mode::Daily => {
                let up: Amount = parts().map(Amount::or_zero).sum();
                let down: Amount = parts().map(|amount| amount.min(Amount::ZERO)).sum();
                (down, up + most(|ahead| ahead.spend.plus(ahead.charges)))
            }
            Mode::Cumulative => (self.spent_so_far(), self.spent_so_far().max(most(|ahead| ahead.total))),
        }
    }
}

/// The parts of a day, stacked, with the forecast on top. Refunds hang below zero.
fn bar(plot: &Plot, day: &DayOf<'_>, slot: &Slot<'_>, hatch: &str) -> Markup {
    let (x, width) = slot.bar(BAR);
    let zero = plot.y(Amount::ZERO);
    let (mut up, mut down) = (Amount::ZERO, Amount::ZERO);
    let mut parts: Vec<(&str, Px, Px)> = Vec::new();
    for (layer, figure) in &day.parts {
        let Some(amount) = figure.amount.filter(|amount| !amount.is_zero()) else { continue };
        let end = if amount.is_negative() { &mut down } else { &mut up };
        let from = *end;
        *end = from + amount;
        let (from, to) = (plot.y(from), plot.y(*end));
        parts.push((layer.hue.class(), from.min(to), from.max(to)));
    }
    // Even the smallest spend is visible.
    if let Some((_, top, _)) = parts.last_mut().filter(|_| up > Amount::ZERO && zero.0 - plot.y(up).0 < LEAST)
    {
        *top = Px(top.0.min(zero.0.saturating_sub(LEAST)));
    }
    html! {
        @for (hue, top, bottom) in parts {
            @let height = bottom.0.saturating_sub(top.0);
            rect class=[Some(if height < LEAST_WITH_GAP { hue.to_owned() } else { format!("{hue} gap") })]
                x=(x) y=(top) width=(width) height=(Px(height)) {}
        }
        @if let Some(ahead) = day.ahead { (expected_bar(plot, &ahead, up, slot, hatch)) }
    }
}

/// The forecast of a day on top of its spend so far, with a whisker over its range.
fn expected_bar(plot: &Plot, ahead: &DayAhead, on: Amount, slot: &Slot<'_>, hatch: &str) -> Markup {
    let (x, width) = slot.bar(BAR);
    let spend = ahead.spend.plus(on);
    let (bottom, top) = (plot.y(on), plot.y(spend.amount));
    let charged = plot.y(spend.amount + ahead.charges);
    let middle = Across(x.0 + width.0 / 2);
    html! {
        rect.forecast x=(x) y=(top) width=(width) height=(Px(bottom.0.saturating_sub(top.0))) fill={ "url(#" (hatch) ")" } {}
        @if charged < top {
            rect.forecast.charge x=(x) y=(charged) width=(width) height=(Px(top.0 - charged.0)) fill={ "url(#" (hatch) ")" } {}
        }
        @if let Some((least, most)) = ahead.spend.plus(on + ahead.charges).range {
            line.whisker x1=(middle) x2=(middle) y1=(plot.y(most)) y2=(plot.y(least)) {}
        }
    }
}
