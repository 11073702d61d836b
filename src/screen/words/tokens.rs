//! The phrases of tokens: what they were, what would have cost less, and what something would cost.

use crate::books::tokens::Advice;

/// See the module.
#[derive(Debug)]
pub(in crate::screen) struct TokenWords {
    pub(in crate::screen) hits_of_input: &'static str,
    pub(in crate::screen) output_of_tokens: &'static str,
    pub(in crate::screen) thinking: &'static str,
    pub(in crate::screen) no_prices: &'static str,
    pub(in crate::screen) cheaper: &'static str,
    pub(in crate::screen) advice: fn(&Advice, &str) -> String,
    pub(in crate::screen) title: &'static str,
    pub(in crate::screen) hidden: &'static str,
    pub(in crate::screen) a_text: &'static str,
    pub(in crate::screen) text: &'static str,
    pub(in crate::screen) rule: &'static str,
    pub(in crate::screen) answer: &'static str,
    pub(in crate::screen) model: &'static str,
    pub(in crate::screen) terms: fn(&str, &str, &str) -> String,
    pub(in crate::screen) typed: &'static str,
    pub(in crate::screen) typed_only: &'static str,
    pub(in crate::screen) input_price: &'static str,
    pub(in crate::screen) output_price: &'static str,
    pub(in crate::screen) work_out: &'static str,
    pub(in crate::screen) what_if: &'static str,
    pub(in crate::screen) top_up: &'static str,
    pub(in crate::screen) of_book: &'static str,
    pub(in crate::screen) how_long: &'static str,
    pub(in crate::screen) growth: &'static str,
    pub(in crate::screen) where_to: &'static str,
}
