//! The prices beside quantities, held against the costs.
//!
//! Knows that a price may be for one token or for a million, and that the costs tell which: what the priced quantities of
//! a model come to is what it was billed on the same days, or a million times as much. Where it is neither, the prices are
//! not those that were paid, and none is kept.

use crate::books::bill::{Bill, Unit};
use crate::books::tokens::{MILLION, Price, is_borne_out};
use crate::money::{Amount, Currency, Money};
use crate::time::Day;

/// What the priced quantities of each model come to, by name and currency.
#[derive(Default)]
pub(super) struct Prices(Vec<Priced>);

struct Priced {
    name: String,
    currency: Currency,
    /// Quantities times prices, as they stand.
    worth: Amount,
    /// The days of them, in order.
    days: Vec<Day>,
    /// The price of each unit on the last of its days; of two on one day the dearer, which no discount lowers.
    last: Vec<(Unit, Amount, Day)>,
}

impl Prices {
    /// Adds a quantity of one day at its price.
    pub(super) fn add(
        &mut self,
        (name, unit): (&str, Unit),
        (currency, day): (Currency, Day),
        quantity: Amount,
        price: Amount,
    ) {
        let place = self.place(name, currency).unwrap_or_else(|place| {
            let (name, worth) = (name.to_owned(), Amount::ZERO);
            self.0.insert(place, Priced { name, currency, worth, days: Vec::new(), last: Vec::new() });
            place
        });
        let Some(priced) = self.0.get_mut(place) else { return };
        priced.worth = priced.worth + quantity.priced(price, 1).unwrap_or_default();
        if let Err(place) = priced.days.binary_search(&day) {
            priced.days.insert(place, day);
        }
        match priced.last.iter_mut().find(|(known, _, _)| *known == unit) {
            Some((_, last, on)) => (*on, *last) = (*on, *last).max((day, price)),
            None => priced.last.push((unit, price, day)),
        }
    }

    /// The prices for a million, of each model whose costs bear them out.
    pub(super) fn borne_out(self, bills: &[Bill]) -> Vec<Price> {
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
        let mut prices = Vec::new();
        for (priced, billed) in self.0.into_iter().zip(billed) {
            priced.for_a_million(billed, &mut prices);
        }
        prices
    }

    fn place(&self, name: &str, currency: Currency) -> Result<usize, usize> {
        self.0.binary_search_by(|priced| (priced.name.as_str(), priced.currency).cmp(&(name, currency)))
    }
}

impl Priced {
    fn for_a_million(self, billed: Amount, prices: &mut Vec<Price>) {
        let of_a_million = self.worth.times(1, MILLION).unwrap_or_default();
        let up = match () {
            () if is_borne_out(self.worth, billed) => MILLION,
            () if is_borne_out(of_a_million, billed) => 1,
            () => return,
        };
        for (unit, price, on) in self.last {
            if let Some(amount) = price.times(up, 1) {
                let price = Money { amount, currency: self.currency };
                prices.push(Price { name: self.name.clone(), unit, price, on });
            }
        }
    }
}
