//! The books: what was spent and what is to come, as pure functions of what is known.
//!
//! The rules that every figure follows are stated in plain words in [`rules`]; a comment that names a rule (L7, F2) means
//! the rule there. The modules stand in reading order, lowest first. None of them knows a provider's API, the storage, or
//! a screen.

pub mod figure;
pub mod bill;
pub mod tokens;
pub mod reading;
pub mod correction;
pub mod plan;
pub mod rates;
pub mod ledger;
pub mod forecast;
pub mod statement;
pub mod alert;

#[doc = include_str!("books/RULES.md")]
pub mod rules {}
