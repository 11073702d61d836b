//! Charts, drawn by the core as SVG: the month's spend, the last months, a balance, and the small line of 30 days.
//!
//! Knows how figures are drawn, named for a screen reader and listed in a table. Does not know where a figure comes from: each
//! chart is a function of a plain struct that its caller fills.
//!
//! A chart is as wide as its card. Horizontal positions are in percent, so that text and heights keep their size in pixels and a
//! chart is legible at 320 and at 1,200 px. Paths cannot use percent; they are in an inner SVG that stretches. Colors, strokes
//! and margins are classes of `extension/charts.css`, because the content policy refuses inline style.
//!
//! Each day is one link inside an element with `data-roving`: one tab stop, in which the arrow keys move.
//!
//! ```
//! use drawdown::money::Amount;
//! use drawdown::ui::chart::Scale;
//!
//! let scale = Scale::new(Amount::ZERO, Amount::parse("12.60").unwrap());
//! let ticks: Vec<String> = scale.ticks().iter().map(Amount::to_string).collect();
//! assert_eq!(ticks, ["0", "5", "10", "15"]);
//! ```

mod amounts;
mod balance;
mod cumulative;
mod day;
mod legend;
pub(crate) mod line;
mod plot;
mod scale;
mod spark;
mod spend;
mod stack;
mod table;
mod words;
mod year;

pub use amounts::{Amounts, Expected};
pub use balance::{BalanceChart, MoneyIn, RunsOut};
pub use scale::Scale;
pub use spark::spark;
pub use spend::{DayAhead, Mode, SpendChart};
pub use stack::{Hue, Series, SeriesKind, hues};
pub use words::{CHINESE, ENGLISH, Words, words};
pub use year::{MonthBar, YearChart};

pub(crate) use line::chart;
