//! The phrases of auto-reload.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) reloads: &'static str,
    pub(super) auto_reload: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words { reloads: "auto-reload on", auto_reload: "Auto-reload" };

const CHINESE: Words = Words { reloads: "已开启自动充值", auto_reload: "自动充值" };
