//! The phrases of imports.

mod chinese;
mod english;
mod phrases;

pub(super) use phrases::{ImportSummary, Words};

use crate::text::Language;

/// The phrases of a language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &english::ENGLISH,
        Language::Chinese => &chinese::CHINESE,
    }
}
