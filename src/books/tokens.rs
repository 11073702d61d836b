//! Tokens: how many a text has by DeepSeek's published rule, and what they cost at the prices of the user's own export.
//!
//! Knows the rule (about 0.3 tokens for an English character and 0.6 for a Chinese one, see
//! <https://api-docs.deepseek.com/quick_start/token_usage>) and which characters it does not cover. Contains no prices:
//! they change, so they come from an export or from the user.
//!
//! ```
//! use drawdown::books::tokens::{Count, count};
//!
//! assert_eq!(count("Hello, 世界!"), Some(Count { tokens: 4, unknown: 0 }));
//! assert_eq!(count("Привет"), Some(Count { tokens: 0, unknown: 6 }));
//! ```

mod advice;

pub use advice::{Advice, GOAL_OF_HITS, SHORTER, What, advice};

use serde::{Deserialize, Serialize};

use crate::books::bill::Unit;
use crate::money::{Amount, Currency, Money};
use crate::time::Day;

/// The longest text that is counted, in bytes.
pub const MOST_TEXT: usize = 1 << 20;
/// Prices are for this many tokens.
pub const MILLION: u64 = 1_000_000;

/// Tenths of a token for an English and for a Chinese character.
const ENGLISH: u64 = 3;
const CHINESE: u64 = 6;

/// How many tokens a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// By the rule, rounded up.
    pub tokens: u64,
    /// How many of its characters the rule does not cover. They are not counted as tokens.
    pub unknown: u64,
}

/// Counts the tokens of a text. `None` if it is longer than [`MOST_TEXT`].
pub fn count(text: &str) -> Option<Count> {
    if text.len() > MOST_TEXT {
        return None;
    }
    let (mut tenths, mut unknown) = (0_u64, 0_u64);
    for sign in text.chars() {
        match sign {
            // Letters, digits, spaces and punctuation, including typographic quotes and dashes.
            '\0'..='\u{7f}' | '\u{2010}'..='\u{2027}' => tenths += ENGLISH,
            _ if is_chinese(sign) => tenths += CHINESE,
            _ => unknown += 1,
        }
    }
    Some(Count { tokens: tenths.div_ceil(10), unknown })
}

/// Whether a character belongs to Chinese text: an ideograph, or a full-width sign.
fn is_chinese(sign: char) -> bool {
    matches!(sign,
        '\u{3000}'..='\u{303f}'       // signs such as 。 and 「
        | '\u{3400}'..='\u{4dbf}'     // ideographs, extension A
        | '\u{4e00}'..='\u{9fff}'     // ideographs
        | '\u{f900}'..='\u{faff}'     // ideographs kept for compatibility
        | '\u{ff01}'..='\u{ff5e}'     // full-width letters and signs such as ，
        | '\u{20000}'..='\u{323af}') // ideographs, the further extensions
}

/// The price of a million of something, as in the latest export. It is stored as one text without a line end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Price {
    /// The model, as in [`crate::books::bill::Line::name`].
    pub name: String,
    /// What is counted.
    pub unit: Unit,
    /// For a million.
    pub price: Money,
    /// The last day with this price.
    pub on: Day,
}

/// The units that have a price, and how they are written.
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
    /// As one text without a line end. `None` for a unit that has no price.
    pub fn to_text(&self) -> Option<String> {
        let Price { name, unit, price: Money { amount, currency }, on } = self;
        let (_, unit) = UNITS.iter().find(|(other, _)| other == unit)?;
        Some(format!("{on} {unit} {currency} {amount} {name}"))
    }

    /// Parses such a text. `None` for anything else.
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

    /// Whether both are the price of the same thing.
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

/// Whether the amount by prices agrees with the billed amount to a tenth. Costs are rounded, and a price may change
/// within a day.
pub fn is_borne_out(worth: Amount, billed: Amount) -> bool {
    let apart = (worth - billed).max(billed - worth);
    billed > Amount::ZERO && apart.times(10, 1).is_some_and(|apart| apart <= billed)
}

/// The prices of tokens: of one model, or as the user entered them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenPrices {
    /// In which currency.
    pub currency: Currency,
    /// For a million uncached tokens of input.
    pub input: Amount,
    /// For a million tokens of input from the cache, if it is known.
    pub cached: Option<Amount>,
    /// For a million tokens of output.
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

/// The cost of a text and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The tokens of the text.
    pub count: Count,
    /// Tokens of the answer, including those of reasoning.
    pub answer: u64,
    /// At which prices.
    pub terms: TokenPrices,
}

impl Estimate {
    /// The cost if none of the text is cached.
    pub fn cost(&self) -> Amount {
        self.at(self.terms.input)
    }

    /// The cost if all of it is cached, if that price is known and lower.
    pub fn cost_if_cached(&self) -> Option<Amount> {
        self.terms.cached.filter(|cached| *cached < self.terms.input).map(|cached| self.at(cached))
    }

    fn at(&self, input: Amount) -> Amount {
        let of = |tokens, price: Amount| price.times(tokens, MILLION).unwrap_or_default();
        of(self.count.tokens, input) + of(self.answer, self.terms.output)
    }
}
