//! The phrases of what the browser lost or damaged.

use crate::text::Language;

/// The phrases of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) damaged: fn(&str, bool) -> String,
    pub(super) noted: &'static str,
    pub(super) save: &'static str,
    pub(super) save_why: &'static str,
}

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English | Language::Chinese => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    damaged: |key, is_recovered| {
        let left = if is_recovered {
            "It was recovered from a second copy; check that it is what you left."
        } else {
            "What could still be read is used, and defaults for the rest. A damaged text is kept as it was."
        };
        format!("The browser lost or damaged what was stored under \"{key}\". {left}")
    },
    noted: "Understood",
    save: "Save what is stored",
    save_why: "You can save everything that is still stored as a file. Keys are in it only as your password seals them.",
};
