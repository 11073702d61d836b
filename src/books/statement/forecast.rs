//! A forecast with its range, of one book or of the total (rules F2, F3 and F5).
//!
//! Does not know how a pace is measured: `books::forecast` does.

use crate::books::figure::{Figure, Reason};
use crate::books::forecast::{Outlook, State};
use crate::books::reading::AccountId;
use crate::money::Amount;
use crate::time::{DAY, Day};

/// A forecast amount.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The expected amount.
    pub figure: Figure,
    /// The lowest state of the books.
    pub state: State,
    /// The fewest observed milliseconds of the books.
    pub observed: u64,
    /// The fewest days behind a book's forecast, rounded up: at most 7 for next month, at most 28 for this month.
    pub days_behind: u64,
    /// The accounts left out, because their burn is not known.
    pub left_out: Vec<AccountId>,
    /// The included plans that are not charged yet.
    pub plans: Amount,
    /// The fewest whole days of a book, among the last 28.
    pub whole_days: u32,
    /// The range in 80 of 100 cases (rule F5).
    pub range: Option<Range>,
    /// The part that is not spent yet, without plans.
    pub(super) ahead: Ahead,
}

/// The month to date at the end of a day ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayEnd {
    /// The UTC day.
    pub(super) day: Day,
    /// The expected amount by then.
    pub(super) to_date: Amount,
    /// The range of that amount.
    pub(super) range: Option<Range>,
}

/// Spend that is still ahead.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ahead {
    /// The time ahead, in milliseconds.
    pub(super) ms: u64,
    /// The expected amount.
    pub(super) expected: Amount,
}

/// The range of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The low end, never below the spend so far.
    pub low: Amount,
    /// The high end.
    pub high: Amount,
}

impl Range {
    /// A range of `half` on each side of `middle`, but not below `spent`. It always contains `middle`.
    pub(super) fn around(middle: Amount, half: Amount, spent: Amount) -> Range {
        Range { low: (middle - half).max(spent).min(middle), high: middle + half }
    }
}

impl Forecast {
    /// The `spent` amount plus the amount `expected` in the next `ms`, but at least the amount already `known`. `days_behind` is
    /// the number of days behind the expectation.
    pub(super) fn new(
        outlook: &Outlook,
        ms: u64,
        (expected, days_behind): (Figure, u64),
        spent: Option<&Figure>,
        known: Amount,
    ) -> Forecast {
        // An unknown spend does not make the forecast unknown.
        let spent = spent.into_iter().filter(|spent| spent.amount.is_some());
        let mut figure = Figure::sum(spent.chain([&expected]));
        figure.amount = figure.amount.map(|amount| amount.max(known));
        let expected = expected.amount.unwrap_or_default();
        let half = outlook.interval.half(ms, expected);
        let range = figure.amount.zip(half).map(|(amount, half)| Range::around(amount, half, known));
        let plain = Forecast::plain(figure, outlook.burn.state(), outlook.burn.observed);
        let (whole_days, ahead) = (outlook.interval.days, Ahead { ms, expected });
        Forecast { days_behind, whole_days, range, ahead, ..plain }
    }

    /// A forecast of a book without recent observations.
    pub(super) fn gathering() -> Forecast {
        Forecast::plain(Figure::unknown([Reason::Gathering]), State::Gathering, 0)
    }

    /// A forecast without a range, plans or left-out accounts.
    pub(super) fn plain(figure: Figure, state: State, observed: u64) -> Forecast {
        let (left_out, plans, ahead) = (Vec::new(), Amount::ZERO, Ahead::default());
        let (days_behind, whole_days) = (observed.div_ceil(DAY), 0);
        Forecast { figure, state, observed, days_behind, left_out, plans, whole_days, range: None, ahead }
    }
}
