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
    /// The expected amount.
    pub figure: Figure,
    /// The lowest state of the books in it.
    pub state: State,
    /// The fewest observed milliseconds of the books in it.
    pub observed: u64,
    /// Accounts that it leaves out, because their burn is not known.
    pub left_out: Vec<AccountId>,
    /// The plans in it that are not charged yet.
    pub plans: Amount,
    /// The fewest whole days, of the last 28, of the books in it.
    pub whole_days: u32,
    /// Its range in 80 of 100 cases, if the pace stays the same (rule F5).
    pub range: Option<Range>,
}

/// The range of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Its low end, never below what is already spent.
    pub low: Amount,
    /// Its high end.
    pub high: Amount,
}

impl Range {
    /// `half` to each side of `middle`, but not below `spent`. It always contains `middle`.
    pub(super) fn around(middle: Amount, half: Amount, spent: Amount) -> Range {
        Range { low: (middle - half).max(spent).min(middle), high: middle + half }
    }
}

impl Forecast {
    /// What is `spent`, plus `ms` more at this burn, but no less than what is already `known`.
    pub(super) fn new(
        pace: Option<&(Burn, Interval)>,
        ms: u64,
        spent: Option<&Figure>,
        known: Amount,
    ) -> Forecast {
        let Some((burn, interval)) = pace else {
            return Forecast::plain(Figure::unknown([Reason::Gathering]), State::Gathering, 0);
        };
        // An unknown spend does not make the forecast unknown.
        let spent = spent.into_iter().filter(|spent| spent.amount.is_some());
        let mut figure = Figure::sum(spent.chain([&burn.figure(ms)]));
        figure.amount = figure.amount.map(|amount| amount.max(known));
        let range =
            figure.amount.zip(interval.half(ms)).map(|(amount, half)| Range::around(amount, half, known));
        let plain = Forecast::plain(figure, burn.state(), burn.observed);
        Forecast { whole_days: interval.days, range, ..plain }
    }

    /// A forecast without a range, plans or accounts left out.
    pub(super) fn plain(figure: Figure, state: State, observed: u64) -> Forecast {
        let (left_out, plans) = (Vec::new(), Amount::ZERO);
        Forecast { figure, state, observed, left_out, plans, whole_days: 0, range: None }
    }
}
