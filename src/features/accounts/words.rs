//! The phrases of an account's life.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) rename: &'static str,
    pub(super) pause: &'static str,
    pub(super) resume: &'static str,
    pub(super) keep_history: &'static str,
    pub(super) erase_history: &'static str,
    pub(super) keep_figures: &'static str,
    pub(super) erase_figures: &'static str,
    pub(super) remove_account: fn(&str) -> String,
    pub(super) removed: &'static str,
    pub(super) erased: &'static str,
    pub(super) counted_twice: fn(&str) -> String,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    rename: "Rename",
    pause: "Pause",
    resume: "Resume",
    keep_history: "Delete the key and keep what it cost in the totals",
    erase_history: "Delete the key and all its history",
    keep_figures: "Keep what it cost in the totals",
    erase_figures: "Delete all its history",
    remove_account: |name| format!("Remove {name}"),
    erased: "Removed with all its history.",
    removed: "Removed. Past spend still counts.",
    counted_twice: |other| {
        format!(
            "{other} reads the same provider by key. If it is the same account, its money counts twice: bring the files there, and remove this one."
        )
    },
};
