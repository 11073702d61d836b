//! A [`Figure`]: a number, its mark and its reasons (rule L14).
//!
//! Knows how marks combine in a sum. Does not know how a figure is computed or shown.
//!
//! ```
//! use drawdown::books::figure::{Figure, Mark, Reason};
//! use drawdown::money::Amount;
//!
//! let derived = Figure::new(Amount::whole(3), Mark::Approximate, [Reason::Derived]);
//! let sum = Figure::sum([&derived, &Figure::unknown([Reason::Unread])]);
//! assert_eq!((sum.amount, sum.mark), (Some(Amount::whole(3)), Mark::Floor));
//! ```

use serde::{Serialize, Serializer};

use crate::money::Amount;

/// The certainty of a number, from exact to unknown. A number shows at most one glyph: none, `*`, `≥`, or a dash in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Billed, counted, imported, or entered as a plan.
    Exact,
    /// Derived from balances, declared, or converted.
    Approximate,
    /// At least this amount: something is known to be missing.
    Floor,
    /// Nothing is known, which is not zero.
    Unknown,
}

/// The reasons for a mark. The pages have one sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Derived from the falls of a balance.
    Derived,
    /// Computed with the user's declarations (rules L5 and L6).
    Declared,
    /// Money that was added may hide spend (rule L4).
    Open,
    /// A pool was emptied, and its fall counts as spent until the user says otherwise (rule L6).
    #[serde(rename = "gone")]
    EmptiedPool,
    /// A counter was reset (rule L9).
    Reset,
    /// A window across the edge of the month was divided evenly over its time (rule L7).
    Spread,
    /// Converted at a rate that the settings show.
    Converted,
    /// A currency without a rate is left out of the sum (rule L1).
    NotConverted,
    /// Some stored readings were damaged.
    Lost,
    /// An account was not read for three intervals or a day.
    Stale,
    /// No two readings enclose any of this time.
    Unread,
    /// Nothing is billed yet for this time (rule L10).
    NotBilled,
    /// A part of the sum is not known yet.
    Missing,
    /// Less than a day was observed, so the forecast can only be low (rule F4).
    Early,
    /// There is no second reading in the last seven days, so there is no forecast (rule F4).
    Gathering,
    /// The forecast assumes a usual top-up in an open window (rule F1).
    Assumed,
    /// A balance that the user typed, minus the bills since then.
    ManualFigure,
    /// Days between the typed or imported ones are missing.
    Gap,
    /// A billed item has no amount.
    Unpriced,
    /// A bill gives a part of a window, and the rest of the window was divided evenly over its time (rule L11).
    BesideBill,
}

/// A set of reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reasons(u32);

impl Reasons {
    /// These reasons and one more.
    #[must_use]
    pub fn with(self, reason: Reason) -> Reasons {
        Reasons(self.0 | Reasons::bit(reason))
    }

    /// These reasons without one.
    #[must_use]
    pub fn without(self, reason: Reason) -> Reasons {
        Reasons(self.0 & !Reasons::bit(reason))
    }

    /// The reasons of both.
    #[must_use]
    pub fn and(self, other: Reasons) -> Reasons {
        Reasons(self.0 | other.0)
    }

    /// The reasons, in the order of [`Reason`].
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        ALL.into_iter().filter(move |reason| self.0 & Reasons::bit(*reason) != 0)
    }

    /// Encodes the set for storage: one bit for each reason, by its position in [`Reason`].
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Decodes a stored set. Bits that this version does not know are ignored.
    pub fn from_bits(bits: u32) -> Reasons {
        ALL.into_iter().filter(|reason| bits & Reasons::bit(*reason) != 0).collect()
    }

    /// Whether the set contains a reason.
    pub fn has(self, reason: Reason) -> bool {
        self.has_any(&[reason])
    }

    /// Whether the set contains any of these reasons.
    fn has_any(self, others: &[Reason]) -> bool {
        others.iter().any(|reason| self.0 & Reasons::bit(*reason) != 0)
    }

    /// Whether a figure may be too high: an emptied pool counts as spent until the user answers, an assumed top-up may
    /// be too large, and the bill beside a window's even share may have more of the window.
    pub fn may_be_high(self) -> bool {
        self.has_any(&[Reason::EmptiedPool, Reason::Assumed, Reason::BesideBill])
    }

    /// Whether a figure may be too low, because something is known to be missing.
    pub fn may_be_low(self) -> bool {
        self.has_any(&[
            Reason::Open,
            Reason::Reset,
            Reason::NotConverted,
            Reason::Lost,
            Reason::Stale,
            Reason::Missing,
            Reason::Early,
            Reason::Gathering,
            Reason::Gap,
            Reason::Unpriced,
        ])
    }

    fn bit(reason: Reason) -> u32 {
        1 << ALL.iter().position(|other| *other == reason).unwrap_or_default()
    }
}

/// The order of [`Reason`]. Storage relies on it ([`Reasons::bits`]), so a new reason is added at the end of both.
const ALL: [Reason; 20] = [
    Reason::Derived,
    Reason::Declared,
    Reason::Open,
    Reason::EmptiedPool,
    Reason::Reset,
    Reason::Spread,
    Reason::Converted,
    Reason::NotConverted,
    Reason::Lost,
    Reason::Stale,
    Reason::Unread,
    Reason::NotBilled,
    Reason::Missing,
    Reason::Early,
    Reason::Gathering,
    Reason::Assumed,
    Reason::ManualFigure,
    Reason::Gap,
    Reason::Unpriced,
    Reason::BesideBill,
];

impl FromIterator<Reason> for Reasons {
    fn from_iter<I: IntoIterator<Item = Reason>>(reasons: I) -> Reasons {
        reasons.into_iter().fold(Reasons::default(), Reasons::with)
    }
}

impl Serialize for Reasons {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

/// A number, its mark and its reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The amount; `None` exactly when the mark is unknown.
    pub amount: Option<Amount>,
    /// The certainty of the amount.
    pub mark: Mark,
    /// The reasons for the mark, in the order of [`Reason`].
    pub reasons: Reasons,
}

impl Mark {
    /// Encodes the mark for storage.
    pub fn number(self) -> u32 {
        match self {
            Mark::Exact => 0,
            Mark::Approximate => 1,
            Mark::Floor => 2,
            Mark::Unknown => 3,
        }
    }

    /// Decodes a stored mark. `None` for any other number.
    pub fn from_number(number: u32) -> Option<Mark> {
        [Mark::Exact, Mark::Approximate, Mark::Floor, Mark::Unknown]
            .into_iter()
            .find(|mark| mark.number() == number)
    }
}

impl Figure {
    /// A known number.
    pub fn new(amount: Amount, mark: Mark, reasons: impl IntoIterator<Item = Reason>) -> Figure {
        Figure { amount: Some(amount), mark, reasons: reasons.into_iter().collect() }
    }

    /// An unknown number, with its reasons.
    pub fn unknown(reasons: impl IntoIterator<Item = Reason>) -> Figure {
        Figure { amount: None, mark: Mark::Unknown, reasons: reasons.into_iter().collect() }
    }

    /// The sum. It is "at least" if a part is "at least" or unknown, unless another part may be too high. It is unknown
    /// only if every part is.
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Figure>) -> Figure {
        let (mut is_any_unknown, mut amount, mut mark) = (false, None::<Amount>, Mark::Exact);
        let mut reasons = Reasons::default();
        for part in parts {
            match part.amount {
                Some(known) => {
                    amount = Some(amount.unwrap_or_default() + known);
                    mark = mark.max(part.mark);
                }
                None => is_any_unknown = true,
            }
            reasons = reasons.and(part.reasons);
        }
        let mut sum = Figure { amount, mark, reasons }.bounded();
        if sum.amount.is_none() {
            sum.mark = Mark::Unknown;
        } else if is_any_unknown {
            sum.lower(Reason::Missing);
        }
        sum
    }

    /// Marks the figure "at least", with one more reason. An unknown figure stays unknown.
    pub fn lower(&mut self, reason: Reason) {
        self.weaken(Mark::Floor, reason);
    }

    /// Makes the figure no more certain than `mark`, with one more reason. An unknown figure stays unknown.
    pub fn weaken(&mut self, mark: Mark, reason: Reason) {
        self.add_doubt(mark, Reasons::default().with(reason));
    }

    /// Makes the figure no more certain than `mark`, with more reasons. An unknown figure stays unknown.
    pub fn add_doubt(&mut self, mark: Mark, reasons: Reasons) {
        self.mark = if self.amount.is_none() { Mark::Unknown } else { self.mark.max(mark) };
        self.reasons = self.reasons.and(reasons);
        *self = self.bounded();
    }

    /// "At least" is never too high, so a figure that may be too high in one part and too low in another is approximate
    /// (rule L14).
    #[must_use]
    pub fn bounded(self) -> Figure {
        let is_mixed = self.mark == Mark::Floor && self.reasons.may_be_high();
        Figure { mark: if is_mixed { Mark::Approximate } else { self.mark }, ..self }
    }
}
