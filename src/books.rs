//! The books: past spend and forecasts, as pure functions of the stored data.
//!
//! [`rules`] states the rules that every figure follows; "rule L7" in a comment refers to the rule of that name there. The
//! modules are in reading order, lowest first. None of them knows a provider's API, the storage, or a screen.

pub mod figure;
pub mod bill;
pub mod tokens;
pub mod reading;
pub mod correction;
pub mod credit;
pub mod peak;
pub mod plan;
pub mod rates;
pub mod invoice;
pub mod past_forecast;
pub mod untracked;
pub mod ledger;
pub mod forecast;
pub mod statement;
pub mod alert;

#[doc = include_str!("books/RULES.md")]
pub mod rules {}
