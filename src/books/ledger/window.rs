//! One window: what two balances, and what the user declared between them, say of the time between.
//!
//! Knows rules L3 to L6. Does not know other windows.
//!
//! ```text
//!   per pool                nothing declared     declared
//!   granted  fell           spent                spent, less the expiry
//!            rose           open                 gift - rise - expiry
//!   paid     fell           spent                top-up + fall - refund
//!            rose           open                 top-up - rise - refund
//! ```

use crate::books::correction::Kind;
use crate::books::reading::{DrawOrder, Pools};
use crate::money::{Amount, Currency};
use crate::time::Span;

/// The time between two readings of a book, and what happened in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// From one reading to the next.
    pub span: Span,
    /// What was spent; at least so much where it is open or holds a reset.
    pub spend: Amount,
    /// How much of that was granted money; `None` where pools are not told apart.
    pub granted: Option<Amount>,
    /// What came in, as far as it shows or was declared.
    pub money_in: Amount,
    /// Granted money that expired, as declared.
    pub expired: Amount,
    /// Set where more may have been spent (rule L4).
    pub open: Option<Open>,
    /// Pools that fell to nothing or below, so that it is asked whether all of it was spent (rule L6).
    pub gone: Vec<EmptiedPool>,
    /// What its spend is read from.
    pub basis: Basis,
    /// A declaration that does not fit; the window is as if it had not been made.
    pub misfit: Option<Contradiction>,
}

/// What a window's spend is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The falls of a balance.
    Balance,
    /// The falls of a balance, and what the user declared.
    Declared,
    /// A counter's increase (rule L9).
    Counter,
    /// A counter that began anew: what it counted before is not known (rule L9).
    Reset,
}

/// The question that an open window asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// By how much the pools in question rose.
    pub rise: Amount,
    /// How much of it is granted money, where pools are known.
    pub granted: Amount,
    /// Likely top-ups, the likeliest first (rule L5). Never applied by themselves.
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

/// A pool that fell to nothing or below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptiedPool {
    /// What else than spend it may have been: an expiry or a refund.
    pub kind: Kind,
    /// How much was there before.
    pub fall: Amount,
}

/// A declaration that would make a spend negative, with its arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// What was declared.
    pub kind: Kind,
    /// Money in, as declared, less money out, as declared.
    pub declared: Amount,
    /// By how much the pool changed; a fall is negative.
    pub change: Amount,
}

impl Contradiction {
    /// What the spend would be: below zero.
    pub fn spend(&self) -> Amount {
        self.declared - self.change
    }
}

/// What was declared in one window, summed by kind; `None` where nothing was.
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

/// One pool in one window, or all pools together where they are not told apart.
struct Pool {
    rise: Amount,
    spend: Amount,
    money_in: Amount,
    out: Amount,
    is_declared_in: bool,
    gone: Option<EmptiedPool>,
    misfit: Option<Contradiction>,
}

impl Pool {
    /// `into` and `out` are what was declared; each with its kind, for what is asked and refused.
    fn new(before: Amount, after: Amount, into: (Kind, Option<Amount>), out: (Kind, Option<Amount>)) -> Pool {
        let change = after - before;
        let (fall, rise) = ((-change).or_zero(), change.or_zero());
        // Below nothing too: a last call may overdraw what a refund left.
        let is_gone = before > Amount::ZERO && after <= Amount::ZERO && out.1.is_none();
        let gone = is_gone.then_some(EmptiedPool { kind: out.0, fall: before });
        let plain = Pool {
            rise,
            spend: fall,
            money_in: rise,
            out: Amount::ZERO,
            is_declared_in: false,
            gone,
            misfit: None,
        };
        let taken = out.1.unwrap_or_default();
        // Money that came in is known where it is declared; else only a fall says anything.
        let declared = into.1.unwrap_or(rise) - taken;
        let spend = declared - change;
        if spend.is_negative() {
            let kind = if into.1.is_some() { into.0 } else { out.0 };
            return Pool { misfit: Some(Contradiction { kind, declared, change }), ..plain };
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
    /// What two balances say of the time between them, with what was declared of it.
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
                // Granted money was there all along and is spent first: no paid money was touched (rule L4).
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
                all.out =
                    if all.misfit.is_none() { declared.expiry.unwrap_or_default() } else { Amount::ZERO };
                Window::of(span, &[all], Amount::ZERO, rise, declared, habits)
            }
        }
    }

    /// `pools` in the order granted, paid; or all in one.
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
            gone: pools.iter().filter_map(|pool| pool.gone).collect(),
            basis: if declared.is_any() { Basis::Declared } else { Basis::Balance },
            misfit: pools.iter().find_map(|pool| pool.misfit),
        }
    }

    /// What a counter counted in its time.
    pub(super) fn counted(span: Span, spend: Amount, basis: Basis) -> Window {
        Window {
            span,
            spend,
            granted: None,
            money_in: Amount::ZERO,
            expired: Amount::ZERO,
            open: None,
            gone: Vec::new(),
            basis,
            misfit: None,
        }
    }

    /// The part of its spend that falls into `span` (rule L7).
    pub fn share(&self, span: Span) -> Amount {
        self.span.share(self.spend, span)
    }

    /// What was likely spent: as booked, or where it is open as the first proposal has it, if that is more (rule F1). For
    /// forecasts, never for a booked figure.
    pub fn likely_spend(&self) -> Amount {
        self.likely_top_up().map_or(self.spend, |proposal| proposal.spend.max(self.spend))
    }

    /// The first proposal of an open window.
    pub fn likely_top_up(&self) -> Option<Proposal> {
        self.open.as_ref().and_then(|open| open.propose.first().copied())
    }

    /// Whether all that was spent in it is known.
    pub fn is_closed(&self) -> bool {
        self.open.is_none() && self.basis != Basis::Reset
    }

    /// Whether it asks the user anything.
    pub fn is_asking(&self) -> bool {
        self.open.is_some() || !self.gone.is_empty()
    }
}

/// The top-ups that a user makes in one currency.
pub(super) struct ConfirmedTopUps<'a> {
    pub(super) currency: Currency,
    /// Amounts confirmed before, of any currency.
    pub(super) confirmed: &'a [(Currency, Amount)],
}

impl ConfirmedTopUps<'_> {
    /// Top-ups that would explain `rise` (rule L5): the smallest not below it that was confirmed before, then the
    /// smallest usual one. None without a rise; none usual in a currency whose habits are not known.
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
