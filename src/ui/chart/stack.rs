//! The stack of a chart: at most eight series, in the order given, each with its color.

use crate::books::figure::Figure;
use crate::money::Amount;
use crate::order::{distinct, in_order};
use crate::time::Day;
use crate::ui::chart::words::Words;

/// More colors than these cannot be told apart.
const MOST: usize = 8;
/// The neutral color of subscriptions.
const LAST: usize = MOST - 1;

/// The spend of an account, or of all subscriptions, by day.
#[derive(Clone, Debug)]
pub struct Series {
    /// The name in the legend.
    pub name: String,
    /// The source of the spend.
    pub kind: SeriesKind,
    /// The days on which it was tracked, ascending. A missing day is not part of that day's total; a day with an unknown figure
    /// makes the total "at least".
    pub days: Vec<(Day, Figure)>,
}

/// The source of a series' spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesKind {
    /// One account.
    Account,
    /// All subscriptions: stacked on top, and never joined with others.
    Subscriptions,
}

/// One of the eight colors of `charts.css`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hue(usize);

impl Hue {
    /// The class of this color: `s0` to `s7`.
    pub fn class(self) -> &'static str {
        ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"].get(self.0).unwrap_or(&"s7")
    }
}

/// One layer of the stack.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) hue: Hue,
    pub(crate) name: String,
    pub(crate) days: Vec<(Day, Figure)>,
}

impl Layer {
    /// The figure of a day; `None` if it was not tracked.
    pub(crate) fn on(&self, day: Day) -> Option<&Figure> {
        let place = self.days.binary_search_by_key(&day, |(day, _)| *day).ok()?;
        self.days.get(place).map(|(_, figure)| figure)
    }
}

/// The layer of a series: its own, or the one that joins the rest.
enum Place {
    Own,
    Joined,
    Subscriptions,
}

/// The color of each series, for lists next to the chart. Accounts that the chart joins share one color.
pub fn hues(series: &[Series]) -> Vec<Hue> {
    let places = places(series);
    let own = places.iter().filter(|place| matches!(place, Place::Own)).count();
    let mut next = 0..own;
    let hue = |place: &Place| match place {
        Place::Own => Hue(next.next().unwrap_or(own)),
        Place::Joined => Hue(own),
        Place::Subscriptions => Hue(LAST),
    };
    places.iter().map(hue).collect()
}

/// The layers from bottom to top: accounts in the order given, then the joined layer, then subscriptions.
pub(crate) fn layers(series: &[Series], words: &Words) -> Vec<Layer> {
    let (places, hues) = (places(series), hues(series));
    let (mut layers, mut joined, mut on_top) = (Vec::new(), Vec::new(), Vec::new());
    for ((series, place), hue) in series.iter().zip(&places).zip(hues) {
        let layer = Layer { hue, name: series.name.clone(), days: series.days.clone() };
        match place {
            Place::Own => layers.push(layer),
            Place::Joined => joined.push(layer),
            Place::Subscriptions => on_top.push(layer),
        }
    }
    layers.extend(join(&joined, words));
    layers.extend(on_top);
    layers
}

fn places(series: &[Series]) -> Vec<Place> {
    let is_account = |series: &&Series| series.kind == SeriesKind::Account;
    let accounts = series.iter().filter(is_account).count();
    let room = MOST - usize::from(accounts < series.len());
    let totals = series
        .iter()
        .enumerate()
        .filter(|(_, series)| is_account(series))
        .map(|(place, series)| (total(series), place));
    let totals = in_order(totals, |(one, _), (other, _)| other.cmp(one));
    let own = if accounts <= room { room } else { room - 1 };
    let largest: Vec<usize> = totals.into_iter().take(own).map(|(_, place)| place).collect();
    let place = |(place, series): (usize, &Series)| match series.kind {
        SeriesKind::Subscriptions => Place::Subscriptions,
        SeriesKind::Account if largest.contains(&place) => Place::Own,
        SeriesKind::Account => Place::Joined,
    };
    series.iter().enumerate().map(place).collect()
}

fn total(series: &Series) -> Amount {
    series.days.iter().filter_map(|(_, figure)| figure.amount).sum()
}

/// One layer for many small accounts.
fn join(layers: &[Layer], words: &Words) -> Option<Layer> {
    let first = layers.first()?;
    let days = distinct(layers.iter().flat_map(|layer| layer.days.iter().map(|(day, _)| *day)));
    let sum = |day: Day| (day, Figure::sum(layers.iter().filter_map(|layer| layer.on(day))));
    let days = days.into_iter().map(sum).collect();
    Some(Layer { hue: first.hue, name: (words.other)(layers.len()), days })
}
