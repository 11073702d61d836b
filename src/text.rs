//! Text that people read, in every language of the pages.
//!
//! A missing translation does not compile.

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
}

/// One phrase in every language, on the card of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Text {
    /// The phrase in one language.
    pub fn pick(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
        }
    }
}
