//! Tokens: how many a text has, by DeepSeek's published rule, and what they cost at the prices of the user's own export.
//!
//! Knows the rule (about 0.3 tokens for an English character and 0.6 for a Chinese one, said at
//! <https://api-docs.deepseek.com/quick_start/token_usage>) and what it leaves open. Does not know any price of its own:
//! those change, and come from an export or from the user.
//!
//! ```
//! use drawdown::books::tokens::{Count, count};
//!
//! assert_eq!(count("Hello, 世界!"), Some(Count { tokens: 4, unknown: 0 }));
//! assert_eq!(count("Привет"), Some(Count { tokens: 0, unknown: 6 }));
//! ```

mod advice;

pub use advice::{Advice, GOAL_OF_HITS, SHORTER, What, advice};

use crate::books::bill::Unit;
use crate::money::{Amount, Currency, Money};
use crate::time::Day;

/// The longest text that is counted, in bytes.
pub const MOST_TEXT: usize = 1 << 20;
/// Prices are for a million.
pub const MILLION: u64 = 1_000_000;

/// Tenths of a token for an English and for a Chinese character.
const ENGLISH: u64 = 3;
const CHINESE: u64 = 6;

/// How many tokens a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// By the rule, rounded up.
    pub tokens: u64,
    /// How many of its characters the rule says nothing of; they are not among the tokens.
    pub unknown: u64,
}

/// Counts a text. `None` where it is longer than [`MOST_TEXT`].
pub fn count(text: &str) -> Option<Count> {
    if text.len() > MOST_TEXT {
        return None;
    }
    let (mut tenths, mut unknown) = (0_u64, 0_u64);
    for sign in text.chars() {
        match sign {
            // Letters, digits, spaces and signs, and the quotes and dashes that English is set with.
            '\0'..='\u{7f}' | '\u{2010}'..='\u{2027}' => tenths += ENGLISH,
            _ if is_chinese(sign) => tenths += CHINESE,
            _ => unknown += 1,
        }
    }
    Some(Count { tokens: tenths.div_ceil(10), unknown })
}

/// Whether a character is one that Chinese is written with: the ideographs, and the signs of their width.
fn is_chinese(sign: char) -> bool {
    matches!(sign,
        '\u{3000}'..='\u{303f}'       // signs such as 。 and 「
        | '\u{3400}'..='\u{4dbf}'     // ideographs, extension A
        | '\u{4e00}'..='\u{9fff}'     // ideographs
        | '\u{f900}'..='\u{faff}'     // ideographs kept for compatibility
        | '\u{ff01}'..='\u{ff5e}'     // full-width letters and signs such as ，
        | '\u{20000}'..='\u{323af}') // ideographs, the further extensions
}

/// What a million of something cost, as an export told it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The model, as in [`crate::books::bill::Line::name`].
    pub name: String,
    /// What of it.
    pub unit: Unit,
    /// For a million.
    pub price: Money,
    /// The last day on which this was paid.
    pub on: Day,
}

/// The units that have a price, and how they are written.
const UNITS: [(Unit, &str); 4] =
    [(Unit::CacheHit, "hit"), (Unit::CacheMiss, "miss"), (Unit::Input, "in"), (Unit::Output, "out")];

impl Price {
    /// As one text without a line end. `None` for what has no price.
    pub fn to_text(&self) -> Option<String> {
        let Price { name, unit, price: Money { amount, currency }, on } = self;
        let (_, unit) = UNITS.iter().find(|(known, _)| known == unit)?;
        Some(format!("{on} {unit} {currency} {amount} {name}"))
    }

    /// From such a text. `None` for anything else.
    pub fn parse(text: &str) -> Option<Price> {
        let (on, text) = text.split_once(' ')?;
        let (unit, text) = text.split_once(' ')?;
        let (currency, text) = text.split_once(' ')?;
        let (amount, name) = text.split_once(' ')?;
        let price =
            Money { amount: Amount::parse_stored(amount).ok()?, currency: Currency::parse(currency)? };
        let (unit, _) = UNITS.iter().find(|(_, known)| *known == unit)?;
        Some(Price { name: name.to_owned(), unit: *unit, price, on: Day::parse(on)? })
    }

    /// Whether both are for the same, whatever they are.
    pub fn is_of(&self, other: &Price) -> bool {
        (&self.name, self.unit, self.price.currency) == (&other.name, other.unit, other.price.currency)
    }
}

/// The price of one unit of a model, for a million, among others.
pub fn price_of(prices: &[Price], name: &str, unit: Unit, currency: Currency) -> Option<Amount> {
    let is_it =
        |price: &&Price| (price.name.as_str(), price.unit, price.price.currency) == (name, unit, currency);
    prices.iter().find(is_it).map(|price| price.price.amount)
}

/// Whether what prices come to is what was billed, to a tenth: costs are rounded, and a price may change within a day.
pub fn is_borne_out(worth: Amount, billed: Amount) -> bool {
    let apart = (worth - billed).max(billed - worth);
    billed > Amount::ZERO && apart.times(10, 1).is_some_and(|apart| apart <= billed)
}

/// What tokens cost: of one model, or as the user has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenPrices {
    /// In which currency.
    pub currency: Currency,
    /// For a million tokens of input that are not cached.
    pub input: Amount,
    /// For a million tokens of input from the cache, where that is told.
    pub cached: Option<Amount>,
    /// For a million tokens of output.
    pub output: Amount,
    /// The day from which the oldest of these is; `None` where the user entered them.
    pub on: Option<Day>,
}

impl TokenPrices {
    /// The terms of a model. `None` where a price of its input or its output is not told.
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

/// What a text and its answer would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The text.
    pub count: Count,
    /// Tokens of the answer, thinking among them.
    pub answer: u64,
    /// At which prices.
    pub terms: TokenPrices,
}

impl Estimate {
    /// With nothing of the text cached.
    pub fn cost(&self) -> Amount {
        self.at(self.terms.input)
    }

    /// With all of it cached, where that is told apart and cheaper.
    pub fn cost_if_cached(&self) -> Option<Amount> {
        self.terms.cached.filter(|cached| *cached < self.terms.input).map(|cached| self.at(cached))
    }

    fn at(&self, input: Amount) -> Amount {
        let of = |tokens, price: Amount| price.times(tokens, MILLION).unwrap_or_default();
        of(self.count.tokens, input) + of(self.answer, self.terms.output)
    }
}
