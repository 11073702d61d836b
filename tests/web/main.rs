//! In a real browser: the host adapters over a small substitute for `chrome.*`, and the swapping of sections in a page.
//! `tests/browser` tests the whole extension over the real `chrome.*`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod host;
mod page;
mod substitute;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
