//! Shared code of the tests and examples: a [`fake`] Host, the [`replay`] of a scenario, accounts with known real spend that
//! check the ledger ([`truth`]) and the forecast ([`backtest`]), and the boundaries of [`bad_input`].
//!
//! The examples run many simulations and print tables; the tests run fewer and check the same claims. Nothing here is
//! part of the extension.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "used by tests and command line tools only"
)]

pub mod fake;
pub mod password;
pub mod replay;
pub mod chance;
pub mod vocabulary;
pub mod truth;
pub mod bad_input;
pub mod backtest;
pub mod storm;
pub mod computers;

use drawdown::host::Host;
use drawdown::route::{Reply, on_form};
use drawdown::ui::Form;
use drawdown::vault::Secret;

/// The fields of a subscription's form.
pub const PLAN: [(&str, &str); 6] = [
    ("name", "Pro"),
    ("amount", "20"),
    ("currency", "USD"),
    ("every", "month"),
    ("day", "3"),
    ("since", "2026-01-03"),
];

/// Sends a page's message to the worker, as `lib.rs` does.
pub async fn on_message<H: Host>(host: &H, text: &str) -> Reply {
    on_form(host, Form::read(Secret::new(text))).await
}
