//! The phrases of the note about a new version.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: fn(&str) -> String,
    pub(super) close: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words =
    Words { title: |version| format!("What's new in Drawdown {version}"), close: "Got it" };

const CHINESE: Words = Words { title: |version| format!("Drawdown {version} 新功能"), close: "知道了" };
