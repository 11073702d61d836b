//! Drawdown tells a developer what AI and compute cost this month, before the invoice or the empty balance does.
//!
//! The core returns values; `src/chrome/` makes them happen. Everything but that folder is plain Rust that knows no
//! browser: it runs natively in the tests, and as one WASM module in the extension's background worker.
//!
//! A page or an alarm wakes the worker: [`route`] lists everything that can happen, and the [`features`] do it with the tools
//! of the [`app`]. A refresh asks a [`provider`] for readings and bills and keeps them in the [`store`]. From them, from the
//! user's corrections and from imported [`files`], the [`books`] derive every figure, and the [`pages`] show it. The modules
//! below are in reading order; each imports only from those above.

pub mod money;
pub mod order;
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
pub mod app;
pub mod ui;
pub mod features;
pub mod pages;
pub mod route;
#[cfg(target_arch = "wasm32")]
pub mod chrome;

/// The functions that `worker.js` calls.
#[cfg(target_arch = "wasm32")]
pub mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::chrome::Browser;
    use crate::route::{self, Event};
    use crate::ui::Form;
    use crate::vault::Secret;

    /// Handles an event: `start`, `alarm`, `permission`, `idle`, `locked`, `hide-amounts`, `synced` or `answered`. Any other
    /// name does nothing.
    #[wasm_bindgen]
    pub async fn happened(event: String) {
        if let Some(event) = Event::parse(&event) {
            route::on_event(&Browser, event).await;
        }
    }

    /// Handles a page's message; the answer is JSON text.
    #[wasm_bindgen]
    pub async fn message(text: String) -> String {
        // The text may contain a key or a password, so it is wiped after parsing.
        let form = Form::read(Secret::from(text));
        let reply = route::on_form(&Browser, form).await;
        serde_json::to_string(&reply).unwrap_or_default()
    }
}
