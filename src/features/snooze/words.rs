//! The phrases of snoozing.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) ask_later: &'static str,
    pub(super) ask_now: &'static str,
    pub(super) snoozed: &'static str,
    pub(super) snoozed_until: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    ask_later: "Ask me later",
    ask_now: "Ask me now",
    snoozed: "We'll ask again in a week.",
    snoozed_until: |day| format!("Snoozed until {day}."),
};

const CHINESE: Words = Words {
    ask_later: "稍后提醒",
    ask_now: "取消推迟",
    snoozed: "一周后再提醒。",
    snoozed_until: |day| format!("已推迟到{day}。"),
};
