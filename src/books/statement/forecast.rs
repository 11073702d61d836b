//! A forecast with its range, of one book or of the total (rules F2, F3 and F5).
//!
//! Does not know how a pace is measured: that is `books::forecast`.

use crate::books::figure::{Figure, Reason};
use crate::books::forecast::{Burn, Interval, State};
use crate::books::reading::AccountId;
use crate::money::Amount;

/// A figure about the future.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// What to expect.
    pub figure: Figure,
    /// The least that it stands on.
    pub state: State,
    /// The fewest milliseconds observed among what it stands on.
    pub observed: u64,
    /// Accounts that it leaves out, because nothing is known of their pace.
    pub left_out: Vec<AccountId>,
    /// Plans in it that are not charged yet.
    pub plans: Amount,
    /// The fewest whole days observed, of the last 28, among what it stands on.
    pub whole_days: u32,
    /// Between what it stays in 80 of 100 cases, if the present pace goes on (rule F5).
    pub range: Option<Range>,
}

/// The range of a figure about the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Its low end, never below what is spent.
    pub low: Amount,
    /// Its high end.
    pub high: Amount,
}

impl Range {
    /// So much to both sides, but not below what is spent. It always holds its middle.
    pub(super) fn around(middle: Amount, half: Amount, spent: Amount) -> Range {
        Range { low: (middle - half).max(spent).min(middle), high: middle + half }
    }
}

impl Forecast {
    /// What is `spent` plus `ms` more at this pace, but no less than what is already `known`.
    pub(super) fn new(
        pace: Option<&(Burn, Interval)>,
        ms: u64,
        spent: Option<&Figure>,
        known: Amount,
    ) -> Forecast {
        let Some((burn, spread)) = pace else {
            return Forecast::alone(Figure::unknown([Reason::Gathering]), State::Gathering, 0);
        };
        // Of a month of which nothing is known yet all lies ahead.
        let spent = spent.into_iter().filter(|spent| spent.amount.is_some());
        let mut figure = Figure::sum(spent.chain([&burn.figure(ms)]));
        figure.amount = figure.amount.map(|lands| lands.max(known));
        let range = figure.amount.zip(spread.half(ms)).map(|(lands, half)| Range::around(lands, half, known));
        let told = Forecast::alone(figure, burn.state(), burn.observed);
        Forecast { whole_days: spread.days, range, ..told }
    }

    /// A figure with no more to say of it.
    pub(super) fn alone(figure: Figure, state: State, observed: u64) -> Forecast {
        let (left_out, plans) = (Vec::new(), Amount::ZERO);
        Forecast { figure, state, observed, left_out, plans, whole_days: 0, range: None }
    }
}
