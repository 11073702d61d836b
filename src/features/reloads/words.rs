//! The phrases of auto-reload.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) reloads: &'static str,
    pub(super) turn_on: &'static str,
    pub(super) turn_off: &'static str,
}

const ENGLISH: Words =
    Words { reloads: "reloads by itself", turn_on: "Auto-reload is on", turn_off: "Auto-reload is off" };

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}
