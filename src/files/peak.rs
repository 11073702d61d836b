//! Finds the priced quantities of an export that were used in peak hours.
//!
//! Knows the prices of one model in one currency. A kind of token with two prices on one day has a peak price, the higher one. A
//! day with one price is compared with the days that have two. Knows no provider and no hours.

use std::collections::{BTreeMap, BTreeSet};

use crate::books::bill::Unit;
use crate::books::peak::PeakUse;
use crate::money::{Amount, Currency};
use crate::time::Day;

/// The quantities of one model, by kind and day and by the price of that day as written in the table.
#[derive(Default)]
pub(super) struct Quantities(BTreeMap<(Unit, Day), BTreeMap<Amount, Amount>>);

/// The prices of the days that have two prices.
#[derive(Default)]
struct Pairs {
    /// The lower price of each higher one.
    lower: BTreeMap<(Unit, Amount), Amount>,
    /// Every lower price.
    low: BTreeSet<(Unit, Amount)>,
}

/// The time at which a quantity was used, by its price.
enum When {
    OffPeak,
    /// In peak hours, with the price outside of them.
    Peak(Amount),
    Unknown,
}

/// The use of each day of an export.
pub(super) type PeakUses = BTreeMap<(Currency, Day), PeakUse>;

impl Quantities {
    /// Adds a quantity.
    pub(super) fn add(&mut self, unit: Unit, day: Day, price: Amount, quantity: Amount) {
        let known = self.0.entry((unit, day)).or_default().entry(price).or_default();
        *known = *known + quantity;
    }

    /// Adds the use of each day to `uses`, if any kind has two prices on one day. Each price is for `per` units.
    pub(super) fn add_to(&self, uses: &mut PeakUses, currency: Currency, per: u64) {
        let pairs = self.pairs();
        if pairs.low.is_empty() {
            return;
        }
        for ((unit, day), prices) in &self.0 {
            let used = uses.entry((currency, *day)).or_insert_with(|| PeakUse::none(currency, *day));
            for (price, quantity) in prices {
                let worth = |price: Amount| quantity.priced(price, per).unwrap_or_default();
                let amount = worth(*price);
                match pairs.when(*unit, *price, pair_of(prices)) {
                    When::OffPeak => used.off_peak = used.off_peak + amount,
                    When::Peak(low) => {
                        used.peak = used.peak + amount;
                        used.premium = used.premium + (amount - worth(low));
                    }
                    When::Unknown => used.unknown = used.unknown + amount,
                }
            }
        }
    }

    fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::default();
        for ((unit, _), prices) in &self.0 {
            if let Some((low, high)) = pair_of(prices) {
                pairs.lower.insert((*unit, high), low);
                pairs.low.insert((*unit, low));
            }
        }
        pairs
    }
}

impl Pairs {
    /// Classifies a quantity by its own price and the two prices of its day. A price that was the lower one on one day and the
    /// higher one on another decides nothing on a third.
    fn when(&self, unit: Unit, price: Amount, of_day: Option<(Amount, Amount)>) -> When {
        if let Some((low, high)) = of_day {
            return if price == high { When::Peak(low) } else { When::OffPeak };
        }
        match (self.lower.get(&(unit, price)), self.low.contains(&(unit, price))) {
            (Some(low), false) => When::Peak(*low),
            (None, true) => When::OffPeak,
            _ => When::Unknown,
        }
    }
}

/// The lower and the higher price of a day. `None` if there are fewer or more.
fn pair_of(prices: &BTreeMap<Amount, Amount>) -> Option<(Amount, Amount)> {
    let mut prices = prices.keys();
    let pair = (*prices.next()?, *prices.next()?);
    prices.next().is_none().then_some(pair)
}
