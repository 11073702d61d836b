//! Drawdown tells a developer what AI and compute cost this month, before the invoice or the empty balance does.
//!
//! The core returns values; `src/chrome/` makes them happen. Everything but that folder is plain Rust that knows no
//! browser: it runs natively in the tests, and as one WASM module in the extension's background worker.
//!
//! A refresh asks a [`provider`] and keeps its [`reading`]s and [`bill`]s in the [`state`]. With each [`correction`] of
//! the user and what an [`import`] brought, the [`ledger`] and the [`forecast`] are derived from them, and a
//! [`statement`] goes to the [`screen`]. The modules below stand in reading order; each imports only from those above.

pub mod money;
pub mod period;
pub mod digest;
pub mod bill;
pub mod tokens;
pub mod reading;
pub mod correction;
pub mod import;
pub mod figure;
pub mod ledger;
pub mod plan;
pub mod forecast;
pub mod vault;
pub mod service_account;
pub mod provider;
pub mod providers;
pub mod exchange;
pub mod statement;
pub mod alert;
pub mod host;
pub mod state;
pub mod screen;
pub mod command;
pub mod worker;
#[cfg(target_arch = "wasm32")]
pub mod chrome;

/// What `worker.js` calls.
#[cfg(target_arch = "wasm32")]
pub mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::chrome::Browser;
    use crate::worker::{self, Event};

    /// Something happened: `start`, `alarm`, `permission`, `idle` or `locked`. Anything else is nothing to do.
    #[wasm_bindgen]
    pub async fn happened(event: String) {
        if let Some(event) = Event::read(&event) {
            worker::on_event(&Browser, event).await;
        }
    }

    /// A page asks; the answer is JSON text.
    #[wasm_bindgen]
    pub async fn message(text: String) -> String {
        let reply = worker::on_message(&Browser, &text).await;
        serde_json::to_string(&reply).unwrap_or_default()
    }
}
