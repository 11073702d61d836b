//! The phrases of the budget.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) budget: fn(&str) -> String,
    pub(super) no_budget: &'static str,
    pub(super) of_budget: fn(&str, &str) -> String,
    pub(super) lands_above: &'static str,
    pub(super) other_currency: fn(&str) -> String,
    pub(super) limit: fn(&str, &str) -> String,
    pub(super) take_limit: &'static str,
    pub(super) of_budget_so_far: fn(&str, &str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    budget: |currency| format!("Budget for a month, in {currency}"),
    no_budget: "none",
    of_budget: |percent, budget| format!("{percent} of the budget of {budget}"),
    lands_above: "and the month lands above it",
    other_currency: |currency| format!("The budget is in {currency}, the total is not: set it anew."),
    limit: |account, limit| format!("{account} stops at {limit} a month, as set there."),
    take_limit: "Take as budget",
    of_budget_so_far: |percent, budget| format!("Budget: {percent} of {budget}"),
};
