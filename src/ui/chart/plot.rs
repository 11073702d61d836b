//! The frame of a chart: its grid lines with their amounts, its days, and where a thing is placed in it.

use core::fmt;

use maud::{Markup, html};

use crate::money::Amount;
use crate::time::Month;
use crate::ui::chart::amounts::Amounts;
use crate::ui::chart::scale::Scale;
use crate::ui::chart::words::Words;
use crate::ui::format;

/// Above the plot are two rows of text: what the day in focus cost, and the marks of lines.
pub(crate) const TOP: u32 = 34;
/// Below it is a row of dates.
const BOTTOM: u32 = 24;
/// Where the baseline of the upper row of text lies.
pub(crate) const READOUT: u32 = 11;
/// Where the baseline of the lower row of text lies.
pub(crate) const MARKS: u32 = 27;
/// What is placed across is counted in hundredths of a percent of the width.
pub(crate) const ACROSS: u32 = 10_000;

/// A length or place down the chart in tenths of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Px(pub(crate) u32);

impl fmt::Display for Px {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.0 / 10, self.0 % 10);
        if tenth == 0 { write!(to, "{whole}") } else { write!(to, "{whole}.{tenth}") }
    }
}

/// A length or place across the chart in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Across(pub(crate) u32);

impl Across {
    /// Where the part `index` of `count` equal parts begins.
    pub(crate) fn part(index: u32, count: u32) -> Across {
        Across((ACROSS * index).checked_div(count).unwrap_or_default())
    }
}

impl fmt::Display for Across {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// What is written at the line of the present.
#[derive(Clone, Copy)]
pub(crate) enum Present<'a> {
    /// The word for it.
    Named(&'a str),
    /// The word for it before the line, and after it the word for the forecast where there is room.
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

    /// Where an amount lies.
    pub(crate) fn y(&self, amount: Amount) -> Px {
        Px(TOP * 10 + self.in_plot(amount))
    }

    /// The same counted from the plot's upper edge, in tenths of a pixel.
    pub(crate) fn in_plot(&self, amount: Amount) -> u32 {
        self.scale.below_top(amount, self.height * 10)
    }

    /// The upper end of the scale.
    pub(crate) fn upper_edge(&self) -> Px {
        Px(TOP * 10)
    }

    /// The class that leaves room at the left for the widest amount of the axis.
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

    /// Grid lines, with their amounts unless these are hidden. A screen reader has them in the table.
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

    /// The line of zero alone.
    pub(crate) fn base(&self) -> Markup {
        let zero = self.y(Amount::ZERO);
        html! { line.grid.base x1="0" x2="100%" y1=(zero) y2=(zero) aria-hidden="true" {} }
    }

    /// The line of a budget, with its name above.
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

    /// The numbers of some days below the plot: the first and each fifth.
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

    /// The inner drawing that stretches to the width: paths in hundredths of a percent across and tenths of a pixel down.
    pub(crate) fn stretched(&self, paths: &Markup) -> Markup {
        html! {
            svg.stretched x="0" y=(TOP) width="100%" height=(self.height) preserveAspectRatio="none" aria-hidden="true"
                viewBox={ "0 0 " (ACROSS) " " (self.height * 10) } { (paths) }
        }
    }

    /// A dashed line at a place across, with the word for the present and what follows.
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

/// Hatching for what is not certain. `id` names it on its page.
pub(crate) fn hatching(id: &str) -> Markup {
    html! {
        pattern id=(id) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
            path.hatch d="M0 0V6" {}
        }
    }
}

/// Where amounts lie in the stretched drawing.
pub(crate) fn points(plot: &Plot, amounts: impl Iterator<Item = (Across, Amount)>) -> Vec<(u32, u32)> {
    amounts.map(|(x, amount)| (x.0, plot.in_plot(amount))).collect()
}

/// A line through points, as the data of a path.
pub(crate) fn path(points: &[(u32, u32)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
    format!("M{}", points.join("L"))
}

/// What is between a line and zero, as the data of a path.
pub(crate) fn area(plot: &Plot, line: &[(u32, u32)]) -> String {
    let zero = plot.in_plot(Amount::ZERO);
    let ends = line.first().zip(line.last());
    ends.map_or_else(String::new, |((first, _), (last, _))| {
        format!("{}L{last} {zero}L{first} {zero}Z", path(line))
    })
}
