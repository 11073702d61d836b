//! The prices in a table of quantities, checked against the costs, and the use in peak hours at these prices.
//!
//! A price may be for one token or for a million. The costs decide: the sum of quantities times prices of a model equals its
//! billed amount on the same days, or a million times that. If it equals neither, these prices were not paid, and none is kept.
//! Knows no provider. Only DeepSeek's export has prices today, but they can be checked only after all tables are merged.

use crate::books::bill::{Bill, Unit};
use crate::books::peak::PeakUse;
use crate::books::tokens::{MILLION, Price, is_borne_out};
use crate::files::peak::{PeakUses, Quantities};
use crate::money::{Amount, Currency, Money};
use crate::time::Day;

/// The quantities times prices of each model, in order of name and currency.
#[derive(Default)]
pub(super) struct Prices(Vec<Priced>);

struct Priced {
    name: String,
    currency: Currency,
    /// The sum of quantities times prices, as written in the table.
    worth: Amount,
    /// The days of the quantities, in order.
    days: Vec<Day>,
    /// The price of each unit on its last day. If that day has two, the higher one, which has no discount.
    last: Vec<(Unit, Amount, Day)>,
    /// The quantities used at each price.
    quantities: Quantities,
}

impl Prices {
    /// Adds a quantity of one day and its price.
    pub(super) fn add(
        &mut self,
        (name, unit): (&str, Unit),
        (currency, day): (Currency, Day),
        quantity: Amount,
        price: Amount,
    ) {
        let place = self.place(name, currency).unwrap_or_else(|place| {
            let (name, worth, quantities) = (name.to_owned(), Amount::ZERO, Quantities::default());
            let priced = Priced { name, currency, worth, days: Vec::new(), last: Vec::new(), quantities };
            self.0.insert(place, priced);
            place
        });
        let Some(priced) = self.0.get_mut(place) else { return };
        priced.worth = priced.worth + quantity.priced(price, 1).unwrap_or_default();
        priced.quantities.add(unit, day, price, quantity);
        if let Err(place) = priced.days.binary_search(&day) {
            priced.days.insert(place, day);
        }
        match priced.last.iter_mut().find(|(known, _, _)| *known == unit) {
            Some((_, last, on)) => (*on, *last) = (*on, *last).max((day, price)),
            None => priced.last.push((unit, price, day)),
        }
    }

    /// The prices of a million, for each model with costs that agree with them, and the use in peak hours at these prices.
    pub(super) fn confirmed(self, bills: &[Bill]) -> (Vec<Price>, Vec<PeakUse>) {
        let mut billed = vec![Amount::ZERO; self.0.len()];
        for bill in bills {
            for line in &bill.lines {
                let Ok(place) = self.place(&line.name, bill.currency) else { continue };
                let is_priced =
                    self.0.get(place).is_some_and(|priced| priced.days.binary_search(&bill.day).is_ok());
                if let Some(sum) = billed.get_mut(place).filter(|_| is_priced) {
                    *sum = *sum + line.amount;
                }
            }
        }
        let (mut prices, mut uses) = (Vec::new(), PeakUses::new());
        for (priced, billed) in self.0.into_iter().zip(billed) {
            priced.for_a_million(billed, &mut prices, &mut uses);
        }
        (prices, uses.into_values().collect())
    }

    fn place(&self, name: &str, currency: Currency) -> Result<usize, usize> {
        self.0.binary_search_by(|priced| (priced.name.as_str(), priced.currency).cmp(&(name, currency)))
    }
}

impl Priced {
    fn for_a_million(self, billed: Amount, prices: &mut Vec<Price>, uses: &mut PeakUses) {
        let worth_per_million = self.worth.times(1, MILLION).unwrap_or_default();
        let factor = if is_borne_out(self.worth, billed) {
            MILLION
        } else if is_borne_out(worth_per_million, billed) {
            1
        } else {
            return;
        };
        self.quantities.add_to(uses, self.currency, MILLION / factor);
        for (unit, price, on) in self.last {
            if let Some(amount) = price.times(factor, 1) {
                let price = Money { amount, currency: self.currency };
                prices.push(Price { name: self.name.clone(), unit, price, on });
            }
        }
    }
}
