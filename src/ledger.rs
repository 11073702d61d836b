//! The ledger: the readings of one account become what was spent, window by window.
//!
//! Knows rules L1 to L4, L5's proposals, L7 and L8. Does not know what time costs next month (that is the forecast),
//! nor other accounts. Derivation is a pure function: the same readings give the same books in whatever order they
//! are given.
//!
//! ```text
//!   reading      reading      reading            per pool: a fall is spend, a rise is money in
//!   $20.00 ----- $17.50 ----- $26.10             a window with a rise is open where spend may hide behind it
//!     |  window    |  window    |
//!     |  $2.50     |  >= $0, open: rose $8.60
//! ```
//!
//! ```
//! use drawdown::ledger::derive;
//! use drawdown::money::Amount;
//! use drawdown::period::Timestamp;
//! use drawdown::reading::Spending;
//!
//! let readings = serde_json::from_str::<Vec<_>>(
//!     r#"[[1795330800000,"baseline",[{"balance":["USD","20.00"]}]], [1795334400000,"",[{"balance":["USD","17.50"]}]]]"#,
//! ).unwrap();
//! let ledger = derive(readings.iter(), Spending::InAnyOrder, Timestamp::from_ms(1795334400000));
//! assert_eq!(ledger.books[0].windows[0].spend, Amount::read("2.50").unwrap());
//! ```

use crate::figure::{Figure, Mark, Reason};
use crate::money::{Amount, Currency};
use crate::period::{MINUTE, Span, Timestamp};
use crate::reading::{Observed, Pools, Reading, Role, Spending, in_order};

/// How far a stored reading may lie ahead of the clock before it counts as taken by a wrong one (rule L8).
pub const CLOCK_SLACK: u64 = 10 * MINUTE;

/// What the readings of one account come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One book per currency, in the order of their codes; currencies never meet here (rule L1).
    pub books: Vec<Book>,
    /// How many observations were left out because their clock ran ahead (rule L8).
    pub set_aside: usize,
}

/// One account in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Its currency.
    pub currency: Currency,
    /// When its first known reading was taken. Nothing before it is claimed (rule L2).
    pub since: Timestamp,
    /// When its last reading was taken.
    pub until: Timestamp,
    /// What was left then.
    pub left: Pools,
    /// The times between readings, in order, never overlapping.
    pub windows: Vec<Window>,
}

/// The time between two readings of a book, and what happened in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// From one reading to the next.
    pub span: Span,
    /// What was spent; at least so much where it is open.
    pub spend: Amount,
    /// What came in, as far as it shows.
    pub money_in: Amount,
    /// Set where more may have been spent (rule L4).
    pub open: Option<Open>,
}

/// The question that an open window asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// By how much the pools in question rose.
    pub rise: Amount,
    /// Likely answers, the likeliest first (rule L5). Never applied by themselves.
    pub propose: Vec<Proposal>,
}

/// A top-up that would explain a rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The money that was paid in.
    pub top_up: Amount,
    /// The window's spend if that was so.
    pub spend: Amount,
}

/// Derives the books of one account from all that it told, as it is known at `now`.
///
/// Readings are ordered by their time; of two at one time the first given counts (rule L8).
pub fn derive<'a>(
    observations: impl IntoIterator<Item = &'a Observed>,
    spending: Spending,
    now: Timestamp,
) -> Ledger {
    let mut ledger = Ledger::default();
    for observed in in_order(observations.into_iter()) {
        if is_ahead(observed, now) {
            ledger.set_aside += 1;
            continue;
        }
        for Reading::Balance(balance) in &observed.readings {
            let (currency, at, left) = (balance.currency, observed.at, balance.pools);
            match ledger.books.binary_search_by_key(&currency, |book| book.currency) {
                Ok(place) => ledger
                    .books
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|book| book.follow(observed, left, spending)),
                Err(place) => ledger
                    .books
                    .insert(place, Book { currency, since: at, until: at, left, windows: Vec::new() }),
            }
        }
    }
    ledger
}

/// Whether an observation was taken by a clock that ran ahead (rule L8).
pub fn is_ahead(observed: &Observed, now: Timestamp) -> bool {
    observed.role == Role::Aside || observed.at > now.plus(CLOCK_SLACK)
}

impl Book {
    fn follow(&mut self, observed: &Observed, pools: Pools, spending: Spending) {
        let span = Span { from: self.until, to: observed.at };
        if span.ms() == 0 {
            return;
        }
        if observed.role != Role::Baseline {
            self.windows.push(window(span, self.left, pools, self.currency, spending));
        }
        self.until = observed.at;
        self.left = pools;
    }

    /// The windows that share time with `span`.
    pub fn windows_in(&self, span: Span) -> impl Iterator<Item = &Window> {
        let first = self.windows.partition_point(|window| window.span.to <= span.from);
        self.windows.iter().skip(first).take_while(move |window| window.span.from < span.to)
    }

    /// What was spent in `span`, by the share of each window in it (rule L7). Unknown where nothing was observed.
    pub fn spend(&self, span: Span) -> Figure {
        let mut windows = self.windows_in(span).peekable();
        if windows.peek().is_none() {
            return Figure::unknown([Reason::Unread]);
        }
        let mut spend = Figure::of(Amount::ZERO, Mark::Approximate, [Reason::Derived]);
        for window in windows {
            spend.amount = spend.amount.map(|sum| sum + window.share(span));
            if window.open.is_some() {
                spend.lower(Reason::Open);
            }
            if window.span.overlap(span) != window.span {
                spend.weaken(Mark::Approximate, Reason::Spread);
            }
        }
        spend
    }

    /// Milliseconds of `span` that lie between readings, in windows that `counts` accepts.
    pub fn observed(&self, span: Span, counts: impl Fn(&Window) -> bool) -> u64 {
        self.windows_in(span)
            .filter(|window| counts(window))
            .map(|window| window.span.overlap(span).ms())
            .sum()
    }

    /// What came in during `span`, as far as it shows; a window's money counts where the window ends (rule L5).
    pub fn money_in(&self, span: Span) -> Amount {
        let ends_in = |window: &&Window| window.span.to <= span.to && window.span.to > span.from;
        self.windows_in(span).filter(ends_in).map(|window| window.money_in).sum()
    }
}

impl Window {
    /// The part of its spend that falls into `span`: the difference of two cumulative shares (rule L7).
    pub fn share(&self, span: Span) -> Amount {
        self.share_of(self.spend, span)
    }

    /// The part of its likeliest spend that falls into `span`: as booked, or where it is open as the first proposal
    /// has it, if that is more (rule F1). For forecasts, never for a booked figure.
    pub fn likely_share(&self, span: Span) -> Amount {
        self.share_of(self.likely_spend(), span)
    }

    /// What was likely spent: see [`Window::likely_share`].
    pub fn likely_spend(&self) -> Amount {
        self.likely_top_up().map_or(self.spend, |proposal| proposal.spend.max(self.spend))
    }

    /// The first proposal of an open window.
    pub fn likely_top_up(&self) -> Option<Proposal> {
        self.open.as_ref().and_then(|open| open.propose.first().copied())
    }

    fn share_of(&self, spend: Amount, span: Span) -> Amount {
        let part = self.span.overlap(span);
        let until = |moment: Timestamp| spend.share(moment.since(self.span.from), self.span.ms());
        until(part.to) - if part.from == self.span.from { Amount::ZERO } else { until(part.from) }
    }
}

/// Rules L3 and L4: what two readings say of the time between them.
fn window(span: Span, before: Pools, after: Pools, currency: Currency, spending: Spending) -> Window {
    let fall = |from: Amount, to: Amount| (from - to).or_zero();
    // A pool whose rise may hide spend is `asked`; `paid` is the one that a top-up goes into.
    let (spend, money_in, asked, paid_rise, granted_fall) = match (before, after) {
        (
            Pools::Split { granted, topped_up },
            Pools::Split { granted: granted_after, topped_up: paid_after },
        ) => {
            let (granted_fall, granted_rise) = (fall(granted, granted_after), fall(granted_after, granted));
            let (paid_fall, paid_rise) = (fall(topped_up, paid_after), fall(paid_after, topped_up));
            // Granted money was there all along and is spent first: no paid money was touched.
            let is_paid_untouched =
                spending == Spending::GrantedFirst && granted_rise.is_zero() && granted_after > Amount::ZERO;
            let asked_paid = if is_paid_untouched { Amount::ZERO } else { paid_rise };
            let money_in = granted_rise + paid_rise;
            (granted_fall + paid_fall, money_in, granted_rise + asked_paid, asked_paid, granted_fall)
        }
        _ => {
            let (before, after) = (before.total(), after.total());
            let rise = fall(after, before);
            (fall(before, after), rise, rise, rise, Amount::ZERO)
        }
    };
    let open = (!asked.is_zero()).then(|| Open {
        rise: asked,
        propose: usual_top_up(paid_rise, currency)
            .map(|top_up| Proposal { top_up, spend: granted_fall + top_up - paid_rise })
            .into_iter()
            .collect(),
    });
    Window { span, spend, money_in, open }
}

/// The smallest usual top-up of a currency that is not below `rise` (rule L5). `None` without a rise, and for a
/// currency whose habits are not known.
fn usual_top_up(rise: Amount, currency: Currency) -> Option<Amount> {
    let usual: &[u32] = match currency.code() {
        "USD" => &[2, 5, 10, 20, 50, 100, 200, 500],
        "CNY" => &[10, 20, 50, 100, 200, 500],
        _ => return None,
    };
    let usual = usual.iter().map(|units| Amount::whole(*units)).find(|top_up| *top_up >= rise);
    (!rise.is_zero()).then(|| usual.unwrap_or_else(|| rise.up_to_multiple(Amount::whole(100))))
}
