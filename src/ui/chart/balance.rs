//! A prepaid balance over the month: its readings, when money came in, where spend may be hidden, and its forecast.
//!
//! Knows how a balance is drawn and named. Does not know where its figures come from.

use maud::{Markup, html};

use crate::money::Amount;
use crate::time::{Day, Month, Span, Timestamp};
use crate::ui::chart::amounts::{Amounts, Expected};
use crate::ui::chart::day::Slot;
use crate::ui::chart::legend::{Swatch, legend};
use crate::ui::chart::plot::{ACROSS, Across, Plot, Present, Px, area, hatching, path, points};
use crate::ui::chart::scale::Scale;
use crate::ui::chart::stack::Hue;
use crate::ui::chart::table::{Row, table};
use crate::ui::chart::words::Words;

/// The height of the plot in pixels.
const HEIGHT: u32 = 150;
/// Readings closer than this are one point: about half a pixel.
const NEAR: u32 = ACROSS / 1_500;
/// The width that a label needs.
const LABEL: u32 = ACROSS * 20 / 100;
/// The width on a narrow page; a label with less is left out there.
const NARROW_LABEL: u32 = ACROSS * 45 / 100;
/// The distance of a label's baseline above the line, in tenths of a pixel.
const ABOVE: u32 = 60;
/// The distance below the line.
const BELOW: u32 = 150;
/// A date does not fit to the right of this position.
const EDGE: u32 = ACROSS * 84 / 100;

/// The side of the arrow on which its label is.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// Money that came in.
#[derive(Clone, Debug)]
pub struct MoneyIn {
    /// The reading that showed it.
    pub at: Timestamp,
    /// Its label: `Topped up $10.00`, or without the amount while amounts are hidden.
    pub label: String,
}

/// When a balance runs out.
#[derive(Clone, Debug)]
pub struct RunsOut {
    /// The day, as written where the line meets zero: `Nov 28`.
    pub day: String,
    /// The sentence for the legend, with the range: `Runs out around Nov 28 (Nov 27–30)`.
    pub sentence: String,
}

/// A prepaid balance over the month.
#[derive(Clone)]
pub struct BalanceChart<'a> {
    /// The chart's id on its page; the ids of its parts begin with it.
    pub id: &'a str,
    /// The chart's name for a screen reader.
    pub label: &'a str,
    /// The account's color.
    pub hue: Hue,
    /// The month.
    pub month: Month,
    /// The current time, within this month.
    pub now: Timestamp,
    /// Whether amounts are shown.
    pub amounts: Amounts,
    /// The last reading before the month and the month's readings, in order of time.
    pub readings: &'a [(Timestamp, Amount)],
    /// The balance now.
    pub left: Amount,
    /// When money came in, in order of time.
    pub money_in: &'a [MoneyIn],
    /// Where spend may be hidden.
    pub open: &'a [Span],
    /// The expected spend from now to the month's end; `None` if unknown.
    pub to_come: Option<Expected>,
    /// Credit that will expire unused before the last day of the month, in order of time.
    pub expires: &'a [(Timestamp, Amount)],
    /// When it runs out, if that is before the month's end.
    pub runs_out: Option<RunsOut>,
    /// The link of a day.
    pub href: &'a dyn Fn(Day) -> String,
    /// How a day is written.
    pub date: &'a dyn Fn(Day) -> String,
    /// The phrases.
    pub words: &'a Words,
}

impl BalanceChart<'_> {
    /// The chart with its legend and its table.
    pub fn draw(&self) -> Markup {
        let plot =
            Plot { scale: Scale::new(Amount::ZERO, self.highest()), amounts: self.amounts, height: HEIGHT };
        let hatch = format!("{}-hatch", self.id);
        html! {
            figure.graph id=(self.id) {
                svg class={ "plot " (plot.room()) } height=(plot.drawn_height()) role="group" aria-label=(self.label) data-roving {
                    defs { (hatching(&hatch)) }
                    (plot.grid())
                    (plot.dates(self.month))
                    @for span in self.open { (self.open(&plot, *span, &hatch)) }
                    (plot.stretched(&self.paths(&plot)))
                    (plot.today(self.x(self.now), Present::Named(self.words.today)))
                    @for day in self.month.span().days() { (self.day(day)) }
                    (self.labels(&plot))
                }
                (legend(&self.entries(&hatch)))
                @if self.amounts != Amounts::Hidden { (self.table()) }
            }
        }
    }

    /// The position of a time in the month; a time outside is placed at the nearer edge.
    fn x(&self, at: Timestamp) -> Across {
        let month = self.month.span();
        let part = (u64::from(ACROSS) * at.since(month.from)).checked_div(month.ms()).unwrap_or_default();
        Across(u32::try_from(part).unwrap_or(ACROSS).min(ACROSS))
    }

    fn open(&self, plot: &Plot, span: Span, hatch: &str) -> Markup {
        let (from, to) = (self.x(span.from), self.x(span.to));
        let width = Across(to.0.saturating_sub(from.0).max(ACROSS / 200));
        html! {
            rect.forecast x=(from) y=(plot.upper_edge()) width=(width) height=(HEIGHT) fill={ "url(#" (hatch) ")" } aria-hidden="true" {}
        }
    }

    fn paths(&self, plot: &Plot) -> Markup {
        let line = self.line(plot);
        let now = (self.x(self.now), self.left);
        let to_end = |spend: Amount| self.falls(spend).into_iter();
        html! {
            path class={ "faint " (self.hue.class()) } d=(area(plot, &line)) {}
            @if let Some((least, most)) = self.to_come.and_then(|to_come| to_come.range) {
                @let outline = core::iter::once(now).chain(to_end(least)).chain(to_end(most).rev());
                path class={ "fainter " (self.hue.class()) } d={ (path(&points(plot, outline))) "Z" } {}
            }
            @if let Some(to_come) = self.to_come {
                @let fall = core::iter::once(now).chain(to_end(to_come.amount));
                path class={ "line dashed " (self.hue.class()) } d=(path(&points(plot, fall))) {}
            }
            path class={ "line " (self.hue.class()) } d=(path(&line)) {}
        }
    }

    /// The line through the readings. A rise is vertical, because money comes in at once; a fall is even between two readings.
    fn line(&self, plot: &Plot) -> Vec<(u32, u32)> {
        let mut line: Vec<(u32, u32)> = Vec::new();
        let mut is_replaceable = false;
        for (at, total) in self.readings {
            let (x, y) = (self.x(*at).0, plot.in_plot(*total));
            let last = line.last().copied();
            match last {
                Some((_, above)) if y < above => {
                    line.extend([(x, above), (x, y)]);
                    is_replaceable = false;
                }
                Some((near, _)) if is_replaceable && x < near + NEAR => {
                    line.pop();
                    line.push((near, y));
                }
                _ => {
                    line.push((x, y));
                    is_replaceable = last.is_some();
                }
            }
        }
        line.push((self.x(self.now).0, plot.in_plot(self.left)));
        line
    }

    /// The forecast line for this spend until the month's end. Once the balance is empty, it continues along zero. Expiring
    /// credit is a vertical fall.
    fn falls(&self, spend: Amount) -> Vec<(Across, Amount)> {
        let now = self.x(self.now).0;
        let (mut from, mut level, mut falls) = (now, self.left, Vec::new());
        let ends = self.expires.iter().map(|(at, amount)| (self.x(*at).0.max(now), *amount));
        for (to, expires) in ends.chain([(ACROSS, Amount::ZERO)]) {
            let (part, whole) = (u64::from(to.saturating_sub(from)), u64::from(ACROSS.saturating_sub(now)));
            let spent = spend.times(part, whole).unwrap_or_default();
            if spent > level {
                let empty = from + level.along(spent, to.saturating_sub(from));
                falls.extend([(Across(empty), Amount::ZERO), (Across(ACROSS), Amount::ZERO)]);
                return falls;
            }
            level = level - spent;
            falls.push((Across(to), level));
            if !expires.is_zero() {
                level = (level - expires).or_zero();
                falls.push((Across(to), level));
            }
            from = to;
        }
        falls
    }

    /// The labels of money that came in, and the day on which the balance runs out. If two labels would overlap, the later is
    /// left out; a label that would cross the present is placed before its arrow.
    fn labels(&self, plot: &Plot) -> Markup {
        let labels = self.places();
        let falls = self.to_come.map(|to_come| self.falls(to_come.amount)).unwrap_or_default();
        let empty = falls.into_iter().find(|(_, level)| level.is_zero()).map(|(x, _)| x);
        html! {
            g aria-hidden="true" {
                @for (money_in, place) in self.money_in.iter().zip(labels) {
                    @let (x, y) = (self.x(money_in.at), Px(plot.y(self.balance_at(money_in.at)).0.saturating_sub(50)));
                    text.arrow x=(x) y=(y) { "▲" }
                    @match place {
                        None => {},
                        Some((class, Side::After)) => text class=(class) x=(x) y=(self.clear_after(plot, x)) dx="8" { (money_in.label) },
                        Some((class, Side::Before)) => text class=(class) x=(x) y=(self.clear_before(plot, x)) dx="-8" { (money_in.label) },
                    }
                }
                @if let (Some(x), Some(runs_out)) = (empty, &self.runs_out) {
                    @let (class, shift) = if x.0 > EDGE { ("tick strong before", "-8") } else { ("tick strong", "8") };
                    text class=(class) x=(x) y=(plot.y(Amount::ZERO)) dx=(shift) dy="-6" { (runs_out.day) }
                }
            }
        }
    }

    /// The baseline of a label that begins here, above the line.
    fn clear_after(&self, plot: &Plot, at: Across) -> Px {
        let highest = self.amounts_between(at.0, at.0 + NARROW_LABEL).fold(Amount::ZERO, Amount::max);
        Px(plot.y(highest).0.saturating_sub(ABOVE))
    }

    /// The baseline of a label that ends here: below the line that falls to this point, or above it if there is no room.
    fn clear_before(&self, plot: &Plot, at: Across) -> Px {
        let from = at.0.saturating_sub(NARROW_LABEL);
        let lowest = self.amounts_between(from, at.0).fold(self.highest(), Amount::min);
        let below = plot.y(lowest).0 + BELOW;
        if below <= plot.y(Amount::ZERO).0 {
            return Px(below);
        }
        let highest = self.amounts_between(from, at.0).fold(Amount::ZERO, Amount::max);
        Px(plot.y(highest).0.saturating_sub(ABOVE))
    }

    fn highest(&self) -> Amount {
        self.readings.iter().fold(self.left, |highest, (_, total)| highest.max(*total))
    }

    /// The amounts at both ends of each part of the line between two positions.
    fn amounts_between(&self, from: u32, to: u32) -> impl Iterator<Item = Amount> {
        let now = (self.now, self.left);
        let later = self.readings.iter().skip(1).chain(core::iter::once(&now)).copied().collect::<Vec<_>>();
        let parts = self.readings.iter().copied().zip(later);
        let meets = move |(begins, ends): &((Timestamp, Amount), (Timestamp, Amount))| {
            self.x(begins.0).0 <= to && self.x(ends.0).0 >= from
        };
        parts.filter(meets).flat_map(|(begins, ends)| [begins.1, ends.1])
    }

    /// The position of each top-up's label, with its class.
    fn places(&self) -> Vec<Option<(&'static str, Side)>> {
        let now = self.x(self.now).0;
        let mut last: Option<u32> = None;
        let place = |money_in: &MoneyIn| {
            let at = self.x(money_in.at).0;
            let meets =
                |width: u32| last.is_some_and(|last| at < last + width) || (at < now && at + width > now);
            let place = match (meets(LABEL), meets(NARROW_LABEL)) {
                (false, false) => Some(("tick", Side::After)),
                (false, true) => Some(("tick crowded", Side::After)),
                (true, _) if last.is_none_or(|last| at > last + 2 * LABEL) && at > LABEL => {
                    Some(if at > NARROW_LABEL {
                        ("tick before", Side::Before)
                    } else {
                        ("tick before crowded", Side::Before)
                    })
                }
                (true, _) => None,
            };
            last = if place.is_some() { Some(at) } else { last };
            place
        };
        self.money_in.iter().map(place).collect()
    }

    /// The balance at a time.
    fn balance_at(&self, at: Timestamp) -> Amount {
        self.readings.iter().rev().find(|(read, _)| *read <= at).map_or(self.left, |(_, total)| *total)
    }

    /// The balance at the end of a day, or now; `None` before the first reading and after today.
    fn at_end(&self, day: Day) -> Option<Amount> {
        if day >= self.now.day() {
            return (day == self.now.day()).then_some(self.left);
        }
        self.readings.iter().rev().find(|(read, _)| *read <= day.span().to).map(|(_, total)| *total)
    }

    fn came_in(&self, day: Day) -> Vec<String> {
        self.money_in
            .iter()
            .filter(|money_in| money_in.at.day() == day)
            .map(|money_in| money_in.label.clone())
            .collect()
    }

    fn day(&self, day: Day) -> Markup {
        let date = (self.date)(day);
        let readout = match self.at_end(day) {
            Some(left) => self.amounts.money(left).map(|left| (self.words.left)(&left)),
            None if day < self.now.day() => self.amounts.currency().map(|_| self.words.no_data.to_owned()),
            None => None,
        };
        let readout = readout.map_or(date.clone(), |text| (self.words.dated)(&date, &text));
        let came_in = self.came_in(day);
        let name = if came_in.is_empty() {
            readout.clone()
        } else {
            readout.clone() + &(self.words.parts)(&came_in)
        };
        let slot = Slot {
            index: day.number() - 1,
            count: self.month.days(),
            href: self.at_end(day).is_some().then(|| (self.href)(day)),
            name: &name,
            readout: &readout,
            is_tab_stop: day == self.now.day(),
            height: HEIGHT,
        };
        slot.draw(&html! {})
    }

    fn entries<'b>(&'b self, hatch: &'b str) -> Vec<(Swatch<'b>, &'b str)> {
        let mut entries = vec![(Swatch::Filled(self.hue.class()), self.words.balance)];
        if self.to_come.is_some() {
            let name = self.runs_out.as_ref().map_or(self.words.forecast, |runs_out| &runs_out.sentence);
            entries.push((Swatch::Dashed(self.hue.class()), name));
        }
        if !self.open.is_empty() {
            entries.push((Swatch::Hatched(hatch), self.words.unconfirmed));
        }
        entries
    }

    fn table(&self) -> Markup {
        let days = self.month.span().days();
        let rows = days.filter_map(|day| {
            let left = self.amounts.money(self.at_end(day)?)?;
            Some(Row {
                head: (self.date)(day),
                cells: vec![left, self.came_in(day).join(", ")],
                is_forecast: false,
            })
        });
        let rows: Vec<Row> = rows.collect();
        let heads = [self.words.day, self.words.balance, self.words.top_ups];
        table(self.id, self.label, self.words, &heads, &rows)
    }
}
