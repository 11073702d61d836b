//! Drawdown tells a developer what AI and compute cost this month, before the invoice or the empty balance does.
//!
//! The core returns values; `src/chrome/` makes them happen. Everything but that folder is plain Rust that knows no
//! browser: it runs natively in the tests, and as one WASM module in the extension's background worker.
//!
//! A refresh asks a [`provider`] for readings and bills and keeps them in the [`store`]. From them, from the user's
//! corrections and from imported [`files`], the [`books`] derive every figure, and the [`screen`] shows it. The modules
//! below stand in reading order; each imports only from those above.

pub mod money;
pub mod time;
pub mod text;
pub mod digest;
pub mod vault;
pub mod books;
pub mod files;
pub mod provider;
pub mod providers;
pub mod host;
pub mod store;
pub mod screen;
pub mod command;
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod chrome;

/// What `worker.js` calls.
#[cfg(target_arch = "wasm32")]
pub mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::app::{self, Event};
    use crate::chrome::Browser;

    /// Something happened: `start`, `alarm`, `permission`, `idle` or `locked`. Anything else is nothing to do.
    #[wasm_bindgen]
    pub async fn happened(event: String) {
        if let Some(event) = Event::parse(&event) {
            app::on_event(&Browser, event).await;
        }
    }

    /// A page asks; the answer is JSON text.
    #[wasm_bindgen]
    pub async fn message(text: String) -> String {
        let reply = app::on_message(&Browser, &text).await;
        serde_json::to_string(&reply).unwrap_or_default()
    }
}
