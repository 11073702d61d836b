//! The frame of a chart: its grid lines with their amounts, its days, and the positions in it.

use core::fmt;

use maud::{Markup, html};

use crate::money::Amount;
use crate::time::Month;
use crate::ui::chart::amounts::Amounts;
use crate::ui::chart::scale::Scale;
use crate::ui::chart::words::Words;
use crate::ui::format;

/// The space above the plot, for two rows of text: the readout of the focused day, and the names of lines.
pub(crate) const TOP: u32 = 34;
/// The space below it, for a row of dates.
const BOTTOM: u32 = 24;
/// The baseline of the upper row of text.
pub(crate) const READOUT: u32 = 11;
/// The baseline of the lower row of text.
pub(crate) const MARKS: u32 = 27;
/// The full width: horizontal positions are hundredths of a percent.
pub(crate) const ACROSS: u32 = 10_000;

/// A vertical length or position in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Px(pub(crate) u32);

impl fmt::Display for Px {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0 / 10, self.0 % 10);
        if tenth == 0 { write!(to, "{whole}") } else { write!(to, "{whole}.{tenth}") }
    }
}

/// A horizontal length or position in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Across(pub(crate) u32);

impl Across {
    /// The left edge of part `index` of `count` equal parts.
    pub(crate) fn part(index: u32, count: u32) -> Across {
        Across((ACROSS * index).checked_div(count).unwrap_or_default())
    }
}

impl fmt::Display for Across {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// The label at the line of the present.
#[derive(Clone, Copy)]
pub(crate) enum Present<'a> {
    /// The word for the present.
    Named(&'a str),
    /// The word for the present before the line, and the word for the forecast after it if there is room.
    BeforeForecast(&'a str, &'a str),
}

/// The frame.
#[derive(Clone, Copy)]
pub(crate) struct Plot {
    pub(crate) scale: Scale,
    pub(crate) amounts: Amounts,
    /// Pixels between the highest and the lowest grid line.
    pub(crate) height: u32,
}

impl Plot {
    /// The height of the whole drawing in pixels.
    pub(crate) fn drawn_height(&self) -> u32 {
        TOP + self.height + BOTTOM
    }

    /// The position of an amount.
    pub(crate) fn y(&self, amount: Amount) -> Px {
        Px(TOP * 10 + self.in_plot(amount))
    }

    /// The position of an amount from the plot's upper edge, in tenths of a pixel.
    pub(crate) fn in_plot(&self, amount: Amount) -> u32 {
        self.scale.below_top(amount, self.height * 10)
    }

    /// The upper end of the scale.
    pub(crate) fn upper_edge(&self) -> Px {
        Px(TOP * 10)
    }

    /// The class whose left margin fits the widest amount of the axis.
    pub(crate) fn room(&self) -> &'static str {
        let widest = self.labels().map(|(_, label)| label.chars().count()).max();
        match widest {
            None => "room-0",
            Some(..=3) => "room-3",
            Some(..=5) => "room-5",
            Some(..=7) => "room-7",
            Some(..=10) => "room-10",
            Some(_) => "room-14",
        }
    }

    /// Grid lines, with their amounts unless these are hidden. A screen reader finds them in the table.
    pub(crate) fn grid(&self) -> Markup {
        html! {
            g aria-hidden="true" {
                @for tick in self.scale.ticks() {
                    line class=(if tick.is_zero() { "grid base" } else { "grid" }) x1="0" x2="100%" y1=(self.y(tick)) y2=(self.y(tick)) {}
                }
                @for (tick, label) in self.labels() {
                    text.tick.amount x="-8" y=(self.y(tick)) dy="4" { (label) }
                }
            }
        }
    }

    /// Only the zero line.
    pub(crate) fn base(&self) -> Markup {
        let zero = self.y(Amount::ZERO);
        html! { line.grid.base x1="0" x2="100%" y1=(zero) y2=(zero) aria-hidden="true" {} }
    }

    /// The budget line, with its name above.
    pub(crate) fn budget(&self, budget: Amount, words: &Words) -> Markup {
        let y = self.y(budget);
        let amount = self.amounts.rough(budget);
        let label = amount.map_or(words.budget.to_owned(), |amount| (words.line)(words.budget, &amount));
        html! {
            line.budget x1="0" x2="100%" y1=(y) y2=(y) {}
            text.tick.over x="6" y=(y) dy="-5" { (label) }
        }
    }

    fn labels(&self) -> impl Iterator<Item = (Amount, String)> {
        let (step, top) = (self.scale.step(), self.scale.top());
        let currency = self.amounts.currency();
        let ticks = self.scale.ticks().into_iter();
        ticks.filter_map(move |tick| Some((tick, format::tick(tick, step, top, currency?))))
    }

    /// Some day numbers below the plot: the first and every fifth.
    pub(crate) fn dates(&self, month: Month) -> Markup {
        let days = month.days();
        html! {
            g aria-hidden="true" {
                @for number in (1..=days).filter(|number| *number == 1 || number % 5 == 0) {
                    text.tick.date x=(Across::part(number * 2 - 1, days * 2)) y=(TOP + self.height + 18) { (number) }
                }
            }
        }
    }

    /// The inner drawing that stretches to the width. Its paths use hundredths of a percent horizontally and tenths of a pixel
    /// vertically.
    pub(crate) fn stretched(&self, paths: &Markup) -> Markup {
        html! {
            svg.stretched x="0" y=(TOP) width="100%" height=(self.height) preserveAspectRatio="none" aria-hidden="true"
                viewBox={ "0 0 " (ACROSS) " " (self.height * 10) } { (paths) }
        }
    }

    /// A dashed line at the present, with its label.
    pub(crate) fn today(&self, at: Across, present: Present<'_>) -> Markup {
        const ROOM_BEFORE: u32 = ACROSS * 15 / 100;
        const ROOM_AFTER: u32 = ACROSS * 22 / 100;
        let (has_before, has_after) = (at.0 >= ROOM_BEFORE, at.0 + ROOM_AFTER <= ACROSS);
        let (before, after) = match present {
            Present::Named(today) if has_after => (None, Some(today)),
            Present::Named(today) => (Some(today), None),
            Present::BeforeForecast(today, _) if !has_before => (None, Some(today)),
            Present::BeforeForecast(today, forecast) => (Some(today), has_after.then_some(forecast)),
        };
        html! {
            g aria-hidden="true" {
                line.today x1=(at) x2=(at) y1=(MARKS - 10) y2=(TOP + self.height) {}
                @if let Some(before) = before { text.tick.before x=(at) y=(MARKS) dx="-5" { (before) } }
                @if let Some(after) = after { text.tick x=(at) y=(MARKS) dx="5" { (after) } }
            }
        }
    }
}

/// The hatching of forecasts. `id` is its id on the page.
pub(crate) fn hatching(id: &str) -> Markup {
    html! {
        pattern id=(id) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
            path.hatch d="M0 0V6" {}
        }
    }
}

/// The positions of amounts in the stretched drawing.
pub(crate) fn points(plot: &Plot, amounts: impl Iterator<Item = (Across, Amount)>) -> Vec<(u32, u32)> {
    amounts.map(|(x, amount)| (x.0, plot.in_plot(amount))).collect()
}

/// A line through points, as path data.
pub(crate) fn path(points: &[(u32, u32)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}", points.join("L"))
}

/// The area between a line and zero, as path data.
pub(crate) fn area(plot: &Plot, line: &[(u32, u32)]) -> String {
    let zero = plot.in_plot(Amount::ZERO);
    let ends = line.first().zip(line.last());
    ends.map_or_else(String::new, |((first, _), (last, _))| {
        format!("{}L{last} {zero}L{first} {zero}Z", path(line))
    })
}
