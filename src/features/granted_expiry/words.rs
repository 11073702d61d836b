//! The phrases of granted credit that expires.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) granted_expires: &'static str,
    pub(super) expires_on: &'static str,
    pub(super) expires_hint: &'static str,
    pub(super) granted_expires_on: fn(&str, &str) -> String,
    pub(super) noted: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    granted_expires: "Granted credit expires",
    expires_on: "Day on which it expires",
    expires_hint: "The provider's billing page tells it. You are reminded in the week before; empty forgets it.",
    granted_expires_on: |granted, day| format!("granted {granted} expires {day}"),
    noted: "Noted.",
};
