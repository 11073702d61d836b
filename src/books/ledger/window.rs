//! One window: the changes between two balances, explained by the user's declarations.
//!
//! Knows rules L3 to L6, and the mark that they give a window (rule L14). Does not know other windows.
//!
//! ```text
//!   per pool                nothing declared     declared
//!   granted  fell           spent                spent, less the expiry
//!            rose           open                 gift - rise - expiry
//!   paid     fell           spent                top-up + fall - refund
//!            rose           open                 top-up - rise - refund
//! ```

use crate::books::correction::Kind;
use crate::books::figure::{Figure, Mark, Reason};
use crate::books::reading::{DrawOrder, Pools};
use crate::money::{Amount, Currency};
use crate::time::Span;

/// The time between two readings of a book, and the changes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The time from one reading to the next.
    pub span: Span,
    /// The spend; at least this amount if the window is open or contains a reset.
    pub spend: Amount,
    /// The granted part of the spend; `None` if only the total is known.
    pub granted: Option<Amount>,
    /// The money added, as far as it is visible or declared.
    pub money_in: Amount,
    /// The granted money that expired, as declared.
    pub expired: Amount,
    /// Set if more may have been spent (rule L4).
    pub open: Option<Open>,
    /// Pools that fell to zero or below. The page asks whether all of it was spent (rule L6).
    pub emptied: Vec<EmptiedPool>,
    /// The basis of the spend.
    pub basis: Basis,
    /// A declaration that contradicts the readings. The window is computed without it.
    pub contradiction: Option<Contradiction>,
}

/// The basis of a window's spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The falls of a balance.
    Balance,
    /// The falls of a balance, and the user's declarations.
    Declared,
    /// A counter's increase (rule L9).
    Counter,
    /// A counter that was reset: its count before the reset is not known (rule L9).
    Reset,
}

/// The question about an open window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The rise of the pools in question.
    pub rise: Amount,
    /// The granted part of the rise, if pools are known.
    pub granted: Amount,
    /// Likely top-ups, the most likely first (rule L5). They are never applied automatically.
    pub propose: Vec<Proposal>,
}

/// A top-up that would explain a rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The money that was paid in.
    pub top_up: Amount,
    /// The window's spend with this top-up.
    pub spend: Amount,
}

/// A pool that fell to zero or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptiedPool {
    /// The kind of change that the fall may have been instead of spend: an expiry or a refund.
    pub kind: Kind,
    /// The amount in the pool before.
    pub fall: Amount,
}

/// A declaration that would make the spend negative, with the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The declared kind.
    pub kind: Kind,
    /// The declared money in, minus the declared money out.
    pub declared: Amount,
    /// The change of the pool; a fall is negative.
    pub change: Amount,
}

impl Contradiction {
    /// The spend that would result, which is below zero.
    pub fn spend(&self) -> Amount {
        self.declared - self.change
    }
}

/// The declarations in one window, summed by kind; `None` for a kind without any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Declarations {
    pub(super) top_up: Option<Amount>,
    pub(super) gift: Option<Amount>,
    pub(super) expiry: Option<Amount>,
    pub(super) refund: Option<Amount>,
}

impl Declarations {
    pub(super) fn add(&mut self, kind: Kind, amount: Amount) {
        let sum = match kind {
            Kind::TopUp => &mut self.top_up,
            Kind::Gift => &mut self.gift,
            Kind::Expiry => &mut self.expiry,
            Kind::Refund => &mut self.refund,
        };
        *sum = Some(sum.unwrap_or_default() + amount);
    }

    fn is_any(&self) -> bool {
        *self != Declarations::default()
    }
}

/// One pool in one window, or all pools together if only the total is known.
struct Pool {
    rise: Amount,
    spend: Amount,
    money_in: Amount,
    out: Amount,
    is_declared_in: bool,
    emptied: Option<EmptiedPool>,
    contradiction: Option<Contradiction>,
}

impl Pool {
    /// `into` and `out` are the declared sums, each with its kind for the question and the refusal.
    fn new(before: Amount, after: Amount, into: (Kind, Option<Amount>), out: (Kind, Option<Amount>)) -> Pool {
        let change = after - before;
        let (fall, rise) = ((-change).or_zero(), change.or_zero());
        // Below zero counts too: a last request may overdraw the rest of a refunded balance.
        let is_emptied = before > Amount::ZERO && after <= Amount::ZERO && out.1.is_none();
        let emptied = is_emptied.then_some(EmptiedPool { kind: out.0, fall: before });
        let plain = Pool {
            rise,
            spend: fall,
            money_in: rise,
            out: Amount::ZERO,
            is_declared_in: false,
            emptied,
            contradiction: None,
        };
        let taken = out.1.unwrap_or_default();
        // Without a declaration, the rise is exactly the money added.
        let declared = into.1.unwrap_or(rise) - taken;
        let spend = declared - change;
        if spend.is_negative() {
            let kind = if into.1.is_some() { into.0 } else { out.0 };
            return Pool { contradiction: Some(Contradiction { kind, declared, change }), ..plain };
        }
        Pool {
            spend,
            money_in: into.1.unwrap_or(rise),
            out: taken,
            is_declared_in: into.1.is_some(),
            ..plain
        }
    }
}

impl Window {
    /// The window between two balances, with the declarations in it.
    pub(super) fn between(
        span: Span,
        before: Pools,
        after: Pools,
        declared: Declarations,
        habits: &ConfirmedTopUps<'_>,
        draw_order: DrawOrder,
    ) -> Window {
        match (before, after) {
            (
                Pools::Split { granted, topped_up },
                Pools::Split { granted: granted_after, topped_up: topped_up_after },
            ) => {
                let gifts = Pool::new(
                    granted,
                    granted_after,
                    (Kind::Gift, declared.gift),
                    (Kind::Expiry, declared.expiry),
                );
                let paid = Pool::new(
                    topped_up,
                    topped_up_after,
                    (Kind::TopUp, declared.top_up),
                    (Kind::Refund, declared.refund),
                );
                // Granted money is used first and did not run out, so no paid money was used (rule L4).
                let is_untouched = draw_order == DrawOrder::GrantedFirst
                    && gifts.money_in.is_zero()
                    && granted_after > Amount::ZERO;
                let asked = |pool: &Pool| if pool.is_declared_in { Amount::ZERO } else { pool.rise };
                let granted = asked(&gifts);
                let topped_up = if is_untouched { Amount::ZERO } else { asked(&paid) };
                Window::of(span, &[gifts, paid], granted, topped_up, declared, habits)
            }
            _ => {
                let sum = |a: Option<Amount>, b: Option<Amount>| match (a, b) {
                    (None, None) => None,
                    (a, b) => Some(a.unwrap_or_default() + b.unwrap_or_default()),
                };
                let into = (Kind::TopUp, sum(declared.top_up, declared.gift));
                let out = (Kind::Refund, sum(declared.refund, declared.expiry));
                let mut all = Pool::new(before.total(), after.total(), into, out);
                let rise = if all.is_declared_in { Amount::ZERO } else { all.rise };
                all.out = if all.contradiction.is_none() {
                    declared.expiry.unwrap_or_default()
                } else {
                    Amount::ZERO
                };
                Window::of(span, &[all], Amount::ZERO, rise, declared, habits)
            }
        }
    }

    /// `pools` holds granted and paid money in this order, or only the total.
    fn of(
        span: Span,
        pools: &[Pool],
        granted: Amount,
        topped_up: Amount,
        declared: Declarations,
        habits: &ConfirmedTopUps<'_>,
    ) -> Window {
        let sum = |of: fn(&Pool) -> Amount| pools.iter().map(of).sum::<Amount>();
        let spend = sum(|pool| pool.spend);
        let rise = granted + topped_up;
        let open = (!rise.is_zero()).then(|| {
            let propose =
                habits.likely(topped_up).map(|top_up| Proposal { top_up, spend: spend + top_up - topped_up });
            Open { rise, granted, propose: propose.collect() }
        });
        Window {
            span,
            spend,
            granted: if let [gifts, _] = pools { Some(gifts.spend) } else { None },
            money_in: sum(|pool| pool.money_in),
            expired: pools.first().map_or(Amount::ZERO, |pool| pool.out),
            open,
            emptied: pools.iter().filter_map(|pool| pool.emptied).collect(),
            basis: if declared.is_any() { Basis::Declared } else { Basis::Balance },
            contradiction: pools.iter().find_map(|pool| pool.contradiction),
        }
    }

    /// The window between two readings of a counter.
    pub(super) fn counted(span: Span, spend: Amount, basis: Basis) -> Window {
        Window {
            span,
            spend,
            granted: None,
            money_in: Amount::ZERO,
            expired: Amount::ZERO,
            open: None,
            emptied: Vec::new(),
            basis,
            contradiction: None,
        }
    }

    /// The whole spend, with its mark and its reasons.
    pub fn figure(&self) -> Figure {
        let mut figure = Figure::new(Amount::ZERO, Mark::Exact, []);
        self.add_to(&mut figure, self.spend);
        figure
    }

    /// The part of the spend that falls into `span` (rule L7).
    pub fn share(&self, span: Span) -> Amount {
        self.span.share(self.spend, span)
    }

    /// Adds a share of the window to a figure, with its mark and its reasons. The caller marks a window that is cut.
    pub(super) fn add_to(&self, figure: &mut Figure, share: Amount) {
        figure.amount = figure.amount.map(|sum| sum + share);
        match self.basis {
            Basis::Balance => figure.weaken(Mark::Approximate, Reason::Derived),
            Basis::Declared => {
                figure.weaken(Mark::Approximate, Reason::Derived);
                figure.weaken(Mark::Approximate, Reason::Declared);
            }
            Basis::Counter => {}
            Basis::Reset => figure.lower(Reason::Reset),
        }
        if self.open.is_some() {
            figure.lower(Reason::Open);
        }
        if !self.emptied.is_empty() {
            figure.weaken(Mark::Approximate, Reason::EmptiedPool);
        }
    }

    /// The likely spend: the booked spend, or the spend by the first proposal if that is more (rule F1). For forecasts only,
    /// never for a booked figure.
    pub fn likely_spend(&self) -> Amount {
        self.likely_top_up().map_or(self.spend, |proposal| proposal.spend.max(self.spend))
    }

    /// The first proposal of an open window.
    pub fn likely_top_up(&self) -> Option<Proposal> {
        self.open.as_ref().and_then(|open| open.propose.first().copied())
    }

    /// Whether the whole spend is known.
    pub fn is_closed(&self) -> bool {
        self.open.is_none() && self.basis != Basis::Reset
    }

    /// Whether the window has a question for the user.
    pub fn is_asking(&self) -> bool {
        self.open.is_some() || !self.emptied.is_empty()
    }
}

/// The top-ups that a user confirmed, for one currency.
pub(super) struct ConfirmedTopUps<'a> {
    pub(super) currency: Currency,
    /// The confirmed amounts, in any currency.
    pub(super) confirmed: &'a [(Currency, Amount)],
}

impl ConfirmedTopUps<'_> {
    /// Top-ups that would explain `rise` (rule L5): the smallest confirmed one that is not below it, then the smallest usual one.
    /// There are none without a rise, and usual ones exist only in USD and CNY.
    fn likely(&self, rise: Amount) -> impl Iterator<Item = Amount> {
        let of_currency = self.confirmed.iter().filter(|(currency, _)| *currency == self.currency);
        let confirmed = of_currency.map(|(_, amount)| *amount).filter(|amount| *amount >= rise).min();
        let usual = self.usual(rise).filter(|usual| Some(*usual) != confirmed);
        confirmed.into_iter().chain(usual).filter(move |_| !rise.is_zero())
    }

    fn usual(&self, rise: Amount) -> Option<Amount> {
        let usual: &[u32] = match self.currency.code() {
            "USD" => &[2, 5, 10, 20, 50, 100, 200, 500],
            "CNY" => &[10, 20, 50, 100, 200, 500],
            _ => return None,
        };
        let fits = usual.iter().map(|units| Amount::whole(*units)).find(|top_up| *top_up >= rise);
        Some(fits.unwrap_or_else(|| rise.up_to_multiple(Amount::whole(100))))
    }
}
