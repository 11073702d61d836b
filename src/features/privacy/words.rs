//! The phrases of the switch that hides amounts.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) hide_amounts: &'static str,
    pub(super) show_amounts: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words { hide_amounts: "Hide amounts", show_amounts: "Show amounts" };

const CHINESE: Words = Words { hide_amounts: "隐藏金额", show_amounts: "显示金额" };
