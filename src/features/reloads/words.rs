//! The phrases of auto-reload.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) reloads: &'static str,
    pub(super) auto_reload: &'static str,
    pub(super) question: &'static str,
    /// The reason for the question, with the provider's name.
    pub(super) why: fn(&str) -> String,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    reloads: "auto-reload on",
    auto_reload: "Auto-reload",
    question: "Is auto-reload on?",
    why: |provider| {
        format!(
            "{provider} turns it on by default. If it's on, your balance doesn't run out, and we show the next automatic charge instead."
        )
    },
    yes: "Yes, it's on",
    no: "No, it's off",
};

const CHINESE: Words = Words {
    reloads: "已开启自动充值",
    auto_reload: "自动充值",
    question: "是否开启了自动充值？",
    why: |provider| {
        format!("{provider} 默认开启自动充值。开启后余额不会用完，我们会改为显示下次自动充值的日期。")
    },
    yes: "已开启",
    no: "未开启",
};
