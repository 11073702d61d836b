//! The month as growing areas: each layer's spend up to each day, then a line for the forecast with its band.
//!
//! Knows the edges of the areas. Does not know days: it receives horizontal positions.

use maud::{Markup, html};

use crate::money::Amount;
use crate::ui::chart::amounts::Expected;
use crate::ui::chart::plot::{ACROSS, Across, Plot, path, points};
use crate::ui::chart::stack::Hue;

/// The data of the drawing.
pub(crate) struct Cumulative<'a> {
    pub(crate) plot: &'a Plot,
    /// The start of the first known day.
    pub(crate) first: Across,
    /// The end of each known day.
    pub(crate) ends: Vec<Across>,
    /// Each layer with its spend up to the end of each known day.
    pub(crate) layers: Vec<(Hue, Vec<Amount>)>,
    /// The present: its position, and the spend up to it.
    pub(crate) start: (Across, Amount),
    /// The end of each day to come, with the forecast up to it.
    pub(crate) later: Vec<(Across, Expected)>,
    /// The id of the forecast's pattern.
    pub(crate) hatch: &'a str,
    /// The id of the shape that the pattern fills.
    pub(crate) clip: &'a str,
}

impl Cumulative<'_> {
    /// The areas, the band, and the forecast line above its hatching.
    pub(crate) fn draw(&self) -> Markup {
        let later = self.later.iter().map(|(x, expected)| (*x, expected.amount));
        let line = points(self.plot, core::iter::once(self.start).chain(later));
        html! {
            (self.plot.stretched(&html! {
                @for (hue, area) in self.areas() { path class={ "area " (hue.class()) } d=(area) {} }
                @if let Some(band) = self.band() { path.band d=(band) {} }
            }))
            @if !self.later.is_empty() {
                clipPath id=(self.clip) clipPathUnits="objectBoundingBox" { path d=(self.under(&line)) {} }
                rect.forecast.unlined x="0" y=(self.plot.upper_edge()) width="100%" height=(self.plot.height)
                    fill={ "url(#" (self.hatch) ")" } clip-path={ "url(#" (self.clip) ")" } {}
                (self.plot.stretched(&html! { path.expected d=(path(&line)) {} }))
            }
        }
    }

    /// The area of each layer, from the top of the layer below to its own. A layer below zero has none.
    fn areas(&self) -> Vec<(Hue, String)> {
        let mut below = vec![Amount::ZERO; self.ends.len()];
        let mut areas = Vec::new();
        for (hue, sums) in self.layers.iter().filter(|_| !self.ends.is_empty()) {
            let above: Vec<Amount> =
                sums.iter().zip(&below).map(|(sum, below)| sum.or_zero() + *below).collect();
            let edge = |amounts: &[Amount]| {
                let ends = self.ends.iter().copied().zip(amounts.iter().copied());
                points(self.plot, core::iter::once((self.first, Amount::ZERO)).chain(ends))
            };
            let mut outline = edge(&above);
            outline.extend(edge(&below).into_iter().rev());
            areas.push((*hue, path(&outline) + "Z"));
            below = above;
        }
        areas
    }

    /// The band from the low to the high end of each day to come. `None` if a day has no range.
    fn band(&self) -> Option<String> {
        let range =
            |(x, expected): &(Across, Expected)| expected.range.map(|(least, most)| (*x, least, most));
        let ranges: Vec<_> = self.later.iter().map(range).collect::<Option<_>>()?;
        let start = core::iter::once(self.start);
        let mut outline = points(self.plot, start.chain(ranges.iter().map(|(x, _, most)| (*x, *most))));
        outline.extend(points(self.plot, ranges.iter().rev().map(|(x, least, _)| (*x, *least))));
        (!ranges.is_empty()).then(|| path(&outline) + "Z")
    }

    /// The area under a line, as a path in fractions of the plot's width and height.
    fn under(&self, line: &[(u32, u32)]) -> String {
        const PARTS: u32 = 10_000;
        let zero = self.plot.in_plot(Amount::ZERO);
        let corners = [(ACROSS, zero), (self.start.0.0, zero)];
        let part = |length: u32, whole: u32| {
            let parts = (length * PARTS).checked_div(whole).unwrap_or_default();
            format!("{}.{:04}", parts / PARTS, parts % PARTS)
        };
        let corner =
            |(x, y): &(u32, u32)| format!("{} {}", part(*x, ACROSS), part(*y, self.plot.height * 10));
        let outline: Vec<String> = line.iter().chain(&corners).map(corner).collect();
        format!("M{}Z", outline.join("L"))
    }
}
