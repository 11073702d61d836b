//! The browser's answer to whether the extension may reach an origin. The user can change it at any time, so no answer is kept;
//! but the accounts that a refresh reads at once ask the same question at once, and share one call.

use core::cell::RefCell;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::chrome::bindings;

thread_local! {
    /// The questions without an answer yet, by their origins.
    static OPEN: RefCell<Vec<(String, Promise)>> = RefCell::default();
}

/// Whether the extension may reach all of these origins.
pub(super) async fn may_reach(origins: &[&str]) -> bool {
    let question = origins.join(" ");
    let is_it = |(open, _): &&(String, Promise)| *open == question;
    let open = OPEN.with_borrow(|open| open.iter().find(is_it).map(|(_, answer)| answer.clone()));
    let answer = match open {
        Some(answer) => answer,
        None => {
            let Ok(answer) = ask(origins) else { return false };
            OPEN.with_borrow_mut(|open| open.push((question.clone(), answer.clone())));
            answer
        }
    };
    let answered = JsFuture::from(answer).await;
    OPEN.with_borrow_mut(|open| open.retain(|(open, _)| *open != question));
    answered.is_ok_and(|answer| answer.is_truthy())
}

fn ask(origins: &[&str]) -> Result<Promise, JsValue> {
    let patterns: Array = origins.iter().map(|origin| JsValue::from_str(&format!("{origin}/*"))).collect();
    let asked = Object::new();
    Reflect::set(&asked, &JsValue::from_str("origins"), &patterns)?;
    bindings::permissions_contains(&asked)
}
