//! Ways to spend less, computed from a month's own numbers.
//!
//! Knows quantities, their bills, and the user's own prices. Gives no advice about a model with prices that do not agree with its
//! bills, none if a number is missing, and none that saves less than a hundredth of the month's cost. The savings of several
//! pieces of advice do not add up.

use crate::books::bill::{Unit, Usage};
use crate::books::tokens::price::{MILLION, Price, is_borne_out, price_of};
use crate::money::{Amount, Currency};

/// The percentage of cached input that long prompts with a common beginning reach.
pub const GOAL_OF_HITS: u64 = 80;
/// The assumed shortening of answers, in percent.
pub const SHORTER: u64 = 20;
/// The percentage of a model's cost from which its output is worth advice.
const MUCH_OUTPUT: u64 = 50;
/// The smallest saving that is worth advice, in percent of the month's cost.
const LEAST: u64 = 1;
/// The most pieces of advice.
const MOST: usize = 3;

/// One way to spend less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The model.
    pub model: String,
    /// The amount that would have been saved; never negative.
    pub saving: Amount,
    /// The way to save, with its numbers.
    pub what: What,
}

/// A way to spend less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The same input, with [`GOAL_OF_HITS`] percent from the cache.
    Cached {
        /// The percentage that came from the cache.
        hits: u64,
    },
    /// Output, including reasoning, shorter by [`SHORTER`] percent.
    Shorter {
        /// The output's percentage of the model's cost.
        output: u64,
    },
    /// The same tokens with another model that was used too.
    Other {
        /// The other model.
        model: String,
        /// This model's percentage of the month's cost.
        cost: u64,
        /// This model's percentage of the month's requests.
        requests: u64,
    },
}

/// The advice for one book's month, the largest saving first.
pub fn advice(
    usage: &[Usage],
    lines: &[(String, Amount)],
    prices: &[Price],
    currency: Currency,
) -> Vec<Advice> {
    let month = MonthUse { usage, lines, prices, currency };
    let least = month.cost().times(LEAST, 100).unwrap_or_default();
    let mut all: Vec<Advice> = Vec::new();
    for line in lines {
        let Some(worth) = month.known_worth(line).filter(|_| least > Amount::ZERO) else { continue };
        for advice in [month.cached(&line.0), month.shorter(&line.0, worth), month.other(line, worth)] {
            let Some(advice) = advice.filter(|advice| advice.saving >= least) else { continue };
            let place = all.iter().take_while(|other| other.saving >= advice.saving).count();
            all.insert(place, advice);
            all.truncate(MOST);
        }
    }
    all
}

/// The numbers of the month.
struct MonthUse<'a> {
    usage: &'a [Usage],
    lines: &'a [(String, Amount)],
    prices: &'a [Price],
    currency: Currency,
}

impl MonthUse<'_> {
    fn cost(&self) -> Amount {
        self.lines.iter().map(|(_, billed)| *billed).sum()
    }

    fn quantity(&self, name: &str, unit: Unit) -> Option<Amount> {
        let is_it = |usage: &&Usage| usage.unit == unit && usage.name == name;
        self.usage.iter().find(is_it).map(|usage| usage.quantity)
    }

    fn price(&self, name: &str, unit: Unit) -> Option<Amount> {
        price_of(self.prices, name, unit, self.currency)
    }

    /// The cost of one model's tokens at the prices of the model `at`. `None` if a price is missing.
    fn worth(&self, name: &str, at: &str) -> Option<Amount> {
        let tokens = self.usage.iter().filter(|usage| usage.name == name && usage.unit != Unit::Requests);
        let worth = |usage: &Usage| match usage.quantity {
            quantity if quantity.is_zero() => Some(quantity),
            quantity if quantity.is_negative() => None,
            quantity => quantity.priced(self.price(at, usage.unit)?, MILLION),
        };
        tokens.map(worth).sum()
    }

    /// The cost of a line's tokens at its own prices, if it agrees with the bill.
    fn known_worth(&self, (name, billed): &(String, Amount)) -> Option<Amount> {
        self.worth(name, name).filter(|worth| is_borne_out(*worth, *billed))
    }

    fn cached(&self, name: &str) -> Option<Advice> {
        let hits = self.quantity(name, Unit::CacheHit).unwrap_or_default();
        let input = hits + self.quantity(name, Unit::CacheMiss)?;
        let less = self.price(name, Unit::CacheMiss)? - self.price(name, Unit::CacheHit)?;
        let more = input.times(GOAL_OF_HITS, 100)? - hits;
        let saving = more.priced(less.or_zero(), MILLION)?;
        Some(Advice { model: name.to_owned(), saving, what: What::Cached { hits: percent(hits, input)? } })
    }

    fn shorter(&self, name: &str, worth: Amount) -> Option<Advice> {
        let output = self.quantity(name, Unit::Output)?.priced(self.price(name, Unit::Output)?, MILLION)?;
        let share = percent(output, worth).filter(|share| *share >= MUCH_OUTPUT)?;
        let saving = output.times(SHORTER, 100)?;
        Some(Advice { model: name.to_owned(), saving, what: What::Shorter { output: share } })
    }

    /// The cheapest other model for the same tokens, if this one has a larger share of the cost than of the requests.
    fn other(&self, (name, billed): &(String, Amount), worth: Amount) -> Option<Advice> {
        let requests = self.quantity(name, Unit::Requests)?;
        let all = self.usage.iter().filter(|usage| usage.unit == Unit::Requests);
        let all = all.map(|usage| usage.quantity).sum();
        let (cost, requests) = (percent(*billed, self.cost())?, percent(requests, all)?);
        let others = self.lines.iter().filter(|other| other.0 != *name && self.known_worth(other).is_some());
        let (at_other, other) =
            others.filter_map(|(other, _)| Some((self.worth(name, other)?, other))).min()?;
        let what = What::Other { model: other.clone(), cost, requests };
        (cost > requests).then(|| Advice { model: name.clone(), saving: (worth - at_other).or_zero(), what })
    }
}

/// A percentage rounded down, so that a share is never shown before it is reached.
fn percent(part: Amount, whole: Amount) -> Option<u64> {
    part.over(whole)?.of_whole(100)
}
