//! Text that people read, in every language of the pages.
//!
//! A missing translation does not compile.

/// One phrase in every language of the pages.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}
