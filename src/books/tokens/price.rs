//! Prices of tokens, as exports report them or as the user enters them.
//!
//! Knows how a price is stored, and when it agrees with a bill. Does not know the cost of anything.

use serde::{Deserialize, Serialize};

use crate::books::bill::Unit;
use crate::money::{Amount, Currency, Money};
use crate::time::Day;

/// Prices are for this many tokens.
pub const MILLION: u64 = 1_000_000;

/// The price of a million units, from the latest export. It is stored as one text without a line end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Price {
    /// The model, as in [`crate::books::bill::Line::name`].
    pub name: String,
    /// The unit that is counted.
    pub unit: Unit,
    /// The price of a million units.
    pub price: Money,
    /// The last day with this price.
    pub on: Day,
}

/// The units that have a price, with their stored names.
const UNITS: [(Unit, &str); 4] =
    [(Unit::CacheHit, "hit"), (Unit::CacheMiss, "miss"), (Unit::Input, "in"), (Unit::Output, "out")];

impl TryFrom<String> for Price {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Price, &'static str> {
        Price::parse(&text).ok_or("no price")
    }
}

impl From<Price> for String {
    fn from(price: Price) -> String {
        price.to_text().unwrap_or_default()
    }
}

impl Price {
    /// The stored text, without a line end. `None` for a unit that has no price.
    pub fn to_text(&self) -> Option<String> {
        let Price { name, unit, price: Money { amount, currency }, on } = self;
        let (_, unit) = UNITS.iter().find(|(other, _)| other == unit)?;
        Some(format!("{on} {unit} {currency} {amount} {name}"))
    }

    /// Parses the stored text. `None` for anything else.
    pub fn parse(text: &str) -> Option<Price> {
        let (on, text) = text.split_once(' ')?;
        let (unit, text) = text.split_once(' ')?;
        let (currency, text) = text.split_once(' ')?;
        let (amount, name) = text.split_once(' ')?;
        let price =
            Money { amount: Amount::parse_stored(amount).ok()?, currency: Currency::parse(currency)? };
        let (unit, _) = UNITS.iter().find(|(_, name)| *name == unit)?;
        Some(Price { name: name.to_owned(), unit: *unit, price, on: Day::parse(on)? })
    }

    /// Whether both are prices of the same unit of the same model.
    pub fn is_of(&self, other: &Price) -> bool {
        (&self.name, self.unit, self.price.currency) == (&other.name, other.unit, other.price.currency)
    }
}

/// The price of a million of a model's unit.
pub fn price_of(prices: &[Price], name: &str, unit: Unit, currency: Currency) -> Option<Amount> {
    let is_it =
        |price: &&Price| (price.name.as_str(), price.unit, price.price.currency) == (name, unit, currency);
    prices.iter().find(is_it).map(|price| price.price.amount)
}

/// Whether the amount computed from prices agrees with the billed amount within a tenth. Costs are rounded, and a price may
/// change within a day.
pub fn is_borne_out(worth: Amount, billed: Amount) -> bool {
    let apart = (worth - billed).max(billed - worth);
    billed > Amount::ZERO && apart.times(10, 1).is_some_and(|apart| apart <= billed)
}

/// The prices of tokens: of one model, or as the user entered them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenPrices {
    /// The currency.
    pub currency: Currency,
    /// The price of a million uncached input tokens.
    pub input: Amount,
    /// The price of a million input tokens from the cache, if it is known.
    pub cached: Option<Amount>,
    /// The price of a million output tokens.
    pub output: Amount,
    /// The day of the oldest of these prices; `None` if the user entered them.
    pub on: Option<Day>,
}

impl TokenPrices {
    /// The prices of a model. `None` without a price for its input and one for its output.
    pub fn find(prices: &[Price], name: &str, currency: Currency) -> Option<TokenPrices> {
        let price = |unit| price_of(prices, name, unit, currency);
        let is_its = |price: &&Price| price.name == name && price.price.currency == currency;
        Some(TokenPrices {
            currency,
            input: price(Unit::CacheMiss).or_else(|| price(Unit::Input))?,
            cached: price(Unit::CacheHit),
            output: price(Unit::Output)?,
            on: prices.iter().filter(is_its).map(|price| price.on).min(),
        })
    }
}
