//! The last months as bars with their amounts above, in total or stacked by account, and the current month's forecast as an
//! outline.

use maud::{Markup, html};

use crate::books::figure::Figure;
use crate::money::Amount;
use crate::time::Month;
use crate::ui::chart::amounts::{Amounts, Expected};
use crate::ui::chart::day::Slot;
use crate::ui::chart::legend::{Swatch, legend};
use crate::ui::chart::plot::{Across, Plot, Px, TOP};
use crate::ui::chart::scale::Scale;
use crate::ui::chart::stack::{Layer, Series, layers};
use crate::ui::chart::table::{Row, table};
use crate::ui::chart::words::Words;
use crate::ui::{format, parts};

/// The height of the plot in pixels.
const HEIGHT: u32 = 100;
/// The width of a bar in hundredths of its month's width.
const BAR: u32 = 72;

/// A month.
#[derive(Clone, Copy, Debug)]
pub struct MonthBar {
    /// The month.
    pub month: Month,
    /// The spend of the month.
    pub spent: Figure,
    /// The forecast of the whole month, if it is the current one.
    pub expected: Option<Expected>,
}

/// The last months, the oldest first.
#[derive(Clone)]
pub struct YearChart<'a> {
    /// The chart's id on its page; the ids of its parts begin with it.
    pub id: &'a str,
    /// The chart's name for a screen reader.
    pub label: &'a str,
    /// The months.
    pub months: &'a [MonthBar],
    /// The accounts and subscriptions, with each month's spend on its first day; empty to draw only totals.
    pub series: &'a [Series],
    /// Whether amounts are shown.
    pub amounts: Amounts,
    /// The link of a month.
    pub href: &'a dyn Fn(Month) -> String,
    /// A month's short name below its bar: `Nov`.
    pub short: &'a dyn Fn(Month) -> String,
    /// A month's full name: `November 2026`.
    pub full: &'a dyn Fn(Month) -> String,
    /// The phrases.
    pub words: &'a Words,
}

impl YearChart<'_> {
    /// The chart with its table.
    pub fn draw(&self) -> Markup {
        let ends =
            self.months.iter().flat_map(|bar| [bar.spent.amount, bar.expected.map(|whole| whole.amount)]);
        let highest = ends.flatten().fold(Amount::ZERO, Amount::max);
        // Only the scale's zero and its upper end are used: the amounts are above the bars.
        let scale = Scale::up_to(highest);
        let plot = Plot { scale, amounts: Amounts::Hidden, height: HEIGHT };
        let layers = layers(self.series, self.words);
        let entries: Vec<_> =
            layers.iter().map(|layer| (Swatch::Filled(layer.hue.class()), layer.name.as_str())).collect();
        html! {
            figure.graph id=(self.id) {
                svg.plot.room-0 height=(plot.drawn_height()) role="group" aria-label=(self.label) data-roving {
                    (plot.base())
                    @for (index, bar) in (0..).zip(self.months) { (self.month(&plot, index, bar, &layers)) }
                }
                @if !entries.is_empty() { (legend(&entries)) }
                @if self.amounts != Amounts::Hidden { (self.table(&layers)) }
            }
        }
    }

    fn month(&self, plot: &Plot, index: u32, bar: &MonthBar, layers: &[Layer]) -> Markup {
        let count = u32::try_from(self.months.len()).unwrap_or(u32::MAX);
        let (name, readout) = (self.name(bar, layers), self.readout(bar));
        let slot = Slot {
            index,
            count,
            href: Some((self.href)(bar.month)),
            name: &name,
            readout: &readout,
            is_tab_stop: index + 1 == count,
            height: HEIGHT,
        };
        let (x, width) = slot.bar(BAR);
        let middle = Across(x.0 + width.0 / 2);
        let zero = plot.y(Amount::ZERO);
        let spent = plot.y(bar.spent.amount.unwrap_or_default());
        let whole = bar.expected.map(|whole| whole.amount);
        let top = whole.map_or(spent, |whole| plot.y(whole).min(spent));
        // A narrow page leaves out every other label, but never the current month's.
        let skipped = if (count - index).is_multiple_of(2) { " skipped" } else { "" };
        html! {
            // Next to the link, not inside it: the link's name contains the full amount.
            @if let Some(value) = self.value(whole.or(bar.spent.amount)) {
                text class={ "tick value" (skipped) } x=(middle) y=(top) dy="-5" aria-hidden="true" { (value) }
            }
            text class={ "tick date" (skipped) } x=(middle) y=(TOP + HEIGHT + 17) aria-hidden="true" { ((self.short)(bar.month)) }
            (slot.draw(&html! {
                @if top < spent {
                    rect.outline x=(x) y=(top) width=(width) height=(Px(zero.0 - top.0)) rx="3" {}
                }
                @if !layers.is_empty() {
                    @for (hue, from, to) in stacked(plot, bar, layers) {
                        rect class={ (hue) " gap" } x=(x) y=(to) width=(width) height=(Px(from.0 - to.0)) {}
                    }
                } @else if spent < zero {
                    rect class=(if whole.is_some() { "running" } else { "closed" }) x=(x) y=(spent) width=(width)
                        height=(Px(zero.0 - spent.0)) rx="3" {}
                }
            }))
        }
    }

    /// The amount above a bar, in four characters at most.
    fn value(&self, amount: Option<Amount>) -> Option<String> {
        self.amounts.currency().map(|_| amount.map_or(format::UNKNOWN.to_owned(), format::short_number))
    }

    fn name(&self, bar: &MonthBar, layers: &[Layer]) -> String {
        let month = (self.full)(bar.month);
        let total = self.comes_to(bar).map_or(month.clone(), |text| (self.words.dated)(&month, &text));
        let shown = |(layer, figure): (&Layer, &Figure)| {
            let is_zero = figure.amount.is_some_and(Amount::is_zero);
            let amount = self.amounts.figure(figure).filter(|_| !is_zero)?;
            Some((self.words.line)(&layer.name, &amount))
        };
        let figures = self.shown(bar, layers);
        let present = layers.iter().filter(|layer| layer.on(bar.month.day(1)).is_some());
        let parts: Vec<String> = present.zip(&figures).filter_map(shown).collect();
        if parts.is_empty() { total } else { total + &(self.words.parts)(&parts) }
    }

    /// The displayed figures of a month's layers: they add up to its total.
    fn shown(&self, bar: &MonthBar, layers: &[Layer]) -> Vec<Figure> {
        let of_month = layers.iter().filter_map(|layer| layer.on(bar.month.day(1)).copied());
        let figures: Vec<Figure> = of_month.collect();
        match self.amounts.currency() {
            Some(currency) => parts::shown(&bar.spent, &figures, currency),
            None => figures,
        }
    }

    /// The month and its spend, in one short line.
    fn readout(&self, bar: &MonthBar) -> String {
        let month = (self.full)(bar.month);
        let spent = self.amounts.figure(&bar.spent).filter(|_| bar.spent.amount.is_some());
        spent.map_or(month.clone(), |spent| (self.words.dated)(&month, &spent))
    }

    fn comes_to(&self, bar: &MonthBar) -> Option<String> {
        let spent = self.amounts.figure(&bar.spent)?;
        if bar.spent.amount.is_none() && bar.expected.is_none() {
            return Some(self.words.no_data.to_owned());
        }
        Some(match self.expects(bar) {
            Some(expected) => (self.words.so_far_and)(&spent, &expected),
            None => spent,
        })
    }

    fn expects(&self, bar: &MonthBar) -> Option<String> {
        let expected = bar.expected?;
        let amount = self.amounts.rough(expected.amount)?;
        Some((self.words.expected)(&amount, self.amounts.range(&expected).as_ref()))
    }

    fn table(&self, layers: &[Layer]) -> Markup {
        let row = |bar: &MonthBar| {
            let mut shown = self.shown(bar, layers).into_iter();
            let of_layer = |layer: &Layer| {
                let figure = layer.on(bar.month.day(1)).and_then(|_| shown.next());
                figure.and_then(|figure| self.amounts.figure(&figure)).unwrap_or_default()
            };
            let mut cells: Vec<String> = layers.iter().map(of_layer).collect();
            cells.push(self.amounts.figure(&bar.spent).unwrap_or_default());
            cells.push(self.expects(bar).unwrap_or_default());
            Row { head: (self.full)(bar.month), cells, is_forecast: false }
        };
        let rows: Vec<Row> = self.months.iter().map(row).collect();
        let mut heads = vec![self.words.month];
        heads.extend(layers.iter().map(|layer| layer.name.as_str()));
        heads.extend([self.words.spent, self.words.forecast]);
        table(self.id, self.label, self.words, &heads, &rows)
    }
}

/// The stacked layers of a month: the color of each, and its lower and upper edge. A refund has none.
fn stacked(plot: &Plot, bar: &MonthBar, layers: &[Layer]) -> Vec<(&'static str, Px, Px)> {
    let mut sum = Amount::ZERO;
    let of_month = layers.iter().filter_map(|layer| Some((layer.hue, layer.on(bar.month.day(1))?.amount?)));
    let parts = of_month.map(|(hue, amount)| {
        let from = plot.y(sum);
        sum = sum + amount.or_zero();
        (hue.class(), from, plot.y(sum))
    });
    parts.filter(|(_, from, to)| to < from).collect()
}
