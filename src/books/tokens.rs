//! Tokens: the number in a text, exactly ([`exact`]) or by DeepSeek's published rule, and their cost at the prices of the user's
//! own export.
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

pub mod exact;
mod advice;
mod price;

pub use advice::{Advice, GOAL_OF_HITS, SHORTER, What, advice};
pub use price::{MILLION, Price, TokenPrices, is_borne_out, price_of};

use crate::money::Amount;

/// The longest text that is counted, in bytes.
pub const MOST_TEXT: usize = 1 << 20;

/// Tenths of a token for an English and for a Chinese character.
const ENGLISH: u64 = 3;
const CHINESE: u64 = 6;

/// The token count of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The count by the rule, rounded up.
    pub tokens: u64,
    /// The number of characters that the rule does not cover. They are not counted as tokens.
    pub unknown: u64,
}

impl Count {
    /// An empty count.
    pub const NONE: Count = Count { tokens: 0, unknown: 0 };
}

/// Counts the tokens of a text by the rule. `None` if it is longer than [`MOST_TEXT`].
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
        | '\u{20000}'..='\u{323af}') // ideographs, later extensions
}

/// The method of counting the tokens of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By the vocabulary of the model that reads the text: the count that is billed.
    Vocabulary,
    /// By the rule, which gives an approximate count for models without a known vocabulary.
    Rule,
}

/// The cost of a text and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The tokens of the text.
    pub count: Count,
    /// The method of counting.
    pub method: Method,
    /// Tokens of the answer, including those of reasoning.
    pub answer: u64,
    /// The prices.
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
