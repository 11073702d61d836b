//! The phrases that several features share, one file per language.

mod chinese;
mod english;
mod phrases;

pub(crate) use phrases::Words;

use crate::text::Language;
use crate::ui::words::chinese::CHINESE;
use crate::ui::words::english::ENGLISH;

/// The phrases of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}
